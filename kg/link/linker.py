"""From a reading to statements: who spoke, in which office, for whom, when, and what was claimed."""

from __future__ import annotations

from dataclasses import replace

from kg.attribute.parsing import name_entities
from kg.attribute.reading import Reading
from kg.link.cast import Cast
from kg.link.claim import claim_text
from kg.link.coreference import Resolver
from kg.link.descriptions import DescriptionReader
from kg.link.entities import Entity
from kg.link.index import RegisterIndex
from kg.link.portraits import Portraits
from kg.link.references import References
from kg.link.said import SaidResolver, Saying
from kg.link.speakers import Speaker, SpeakerFinder
from kg.model.attribution import Attribution
from kg.model.iris import Iris, statement_key
from kg.model.register import Register
from kg.model.statement import Statement


class Linker:
    """Links the attributions of articles to the actors of a register.

    Args:
        register: The user's actors.
        iris: Makes the IRIs of whom the register lacks.

    >>> Linker(Register(), Iris()).register.actors
    ()
    """

    def __init__(self, register: Register, iris: Iris) -> None:
        """Index the register once, for any number of articles."""
        self.register = register
        self._iris = iris
        self._index = RegisterIndex(register)
        self._descriptions = DescriptionReader(self._index)

    def link(self, reading: Reading) -> list[Statement]:
        """Statements of an article, one for each attribution that is one, in the order of the reading.

        Speaker, office, affiliation, joint speakers, date, claim and the links between reporting and reported
        statements are filled; positions are left to the stance layer.

        Args:
            reading: The article with its parse and attributions.
        """
        article, attributions = reading.article, reading.attributions
        name_entities(reading.doc)
        contents = [(span.start, span.end) for a in attributions for span in a.content]
        sources = [(a.source.start, a.source.end) for a in attributions if a.source is not None]
        cast = Cast(article, reading.doc, self._index, sources, contents)
        portraits = Portraits(cast, self._descriptions)
        resolver = Resolver(cast, self._index, article.published)
        finder = SpeakerFinder(cast, portraits, resolver, self._index)
        speakers = finder.all(attributions)
        references = References(self._index, self._iris, article.digest, cast, portraits.houses)
        dates = SaidResolver(article, reading.doc, contents)
        sayings = self._date(attributions, speakers, dates)
        linked: dict[int, Statement] = {}
        for number, attribution in enumerate(attributions):
            if attribution.is_statement and attribution.content:
                linked[number] = self._statement(
                    reading, attribution, speakers[number], sayings[number], references
                )
        return _chained(linked, attributions)

    @staticmethod
    def _date(
        attributions: tuple[Attribution, ...], speakers: list[Speaker], dates: SaidResolver
    ) -> list[Saying]:
        """Dates in the order of the text, reported attributions after those that report them."""
        found: dict[int, Saying] = {}

        def date(number: int, depth: int = 0) -> Saying:
            if number not in found:
                outer = attributions[number].reported_in
                above = (
                    date(outer, depth + 1) if outer is not None and outer != number and depth < 8 else None
                )
                speaker = speakers[number]
                found[number] = dates.date(attributions[number], speaker.entity, speaker.described, above)
            return found[number]

        return [date(number) for number in range(len(attributions))]

    def _statement(
        self,
        reading: Reading,
        attribution: Attribution,
        speaker: Speaker,
        saying: Saying,
        references: References,
    ) -> Statement:
        article = reading.article
        said = saying.edtf
        day = said or article.published
        members = speaker.entity.members or (speaker.entity,) if speaker.entity else ()
        actors = [references.of(member, day) for member in members]
        first: Entity | None = members[0] if members else None
        source = (attribution.source.start, attribution.source.end) if attribution.source else None
        return Statement(
            article=article.name,
            id=statement_key(article.digest, [(s.start, s.end) for s in attribution.content], source),
            quote=attribution.quote,
            source=attribution.source,
            cue=attribution.cue,
            content=attribution.content,
            actor=actors[0] if actors else None,
            on_behalf_of=references.on_behalf_of(first, speaker.owner, day) if first else None,
            office=references.office(first, day) if first else None,
            joint=tuple(actors[1:]),
            said=said,
            force=attribution.force,
            claim=claim_text(span.text for span in attribution.content),
            confidence=round(attribution.confidence * speaker.confidence, 4),
        )


def _chained(linked: dict[int, Statement], attributions: tuple[Attribution, ...]) -> list[Statement]:
    """Statements with the links between those that report and those that are reported."""
    for number, statement in list(linked.items()):
        outer = attributions[number].reported_in
        if outer in linked and outer != number:
            linked[number] = replace(linked[number], reported_in=linked[outer].id)
            if linked[outer].reports is None:
                linked[outer] = replace(linked[outer], reports=statement.id)
    return list(linked.values())


__all__ = ["Linker"]
