"""Writes files whole; see `kg.model.atomic`, where all rooms can reach it."""

from kg.model.atomic import replacing, write_bytes

__all__ = ["replacing", "write_bytes"]
