"""OWL: the ontology's consistency."""
