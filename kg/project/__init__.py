"""A project folder and what one does with it: build, load, look, ask, check, export."""

from kg.project.project import Project

__all__ = ["Project"]
