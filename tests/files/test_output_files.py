"""The one writer: a set of files appears whole or not at all, and takes no place it may not."""

import os
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from tests.cli.test_parallel import restore_signals
from timeline.files import output_files
from timeline.files.output_files import NotReplacedError, OutputFiles, write_file


def names(folder):
    return sorted(each.name for each in folder.iterdir())


def test_no_file_appears_before_all_are_written(tmp_path):
    one, two = tmp_path / "one", tmp_path / "two"
    with OutputFiles() as files:
        files.add(one, b"1")
        files.add(two, b"2")
        assert not one.exists()
        assert not two.exists()
    assert (one.read_bytes(), two.read_bytes(), names(tmp_path)) == (b"1", b"2", ["one", "two"])


@pytest.mark.parametrize("fault", [RuntimeError, KeyboardInterrupt, SystemExit])
def test_a_fault_leaves_nothing_new(tmp_path, fault):
    (tmp_path / "old").write_text("old")

    def interrupted():
        with OutputFiles(requested=frozenset({tmp_path / "old"})) as files:
            files.folder(tmp_path / "a" / "b")
            files.add(tmp_path / "a" / "b" / "new", b"new")
            files.add(tmp_path / "old", b"new")
            raise fault

    with pytest.raises(fault):
        interrupted()
    assert ((tmp_path / "old").read_text(), names(tmp_path)) == ("old", ["old"])


def test_a_rename_that_fails_takes_back_those_before_it(tmp_path, monkeypatch):
    paths = [tmp_path / name for name in ("a", "b", "c")]
    paths[0].write_text("old a")
    real = Path.replace

    def replace(self, target):
        if Path(target).name == "c":
            raise OSError(28, "No space left on device")
        return real(self, target)

    monkeypatch.setattr(output_files.Path, "replace", replace)

    def written():
        with OutputFiles(requested=frozenset(paths)) as files:
            for path in paths:
                files.add(path, b"new")

    with pytest.raises(OSError, match="No space"):
        written()
    assert ((tmp_path / "a").read_text(), names(tmp_path)) == ("old a", ["a"])


@pytest.mark.parametrize("mode", [0o600, 0o640, 0o664, 0o755])
def test_a_file_that_is_replaced_keeps_its_mode(tmp_path, mode):
    path = tmp_path / "o"
    path.write_text("old")
    path.chmod(mode)
    write_file(path, b"new")
    assert (path.read_bytes(), path.stat().st_mode & 0o777) == (b"new", mode)


def test_a_new_file_has_the_mode_that_the_umask_gives(tmp_path):
    before = os.umask(0o027)
    try:
        write_file(tmp_path / "o", b"new")
    finally:
        os.umask(before)
    assert (tmp_path / "o").stat().st_mode & 0o777 == 0o640


def a_folder(path):
    path.mkdir()


def a_pipe(path):
    os.mkfifo(path)


def a_link_to_a_device(path):
    path.symlink_to("/dev/null")


def a_read_only_file(path):
    path.write_text("old")
    path.chmod(0o444)


@pytest.mark.parametrize(
    ("made", "description"),
    [
        (a_folder, "is a folder"),
        (a_pipe, "a device or a pipe"),
        (a_link_to_a_device, "a device or a pipe"),
        (a_read_only_file, "is read-only"),
    ],
)
def test_a_place_that_no_file_may_take_is_refused(tmp_path, made, description):
    path = tmp_path / "o"
    made(path)
    with pytest.raises(NotReplacedError, match=description):
        write_file(path, b"new")
    assert names(tmp_path) == ["o"]


def test_a_file_that_nobody_asked_to_replace_is_kept(tmp_path):
    (tmp_path / "fig.csv").write_text("mine")

    def written():
        with OutputFiles(requested=frozenset({tmp_path / "fig.svg"})) as files:
            files.add(tmp_path / "fig.svg", b"new")
            files.add(tmp_path / "fig.csv", b"new")

    with pytest.raises(NotReplacedError, match=r"fig.csv: exists .* --overwrite"):
        written()
    assert (names(tmp_path), (tmp_path / "fig.csv").read_text()) == (["fig.csv"], "mine")


def test_a_link_is_replaced_and_its_file_kept(tmp_path):
    (tmp_path / "victim").write_text("precious")
    (tmp_path / "o").symlink_to("victim")
    write_file(tmp_path / "o", b"new")
    assert ((tmp_path / "victim").read_text(), (tmp_path / "o").is_symlink()) == ("precious", False)


def test_a_file_planted_under_the_temporary_name_is_never_opened(tmp_path, monkeypatch):
    (tmp_path / "victim").write_text("precious")
    (tmp_path / ".timeline-67756573736564.part").symlink_to("victim")
    monkeypatch.setattr(output_files.os, "urandom", lambda _: b"guessed")
    with pytest.raises(FileExistsError):
        write_file(tmp_path / "o", b"new")
    assert (tmp_path / "victim").read_text() == "precious"


def test_a_name_as_long_as_the_file_system_allows_is_written(tmp_path):
    path = tmp_path / ("n" * 255)
    write_file(path, b"new")
    assert path.read_bytes() == b"new"


def test_two_writers_of_one_file_never_tear_it(tmp_path):
    path, pages = tmp_path / "o", [bytes([letter]) * 200_000 for letter in b"ab"]
    write_file(path, pages[0])

    def writes(page):
        for _ in range(60):
            write_file(path, page)

    writers = [threading.Thread(target=writes, args=(page,)) for page in pages]
    for each in writers:
        each.start()
    seen = set()
    while any(each.is_alive() for each in writers):
        seen.add(path.read_bytes())
    assert seen <= set(pages)
    assert names(tmp_path) == ["o"]


KILLED = """
import sys, time
from pathlib import Path
from timeline.cli.ending import end_on_signals
from timeline.files.output_files import OutputFiles
end_on_signals()
with OutputFiles() as files:
    files.add(Path(sys.argv[1]) / "o", b"half")
    print("ready", flush=True)
    time.sleep(60)
"""


@pytest.mark.parametrize(("name", "code"), [("SIGTERM", 143), ("SIGHUP", 129), ("SIGINT", 130)])
def test_a_signal_leaves_no_temporary_file(tmp_path, name, code):
    import signal

    words = [sys.executable, "-c", KILLED, str(tmp_path)]
    with subprocess.Popen(
        words,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        preexec_fn=restore_signals,  # noqa: PLW1509 - no thread runs yet
    ) as child:
        assert child.stdout.readline() == b"ready\n"
        assert len(names(tmp_path)) == 1
        child.send_signal(getattr(signal, name))
        _, output = child.communicate(timeout=120)
    assert (child.returncode, names(tmp_path), output) == (code, [], b"")
