"""The example's pages, as objects and behind a server on this machine, and a real browser."""

import functools
import http.server
import json
import mimetypes
import shutil
import threading
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest

from kg.model.errors import UsageError
from kg.model.resources import example_folder
from kg.pages import Site, assets
from kg.project import Project
from kg.review.decisions import Desk
from kg.review.sampling import current_sample, waiting

CHROMIUM = "/usr/bin/chromium"


@pytest.fixture(scope="session")
def graph(example_graph, tmp_path_factory):
    """The example's graph where a person has coded some articles, and looked at a sample of the machine's."""
    folder = tmp_path_factory.mktemp("pages") / "graph"
    shutil.copytree(example_graph, folder)
    lines = (example_folder() / "statements.jsonl").read_text(encoding="utf-8").splitlines()
    coded = folder.parent / "coded.jsonl"
    some = [line for line in lines if json.loads(line)["article"] < "05"]
    coded.write_text("\n".join(some) + "\n", encoding="utf-8")
    project = Project.open(store=folder)
    project.load([coded], coder="Jo Coder")
    _look_at_a_sample(project.desk("Jo Coder"))
    return folder


def _look_at_a_sample(desk: Desk) -> None:
    """A random sample that somebody has looked at, with two wrong stances in it."""
    sample, _ = current_sample(desk, 12)
    left = waiting(desk, sample)
    for number, iri in enumerate(left.statements):
        if number < 2:
            desk.reject(desk.case(iri))
        else:
            desk.accept(desk.case(iri))
    for one in left.passages:
        desk.look(one.article, one.start, one.end)


@pytest.fixture(scope="session")
def example_site(graph):
    """The site of the example, as a release shows it."""
    project = Project.open(store=graph)
    with project.reading() as store:
        yield Site(store.view, project.iris, title=project.settings.title, release="2026.11")


@pytest.fixture(scope="session")
def whole_site(graph):
    """The same with the articles' full texts, live."""
    project = Project.open(store=graph)
    with project.reading() as store:
        yield Site(store.view, project.iris, title=project.settings.title, full_texts=True, live=True)


@pytest.fixture(scope="session")
def samples(example_site):
    """A page of each kind: of those about nodes, the one with most on it of a few."""
    by_kind = {}
    for page in example_site.pages():
        by_kind.setdefault(page.kind, []).append(page)
    return {
        kind: max(pages[:: len(pages) // 6 + 1], key=lambda page: len(example_site.render(page.path)))
        for kind, pages in by_kind.items()
    }


def _handler(sites: dict[str, Site]) -> type[http.server.BaseHTTPRequestHandler]:
    """Answers as a static host does for folders that hold the files of sites."""

    @functools.cache
    def content(address: str) -> bytes | None:
        prefix = max((one for one in sites if address.startswith(one)), key=len, default=None)
        if prefix is None:
            return None
        site, path = sites[prefix], address.removeprefix(prefix)
        try:
            return assets().get(path) or (
                site.render(path).encode() if path.endswith(".html") else site.file(path)
            )
        except UsageError:
            return None

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_GET(self):
            address = unquote(urlsplit(self.path).path)
            body = content(address)
            self.send_response(404 if body is None else 200)
            self.send_header("Content-Type", mimetypes.guess_type(address)[0] or "application/octet-stream")
            self.send_header("Content-Length", str(len(body or b"")))
            self.end_headers()
            self.wfile.write(body or b"")

        def log_message(self, *_):
            pass

    return Handler


@pytest.fixture(scope="session")
def served(example_site, whole_site):
    """Address of the example's pages below a prefix; `full/` has the articles with their texts."""
    sites = {"/some/prefix/": example_site, "/some/prefix/full/": whole_site}
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), _handler(sites))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/some/prefix/"
    server.shutdown()


@pytest.fixture(scope="module")
def browser():
    """Debian's Chromium, closed after each module: its loop would be in the way of other rooms' tests."""
    api = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
    if not Path(CHROMIUM).exists():
        pytest.skip("Chromium is not installed: apt-get install chromium")
    arguments = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
    with api.sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=arguments)
        yield chromium
        chromium.close()


@pytest.fixture
def visit(browser, served):
    """Opens a page; at the end no page may have complained or asked for anything from elsewhere."""
    complaints, contexts = [], []

    def open_page(path: str, width: int = 1360, **options):
        context = browser.new_context(viewport={"width": width, "height": 900}, **options)
        # A busy machine may take long, which is no fault of the page.
        context.set_default_timeout(120_000)
        contexts.append(context)
        page = context.new_page()
        page.on("console", lambda message: complaints.append(f"{path}: {message.text}"))
        page.on("pageerror", lambda error: complaints.append(f"{path}: {error}"))
        page.on("request", lambda r: r.url.startswith(served) or complaints.append(f"{path}: asks {r.url}"))
        page.on("requestfailed", lambda request: complaints.append(f"{path}: failed {request.url}"))
        page.on("response", lambda r: r.status < 400 or complaints.append(f"{path}: {r.status} {r.url}"))
        page.goto(served + path)
        page.wait_for_load_state("networkidle")
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert complaints == []
