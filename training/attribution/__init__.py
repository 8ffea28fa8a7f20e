"""The tagger of attributions: its corpus, training, export and measurement."""
