"""How soon pages of a large graph are usable in a real browser: `python -m benchmarks.pages [ARTICLES]`.

A page is usable when its chart is drawn, or else its table is there, counted from the request on. Pages come
from a server on this machine that renders each when it is asked for, from a graph that it has read before, as
`kg serve` does; the first request of all, which reads the graph, is given apart.
"""

from __future__ import annotations

import http.server
import resource
import statistics
import sys
import tempfile
import threading
import time
from collections import Counter
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

from benchmarks.graphs import build
from kg.pages import Site, assets
from kg.store.embedded import Store

ARTICLES = 2150
RUNS = 5
DRAWN = {
    "index.html": "#years-chart svg rect",
    "timeline.html": ".lanes a.glyph",
    "actor": ".lanes a.glyph",
    "position": "#camps li",
    "network.html": ".network .node",
    "article": "#text mark",
    "statement": "blockquote mark",
}
"""What has to be there for a page to be usable."""


def _handler(site: Site) -> type[http.server.BaseHTTPRequestHandler]:
    shared = assets()

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            path = self.path.partition("?")[0].lstrip("/")
            kind = "text/html; charset=utf-8"
            if path in shared:
                body = shared[path]
                ending = path.rpartition(".")[2]
                kind = {"css": "text/css", "js": "text/javascript", "svg": "image/svg+xml"}.get(
                    ending, "font/woff2"
                )
            elif path.startswith("data/"):
                body, kind = site.file(path), "application/json"
            else:
                body = site.render(path).encode()
            self.send_response(200)
            self.send_header("Content-Type", kind)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            pass

    return Handler


def _usable(browser: Browser, address: str, selector: str) -> tuple[float, int]:
    """Seconds until the page is usable, and its number of elements."""
    context = browser.new_context(viewport={"width": 1360, "height": 900})
    page = context.new_page()
    page.goto(address, wait_until="commit")
    page.wait_for_selector(selector, state="attached")
    # Until after the next frame, when what was drawn can be seen.
    script = (
        "() => new Promise(done => requestAnimationFrame(() => setTimeout(() => done(performance.now()), 0)))"
    )
    taken = page.evaluate(script)
    elements = page.evaluate("document.querySelectorAll('*').length")
    context.close()
    return taken / 1000, elements


def _busiest(site: Site, statements: int) -> dict[str, str]:
    """Paths of the pages that have most on them, by kind."""
    found = {}
    for kind in ("actor", "position", "article", "statement"):
        pages = [page for page in site.pages() if page.kind == kind]
        step = max(1, len(pages) // 150)
        sizes = Counter({page.path: len(site.render(page.path)) for page in pages[::step]})
        found[kind] = sizes.most_common(1)[0][0]
    return found


def main() -> None:
    """Build the graph, measure, print a table."""
    articles = int(sys.argv[1]) if len(sys.argv) > 1 else ARTICLES
    with tempfile.TemporaryDirectory() as folder:
        built = build(Path(folder), articles)
        built.store.close()
        store = Store.open(Path(folder) / "graph", base=built.iris.base, read_only=True)
        site = Site(store.view, built.iris, title="A generated debate", live=True)
        start = time.perf_counter()
        site.render("index.html")
        first = time.perf_counter() - start
        pages = {name: name for name in DRAWN if name.endswith(".html")}
        pages.update(_busiest(site, 0))
        counts = Counter(page.kind for page in site.pages())
        print(f"{counts['statement']} statements, {counts['stance']} stances, {counts['article']} articles")
        print(f"first request, which reads the graph: {first:.2f} s")
        server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), _handler(site))
        threading.Thread(target=server.serve_forever, daemon=True).start()
        root = f"http://127.0.0.1:{server.server_port}/"
        print("| page | rendered | usable in the browser | HTML | elements |\n|---|---|---|---|---|")
        with sync_playwright() as playwright:
            arguments = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
            browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=arguments)
            for name, path in pages.items():
                times, elements = [], 0
                for _ in range(RUNS):
                    taken, elements = _usable(browser, root + path, DRAWN[name])
                    times.append(taken)
                start = time.process_time()
                size = len(site.render(path).encode())
                spent = time.process_time() - start
                middle, most = statistics.median(times), max(times)
                print(
                    f"| {name} | {spent * 1000:.0f} ms | {middle:.2f} s (at most {most:.2f}) "
                    f"| {size // 1024} kB | {elements:,} |"
                )
            browser.close()
        server.shutdown()
        memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
        print(f"data/timeline.json: {len(site.file('data/timeline.json')) // 1024} kB; {memory} MB of memory")


if __name__ == "__main__":
    main()
