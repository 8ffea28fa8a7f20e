"""The trained reader: a small transformer that finds cues, and for each cue its source and content."""
