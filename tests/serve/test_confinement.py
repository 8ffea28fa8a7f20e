"""A worker cannot reach out, write or take all memory, whatever a query makes it do."""

import subprocess
import sys

import pytest

PROBE = """
import json, socket, sys
from pathlib import Path
from kg.serve.confinement import confine

said = {"confined": confine(1_500_000_000), "read": len(Path(sys.argv[1]).read_text())}
def trying(name, action):
    try:
        action()
        said[name] = "done"
    except Exception as error:
        said[name] = type(error).__name__
trying("connect", lambda: socket.create_connection(("127.0.0.1", int(sys.argv[2])), timeout=5))
trying("write", lambda: Path(sys.argv[1]).write_text("x"))
trying("create", lambda: Path(sys.argv[1] + ".new").write_text("x"))
trying("memory", lambda: bytearray(3_000_000_000))
print(json.dumps(said))
"""


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux can")
def test_a_confined_process_reads_and_no_more(tmp_path):
    import json
    import socket

    file = tmp_path / "file"
    file.write_text("abc")
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        listening.listen()
        port = listening.getsockname()[1]
        done = subprocess.run(
            [sys.executable, "-c", PROBE, str(file), str(port)], capture_output=True, text=True, check=True
        )
    said = json.loads(done.stdout)
    assert said["memory"] == "MemoryError"
    assert said["read"] == 3
    if not said["confined"]:
        pytest.skip("this system's kernel has no Landlock with network rules")
    assert said["connect"] == said["write"] == said["create"] == "PermissionError"
    assert file.read_text() == "abc"
