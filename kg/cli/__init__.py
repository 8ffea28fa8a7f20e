"""The command line: arguments, progress and exit codes; no logic."""

from kg.cli.main import main

__all__ = ["main"]
