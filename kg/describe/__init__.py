"""What the graph says of one node, as RDF that stands for itself: the `.ttl` and `.jsonld` of every IRI.

`description` finds the triples and `json_ld` writes them as JSON-LD; Turtle comes from `kg.store.serialise`.
"""
