"""The graph as tools of the Model Context Protocol, so that an assistant answers with evidence.

`server` speaks the protocol over standard input and output, `tool` is what a tool is made of, `questions`
makes one of each canned query, `looking` and `sparql` hold the others, `resources` the lists, `texts` what a
model is told, `graph` asks, and `answers` keeps answers short and gives each row its source. Nothing is
written, and nothing leaves the machine.
"""
