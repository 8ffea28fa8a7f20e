"""Typical parameters for each canned query, chosen from the graph: much talked about, not the extremes."""

from __future__ import annotations

from kg.query.canned import Given
from kg.query.run import Engine

_ST = "PREFIX st: <https://w3id.org/stance-graph/ontology#>\n"


def _ranked(engine: Engine, pattern: str) -> list[str]:
    """The values of ?x in a pattern, the most frequent first."""
    text = f"{_ST}SELECT ?x (COUNT(*) AS ?n) WHERE {{ {pattern} }} GROUP BY ?x ORDER BY DESC(?n) ?x"
    return [row[0].value for row in engine(text).rows if row[0] is not None]


def typical(engine: Engine) -> dict[str, dict[str, Given]]:
    """Values of the parameters of each canned query."""
    state = _ranked(engine, "?s st:affiliation ?x")[0]
    person = _ranked(engine, "?s st:said ?date ; st:speaker ?x . ?x a <http://xmlns.com/foaf/0.1/Person>")[10]
    body = _ranked(engine, "?s st:onBehalfOf ?x")[2]
    topic = _ranked(engine, "?s st:inTopic ?x")[4]
    position = _ranked(engine, "?s st:position ?x")[4]
    outlet = _ranked(engine, "?x a <https://schema.org/NewsMediaOrganization>")[0]
    stance = engine(f"{_ST}SELECT ?x WHERE {{ ?x st:actor <{person}> ; st:position ?p }} ORDER BY ?x LIMIT 1")
    first_stance = stance.rows[0][0]
    assert first_stance is not None
    on_topic: dict[str, Given] = {"actor": state, "topic": topic}
    return {
        "conditions": on_topic,
        "contradictions": on_topic,
        "denials": {"actor": state},
        "diversity": {"topic": topic},
        "evidence": {"stance": first_stance.value},
        "first": {"position": position},
        "latest": {"position": position},
        "matrix": on_topic,
        "old-statements": {"months": "6"},
        "only-in": {"outlet": outlet},
        "opposition": {"position": position, "since": "2009", "until": "2009"},
        "positions": on_topic,
        "reported-speech": {"speaker": person},
        "review-next": {},
        "shifts": on_topic,
        "softening": on_topic,
        "spokesmen": {"actor": body},
        "statements-of": {"speaker": person},
        "unnamed": {"affiliation": state},
        "wordings": {"speaker": person},
    }
