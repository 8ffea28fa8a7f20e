"""Source spans in; actors, offices and dates out."""
