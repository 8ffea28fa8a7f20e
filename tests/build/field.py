"""An invented field for the tests of kg.build: cod quotas, three states, a union, a newspaper."""

import datetime
import itertools
import random

from kg.build.coding import CodingAgent
from kg.model.article import Article
from kg.model.attribution import Span
from kg.model.codebook import Codebook, Position, Topic
from kg.model.iris import Iris, statement_key
from kg.model.register import Actor, Membership, Register
from kg.model.statement import ActorReference, PositionStance, Statement

IRIS = Iris("https://example.org/stance-graph/")
TIME = datetime.datetime(2012, 3, 9, 8, 0, tzinfo=datetime.UTC)
MACHINE = CodingAgent("kg", TIME, "software", "0.1.0", "3f2a", "rules")
JO = CodingAgent("Jo Coder", TIME, "person")


def _actor(name, kind, aliases=(), *memberships):
    return Actor(IRIS.actor(name), name, kind, aliases, memberships)


def _in(name, office=None, since=None, until=None, voice="official"):
    return Membership(IRIS.actor(name), office, since, until, voice)


REGISTER = Register(
    (
        _actor("Norland", "state", ("Port Elm",), _in("Coastal Union")),
        _actor("Sundia", "state", (), _in("Coastal Union")),
        _actor("Coastal Union", "organization", ("the union",)),
        _actor("Fisheries Ministry", "organization", (), _in("Norland")),
        _actor("Harbour Gazette", "organization", (), _in("Norland", voice="other")),
        _actor(
            "Ada Brook",
            "person",
            ("Ms Brook",),
            _in("Fisheries Ministry", "Fisheries Minister", "2010-06-01", "2013-05-31"),
        ),
        _actor("Ole Strand", "person", (), _in("Sundia", "President", "2009")),
        _actor("Lars Hale", "person", (), _in("Coastal Union", "spokesman", "2011-01")),
    )
)
CODEBOOK = Codebook(
    (
        Topic(IRIS.topic("sea"), "sea", "Sea"),
        Topic(IRIS.topic("fisheries"), "fisheries", "Fisheries", ("sea",)),
        Topic(IRIS.topic("inspections"), "inspections", "Inspections", ("fisheries",)),
    ),
    (
        Position(IRIS.position("quota"), "quota", "A cod quota for all", ("fisheries",), excludes=("alone",)),
        Position(IRIS.position("alone"), "alone", "A quota for one alone", ("fisheries",)),
        Position(IRIS.position("inspect"), "inspect", "Inspectors board every ship", ("inspections",)),
    ),
)


def known(name, **more):
    """A reference to an actor of the register."""
    actor = next(actor for actor in REGISTER.actors if actor.name == name)
    return ActorReference(actor.id, name, kind=actor.kind, **more)


def unnamed(article, label, **more):
    iri = IRIS.unnamed_source(article.digest, label)
    return ActorReference(iri, label, kind="unnamed", known=False, **more)


def newcomer(name, kind="person", **more):
    return ActorReference(IRIS.actor(name), name, kind=kind, known=False, **more)


def span(article, words, start=0):
    """The first place of some words in an article."""
    at = article.text.index(words, start)
    return Span(at, at + len(words), words)


def statement(article, words, actor, *, source=None, cue="said", positions=(), quote="direct", **more):
    """A statement of an article with one content span."""
    content = span(article, words)
    spoken_by = span(article, source) if source else None
    key = statement_key(
        article.digest,
        [(content.start, content.end)],
        (spoken_by.start, spoken_by.end) if spoken_by else None,
    )
    more.setdefault("said", "2012-03-05")
    return Statement(
        article.name,
        more.pop("id", key),
        quote,
        spoken_by,
        span(article, cue) if cue else None,
        (content,),
        actor,
        positions=tuple(PositionStance(*one) for one in positions),
        claim=more.pop("claim", words.lower()),
        confidence=more.pop("confidence", 0.9),
        **more,
    )


QUOTES = (
    "We reject any quota that binds Norland alone",
    "We reject any quota which binds Norland alone",
    "The defence of our neighbours' fishing grounds is a matter of honour",
    "The defense of our neighbors' fishing grounds is a matter of honor",
    "Inspectors should board every ship that enters the port",
    "Inspectors should board every single ship that enters the port",
    "The quota is a mistake",
    "No",
)
FILLER = (
    "The coast was calm that week and few boats left the harbour before dawn, the owners told us. "
    "Prices on the market of Port Elm rose by a tenth, and nobody could say why that was so. "
)
PUBLISHERS = ("The Harbour Gazette", "Northern Wire", "Northern WIRE", None)


def random_article(seed):
    """An article with up to five quotations of the usual ones; some share most of their text."""
    rng = random.Random(seed)
    lines = [rng.choice(QUOTES) for _ in range(rng.randint(0, 6))]
    names = [
        rng.choice(("Ada Brook", "Ada Brook", "Ada Brook", "Ole Strand", "Mia Torv", "an official"))
        for _ in lines
    ]
    body = " ".join(f"“{line},” {name} said." for line, name in zip(lines, names, strict=True))
    filler = FILLER * 4 if rng.random() < 0.4 else ""
    article = Article(
        f"{seed}.txt",
        f"{filler}{body} Story number {seed}.\n",
        published="2012-03-06",
        dated_by="metadata",
        publisher=rng.choice(PUBLISHERS),
        title=f"Story {seed}",
    )
    return article, random_statements(article, lines, names, rng)


def random_statements(article, lines, names, rng):
    found, at = [], 0
    for number, (line, name) in enumerate(zip(lines, names, strict=True)):
        content = span(article, line, at)
        source = span(article, name, content.end)
        at = source.end
        if rng.random() < 0.15:
            continue
        actor = {
            "Mia Torv": newcomer("Mia Torv" if rng.random() < 0.5 else "Mia TORV"),
            "an official": unnamed(article, "(official)", affiliation=rng.choice((None, "Norland"))),
        }.get(name) or known(name)
        behalf = known("Coastal Union") if rng.random() < 0.2 else None
        joint = (known("Ole Strand"),) if name != "Ole Strand" and rng.random() < 0.2 else ()
        slugs = rng.sample(["quota", "alone", "inspect"], rng.randint(0, 2))
        found.append(
            Statement(
                article.name,
                statement_key(article.digest, [(content.start, content.end)], (source.start, source.end)),
                rng.choice(("direct", "direct", "mixed", "indirect")),
                source,
                None,
                (content,),
                actor,
                behalf,
                None,
                joint,
                rng.choice(
                    ("2012-03-05", "2012-03", "2012-03", "2012-03-05", "2012", "../2012-03", None, "2011-12")
                ),
                "asserts",
                line.lower(),
                0.5,
                tuple(PositionStance(slug, rng.choice(("supports", "opposes"))) for slug in slugs),
                found[-1].id if found and number and rng.random() < 0.3 else None,
            )
        )
    return found


def clock():
    """One minute after the other."""
    return (TIME + datetime.timedelta(minutes=minute) for minute in itertools.count(1))
