"""Releases: the graph as a folder of files that any host can serve, and what changed between two of them.

`making` makes a release out of the other modules: `published` (what leaves the house), `dumps`, `node_files`,
`catalogue` (DCAT, VoID, schema.org), `reference` (ontology, shapes, queries), `papers` (licence, citation),
`hosting` (rules of web servers). `difference` compares two releases, `wording` says it in words, `forgetting`
keeps the words of withdrawn articles out, `tombstones` keeps their IRIs, `release` knows a release's folder.
"""
