"""Search over names and words: actors, topics, positions, outlets, articles, claims and quoted passages.

`documents` reads from the graph what can be found, `folding` makes words comparable, `index` keeps them in a
full-text index of SQLite beside the graph, `question` says what a person's words ask for, `finding` answers
it, `snippets` shows where the words stand, and `searcher` does all this for the graph of a folder.
"""
