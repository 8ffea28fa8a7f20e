"""Files, HTML and feeds in; articles, registers and codebooks out."""
