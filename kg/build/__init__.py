"""Records in; named graphs with provenance and the derived graph `current` out."""
