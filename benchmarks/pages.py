"""How soon pages of a large graph are usable in a browser: `python -m benchmarks.pages [ARTICLES] [FOLDER]`.

The graph is built anew unless a folder of an earlier run has it.

A page is usable when its chart is drawn, or else its table is there, counted from the request on. Pages come
from a server on this machine that renders each when it is asked for, from a graph that it has read before, as
`kg serve` does; the first request of all, which reads the graph, is given apart. Rendering and the browser's
main thread are given in processor time too, so that other programs do not count.
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
RUNS = 3
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


def _usable(browser: Browser, address: str, selector: str) -> tuple[float, float, int]:
    """Seconds until the page is usable, processor seconds of its main thread, and its number of elements."""
    context = browser.new_context(viewport={"width": 1360, "height": 900})
    page = context.new_page()
    page.set_default_timeout(120_000)
    meter = context.new_cdp_session(page)
    meter.send("Performance.enable", {"timeDomain": "threadTicks"})
    page.goto(address, wait_until="commit")
    page.wait_for_selector(selector, state="attached")
    # Until after the next frame, when what was drawn can be seen.
    script = (
        "() => new Promise(done => requestAnimationFrame(() => setTimeout(() => done(performance.now()), 0)))"
    )
    taken = page.evaluate(script)
    metrics = {one["name"]: one["value"] for one in meter.send("Performance.getMetrics")["metrics"]}
    elements = page.evaluate("document.querySelectorAll('*').length")
    context.close()
    return taken / 1000, metrics["TaskDuration"], elements


def _busiest(site: Site) -> dict[str, str]:
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
    with tempfile.TemporaryDirectory() as made:
        folder = Path(sys.argv[2]) if len(sys.argv) > 2 else Path(made)
        if not (folder / "graph").exists():
            build(folder, articles).store.close()
        store = Store.open(folder / "graph", read_only=True)
        site = Site(store.view, store.iris, title="A generated debate", live=True)
        start = time.process_time()
        site.render("index.html")
        site.file("data/timeline.json")
        first = time.process_time() - start
        pages = {name: name for name in DRAWN if name.endswith(".html")}
        pages.update(_busiest(site))
        counts = Counter(page.kind for page in site.pages())
        print(f"{counts['statement']} statements, {counts['stance']} stances, {counts['article']} articles")
        print(f"reading the graph, once: {first:.1f} s of processor time")
        server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), _handler(site))
        threading.Thread(target=server.serve_forever, daemon=True).start()
        root = f"http://127.0.0.1:{server.server_port}/"
        print(
            "| page | rendered | browser | usable by the clock | HTML | elements |\n|---|---|---|---|---|---|"
        )
        with sync_playwright() as playwright:
            arguments = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
            browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=arguments)
            for name, path in pages.items():
                times, spent_there, elements = [], [], 0
                for _ in range(RUNS):
                    taken, thread, elements = _usable(browser, root + path, DRAWN[name])
                    times.append(taken)
                    spent_there.append(thread)
                start = time.process_time()
                size = len(site.render(path).encode())
                spent = time.process_time() - start
                middle, most = statistics.median(times), max(times)
                print(
                    f"| {name} | {spent * 1000:.0f} ms | {statistics.median(spent_there) * 1000:.0f} ms "
                    f"| {middle:.2f} s (at most {most:.2f}) "
                    f"| {size // 1024} kB | {elements:,} |"
                )
            browser.close()
        server.shutdown()
        memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
        print(f"data/timeline.json: {len(site.file('data/timeline.json')) // 1024} kB; {memory} MB of memory")


if __name__ == "__main__":
    main()
