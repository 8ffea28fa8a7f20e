"""Claims and a codebook in; positions and stances out."""
