"""Measurements on generated graphs: `python -m benchmarks.run` writes docs/benchmarks.md."""
