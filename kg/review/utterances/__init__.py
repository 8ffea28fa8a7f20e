"""Which statements may report one utterance: candidates for people, what people decided, and what follows.

`spoken` reads the statements, `near` finds the pairs that are worth a comparison, `likeness` says how likely
two report one speech act and why, `meaning` compares what they mean, `candidates` orders what is worth a
look, `groups` shows the utterances as they are, and `deciding` writes down what a person says of them.
"""
