"""Five articles about a bridge: three report one speech, one the same words months later, one another one."""

import json

from kg.review.utterances.candidates import candidates, known
from kg.review.utterances.groups import groups

ARTICLES = {
    "courier.txt": (
        "The Example Courier",
        "“We build the bridge together, or not at all,” Ann Lee said.",
    ),
    "post.txt": (
        "The Example Post",
        "“Frankly, we build the bridge together, or not at all,” Ann Lee told the house.",
    ),
    "wire.txt": ("Northern Wire", "Ann Lee said the bridge would be built by both together or not at all."),
    "later.txt": (
        "The Example Post",
        "“We build the bridge together, or not at all,” Ann Lee repeated.",
    ),
    "ferry.txt": (
        "Northern Wire",
        "“The ferry has served its time,” Ann Lee told the islanders.",
    ),
}
STATEMENTS = {
    "courier.txt": ("We build the bridge together, or not at all,", "direct", "2014-03-04"),
    "post.txt": ("Frankly, we build the bridge together, or not at all,", "direct", "2014-03-04"),
    "wire.txt": ("the bridge would be built by both together or not at all", "indirect", "2014-03-04"),
    "later.txt": ("We build the bridge together, or not at all,", "direct", "2014-09-02"),
    "ferry.txt": ("The ferry has served its time,", "direct", "2014-03-04"),
}


def lines(**changed):
    found = []
    for name, (words, quote, said) in STATEMENTS.items():
        line = {"article": name, "content": [changed.get(name.split(".")[0], words)], "source": "Ann Lee"}
        line |= {"actor": "Ann Lee", "quote": quote, "said": said, "confidence": 0.9}
        line["positions"] = [{"position": "new-quay", "stance": "supports"}] if "bridge" in words else []
        found.append(json.dumps(line))
    return "\n".join(found) + "\n"


def by_name(project):
    rows = project.sparql("SELECT ?s ?f { ?s a st:Statement ; st:source/st:fileName ?f }")
    return {row["f"].removesuffix(".txt"): row["s"] for row in rows}


def together(project):
    """The utterances of several statements, by the names of the articles."""
    names = {iri: name for name, iri in by_name(project).items()}
    found = groups(known(project.desk("anybody")))
    return sorted(sorted(names[iri] for iri in group.statements) for group in found)


def pairs(project, desk):
    names = {iri: name for name, iri in by_name(project).items()}
    return [tuple(sorted((names[one.one.iri], names[one.other.iri]))) for one in candidates(known(desk))]
