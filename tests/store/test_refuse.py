"""Queries that reach out of the store are refused after parsing; words alone do not matter."""

import pytest

from kg.model.errors import UsageError
from kg.store.refuse import LONGEST, check_query


@pytest.mark.parametrize(
    "text",
    [
        "SELECT * WHERE { ?s ?p ?o }",
        "# SERVICE <http://x.example/> { }\nASK { ?s rdfs:label 'FROM <file:///etc/passwd>' }",
        "SELECT ?service ?from WHERE { ?service <http://x.example/LOAD> ?from }",
        "PREFIX service: <urn:service:> DESCRIBE service:x",
        "SELECT * FROM <urn:own> WHERE { ?s ?p ?o }",
        "SELECT * FROM NAMED <urn:own> WHERE { GRAPH ?g { ?s ?p ?o } }",
        "PREFIX x: <urn:x:> SELECT * { ?s x:a.service x:service-b ; x:p 'a SERVICE', '''it's SERVICE''' }",
        "SELECT * { ?s ?p 'a \\u0041' FILTER(?s<?p && ?p>?s) }\r\n# SERVICE",
        "CONSTRUCT { ?s a st:Stance } WHERE { ?s st:actor/st:belongsTo* ?o VALUES ?o { UNDEF } }",
    ],
)
def test_harmless(text):
    check_query(text, named_graphs=["urn:own"])


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("SELECT * WHERE { SERVICE <http://x.example/> { ?s ?p ?o } }", "SERVICE <http://x.example/>"),
        ("SELECT * { service silent ?where { ?s ?p ?o } }", "another server"),
        ("SELECT * { OPTIONAL { { SELECT * { SERVICE <http://x.example/> { ?s ?p ?o } } } } }", "SERVICE"),
        ("SELECT * { ?s ?p ?o FILTER EXISTS { SERVICE <http://x.example/> { ?s ?p ?o } } }", "SERVICE"),
        ("SELECT * { \\u0053ERVICE <http://x.example/> { ?s ?p ?o } }", "SERVICE"),
        # Where one parser sees a comment or a string, the other may see code.
        ("SELECT * { # x\rSERVICE <http://x.example/> { ?s ?p ?o }\n }", "SERVICE"),
        (
            "SELECT * { # \\u000A FILTER(1 = '''\nSERVICE <http://x.example/> { }\n# \\u000A ''')\n }",
            "SERVICE",
        ),
        ("SELECT * { ?s ?p '\\u0027, ' . SERVICE <http://x.example/> { } ?s ?p ' . # '\n}", "SERVICE"),
        ("SELECT * FROM <file:///etc/passwd> WHERE { ?s ?p ?o }", "FROM <file:///etc/passwd>"),
        ("SELECT * FROM NAMED <http://x.example/g> { GRAPH ?g { ?s ?p ?o } }", "FROM <http://x.example/g>"),
        ("CONSTRUCT { ?s ?p ?o } FROM <http://x.example/g> WHERE { ?s ?p ?o }", "no graph of this store"),
        ("PREFIX f: <file:///etc/> ASK FROM f:passwd { ?s ?p ?o }", "FROM <file:///etc/passwd>"),
        ("BASE <file:///etc/> DESCRIBE <x> FROM <passwd>", "FROM <file:///etc/passwd>"),
        ("LOAD <http://x.example/g>", "this is an update"),
        ("DELETE WHERE { ?s ?p ?o }", "this is an update"),
        ("INSERT DATA { <urn:a> <urn:b> <urn:c> }", "this is an update"),
        ("DROP ALL", "this is an update"),
        ("", "the query is empty"),
        ("# nothing", "not valid SPARQL"),
        ("SELECT * WHERE {\n?s ?p }", "line 2"),
        ("SELECT ?x WHERE { ?x nope:y ?z }", "not valid SPARQL"),
        ("SELECT * WHERE " + "{" * 5000 + "}" * 5000, "nested too deeply|not valid SPARQL"),
        ("#" * (LONGEST + 1), "more than"),
    ],
)
def test_refused(text, message):
    with pytest.raises(UsageError, match=message):
        check_query(text, named_graphs=["urn:own"])
