"""Each row states what files there are, what is run, and what must hold of it.

No traceback always; an exit code; words that must or must not be printed or written; seconds of
processor time and megabytes at most. A row runs in a process of its own where its memory or its
environment is what is tested, the others in this one.
"""

from __future__ import annotations

import json
import os
import resource
import subprocess
import sys
import time
from pathlib import Path

import pytest
from typer.testing import CliRunner

from timeline.cli.app import app

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


def run_here(words):
    """The code of a command, what it prints, and its processor time, in this process."""
    began = time.process_time()
    done = CliRunner().invoke(app, words)
    used = time.process_time() - began
    assert done.exception is None or isinstance(done.exception, SystemExit), done.exception
    return done.exit_code, done.output, used


def run_apart(folder, words, env, most):
    """The same of a process of its own; its memory is at most so many megabytes."""
    environment = {**os.environ, "PYTHONPATH": str(ROOT), **env}
    command = [sys.executable, "-m", "timeline", *words]
    with (folder / ".said").open("wb") as output:
        child = subprocess.Popen(
            command, cwd=folder, env=environment, stdout=output, stderr=output,
            stdin=subprocess.DEVNULL,
            preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY)),  # noqa: PLW1509
        )  # fmt: skip
        _, status, used = os.wait4(child.pid, 0)
    code = os.waitstatus_to_exitcode(status)
    assert code >= 0, "killed"
    # the kernel counts to a child what its parent held when it was forked
    inherited = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    assert used.ru_maxrss / 1024 <= max(most, inherited + MARGIN_MB)
    return code, (folder / ".said").read_text(errors="replace"), used.ru_utime + used.ru_stime


@pytest.mark.parametrize("row", [*ROWS, *MORE], ids=[row["id"] for row in [*ROWS, *MORE]])
@pytest.mark.skipif(sys.platform == "win32", reason="links, modes and limits are those of POSIX")
def test_robustness(tmp_path, monkeypatch, row):
    holds = row["holds"]
    for name, content in row["files"].items():
        put(tmp_path / name, content)
    words = row["args"].split()
    if "mb" in holds or "env" in holds:
        most = holds.get("mb", 1 << 20)
        code, output, seconds = run_apart(tmp_path, words, holds.get("env", {}), most)
    else:
        monkeypatch.chdir(tmp_path)
        code, output, seconds = run_here(words)
    assert "Traceback" not in output
    assert code in holds.get("rc", range(70)), output[-2000:]
    assert seconds <= holds.get("seconds", SECONDS)
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
