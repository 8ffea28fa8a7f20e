"""Canned queries: read, bind, run."""
