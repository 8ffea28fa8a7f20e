"""How data IRIs are made: from content, so that they are the same on every run."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Iterable
from urllib.parse import quote

DEFAULT_BASE = "https://example.org/stance-graph/"


def slug(text: str) -> str:
    """A readable, ASCII identifier of a name.

    >>> slug("Iran's nuclear programme"), slug("Žižek"), slug("Россия")
    ('irans-nuclear-programme', 'zizek', '%D1%80%D0%BE%D1%81%D1%81%D0%B8%D1%8F')
    """
    plain = unicodedata.normalize("NFKD", text.replace("’", "'").replace("'", ""))
    plain = "".join(char for char in plain if not unicodedata.combining(char)).lower()
    plain = re.sub(r"[^\w]+", "-", plain, flags=re.UNICODE).strip("-_")
    return quote(plain, safe="-_") or "unnamed"


def digest(parts: Iterable[object], length: int = 12) -> str:
    """The first hexadecimal digits of a SHA-256 over the parts, which may not run into each other."""
    joined = "\x1f".join(str(part) for part in parts)
    return hashlib.sha256(joined.encode("utf-8", "surrogatepass")).hexdigest()[:length]


def person_name(name: str) -> str:
    """The name of a person who codes, whatever the white space around and in it.

    >>> person_name(" Ida  Reed ")
    'Ida Reed'
    """
    return " ".join(name.split())


def article_key(article_digest: str) -> str:
    """The short form of an article's digest that its own IRIs and those of its statements begin with."""
    return article_digest[:16]


def statement_key(
    article_digest: str, content: Iterable[tuple[int, int]], source: tuple[int, int] | None
) -> str:
    """Identifier of a statement from its article's digest and its spans.

    Args:
        article_digest: SHA-256 of the article's text.
        content: [start, end) of each content span.
        source: [start, end) of the source span, or None.
    """
    spans = [f"{start}-{end}" for start, end in content]
    spans.append(f"s{source[0]}-{source[1]}" if source else "s")
    return f"{article_key(article_digest)}.{digest(spans)}"


def coder_key(statement: str, coder: str) -> str:
    """Identifier of a coder's own statement, where another coder's has the same words and source.

    >>> coder_key("0a1b.2c3d", "Ida")
    '0a1b.5e7ba2059cf0'
    """
    return f"{statement.split('.')[0]}.{digest([statement, coder])}"


class Iris:
    """Makes the IRIs of one project, all below its base.

    >>> Iris("https://example.org/x/").actor("Vladimir Putin")
    'https://example.org/x/actor/vladimir-putin'
    """

    def __init__(self, base: str = DEFAULT_BASE) -> None:
        """Keep the base, which reading the settings has checked."""
        self.base = base

    def _of(self, kind: str, key: str) -> str:
        return f"{self.base}{kind}/{key}"

    def article(self, article_digest: str) -> str:
        """An article."""
        return self._of("article", article_key(article_digest))

    def article_graph(self, article_digest: str) -> str:
        """The named graph of what was read in an article."""
        return self._of("graph/article", article_key(article_digest))

    @property
    def register_graph(self) -> str:
        """The named graph of the register."""
        return self.base + "graph/register"

    @property
    def codebook_graph(self) -> str:
        """The named graph of the codebook."""
        return self.base + "graph/codebook"

    @property
    def coding_graph(self) -> str:
        """The named graph of human codings."""
        return self.base + "graph/coding"

    @property
    def current_graph(self) -> str:
        """The derived named graph that queries and releases read."""
        return self.base + "graph/current"

    @property
    def index_graph(self) -> str:
        """The store's own notes for finding utterances in common; no part of what is exported."""
        return self.base + "graph/index"

    def statement(self, key: str) -> str:
        """A statement, from its identifier."""
        return self._of("statement", key)

    def claim(self, statement: str) -> str:
        """The claim of a statement, from the statement's identifier."""
        return self._of("claim", statement)

    def stance(self, statement: str, holder: str, position: str) -> str:
        """One holder's stance on one position in one statement."""
        return self._of("stance", f"{statement}.{digest([holder, position], 8)}")

    def evidence(self, statement: str, part: str) -> str:
        """The passage of a statement's source, cue or n-th content (`source`, `cue`, `content-1`)."""
        return self._of("evidence", f"{statement}.{part}")

    def selector(self, statement: str, part: str) -> str:
        """The selector of such a passage."""
        return self._of("selector", f"{statement}.{part}")

    def utterance(self, key: str) -> str:
        """The speech act that statements report in common."""
        return self._of("utterance", key)

    def actor(self, name: str) -> str:
        """A named actor, from the name."""
        return self._of("actor", slug(name))

    def unnamed_source(self, article_digest: str, description: str) -> str:
        """An unnamed source, which belongs to its article alone."""
        return self._of("unnamed", f"{article_key(article_digest)}.{slug(description)}")

    def membership(self, member: str, organization: str, office: str | None, since: str | None) -> str:
        """A dated membership or office of an actor."""
        return self._of("membership", digest([member, organization, office or "", since or ""]))

    def post(self, organization: str, office: str) -> str:
        """An office of an organisation."""
        return self._of("post", f"{slug(organization.removeprefix(self.base + 'actor/'))}.{slug(office)}")

    def outlet(self, name: str) -> str:
        """A newspaper, agency or broadcaster, from its name."""
        return self._of("outlet", slug(name))

    def topic(self, topic_slug: str) -> str:
        """A topic, from its slug."""
        return self._of("topic", topic_slug)

    def position(self, position_slug: str) -> str:
        """A position, from its slug."""
        return self._of("position", position_slug)

    def coding(self, parts: Iterable[object]) -> str:
        """The act of coding that made a node: of a machine (software, version, model) or a person."""
        return self._of("coding", digest(parts))

    def software(self, name: str) -> str:
        """A software that codes."""
        return self._of("agent", slug(name))

    def person(self, name: str, *, taken: bool = False) -> str:
        """A person who codes; people whose names differ in more than white space are different ones.

        Args:
            name: The name. Its slug is enough where it is written the usual way, "Ida Reed", or as the name
                of an account, "ida".
            taken: Whether somebody else has that IRI already.

        >>> Iris("https://example.org/x/").person("Ida  Reed")
        'https://example.org/x/agent/ida-reed'
        >>> Iris("https://example.org/x/").person("ida reed")
        'https://example.org/x/agent/ida-reed.a10cf24b'
        """
        known, plain = person_name(name), slug(name)
        usual = (" ".join(word.capitalize() for word in plain.split("-")), plain)
        return self._of("agent", plain if known in usual and not taken else f"{plain}.{digest([known], 8)}")
