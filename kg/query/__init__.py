"""Canned queries: read, bind, run, write.

`canned` reads `queries/*.rq`, `entities` turns names into IRIs, `run` puts the question to an engine,
`results` is the answer and `writers` its formats.
"""
