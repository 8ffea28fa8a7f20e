"""The graph on disk, one transaction a write."""
