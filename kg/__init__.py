"""Who took which position on what, when, in whose words and in which source.

The Python API does what the commands do:

    import kg

    project = kg.Project.open()                      # the folder's kg.toml, or the bundled example
    project.build()                                  # articles -> graph
    result = project.query("positions", actor="Russia", topic="missile defence")
    for row in result.records():
        print(row["date"], row["speaker"], row["stance"], row["claim"])
    frame = result.to_pandas()                       # where pandas is installed

    extractor = project.extractor()                  # reading alone, without a store
    for article in kg.read_articles(["article.txt"]):
        for statement in extractor.statements(article):
            print(statement.to_json())
"""

from __future__ import annotations

import importlib
from importlib import metadata
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from kg.extract import Extractor, attributions
    from kg.ingest.articles import read_articles
    from kg.model.article import Article
    from kg.model.errors import InputError, KgError, StoreError, UsageError
    from kg.model.statement import Statement
    from kg.project import Project

__version__ = metadata.version("stance-graph")

__all__ = [
    "Article",
    "Extractor",
    "InputError",
    "KgError",
    "Project",
    "Statement",
    "StoreError",
    "UsageError",
    "__version__",
    "attributions",
    "read_articles",
]

_HOME = {
    "Article": "kg.model.article",
    "Extractor": "kg.extract",
    "InputError": "kg.model.errors",
    "KgError": "kg.model.errors",
    "Project": "kg.project",
    "Statement": "kg.model.statement",
    "StoreError": "kg.model.errors",
    "UsageError": "kg.model.errors",
    "attributions": "kg.extract",
    "read_articles": "kg.ingest.articles",
}


def __getattr__(name: str) -> Any:
    """Import a name of the API when it is first used, so that `import kg` costs nothing."""
    if name not in _HOME:
        raise AttributeError(f"module 'kg' has no attribute '{name}'")
    return getattr(importlib.import_module(_HOME[name]), name)
