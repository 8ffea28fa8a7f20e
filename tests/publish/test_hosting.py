"""The rules for web servers, in real ones: each IRI leads to what the client asks for."""

import http.client
import shutil
import socket
import subprocess
import tempfile
import time
from pathlib import Path
from urllib.parse import quote

import pytest

from kg.project import Project
from kg.publish.making import publish
from kg.publish.place import Wishes
from kg.publish.release import triple_lines

BASE = "https://example.org/harbour/"
BROWSER = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"
_APACHE_MODULES = Path("/usr/lib/apache2/modules")
_MODULES = ("mpm_event", "authz_core", "mime", "dir", "rewrite", "headers")


def apache(folder: Path, port: int) -> list[str]:
    program = shutil.which("apache2", path="/usr/sbin:/usr/bin")
    if program is None or not _APACHE_MODULES.is_dir():
        pytest.skip("Apache is not installed: apt-get install apache2")
    loaded = "".join(
        f"LoadModule {name}_module {_APACHE_MODULES}/mod_{name}.so\n"
        for name in _MODULES
        if (_APACHE_MODULES / f"mod_{name}.so").exists()
    )
    (folder / "httpd.conf").write_text(
        f"{loaded}ServerRoot {folder}\nPidFile {folder}/pid\nErrorLog {folder}/error.log\n"
        f"Listen 127.0.0.1:{port}\nServerName localhost\nTypesConfig /etc/mime.types\nUser nobody\n"
        f"DocumentRoot {folder}/site\n<Directory {folder}/site>\nAllowOverride All\nRequire all granted\n"
        "</Directory>\n"
    )
    return [program, "-X", "-f", str(folder / "httpd.conf")]


def nginx(folder: Path, port: int) -> list[str]:
    program = shutil.which("nginx", path="/usr/sbin:/usr/bin")
    if program is None:
        pytest.skip("nginx is not installed: apt-get install nginx-light")
    kept = "".join(
        f"{name}_temp_path {folder}/{name};\n"
        for name in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    )
    (folder / "main.conf").write_text(
        f"daemon off; master_process off; pid {folder}/pid; error_log {folder}/error.log;\nevents {{ }}\n"
        f"http {{ access_log off;\n{kept}types {{ text/html html; }}\nserver {{ listen 127.0.0.1:{port}; "
        f"root {folder}/site; include {folder}/site/nginx.conf; }} }}\n"
    )
    return [program, "-p", str(folder), "-c", str(folder / "main.conf"), "-e", str(folder / "error.log")]


@pytest.fixture(params=[apache, nginx], ids=["apache", "nginx"])
def ask(request, small_graph):
    """Asks a real server for a path; gives status, the address that it leads to, type and body."""
    # A server that gives up its rights cannot look into the folders of the tests.
    folder = Path(tempfile.mkdtemp())
    folder.chmod(0o755)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = request.param(folder, port)
    publish(small_graph, folder / "site", Wishes("1", date="2026-01-01"))
    server = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)

    def get(path, accept=BROWSER):
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
        connection.request("GET", path, headers={"Accept": accept})
        answer = connection.getresponse()
        location = (answer.getheader("Location") or "").removeprefix(f"http://127.0.0.1:{port}")
        location = location.removeprefix(f"http://localhost:{port}").removeprefix("http://localhost")
        return answer.status, location, answer.getheader("Content-Type") or "", answer.read()

    for _ in range(200):
        try:
            get("/")
            break
        except OSError:
            time.sleep(0.1)
    get.iris = sorted({line.split(" ")[0][1:-1] for line in triple_lines(folder / "site")})
    yield get
    server.terminate()
    server.wait()
    shutil.rmtree(folder)


def test_each_iri_leads_to_what_is_asked_for(ask):
    for iri in ask.iris:
        path = "/" + quote(iri.removeprefix(BASE), safe="/%")
        status, location, _, _ = ask(path, "text/turtle")
        assert (status, location) == (303, f"{path}.ttl")
        status, _, kind, body = ask(location)
        assert (status, kind.partition(";")[0]) == (200, "text/turtle")
        assert body
        status, location, _, _ = ask(path)
        assert status == 303
        assert ask(location)[:3:2] == (200, ask("/index.html")[2])
    status, location, _, _ = ask("/actor/ann-lee", "application/ld+json")
    assert (status, location) == (303, "/actor/ann-lee.jsonld")
    assert ask(location)[2].startswith("application/ld+json")


def test_claims_and_passages_lead_to_their_statement(ask):
    claim = next(iri for iri in ask.iris if "/claim/" in iri)
    statement = claim.removeprefix(BASE).replace("claim/", "/statement/") + ".html"
    assert ask("/" + claim.removeprefix(BASE))[1] == statement
    passage = next(iri for iri in ask.iris if "/evidence/" in iri)
    assert ask("/" + passage.removeprefix(BASE))[1].startswith("/statement/")


def test_the_dataset_and_what_is_not_there(ask):
    assert ask("/")[0] == 200
    assert ask("/", "text/turtle")[:2] == (303, "/dataset.ttl")
    assert ask("/.well-known/void")[:2] == (303, "/dataset.ttl")
    assert ask("/actor/nobody")[0] == 404
    assert ask("/dumps/graph.ttl.gz")[0] == 200
    assert ask("/queries", "text/turtle")[:2] == (303, "/queries.ttl")


def test_a_persistent_identifier_leads_to_the_host(small_project, small_graph, tmp_path):
    with (small_project / "kg.toml").open("a") as file:
        file.write('host = "https://data.example.org/harbour"\n')
    publish(Project.open(small_project), tmp_path / "site", Wishes("1", date="2026-01-01"))
    rules = (tmp_path / "site" / "w3id.htaccess").read_text()
    assert "RewriteRule ^(.*)$ https://data.example.org/harbour/$1 [R=302,L,NE]" in rules
