"""People look at what was read: what to look at first, what they decide, how far they agree."""
