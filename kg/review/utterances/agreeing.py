"""How far people agree with each other, and the strict rule with them, on what is one utterance."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from kg.build.decisions import ON_PAIRS, standing, whole_log
from kg.build.utterance import grouped
from kg.build.verdicts import verdicts_among
from kg.review.alpha import nominal_alpha
from kg.review.utterances.spoken import everything
from kg.store.embedded import Store


@dataclass(frozen=True, slots=True)
class PairAgreement:
    """How far coders agree on pairs of statements: one utterance, or different ones.

    Attributes:
        pairs: Number of pairs that two or more people decided on.
        alike: Of how many of them they said the same.
        alpha: Krippendorff's alpha of what they said; None where it cannot be told.
        decided: Number of pairs that anybody decided on.
        as_the_rule: Of how many of them the strict rule says what counts of what people said.
    """

    pairs: int
    alike: int
    alpha: float | None
    decided: int
    as_the_rule: int


def pair_agreement(store: Store, *, coders: Sequence[str] = ()) -> PairAgreement:
    """Compare what people said of pairs; who settles is left out.

    Args:
        store: The graph.
        coders: Only these people; everybody unless told.
    """
    found = everything(store)
    log = [one for one in standing(whole_log(store.view, store.iris)) if one.action in ON_PAIRS]
    log = [one for one in log if not one.adjudicates and (not coders or one.coder in coders)]
    said: dict[frozenset[str], dict[str, bool]] = {}
    for coder in sorted({one.coder for one in log}):
        own = verdicts_among([one for one in log if one.coder == coder], found.names)
        for pair, verdict in own.items():
            said.setdefault(pair, {})[coder] = verdict.same
    twice = [list(values.values()) for values in said.values() if len(values) > 1]
    entries = {iri: one.entry for iri, one in found.statements.items()}
    groups = grouped(entries, lambda article: found.copies.get(article, frozenset()))
    group_of = {iri: number for number, group in enumerate(groups) for iri in group}
    counts = {
        pair: verdict.same
        for pair, verdict in verdicts_among(log, found.names).items()
        if all(iri in group_of for iri in pair)
    }
    as_rule = sum(same == (len({group_of[iri] for iri in pair}) == 1) for pair, same in counts.items())
    alike = sum(len(set(values)) == 1 for values in twice)
    return PairAgreement(len(twice), alike, nominal_alpha(twice), len(counts), as_rule)


__all__ = ["PairAgreement", "pair_agreement"]
