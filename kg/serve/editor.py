"""The query editor: a page with YASGUI's editor and result viewer, which ask the endpoint and nobody else.

Both are vendored in `static/` with their licences. They write `style` attributes into what they draw, so this
page alone has a policy that allows inline styles; scripts stay limited to our own files.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from functools import cache
from importlib.resources import files

from markupsafe import Markup

from kg.model.vocabulary import PREFIXES
from kg.pages import Site, content_security_policy
from kg.query.canned import CannedQuery

PAGE = "query-editor.html"
"""Where the page is below the root."""
FOLDER = "assets/editor"
_SCRIPTS = ("yasqe.min.js", "yasr.min.js", "editor.js")
_STYLES = ("yasqe.min.css", "yasr.min.css", "editor.css")
_FIRST = """PREFIX st: <https://w3id.org/stance-graph/ontology#>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>

SELECT ?date ?who ?stance ?what WHERE {
  ?s a st:Stance ; st:actor/rdfs:label ?who ; st:position/rdfs:label ?what ; st:polarity ?stance .
  OPTIONAL { ?s st:date ?date }
}
ORDER BY ?date
LIMIT 100
"""


def editor_policy() -> str:
    """The policy of the editor's page: as that of all pages, but styles may stand in attributes."""
    parts = [part for part in content_security_policy().split("; ") if not part.startswith("style-src")]
    return "; ".join([*parts, "style-src 'self' 'unsafe-inline'"])


@cache
def editor_files() -> Mapping[str, bytes]:
    """The files that the page loads, by path below the root."""
    folder = files("kg.serve") / "static"
    return {f"{FOLDER}/{entry.name}": entry.read_bytes() for entry in folder.iterdir() if entry.is_file()}


def editor_page(site: Site, queries: Sequence[CannedQuery]) -> str:
    """The page.

    Args:
        site: The pages, whose frame it has.
        queries: Canned queries to begin with.
    """
    known = {query.name: {"title": query.header.title, "text": query.text} for query in queries}
    settings = {"first": _FIRST, "prefixes": PREFIXES, "queries": known, "base": site.iris.base}
    options = Markup("").join(
        Markup('<option value="{}">{}</option>').format(query.name, query.header.title) for query in queries
    )
    styles = Markup("").join(
        Markup('<link rel="stylesheet" href="{}/{}">').format(FOLDER, name) for name in _STYLES
    )
    content = Markup(
        """<h1>Ask in SPARQL</h1>
<p>Queries see what is in force. The usual prefixes (<code>st:</code>, <code>rdfs:</code>,
<code>skos:</code> ...) need not be declared. Programs ask at <a href="sparql"><code>/sparql</code></a>;
all they can ask is described in <a href="openapi.json"><code>/openapi.json</code></a>.</p>
<p class="begin"><label for="begin">Begin with a canned query</label>
<select id="begin"><option value="">...</option>{options}</select></p>
{styles}
<div id="yasqe"></div>
<p id="told" role="status"></p>
<div id="yasr"></div>
<script type="application/json" id="editor-settings">{settings}</script>
<noscript><p>The editor needs JavaScript; this form does not.</p>
<form action="sparql" method="get"><textarea name="query" rows="12" cols="80"></textarea>
<button>Ask</button></form></noscript>"""
    ).format(options=options, styles=styles, settings=_json(settings))
    scripts = [f"{FOLDER}/{name}" for name in _SCRIPTS]
    html = site.framed(PAGE, "Ask in SPARQL", content, scripts=scripts)
    # The frame has the policy of all pages.
    return html.replace(Markup.escape(content_security_policy()), Markup.escape(editor_policy()), 1)


def _json(value: object) -> Markup:
    text = json.dumps(value, ensure_ascii=False)
    for char in "<>&":
        text = text.replace(char, f"\\u{ord(char):04x}")
    return Markup(text)  # noqa: S704 - escaped just above


__all__ = ["PAGE", "editor_files", "editor_page", "editor_policy"]
