from __future__ import annotations

import os

import pytest

from timeline.app.file_watch import FileWatch


@pytest.fixture
def watch(tmp_path):
    path = tmp_path / "a.yaml"
    path.write_text("case: a\n")
    watch = FileWatch()
    watch.look_at([path])
    return watch


def rename_save(path):
    """As editors do that never leave half a file."""
    times = path.stat()
    new = path.with_name("new.part")
    new.write_text("case: b\n")
    os.utime(new, ns=(times.st_atime_ns, times.st_mtime_ns))  # same size, same time
    new.replace(path)


@pytest.mark.parametrize(
    "save",
    [
        lambda path: path.write_text("case: longer\n"),
        rename_save,
        lambda path: os.utime(path, ns=(1, 1)),
        lambda path: path.unlink(),
    ],
    ids=["written", "renamed", "another time", "deleted"],
)
def test_each_way_to_save_is_seen_once(watch, save):
    assert not watch.changed()
    save(watch.paths[0])
    assert watch.changed()
    assert not watch.changed()


def test_a_file_that_comes_back_and_one_that_is_new(watch, tmp_path):
    partner = tmp_path / "partner.yaml"
    watch.look_at([*watch.paths, partner])
    assert not watch.changed()
    partner.write_text("source: a\n")
    assert watch.changed()


def test_a_file_that_is_read_later_than_it_was_seen_is_no_second_change(watch):
    """It is seen while another program writes it, and read when that has ended."""
    watch.paths[0].write_text("")
    assert watch.changed()
    watch.paths[0].write_text("case: written\n")
    watch.see(watch.paths[0])
    assert not watch.changed()
    watch.paths[0].write_text("case: written again\n")
    assert watch.changed()


def test_a_change_before_another_file_is_looked_at_is_not_lost(watch, tmp_path):
    watch.paths[0].write_text("case: changed\n")
    watch.look_at([*watch.paths, tmp_path / "partner.yaml"])
    assert watch.changed()
