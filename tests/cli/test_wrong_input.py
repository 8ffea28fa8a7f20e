"""Wrong input: one line that says what, where and what to try; the right exit code; the graph as it was."""

import resource as limits
import signal
import subprocess
import sys

import pytest

KG = [sys.executable, "-m", "kg"]


@pytest.fixture
def built(kg_command, small_project):
    """The small project with a graph of hand-made statements."""
    assert kg_command("load", "--coder", "Jo Coder", "-p", small_project).code == 0
    return small_project


def one_line(run):
    """The error's line; there is one, and no traceback."""
    assert "Traceback" not in run.err
    lines = [line for line in run.err.splitlines() if line.startswith("Error: ")]
    assert len(lines) == 1, run.err
    return lines[0]


BAD_ARTICLES = {
    "empty.txt": b"",
    "blank.txt": b" \n\n ",
    "binary.txt": bytes(range(256)) * 40,
    "binary.html": b"\x00\x01\x02\xff" * 500,
    "not-json.json": b"{'text': ",
    "no-text.json": b'{"title": "A title and nothing else"}',
    "russian.txt": (
        "Министр заявил, что новый причал будет построен до зимы и что деньги есть. " * 8
    ).encode(),
}


@pytest.mark.parametrize("name", BAD_ARTICLES)
def test_a_bad_article_is_refused_and_the_others_are_read(kg_command, built, name):
    path = built / name
    path.write_bytes(BAD_ARTICLES[name])
    before = kg_command("export", "-p", built).out
    run = kg_command("build", path, "--published", "2010-04", "-p", built)
    assert run.code == 3
    assert "refused" in run.err
    assert name in run.err
    assert "Traceback" not in run.err
    assert kg_command("export", "-p", built).out == before


def test_broken_html_is_read_as_far_as_it_goes(kg_command, built):
    page = built / "broken.html"
    page.write_text(
        "<html><body><div><p>Bo Ramm said the harbour needs a new quay.<p><b>The end<i></div></x>"
    )
    run = kg_command("extract", page, "-p", built)
    assert run.code in (0, 3)
    assert "Traceback" not in run.err


def test_a_file_of_fifty_megabytes_is_refused(kg_command, built):
    path = built / "large.txt"
    path.write_bytes(b"The minister said so. " * 2_400_000)
    run = kg_command("extract", path, "-p", built)
    assert run.code == 3
    assert "large.txt" in one_line(run)


def test_text_of_an_odd_encoding_is_read(kg_command, built):
    path = built / "utf16.txt"
    path.write_bytes("“The harbour needs a new quay,” Bo Ramm said.".encode("utf-16"))
    assert "a new quay" in kg_command("extract", path, "-p", built).out


@pytest.mark.parametrize(
    ("name", "text", "word"),
    [
        ("register.ttl", "<a> <b> ", "register.ttl"),
        ("register.csv", "person\nAnn Lee\n", "name"),
        ("register.csv", "name,kind\nAnn Lee,wizard\n", "wizard"),
        ("register.csv", "name,kind,member_of,from\nAnn Lee,person,Ruritania,soon\n", "soon"),
    ],
)
def test_a_wrong_register_is_named(kg_command, built, name, text, word):
    path = built / f"wrong-{name}"
    path.write_text(text)
    before = kg_command("export", "-p", built).out
    run = kg_command("build", "--register", path, "-p", built)
    assert run.code == 3
    assert word in one_line(run)
    assert kg_command("export", "-p", built).out == before


@pytest.mark.parametrize(
    ("codebook", "topics", "word"),
    [
        ("position,label,topic\na,A,x\n", "topic,label,broader\nx,X,y\ny,Y,x\n", "circle|loop"),
        ("position,label,topic,entails\na,A,x,nowhere\n", "topic,label,broader\nx,X,\n", "nowhere"),
        ("position,label\n", "topic,label,broader\nx,X,\n", "topic|position"),
    ],
)
def test_a_wrong_codebook_is_named(kg_command, built, codebook, topics, word):
    import re

    folder = built / "wrong"
    folder.mkdir()
    (folder / "codebook.csv").write_text(codebook)
    (folder / "topics.csv").write_text(topics)
    run = kg_command("build", "--codebook", folder / "codebook.csv", "-p", built)
    assert run.code == 3
    assert re.search(word, one_line(run))


@pytest.mark.parametrize(
    ("arguments", "word"),
    [
        (["query", "positoins"], "did you mean 'positions'"),
        (["query", "positions", "--actor", "Ann Leee"], "did you mean 'Ann Lee'"),
        (["query", "positions", "--since", "last spring"], "last spring"),
        (["query", "positions", "--since", "2009-13"], "2009-13"),
        (["query", "positions", "--voice", "loud"], "official"),
        (["build", "--extractor", "magic"], "rules"),
        (["build", "--threshold", "2"], "--threshold"),
        (["bulid"], "did you mean 'kg build'"),
        (["build", "--published", "18.09.2009x"], "18.09.2009x"),
        (["export", "-o", "graph.docx"], "docx"),
        (["sparql", "SELECT * WHERE {"], "SPARQL"),
        (["sparql", "SELECT * WHERE { SERVICE <http://x.example/> { ?s ?p ?o } }"], "SERVICE"),
        (["sparql", "SELECT * FROM <file:///etc/passwd> WHERE { ?s ?p ?o }"], "file:///etc/passwd"),
        (["sparql", "DELETE WHERE { ?s ?p ?o }"], "update"),
        (["remove", "nothing.txt", "--yes"], "nothing.txt"),
        (["load", "--coder", "A", "--software", "B"], "--coder"),
    ],
)
def test_wrong_usage_is_told_in_one_line(kg_command, built, monkeypatch, arguments, word):
    monkeypatch.chdir(built)
    before = kg_command("export").out
    run = kg_command(*arguments)
    assert run.code in (2, 3)
    assert word in one_line(run)
    assert run.out == ""
    assert kg_command("export").out == before


@pytest.mark.parametrize("command", [["build"], ["extract", "articles"], ["articles", "set", "quay.txt"]])
def test_an_option_that_is_no_date_is_wrong_usage(kg_command, built, monkeypatch, command):
    monkeypatch.chdir(built)
    run = kg_command(*command, "--published", "yesterday")
    assert run.code == 2
    assert "'yesterday'" in one_line(run)


@pytest.mark.parametrize(
    ("line", "word"),
    [
        ("not json", ":2"),
        ('{"article": "quay.txt", "content": ["Words that nobody said"]}', "Words that nobody said"),
        ('{"article": "missing.txt", "content": ["The harbour"]}', "missing.txt"),
        ('{"article": "quay.txt", "content": ["The harbour"], "said": "soon"}', "soon"),
        (
            '{"article": "quay.txt", "content": ["The harbour"], "postions":'
            ' [{"position": "new-quay", "stance": "supports"}]}',
            "'positions'",
        ),
        ('{"article": "quay.txt", "content": [null]}', "no content"),
        (
            '{"article": "quay.txt", "content": ["The harbour"], "positions":'
            ' [{"position": "new-qay", "stance": "supports"}]}',
            "new-quay",
        ),
    ],
)
def test_one_wrong_line_keeps_all_of_its_file_out(kg_command, built, line, word):
    path = built / "more.jsonl"
    first = '{"article": "answer.txt", "content": ["No quay"], "actor": "Ann Lee"}'
    path.write_text(f"{first}\n{line}\n")
    before = kg_command("export", "-p", built).out
    run = kg_command("load", path, "--coder", "Al", "-p", built)
    assert run.code == 3
    assert word in one_line(run)
    assert kg_command("export", "-p", built).out == before


def test_fields_that_are_none_of_a_statement_are_told(kg_command, built):
    path = built / "more.jsonl"
    path.write_text(
        '{"article": "answer.txt", "content": ["No quay"], "page": 3,'
        ' "actor": {"label": "Ann Lee", "party": "Harbour List"}}\n'
    )
    run = kg_command("load", path, "--coder", "Al", "-p", built)
    assert run.code == 0
    assert "passed over" in run.err
    assert "actor.party, page" in run.err


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("", "empty"),
        ("Der Minister sagte am Montag, dass er den neuen Kai im Hafen nicht bauen will. " * 4, "German"),
        ('"We will build the new quay," Bo Ramm said.\n', "articles.csv"),
    ],
)
def test_an_article_that_cannot_be_loaded_says_why(kg_command, built, text, word):
    (built / "articles" / "other.txt").write_text(text)
    path = built / "more.jsonl"
    path.write_text('{"article": "other.txt", "content": ["Kai"]}\n')
    run = kg_command("load", path, "--coder", "Al", "-p", built)
    assert run.code == 3
    assert word in one_line(run)
    assert "other.txt" in run.err
    assert "--published" not in run.err


def test_an_article_that_is_not_there_tells_what_could_not_be_read(kg_command, built):
    (built / "articles" / "other.txt").write_text("")
    path = built / "more.jsonl"
    path.write_text('{"article": "elsewhere.txt", "content": ["Kai"]}\n')
    run = kg_command("load", path, "--coder", "Al", "-p", built)
    assert "no article 'elsewhere.txt'" in one_line(run)
    assert "other.txt" in run.err


def test_json_that_is_no_json_lines_says_so(kg_command, built):
    path = built / "read.json"
    assert kg_command("extract", built / "articles", "-f", "json", "-o", path, "-p", built).code == 0
    run = kg_command("load", path, "--coder", "Al", "-p", built)
    assert run.code == 3
    assert "no JSON lines" in one_line(run)


def test_an_undated_article_is_put_aside_until_it_is_dated(kg_command, built):
    path = built / "undated.txt"
    path.write_text('"We will build the new quay," Bo Ramm said.\n')
    run = kg_command("build", path, "-p", built)
    assert run.code == 0
    assert "put aside" in run.err
    assert "--published" in run.err
    (built / "undated.txt.meta.toml").write_text('published = "2010-06"\n')
    (built / "undated.meta.toml").write_text('published = "2010-06"\n')
    assert "1 read" in kg_command("build", path, "-p", built).err


def test_no_graph_yet_says_how_to_make_one(kg_command, small_project):
    run = kg_command("stats", "-p", small_project)
    assert run.code == 3
    assert "kg build" in one_line(run)


def test_a_second_writer_is_told_to_wait(kg_command, built):
    from kg.project import Project

    with Project.open(built).writing():
        run = kg_command("load", "--coder", "Al", "-p", built)
    assert run.code == 3
    assert "another process" in one_line(run)


def test_an_output_that_cannot_be_written_leaves_the_old_file(kg_command, built):
    (built / "taken").write_text("a file, not a folder")
    run = kg_command("export", "-o", built / "taken" / "graph.ttl", "-p", built)
    assert run.code == 3
    assert "taken" in one_line(run)


def test_a_full_disk_leaves_the_graph_as_it_was(kg_command, built):
    before = kg_command("export", "-p", built).out

    def no_room() -> None:
        # Files may not grow beyond 20 kB: to the program, that is a disk that is full.
        limits.setrlimit(limits.RLIMIT_FSIZE, (20_000, 20_000))

    run = subprocess.run(
        [*KG, "build", "-p", str(built)], preexec_fn=no_room, capture_output=True, text=True, check=False
    )
    assert run.returncode == 3, run.stderr
    assert "Traceback" not in run.stderr
    assert kg_command("export", "-p", built).out == before


def test_killed_in_the_middle_it_goes_on_where_it_stopped(kg_command, built):
    for number in range(6):
        path = built / "articles" / f"more-{number}.txt"
        path.write_text(f'"We will build quay number {number} this year," Bo Ramm said on Monday.\n')
    command = [*KG, "build", "--published", "2010-06-03", "-p", str(built)]
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True) as process:
        for line in process.stderr:
            if "more-" in line:
                process.send_signal(signal.SIGKILL)
                break
    kept = kg_command("articles", "-p", built, "-f", "csv")
    assert kept.code == 0
    assert kg_command("validate", "-p", built).code == 0
    assert kg_command("build", "--published", "2010-06-03", "-p", built).code == 0
    names = kg_command("articles", "-p", built, "-f", "csv").out
    assert all(f"more-{number}.txt" in names for number in range(6))
    assert kg_command("validate", "-p", built).code == 0


def test_interrupted_it_says_so_and_keeps_what_was_finished(kg_command, built, heed_interrupts):
    for number in range(6):
        path = built / "articles" / f"more-{number}.txt"
        path.write_text(f'"We will build quay number {number} this year," Bo Ramm said on Monday.\n')
    command = [*KG, "build", "--published", "2010-06-03", "-p", str(built)]
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True, preexec_fn=heed_interrupts) as process:
        lines = []
        for line in process.stderr:
            lines.append(line)
            if "more-" in line and len([one for one in lines if "more-" in one]) == 1:
                process.send_signal(signal.SIGINT)
        assert process.wait() == 130
    assert lines[-1].startswith("Error: interrupted")
    assert "more-0.txt" in kg_command("articles", "-p", built, "-f", "csv").out
    assert kg_command("validate", "-p", built).code == 0


def test_output_cut_off_by_its_reader_is_no_error(built):
    pipe = f"{sys.executable} -m kg export -p {built} | head -c 10"
    run = subprocess.run(["bash", "-o", "pipefail", "-c", pipe], capture_output=True, text=True, check=False)
    assert run.stderr == ""
