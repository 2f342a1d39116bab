"""Each row states what files there are, what is run, and what must hold of it.

No traceback always; an exit code; words that must or must not be printed or written; seconds of
processor time and megabytes at most. Every row runs in a process of its own.
"""

from __future__ import annotations

import json
import os
import resource
import subprocess
import sys
from pathlib import Path

import pytest

HERE = Path(__file__).parent
ROOT = HERE.parents[2]
ROWS = json.loads((HERE / "rows.json").read_text())
MORE = json.loads((HERE / "more.json").read_text())
SECONDS, MEMORY, MARGIN_MB = 30, 5 << 30, 50


def put(path, content):
    """Make one file of a row: a text, a link, a folder, a pipe, or a file of a mode."""
    kind, *value = content if isinstance(content, list) else ("text", content)
    if kind == "text":
        path.write_text(value[0], "utf-8")
    elif kind == "link":
        path.symlink_to(value[0])
    elif kind == "folder":
        path.mkdir()
    elif kind == "fifo":
        os.mkfifo(path)
    else:
        path.write_text("old\n")
        path.chmod(value[0])


def run(folder, words, env):
    """The code of a command, what it prints, and what it used."""
    environment = {**os.environ, "PYTHONPATH": str(ROOT), **env}
    command = [sys.executable, "-m", "timeline", *words]
    with (folder / ".said").open("wb") as output:
        child = subprocess.Popen(
            command, cwd=folder, env=environment, stdout=output, stderr=output,
            stdin=subprocess.DEVNULL,
            preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY)),  # noqa: PLW1509
        )  # fmt: skip
        _, status, used = os.wait4(child.pid, 0)
    return os.waitstatus_to_exitcode(status), (folder / ".said").read_text(errors="replace"), used


@pytest.mark.parametrize("row", [*ROWS, *MORE], ids=[row["id"] for row in [*ROWS, *MORE]])
@pytest.mark.skipif(sys.platform == "win32", reason="links, modes and limits are those of POSIX")
def test_robustness(tmp_path, row):
    holds = row["holds"]
    for name, content in row["files"].items():
        put(tmp_path / name, content)
    code, output, used = run(tmp_path, row["args"].split(), holds.get("env", {}))
    assert "Traceback" not in output
    assert code in holds.get("rc", range(-64, 70)), output[-2000:]
    assert code >= 0, "killed"
    assert used.ru_utime + used.ru_stime <= holds.get("seconds", SECONDS)
    # the kernel counts to a child what its parent held when it was forked
    inherited = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    assert used.ru_maxrss / 1024 <= max(holds.get("mb", 1 << 20), inherited + MARGIN_MB)
    assert len(output) <= holds.get("said", 1 << 20)
    assert [word for word in holds.get("has", ()) if word not in output] == []
    assert [word for word in holds.get("lacks", ()) if word in output] == []
    if "file" in holds:
        kept = (tmp_path / holds["file"]).read_text("utf-8", "replace")
        assert [word for word in holds.get("file_has", ()) if word not in kept] == []
        assert [word for word in holds.get("file_lacks", ()) if word in kept] == []
    if "mode" in holds:
        name, mode = holds["mode"]
        assert (tmp_path / name).stat().st_mode & 0o777 == mode
