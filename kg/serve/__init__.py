"""The graph over HTTP, read-only: a SPARQL endpoint, the canned questions, and the pages."""
