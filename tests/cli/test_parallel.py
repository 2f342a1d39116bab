"""Many files in one run, with and without worker processes."""

from __future__ import annotations

import gc
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from timeline.cli.commands.audit import AuditOutput, audit_of
from timeline.cli.parallel import gc_disabled, map_files

SEEDS = tuple(sorted((Path(__file__).parents[2] / "seeds").glob("*.yaml")))


def audit_text(case_report):
    return audit_of(case_report, AuditOutput(every=True, verbose=True))


def test_loading_and_printing_create_no_reference_cycles():
    """Else disabling the cyclic collector would leak memory."""
    gc.collect()
    gc.set_debug(gc.DEBUG_SAVEALL)
    try:
        with gc_disabled():
            assert len(map_files(SEEDS, {}, audit_text, jobs=1)[0]) == len(SEEDS)
            assert not gc.isenabled()
        gc.collect()
        lost = {type(each) for each in gc.garbage}
    finally:
        gc.set_debug(0)
        gc.garbage.clear()
    assert not [each for each in lost if each.__module__.startswith("timeline.")]


@pytest.mark.parametrize("enabled", [True, False])
def test_the_collector_is_restored_after_a_fault(enabled):
    (gc.enable if enabled else gc.disable)()
    try:
        with pytest.raises(KeyError), gc_disabled():
            raise KeyError
        assert gc.isenabled() is enabled
    finally:
        gc.enable()


def running(words, **more):
    command = [sys.executable, "-m", "timeline", *map(str, words)]
    return subprocess.Popen(
        command,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        preexec_fn=restore_signals,  # noqa: PLW1509 - no thread runs yet
        **more,
    )


def restore_signals() -> None:
    """A background job may be started with both ignored, and its children inherit that."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    signal.signal(signal.SIGHUP, signal.SIG_DFL)


def children_of(pid):
    """The processes that a process started, and those that they started."""
    found = []
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            parent = int(stat.read_text().rpartition(")")[2].split()[1])
        except OSError:  # it has ended
            continue
        if parent == pid:
            found += [int(stat.parent.name), *children_of(int(stat.parent.name))]
    return found


def is_running(pid):
    """Whether a process runs; a zombie does not."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


def wait_for(condition, seconds=120.0):
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if found := condition():
            return found
        time.sleep(0.02)
    raise AssertionError("the condition did not become true")


@pytest.fixture
def busy(tmp_path):
    """A command with two workers, each with many reports."""
    files = []
    for number in range(60):
        claims = ", ".join(f"{{PFS: {n}, unit: months}}" for n in range(1, 40))
        files.append(tmp_path / f"s{number}.yaml")
        files[-1].write_text(f"source: s{number}\nclaims: [{claims}]\n")
    child = running(["audit", *files, "--jobs", 2], start_new_session=True)
    workers = wait_for(lambda: len(found := children_of(child.pid)) >= 2 and found)
    try:
        yield child, workers
    finally:
        child.kill()
        child.communicate()


needs_proc = pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="reads /proc")


@needs_proc
@pytest.mark.parametrize(
    ("name", "code"), [("SIGKILL", -9), ("SIGTERM", 143), ("SIGINT", 130), ("SIGHUP", 129)]
)
def test_workers_end_with_their_parent(busy, name, code):
    child, workers = busy
    child.send_signal(getattr(signal, name))
    assert child.wait(timeout=120) == code
    wait_for(lambda: not any(map(is_running, workers)))


@needs_proc
def test_ctrl_c_at_the_terminal_is_quiet(busy):
    """The terminal sends it to every process of the group."""
    child, workers = busy
    os.killpg(child.pid, signal.SIGINT)
    assert child.communicate(timeout=120) == (b"", b"")
    assert child.returncode == 130
    wait_for(lambda: not any(map(is_running, workers)))


@needs_proc
def test_a_killed_worker_is_no_contradiction(busy):
    child, workers = busy
    os.kill(workers[0], signal.SIGKILL)
    out, errors = child.communicate(timeout=120)
    assert (child.returncode, out, errors.count(b"\n")) == (70, b"", 1)
    assert b"a process of --jobs was killed" in errors
    wait_for(lambda: not any(map(is_running, workers)))
