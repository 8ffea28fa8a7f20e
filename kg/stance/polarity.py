"""Which way a text points to something that it speaks of: reversals counted along the paths of its parse.

"They dropped the plan for the bridge", "no council will pay for it" and "the toll was a mistake" all point
against the thing, "whoever is against the bridge is wrong" points to it. From each word that speaks of it the
way goes up the dependency tree; whatever turns round what it governs (a verb like *scrap*, a negation, a
judgement such as *dangerous*) turns the sign, so that two of them cancel out.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from kg.attribute.parsing import language
from kg.stance.lexicon import Lexicon, lexicon

_SUBJECTS = frozenset({"nsubj", "csubj", "agent"})
_PASSIVE = frozenset({"nsubjpass", "csubjpass"})
_ADJUNCTS = frozenset({"advcl", "npadvmod", "relcl", "appos", "parataxis", "dep", "advmod"})
_PURPOSE = frozenset({"to"})
_GOVERNED = frozenset(
    {
        "without",
        "of",
        "to",
        "from",
        "on",
        "against",
        "for",
        "about",
        "with",
        "over",
        "at",
        "out",
        "off",
        "in",
        "into",
    }
)
_TIMES = frozenset({"after", "before", "during", "since", "until", "while", "by", "like", "as"})
_JUDGED = frozenset({"acomp", "attr", "oprd"})
_FEWER = frozenset({"lower", "fewer", "less", "reduced", "smaller", "weaker", "shorter", "diluted"})


@dataclass(frozen=True, slots=True)
class Direction:
    """Where a text points.

    Attributes:
        sign: From -1 (against) to 1 (for); near 0 where its parts disagree.
        evidence: How much says so: operators, judgements, words of duty or will on the way; 0 for a mention.
    """

    sign: float
    evidence: float


def parse(texts: Sequence[str]) -> list[Any]:
    """SpaCy documents of texts, with phrases of one meaning rewritten and brackets taken out."""
    rules = lexicon()
    plain = [rules.rewrite(" ".join(text.translate(_BRACKETS).split())) for text in texts]
    return list(language().pipe(plain, batch_size=64))


_BRACKETS = str.maketrans({"[": " ", "]": " ", "“": None, "”": None, '"': None, "’": "'", "‘": "'"})


class _Way:
    """One way up the tree, with the sign and the evidence gathered on it."""

    def __init__(self, rules: Lexicon, shared: Collection[str]) -> None:
        self.rules = rules
        self.shared = shared
        self.sign = 1.0
        self.evidence = 0.0

    def turn(self, weight: float = 1.0) -> None:
        self.sign = -self.sign
        self.evidence += weight

    def judge(self, value: float) -> None:
        if value:
            self.sign *= 1 if value > 0 else -1
            self.evidence += 1.0

    def value(self, token: Any, depth: int = 0) -> float:
        """Judgement in a word and what hangs on it: -1 bad, 1 good, 0 neither."""
        lemma = token.lemma_.lower()
        value = 0.0
        if lemma in self.shared:
            return 0.0
        if lemma in self.rules.bad or token.lower_ in self.rules.bad:
            value = -1.0
        elif lemma in self.rules.good or token.lower_ in self.rules.good:
            value = 1.0
        elif lemma in self.rules.reverse and token.pos_ == "NOUN":
            value = -1.0
        elif depth < 2:
            for child in token.children:
                if child.dep_ in ("amod", "acl", "relcl", "xcomp", "compound", "conj") or (
                    child.dep_ == "prep" and child.lower_ in ("of", "to", "in", "at")
                ):
                    parts = list(child.children) if child.dep_ == "prep" else [child]
                    for part in parts:
                        value = value or self.value(part, depth + 1)
        if any(
            child.lower_ in self.rules.negators for child in token.children if child.dep_ in ("det", "neg")
        ):
            value = -value if value else -1.0
        return value

    def at(self, node: Any, child: Any | None, relation: str) -> None:
        """Reckon with one word on the way, reached from `child` (None where the way starts)."""
        rules, lemma = self.rules, node.lemma_.lower()
        self._negations(node, child)
        from_subject = relation in _SUBJECTS or (
            relation == "prep" and child is not None and child.lower_ == "by"
        )
        if child is not None:
            self._operator(node, child, relation, from_subject)
        for other in node.children:
            if child is not None and other == child:
                continue
            if (other.dep_ in _JUDGED and (child is None or relation not in _JUDGED)) or (
                other.dep_ == "dobj" and from_subject and lemma not in rules.reverse | rules.bad | rules.good
            ):
                self.judge(self.value(other))
            elif (
                other.dep_ == "amod"
                and other.lower_ not in self.shared
                and (other.lower_ in rules.bad or other.lower_ in _FEWER)
            ):
                self.turn(0.5)
            elif other.dep_ == "prep" and from_subject and other.lower_ in ("at", "in"):
                for part in other.children:
                    if part.lemma_.lower() in rules.bad and part.lemma_.lower() not in self.shared:
                        self.turn()
            elif (other.dep_ == "aux" and other.lemma_.lower() in rules.modal) or (
                other.dep_ == "aux" and other.lower_ in ("'ll", "wo")
            ):
                self.evidence += 0.75
        if child is not None and lemma in rules.modal:
            self.evidence += 0.75
        elif node.pos_ == "VERB" and lemma in rules.forward:
            self.evidence += 0.4

    def _negations(self, node: Any, child: Any | None) -> None:
        negators = self.rules.negators
        for other in node.children:
            if other == child:
                continue
            negates = other.dep_ in ("det", "advmod", "preconj") and other.lower_ in negators
            subject = other.dep_ in ("nsubj", "nsubjpass", "expl") and node.pos_ in ("VERB", "AUX")
            if negates or other.dep_ == "neg" or (subject and self._none(other)):
                self.turn()

    def _none(self, noun: Any) -> bool:
        """Whether a subject is nobody or none of something."""
        parts = (part.lower_ for part in noun.children if part.dep_ in ("det", "neg"))
        return noun.lower_ in self.rules.negators or any(part in ("no", "neither") for part in parts)

    def _operator(self, node: Any, child: Any, relation: str, from_subject: bool) -> None:
        rules, lemma = self.rules, node.lemma_.lower()
        if lemma in self.shared or node.lower_ in self.shared:
            return
        reverses = (lemma in rules.reverse or node.lower_ in rules.reverse) and node.pos_ not in (
            "ADJ",
            "ADV",
        )
        bad = lemma in rules.bad or node.lower_ in rules.bad
        if reverses and node.pos_ in ("NOUN", "PROPN") and relation in ("compound", "nmod"):
            self.turn()  # "a merger ban"
            return
        if not (reverses or bad) or relation in ("compound", "amod", "nmod", "det"):
            if lemma in rules.good and (from_subject or relation in ("xcomp", "ccomp", "csubj", "prep")):
                self.evidence += 1.0
            return
        if relation in _ADJUNCTS and not (
            relation == "advcl" and _mark(child) in ("if", "when", "unless", "once")
        ):
            return
        if relation == "prep" and child.lower_ not in _GOVERNED and not reverses:
            return
        if relation == "prep" and child.lower_ in _TIMES:
            return
        if relation == "prep" and child.lower_ == "against":  # "a fight against" is one reversal, not two
            self.evidence += 0.5
            return
        if node.pos_ in ("VERB", "AUX") and from_subject:
            things = [other for other in node.children if other.dep_ == "dobj"]
            value = self.value(things[0]) if things else 0.0
            if bad:
                self.turn()
            elif value < 0:
                self.evidence += 1.0
            else:
                self.turn(0.5 if things and not value else 1.0)
        elif (
            reverses or node.pos_ not in ("VERB", "AUX") or (relation == "prep" and child.lower_ == "without")
        ):
            self.turn()


def _mark(clause: Any) -> str:
    marks = [part.lower_ for part in clause.children if part.dep_ in ("mark", "advmod")]
    return marks[0] if marks else ""


def _alternative(node: Any) -> bool:
    """Whether a conjunct is joined by a word that shares the negation of its head."""
    return any(part.lower_ in ("or", "nor") for part in node.head.children if part.dep_ == "cc")


def _climb(token: Any, rules: Lexicon, shared: Collection[str], whole: bool) -> _Way:
    way = _Way(rules, shared)
    node, child, relation = token, None, ""
    if (
        whole
        and not {token.lemma_.lower(), token.lower_} & set(shared)
        and (
            token.lemma_.lower() in rules.reverse
            or (token.lemma_.lower() in rules.bad and token.pos_ == "NOUN")
        )
    ):
        way.turn()  # "the refusal": the word stands for what it is about
    for _ in range(40):
        way.at(node, child, relation)
        while node.dep_ == "conj" and node.head != node:
            if _alternative(node):
                way._negations(node.head, node)
            node = node.head
        if node.dep_ == "ROOT" or node.head == node:
            break
        child, relation, node = node, node.dep_, node.head
        if relation == "advcl" and any(
            part.lower_ in _PURPOSE for part in child.children if part.dep_ == "aux"
        ):
            break
    return way


def direction(doc: Any, targets: Mapping[int, float], shared: Collection[str] = ()) -> Direction:
    """Where a parsed text points to the words at `targets`.

    Args:
        doc: A document of `parse`.
        targets: Token indices of the words that speak of the thing, with weights. Where there are none, the
            sentences' main words stand for it.
        shared: Lemmas that turn nothing, because what the text is set beside has them too.
    """
    rules = lexicon()
    starts: Iterable[tuple[int, float]] = targets.items() or [(sent.root.i, 1.0) for sent in doc.sents]
    total = signs = evidence = 0.0
    for index, weight in starts:
        token = doc[index]
        way = _climb(token, rules, shared, not targets)
        if token.sent.text.rstrip().endswith("?"):
            way.evidence = 0.0
        signs += weight * way.sign
        evidence = max(evidence, way.evidence)
        total += weight
    return Direction(signs / total if total else 0.0, min(evidence, 3.0))


__all__ = ["Direction", "direction", "parse"]
