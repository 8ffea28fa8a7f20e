"""Pages of a graph as HTML, the same for a release's folder of files and for a live server.

    site = Site(store.view, project.iris, title="Missile defence", live=False, release="2026.11")
    for page in site.pages():                  # always in the same order
        write(page.path, site.render(page.path))
        if page.iri:                           # beside actor/vladimir-putin.html: .ttl and .jsonld
            describe(page.path, site.description(page.path))
    for path in site.files():                  # data that pages load when they need it, queries and answers
        write(path, site.file(path))
    for path, content in assets().items():     # style sheet, scripts, fonts: assets/...
        write(path, content)

What holds for all of them:

- **Input.** `view` is a `pyoxigraph.Store` with the derived graph under its name `iris.current_graph`; a
  release is read into such a store first. With `full_texts` the articles' own graphs have to be there too.
- **Paths.** A node's page is where its IRI says: `<base>actor/vladimir-putin` is shown on
  `actor/vladimir-putin.html`, with percent signs decoded as web servers do. Where a server is asked for an
  IRI, `site.address(iri)` says which page shows it, with a `#place` on it for what has no page of its own
  (claims, utterances, passages, selectors, memberships, codings ...); None for what the graph does not
  have.
- **Links** are relative, so that the folder works below any address. `link(address, seen_from)` makes one.
- **RDF.** `site.description(path)` has all triples of all nodes that a page shows: together they are the
  graph, for `about.html` too, which shows codings and agents: it has `about.ttl` and `about.jsonld` like a
  node's page.
- **Queries.** `queries/NAME.html` shows a canned query with its answer; `site.render(path, values)` takes
  what a form sent (`{"actor": ["Russia"]}`). Where `live`, its links to `NAME.csv`, `.json` or `.nt`
  carry the values, and the server answers them; in a folder they are among `site.files()`, as is
  `queries/NAME.rq`.
- **Frame.** `site.framed(path, title, content)` puts somebody else's content (`markupsafe.Markup`) into the
  frame that all pages share; `links` adds such pages to the top of each page.
- **Security.** Everything is escaped by the templates. `content_security_policy()` stands in each page; a
  server sends it as a header too, with `; frame-ancestors 'none'` added. No page asks for anything from
  elsewhere.
- **Bytes.** The same graph gives the same bytes.
"""

from __future__ import annotations

from kg.pages.addresses import Page, link
from kg.pages.assets import assets, content_security_policy
from kg.pages.rendering import Link
from kg.pages.site import Site

__all__ = ["Link", "Page", "Site", "assets", "content_security_policy", "link"]
