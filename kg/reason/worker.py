"""A process of its own in which HermiT runs: it can be stopped, and owlready2's global state stays here.

Run as a file with the path of an N-Triples file, it prints one JSON object: `{"consistent": true,
"unsatisfiable": [IRI, ...]}` or `{"error": "..."}`. It imports nothing of kg, so that it starts anywhere.
"""

import json
import sys
from pathlib import Path
from typing import Any


def reason(path: Path) -> dict[str, Any]:
    """Load the file into a world of its own and let HermiT classify it."""
    import owlready2

    world = owlready2.World()
    with path.open("rb") as file:
        # The name is a stand-in: nothing is looked up under it.
        world.get_ontology("https://example.org/to-be-checked#").load(fileobj=file, only_local=True)
    try:
        owlready2.sync_reasoner_hermit(world, debug=0)
    except owlready2.OwlReadyInconsistentOntologyError:
        return {"consistent": False, "unsatisfiable": []}
    except owlready2.OwlReadyJavaError as error:
        lines = [line.strip() for line in str(error).splitlines() if line.strip()]
        return {"error": " ".join(lines[1:4])[:500] or "Java stopped without a word"}
    return {
        "consistent": True,
        "unsatisfiable": sorted(entity.iri for entity in world.inconsistent_classes()),
    }


if __name__ == "__main__":
    print(json.dumps(reason(Path(sys.argv[1]))))
