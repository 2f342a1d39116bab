"""Files opened and told in one go: nothing that is left out for speed's sake may be missed."""

from __future__ import annotations

import gc
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from timeline.cli.audit import audit_of
from timeline.cli.parallel import gc_disabled, map_files

SEEDS = tuple(sorted((Path(__file__).parents[2] / "seeds").glob("*.yaml")))


def told(dossier):
    return audit_of(dossier, every=True, as_json=False)


def test_what_is_opened_and_told_leaves_no_circle_of_our_values():
    """Else leaving out the search for circles would keep what nobody asks for any more."""
    gc.collect()
    gc.set_debug(gc.DEBUG_SAVEALL)
    try:
        with gc_disabled():
            assert len(map_files(SEEDS, {}, told, jobs=1)[0]) == len(SEEDS)
            assert not gc.isenabled()
        gc.collect()
        lost = {type(each) for each in gc.garbage}
    finally:
        gc.set_debug(0)
        gc.garbage.clear()
    assert not [each for each in lost if each.__module__.startswith("timeline.")]


@pytest.mark.parametrize("searched", [True, False])
def test_the_search_goes_on_as_before_whatever_happens(searched):
    (gc.enable if searched else gc.disable)()
    try:
        with pytest.raises(KeyError), gc_disabled():
            raise KeyError
        assert gc.isenabled() is searched
    finally:
        gc.enable()


def running(words, **more):
    command = [sys.executable, "-m", "timeline", *map(str, words)]
    return subprocess.Popen(
        command,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        preexec_fn=hear_signals,  # noqa: PLW1509 - no thread runs yet
        **more,
    )


def hear_signals() -> None:
    """A job in the background may be started deaf to both, and so would be what it starts."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    signal.signal(signal.SIGHUP, signal.SIG_DFL)


def children_of(pid):
    """The processes that a process started, and those that they started."""
    found = []
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            parent = int(stat.read_text().rpartition(")")[2].split()[1])
        except OSError:  # it ended meanwhile
            continue
        if parent == pid:
            found += [int(stat.parent.name), *children_of(int(stat.parent.name))]
    return found


def lives(pid):
    """Whether a process runs; one that is dead and not yet buried does not."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


def wait_for(holds, seconds=20.0):
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if found := holds():
            return found
        time.sleep(0.02)
    raise AssertionError("it never came to hold")


@pytest.fixture
def busy(tmp_path):
    """A command with two workers, each at work on many reports."""
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


needs_proc = pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="asks /proc")


@needs_proc
@pytest.mark.parametrize(
    ("name", "code"), [("SIGKILL", -9), ("SIGTERM", 143), ("SIGINT", 130), ("SIGHUP", 129)]
)
def test_workers_end_with_their_parent(busy, name, code):
    child, workers = busy
    child.send_signal(getattr(signal, name))
    assert child.wait(timeout=20) == code
    wait_for(lambda: not any(map(lives, workers)))


@needs_proc
def test_ctrl_c_at_the_terminal_is_quiet(busy):
    """The terminal sends it to every process of the group."""
    child, workers = busy
    os.killpg(child.pid, signal.SIGINT)
    assert child.communicate(timeout=20) == (b"", b"")
    assert child.returncode == 130
    wait_for(lambda: not any(map(lives, workers)))


@needs_proc
def test_a_killed_worker_is_no_contradiction(busy):
    child, workers = busy
    os.kill(workers[0], signal.SIGKILL)
    out, said = child.communicate(timeout=20)
    assert (child.returncode, out, said.count(b"\n")) == (70, b"", 1)
    assert b"a process of --jobs was killed" in said
    wait_for(lambda: not any(map(lives, workers)))
