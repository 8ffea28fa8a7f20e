"""Makes up a debate of any size: a register, a codebook and articles with their statements, always the same.

All names are invented and all sentences are strung together from a short word list; what counts is the shape:
some actors and positions are much more talked about than others, offices change hands, agency copy is
reprinted, spokesmen speak for organisations, sources go unnamed, statements report statements, and dates are
often vague.
"""

from __future__ import annotations

import datetime
import random
from collections.abc import Iterator
from dataclasses import dataclass, replace

from kg.model.article import Article
from kg.model.attribution import FORCES, Span
from kg.model.codebook import Codebook, Position, Topic
from kg.model.dates import interval
from kg.model.iris import Iris, statement_key
from kg.model.register import Actor, Membership, Register, Voice
from kg.model.statement import ActorReference, Polarity, PositionStance, Statement

SEED = 20100418
FIRST_DAY = datetime.date(2004, 1, 1)
DAYS = 8 * 365
STATES, ORGANISATIONS, PEOPLE, TOPICS, POSITIONS, OUTLETS = 40, 160, 900, 40, 120, 60
_SYLLABLES = "ba be do dra fe gol hu ka lem mi mor na ol pa ra rin sa sto tu va vel wi yor zan"
_WORDS = """the treaty shield harbour quota border tariff pipeline election court budget reactor must should
cannot will accept refuse delay build close extend share limit protect before after without joint common fair
costly"""
SYLLABLES, WORDS = _SYLLABLES.split(), _WORDS.split()
OFFICES = ("President", "Prime Minister", "Foreign Minister", "Defence Minister", "Ambassador", "Secretary")


@dataclass(frozen=True)
class Debate:
    """The standing parts of a generated debate.

    Attributes:
        offices: For each person, (first day, last day, office, organisation) of each office held.
        state_of: The state that each organisation belongs to, by IRI.
    """

    register: Register
    codebook: Codebook
    offices: dict[str, list[tuple[datetime.date, datetime.date, str, str]]]
    state_of: dict[str, str]


def _name(rng: random.Random, parts: int, taken: set[str]) -> str:
    while True:
        words = ("".join(rng.choices(SYLLABLES, k=rng.randint(2, 3))).capitalize() for _ in range(parts))
        name = " ".join(words)
        if name not in taken:
            taken.add(name)
            return name


def debate(iris: Iris, seed: int = SEED) -> Debate:
    """The register and the codebook, which do not depend on the number of articles."""
    rng = random.Random(seed)
    taken: set[str] = set()
    states = [Actor(iris.actor(name := _name(rng, 1, taken)), name, "state") for _ in range(STATES)]
    organisations: list[Actor] = []
    state_of: dict[str, str] = {state.id: state.id for state in states}
    for number in range(ORGANISATIONS):
        name = _name(rng, 1, taken) + rng.choice([" Ministry", " Agency", " Party", " Council"])
        parent = (
            rng.choice(organisations[-20:]).id
            if number > 60 and rng.random() < 0.4
            else rng.choice(states).id
        )
        voice: Voice = "other" if name.endswith("Party") else "official"
        organisations.append(
            Actor(iris.actor(name), name, "organization", (), (Membership(parent, voice=voice),))
        )
        state_of[organisations[-1].id] = state_of[parent]
    people, offices = [], {}
    for _ in range(PEOPLE):
        name = _name(rng, 2, taken)
        person, held = iris.actor(name), []
        cuts = sorted(rng.sample(range(DAYS), rng.choice([0, 0, 1, 2])))
        for begin, end in zip([0, *cuts], [*cuts, DAYS], strict=True):
            body = rng.choice(states if rng.random() < 0.3 else organisations).id
            held.append((_day(begin), _day(end - 1 if end > begin else end), rng.choice(OFFICES), body))
        offices[person] = held
        memberships = tuple(Membership(body, office, str(a), str(z)) for a, z, office, body in held)
        people.append(Actor(person, name, "person", (name.split()[1],), memberships))
    return Debate(
        Register((*states, *organisations, *people)), _codebook(rng, iris, taken), offices, state_of
    )


def _codebook(rng: random.Random, iris: Iris, taken: set[str]) -> Codebook:
    topics: list[Topic] = []
    for number in range(TOPICS):
        label = _name(rng, 1, taken)
        broader = (rng.choice(topics[: max(4, number // 2)]).slug,) if number >= 4 else ()
        topics.append(Topic(iris.topic(label.lower()), label.lower(), label, broader))
    slugs = [f"p{number:03d}" for number in range(POSITIONS)]
    positions = []
    for number, slug in enumerate(slugs):
        others = [rng.choice(slugs[:number])] if number and rng.random() < 0.3 else []
        label = f"{rng.choice(WORDS[9:12])} {_words(rng, 6)}".capitalize()
        entails, excludes = (tuple(others), ()) if rng.random() < 0.5 else ((), tuple(others))
        topic = rng.choice(topics).slug
        position = Position(iris.position(slug), slug, label, (topic,), entails=entails, excludes=excludes)
        positions.append(position)
    return Codebook(tuple(topics), tuple(positions))


def _day(number: int) -> datetime.date:
    return FIRST_DAY + datetime.timedelta(number)


def _words(rng: random.Random, count: int) -> str:
    return " ".join(rng.choices(WORDS, k=count))


def _zipf(count: int, power: float) -> list[float]:
    total, weights = 0.0, []
    for rank in range(1, count + 1):
        total += rank**-power
        weights.append(total)
    return weights


@dataclass(frozen=True)
class _Draft:
    """A statement before its article is whole, and so before it has an identifier."""

    statement: Statement
    reports_next: bool = False


class _Writer:
    """Writes one article after the other; holds the weights and the last article for reprints."""

    def __init__(self, made_up: Debate, iris: Iris, seed: int) -> None:
        self.rng = random.Random(seed + 1)
        self.debate, self.iris = made_up, iris
        self.by_id = made_up.register.by_id
        self.people = [actor for actor in made_up.register.actors if actor.kind == "person"]
        self.bodies = [actor for actor in made_up.register.actors if actor.kind != "person"]
        self.positions = made_up.codebook.positions
        self.person_weights = _zipf(len(self.people), 0.8)
        self.body_weights = _zipf(len(self.bodies), 0.8)
        self.position_weights = _zipf(len(self.positions), 0.7)
        self.leaning: dict[tuple[str, str], float] = {}
        self.last: tuple[Article, list[_Draft]] | None = None

    def article(self, number: int) -> tuple[Article, list[Statement]]:
        """The next article: a new one, or now and then the last one's text under another first line."""
        rng = self.rng
        outlet, url = f"Outlet {rng.randrange(OUTLETS)}", f"https://news.example/{number}"
        title = f"Report {number}"
        if self.last and rng.random() < 0.1:
            old, drafts = self.last
            cut = old.text.index("\n")
            # Editors change a word here and there; this one leaves all offsets as they are.
            text, shift = title + _edited(old.text[cut:]), len(title) - cut
            article = replace(
                old, name=f"{number:06d}.txt", text=text, publisher=outlet, url=url, title=title
            )
            return article, _finish(article, [_shifted(draft, shift, text) for draft in drafts])
        day = _day(rng.randrange(DAYS))
        text, drafts = f"{title}\n\n", []
        for _ in range(rng.choice([3, 4, 4, 5, 6])):
            text, more = self._sentence(text, day)
            drafts += more
        article = Article(f"{number:06d}.txt", text, str(day), "metadata", outlet, url, title)
        self.last = article, drafts
        return article, _finish(article, drafts)

    def _sentence(self, text: str, day: datetime.date) -> tuple[str, list[_Draft]]:
        rng = self.rng
        said, date = self._said(day)
        kind = rng.random()
        if kind < 0.08:
            state = rng.choice(self.bodies[:STATES])
            label = f"({state.name} official)"
            actor = ActorReference("", label, state.name, "unnamed", False, state.name)
            name, office, behalf = f"A {state.name} official", None, None
        else:
            person = rng.random() < 0.8
            pool, weights = (self.people, self.person_weights) if person else (self.bodies, self.body_weights)
            (speaker,) = rng.choices(pool, cum_weights=weights)
            actor, office = self._reference(speaker, date)
            name, behalf = speaker.name, None
            if person and office and kind < 0.16:
                body = next(
                    b for a, z, o, b in self.debate.offices[speaker.id] if a <= date <= z and o == office
                )
                behalf, office = self._reference(self.by_id[body], date)[0], "spokesman"
        source, text = _span(text, f"{name}")
        cue, text = _span(f"{text} ", rng.choice(["said", "insisted", "argued"]))
        inner: list[_Draft] = []
        if kind > 0.95:
            start = len(text) + 6
            text, inner = self._sentence(f"{text} that ", day)
            content = Span(start, len(text) - 2, text[start:-2])
        else:
            content, text = _span(f"{text} that ", _words(rng, rng.randint(8, 16)))
            text += ".\n"
        joint: tuple[ActorReference, ...] = ()
        if 0.90 < kind < 0.93 and actor.kind == "person":
            other = self._reference(rng.choice(self.people[:50]), date)[0]
            joint = (other,) if other.id != actor.id else ()
        statement = Statement(
            article="",
            id="",
            quote=rng.choice(["direct", "indirect", "indirect", "mixed"]),
            source=source,
            cue=cue,
            content=(content,),
            actor=actor,
            on_behalf_of=behalf,
            office=office,
            joint=joint,
            said=said,
            force=rng.choice(FORCES) if rng.random() < 0.4 else "asserts",
            claim=content.text,
            confidence=round(rng.uniform(0.4, 0.99), 2),
            positions=() if inner else self._positions((behalf or actor).id or actor.label, date),
        )
        return text, [_Draft(statement, bool(inner)), *inner]

    def _said(self, day: datetime.date) -> tuple[str | None, datetime.date]:
        """A date of speech as newspapers give it: near the day of print, often vague, at times long past."""
        rng, drawn = self.rng, self.rng.random()
        date = max(
            FIRST_DAY, day - datetime.timedelta(rng.randrange(4) if drawn < 0.96 else rng.randrange(60, 900))
        )
        if drawn < 0.55:
            return str(date), date
        if drawn < 0.75:
            return interval(max(FIRST_DAY, date - datetime.timedelta(6)), date), date
        if drawn < 0.85:
            return interval(None, day), day
        return (f"{date:%Y-%m}" if drawn < 0.99 else None), date

    def _reference(self, actor: Actor, day: datetime.date) -> tuple[ActorReference, str | None]:
        for first, last, office, body in self.debate.offices.get(actor.id, []):
            if first <= day <= last:
                spoken_for = self.by_id[self.debate.state_of[body]].name
                return ActorReference(actor.id, actor.name, spoken_for, actor.kind), office
        state = self.by_id[self.debate.state_of[actor.id]].name if actor.kind != "person" else None
        return ActorReference(actor.id, actor.name, state, actor.kind), None

    def _positions(self, holder: str, day: datetime.date) -> tuple[PositionStance, ...]:
        rng = self.rng
        if rng.random() > 0.75:
            return ()
        (position,) = rng.choices(self.positions, cum_weights=self.position_weights)
        leaning = self.leaning.setdefault((holder, position.slug), rng.random())
        leaning += 0.6 * ((day - FIRST_DAY).days / DAYS - 0.5) if leaning > 0.6 else 0.0
        neutral, inclined = rng.random() < 0.1, rng.random() < leaning
        stance: Polarity = "neutral" if neutral else "supports" if inclined else "opposes"
        condition = f"only if {_words(rng, 4)}" if not neutral and rng.random() < 0.1 else None
        return (PositionStance(position.slug, stance, condition, round(rng.uniform(0.4, 0.99), 2)),)


def _span(before: str, words: str) -> tuple[Span, str]:
    return Span(len(before), len(before) + len(words), words), before + words


def _edited(words: str) -> str:
    return words.replace(" must ", " will ", 1)


def _moved(span: Span, by: int, text: str) -> Span:
    return Span(span.start + by, span.end + by, text[span.start + by : span.end + by])


def _shifted(draft: _Draft, by: int, text: str) -> _Draft:
    old = draft.statement
    content = tuple(_moved(span, by, text) for span in old.content)
    source, cue = (span and _moved(span, by, text) for span in (old.source, old.cue))
    claim = content[0].text
    return replace(draft, statement=replace(old, source=source, cue=cue, content=content, claim=claim))


def _finish(article: Article, drafts: list[_Draft]) -> list[Statement]:
    """Statements with their identifiers, and the chains of who reports whom."""
    keys = []
    for draft in drafts:
        source = draft.statement.source
        spans = [(span.start, span.end) for span in draft.statement.content]
        keys.append(statement_key(article.digest, spans, (source.start, source.end) if source else None))
    finished = []
    for number, draft in enumerate(drafts):
        reports = keys[number + 1] if draft.reports_next else None
        reported_in = keys[number - 1] if number and drafts[number - 1].reports_next else None
        finished.append(
            replace(
                draft.statement,
                article=article.name,
                id=keys[number],
                reports=reports,
                reported_in=reported_in,
            )
        )
    return finished


def articles(
    made_up: Debate, iris: Iris, count: int, seed: int = SEED
) -> Iterator[tuple[Article, list[Statement]]]:
    """The first `count` articles with their statements; a larger debate begins with a smaller one's."""
    writer = _Writer(made_up, iris, seed)
    for number in range(count):
        article, statements = writer.article(number)
        yield article, [_named(statement, article, iris) for statement in statements]


def _named(statement: Statement, article: Article, iris: Iris) -> Statement:
    """The statement with an IRI for its unnamed source, which belongs to its article alone."""
    actor = statement.actor
    if actor is None or actor.kind != "unnamed":
        return statement
    return replace(statement, actor=replace(actor, id=iris.unnamed_source(article.digest, actor.label)))
