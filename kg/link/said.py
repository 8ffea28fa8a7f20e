"""When something was said: expressions of time that belong to a cue, offices, events, the date of print."""

from __future__ import annotations

import datetime
import re
from collections.abc import Sequence
from dataclasses import dataclass

from spacy.tokens import Doc, Token

from kg.link.descriptions import Description
from kg.link.entities import Entity
from kg.link.past_offices import PastOffices
from kg.link.relative_dates import TimeExpression, before, time_expressions
from kg.link.tense import Tense, cue_token, tense_of
from kg.model.article import Article
from kg.model.attribution import Attribution
from kg.model.dates import Bounds, bounds, interval

_AFTER_EVENT = re.compile(
    r"\b(?P<count>a|an|one|two|three|four|five|six|seven|\d+)?\s*\b(?P<unit>hour|day|week|month|year)s?\s+after\b",
    re.IGNORECASE,
)
_COUNTS = {"a": 1, "an": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7}
_EVENT_DAY = re.compile(
    r"\b(?:mon|tues|wednes|thurs|fri|satur|sun)day(?:['’]s)?\b|\byesterday\b|\btoday\b", re.IGNORECASE
)
_SPEAKING = frozenset(
    ["speak", "talk", "address", "write", "ask", "reach", "interview", "appear", "brief", "meet", "tell"]
)
_LEAD = 3
"""How many whole sentences of a text may pass before one names the day of the event."""
_DAY_BEFORE = re.compile(
    r"\b(?:(?:the|a) day (?:before|earlier)|the previous (?:day|evening|night))\b", re.IGNORECASE
)
_IN_THE_LETTER = re.compile(
    r"\W*(?:in|at|during) the (?:same )?(?:letter|statement|speech|report|interview|address|circular|memo"
    r"|order|document|video|message|article|post|hearing|meeting|talk|lecture|broadcast|note)\b",
    re.IGNORECASE,
)
_AT_THE_TIME = re.compile(r"\s+(?:so )?(?:at the|at that|back) (?:time|then|moment)\b")
_PHRASE_USED = re.compile(
    r"\b(?:phrase|claim|line|view|position|argument|remark|term|promise|threat|charge|point|pledge|word)s? "
    r"(?:that |which )?(?:he|she|they|it) (?:had |has )?(?:first |also )?\w+\s*$"
)
_NEAR = 14
"""Days before publication within which a dated event goes on through an article."""


@dataclass(frozen=True, slots=True)
class Saying:
    """A date found for one attribution.

    Attributes:
        time: Its bounds; None where nothing dates it.
        tense: The cue's tense.
        stated: Whether the article's own words date it, rather than the date of print.
    """

    time: Bounds | None
    tense: Tense
    stated: bool

    @property
    def edtf(self) -> str | None:
        """The date as EDTF."""
        if self.time is None or (self.time.earliest is None and self.time.latest is None):
            return None
        return interval(self.time.earliest, self.time.latest)


class SaidResolver:
    """Dates the attributions of one article, in their order.

    Args:
        article: Gives the date of print.
        doc: The parsed article.
        contents: [start, end) of all contents: a time that is talked about does not date the talk.
    """

    def __init__(self, article: Article, doc: Doc, contents: Sequence[tuple[int, int]]) -> None:
        """Find the day of the event that the article's first sentences tell of."""
        self._text = article.text
        self._doc = doc
        self._contents = contents
        self.published = bounds(article.published) if article.published else None
        self._offices = PastOffices(article.text, self.published)
        self._event_at = -1
        self._event = self._event_day(article)
        self._sayings: list[tuple[Entity | None, Attribution, Saying]] = []

    def date(
        self,
        attribution: Attribution,
        entity: Entity | None,
        descriptions: Sequence[Description] = (),
        outer: Saying | None = None,
    ) -> Saying:
        """When an attribution's words were said.

        Args:
            attribution: The attribution.
            entity: Who speaks.
            descriptions: What the source span says of the speaker ("then president").
            outer: The date of the attribution that reports this one.
        """
        token = cue_token(self._doc, attribution.cue)
        tense = tense_of(token)
        time = (
            self._day_before_last(token)
            or self._of_cue(attribution, token)
            or self._after_event(token)
            or self._offices.bounds_of(entity, descriptions, tense, token)
        )
        stated = time is not None
        if time is None and outer is not None:
            time, stated = outer.time, outer.stated
        if time is None:
            time, stated = self._carried_on(attribution, entity, tense, token)
        if time is None:
            within_past = token is not None and token.dep_ == "ccomp" and tense_of(token.head) == "past"
            at = attribution.content[0].start if attribution.content else 0
            time = self._by_default(tense, at, within_past)
        saying = Saying(time, tense, stated)
        self._sayings.append((entity, attribution, saying))
        return saying

    # --- expressions of time -----------------------------------------------------------------------
    def _of_cue(self, attribution: Attribution, token: Token | None) -> Bounds | None:
        if token is None:
            return None
        sentence = token.sent
        inside = attribution.cue is not None
        found = [
            expression
            for expression in time_expressions(
                self._text, sentence.start_char, sentence.end_char, self.published
            )
            if not self._said_inside(expression, attribution)
            and inside
            and self._belongs(expression, token, attribution)
        ]
        if not found and _AT_THE_TIME.match(self._text, token.idx + len(token)):
            # "The firm, which left in 2009, said at the time": when it left.
            found = [
                expression
                for expression in time_expressions(self._text, sentence.start_char, token.idx, self.published)
                if not self._said_inside(expression, attribution)
            ]
        if not found:
            return None
        # Of several the narrowest: "on Thursday" rather than "this week".
        return min((e.time for e in found), key=_width)

    def _said_inside(self, expression: TimeExpression, attribution: Attribution) -> bool:
        cue = attribution.cue
        if cue is not None and expression.start < cue.end and cue.start < expression.end:
            return False
        at = cue.start if cue is not None else -1
        spoken = [(start, end) for start, end in self._contents if not start <= at < end]
        if not any(start <= expression.start < end for start, end in spoken):
            return False
        # "She called the plan in 2012 a folly": inside the content, but the verb's own time.
        own = any(span.start < expression.start < span.end for span in attribution.content)
        if own and _PHRASE_USED.search(self._text, max(at, expression.start - 70), expression.start):
            return False
        span = self._doc.char_span(expression.start, expression.end, alignment_mode="expand")
        token = cue_token(self._doc, cue)
        return not (own and attribution.quote != "direct" and span is not None and span.root.head is token)

    def _belongs(self, expression: TimeExpression, token: Token, attribution: Attribution) -> bool:
        cue, source = attribution.cue, attribution.source
        if cue is not None and expression.start < cue.end and cue.start < expression.end:
            return True
        span = self._doc.char_span(expression.start, expression.end, alignment_mode="expand")
        if span is None or not len(span):
            return False
        if _AFTER_EVENT.match(self._text, expression.start):
            return False
        if _PHRASE_USED.search(self._text, max(token.idx, expression.start - 70), expression.start):
            # "He called it art, a word that he had used in 2018": that was when, too.
            return True
        if token.head in span and token.dep_ in ("relcl", "advcl", "acl"):
            return True
        here: Token = span.root
        allowed = self._governors(token)
        for _ in range(12):
            if here in allowed:
                return True
            if here.pos_ in ("VERB", "AUX") or here.head is here:
                break
            here = here.head
        if here.pos_ == "AUX" and here.head in allowed:
            return True
        if here.lower_ in ("dated", "sent", "written", "published", "released", "posted", "issued", "signed"):
            # "They urged her in a letter dated 4 March": the writing is the saying.
            return any(above in allowed for above in here.ancestors)
        if here.pos_ in ("VERB", "AUX") and here.dep_ in ("relcl", "ccomp", "advcl", "pcomp"):
            return False
        if source is not None and source.start <= expression.start < source.end:
            return not any(
                t.dep_ == "relcl" for t in span.root.ancestors if source.start <= t.idx < source.end
            )
        return self._side_by_side(expression, token)

    def _governors(self, token: Token) -> set[Token]:
        """Verbs whose time is the cue's time too."""
        found = {token}
        head = token.head
        if any(child.lower_ == "when" for child in token.children):
            # "He struck another note in March, when he said": one time for both.
            found.add(head)
        if (
            token.dep_ == "conj"
            and head.pos_ == "VERB"
            and not any(c.dep_ in ("nsubj",) for c in token.children)
        ):
            found.add(head)
        if (
            token.dep_ in ("advcl", "xcomp", "acl", "dep")
            and token.tag_ in ("VBG", "VB", "VBN")
            and head.pos_ in ("VERB", "AUX")
        ):
            found.add(head)
        if token.dep_ == "relcl" and tense_of(token) == "past":
            # "He signed it in May, against the advice of Lee, who told him": the time of the main clause.
            verb = next((t for t in token.ancestors if t.pos_ == "VERB"), None)
            if verb is not None and tense_of(verb) == "past":
                found.add(verb)
        found |= {
            child
            for child in token.children
            if child.dep_ in ("advcl", "prep", "acl") and child.lemma_ in _SPEAKING
        }
        return found

    def _side_by_side(self, expression: TimeExpression, token: Token) -> bool:
        """Whether no other verb and no content stands between an expression and its cue."""
        start, end = sorted((expression.start, token.idx))
        between = self._doc.char_span(start, end, alignment_mode="expand")
        if between is None or len(between) > 14 or "\n" in between.text:
            return False
        if any(start <= begin < end for begin, _ in self._contents):
            return False
        inside = [
            t
            for t in between
            if t.idx >= min(expression.end, token.idx + len(token))
            and t.idx < max(expression.start, token.idx)
        ]
        return not any(
            (t.pos_ in ("VERB", "AUX") and t not in token.children)
            or t.text in ";:"
            or t.tag_ in ("WP", "WDT", "WRB")
            for t in inside
        )

    def _day_before_last(self, token: Token | None) -> Bounds | None:
        """The day before that of the words told last: "He spoke on Friday. A day earlier she had warned"."""
        if token is None or not self._sayings:
            return None
        match = _DAY_BEFORE.search(self._text, token.sent.start_char, token.sent.end_char)
        last = self._sayings[-1][2]
        if match is None or not last.stated or last.time is None or _width(last.time) > 1:
            return None
        if any(start <= match.start() < end for start, end in self._contents):
            return None
        first, second = last.time.earliest, last.time.latest
        one = datetime.timedelta(days=1)
        return Bounds(first - one, second - one) if first and second and first > datetime.date.min else None

    def _after_event(self, token: Token | None) -> Bounds | None:
        """The date of a cue inside "a day after it announced ...": so long before what that clause dates."""
        if token is None:
            return None
        sentence = token.sent
        for match in _AFTER_EVENT.finditer(self._text, sentence.start_char, token.idx):
            after = self._doc.char_span(match.end() - 5, match.end(), alignment_mode="expand")
            if after is None or after[-1] not in {*token.ancestors, *token.children}:
                continue
            main = self._by_default("past", token.idx)
            if main is None or main.earliest is None or main.latest is None:
                return None
            counted = match["count"]
            count = int(counted) if counted and counted.isdigit() else _COUNTS.get((counted or "").lower(), 1)
            vague = counted is None
            first = before(main.earliest, count, match["unit"].lower(), vague=vague)
            last = before(main.latest, count, match["unit"].lower(), vague=vague)
            return Bounds(first.earliest, last.latest) if first and last else None
        return None

    # --- without words of its own ------------------------------------------------------------------
    def _carried_on(
        self, attribution: Attribution, entity: Entity | None, tense: Tense, token: Token | None
    ) -> tuple[Bounds | None, bool]:
        """The date of the same speaker's last words, where the article goes on about the same speech."""
        if entity is None:
            return None, False
        for speaker, previous, saying in reversed(self._sayings):
            if speaker is not entity or previous.reported_in is not None:
                continue
            if not saying.stated or saying.time is None:
                return None, False
            gap = self._text[previous.content[-1].end : attribution.content[0].start]
            if attribution.cue is None and gap.count("\n\n") <= 1:
                return saying.time, True
            if token is not None and _IN_THE_LETTER.match(token.sent.text):
                return saying.time, True
            if tense != saying.tense and tense != "none":
                return None, False
            if self._is_recent(saying.time) and tense == "past":
                return saying.time, True
            same_paragraph = "\n" not in gap
            bare = attribution.source is None or attribution.source.text.lower() in (
                "he",
                "she",
                "they",
                "it",
            )
            return (saying.time, True) if same_paragraph and bare else (None, False)
        return None, False

    def _is_recent(self, time: Bounds) -> bool:
        if self.published is None or self.published.earliest is None or time.earliest is None:
            return False
        return (self.published.earliest - time.earliest).days <= _NEAR

    def _by_default(self, tense: Tense, at: int, within_past: bool = False) -> Bounds | None:
        """The date of print; from the day of the reported event on, where a past tense tells of it."""
        if self.published is None:
            return None
        heading = at < self._event_at
        if self._event is not None and (heading or tense in ("past", "none") or within_past):
            return Bounds(self._event, self.published.latest)
        return self.published

    def _event_day(self, article: Article) -> datetime.date | None:
        """The day that the first whole sentences of the text name: "packed the hall on Monday night"."""
        if self.published is None or self.published.latest is None:
            return None
        seen = 0
        for sentence in self._doc.sents:
            words_in = sum(token.is_alpha for token in sentence)
            past = any(token.tag_ == "VBD" for token in sentence)
            if words_in < 8 or not past or article.in_boilerplate(sentence.start_char, sentence.end_char):
                continue
            for match in _EVENT_DAY.finditer(self._text, sentence.start_char, sentence.end_char):
                found = list(time_expressions(self._text, match.start(), match.end(), self.published))
                if (
                    found
                    and found[0].time.earliest
                    and not any(a <= match.start() < b for a, b in self._contents)
                ):
                    self._event_at = sentence.start_char
                    return found[0].time.earliest
            seen += 1
            if seen == _LEAD:
                return None
        return None


def _width(time: Bounds) -> int:
    if time.earliest is None or time.latest is None:
        return 10**6
    return (time.latest - time.earliest).days
