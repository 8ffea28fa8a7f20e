"""SHACL: whether a graph keeps the shapes."""
