from __future__ import annotations

import os
import re
import sys

import pytest

from timeline.app.folder import ENDINGS, CaseFolder, OutsideFolder, file_name


@pytest.fixture
def folder(tmp_path):
    root = tmp_path / "cases"
    (root / "more").mkdir(parents=True)
    for name in ("a.yaml", "B.yml", "more/c.yaml", ".hidden.yaml", "notes.txt"):
        (root / name).write_text("case: x\n")
    (tmp_path / "outside.yaml").write_text("case: secret\n")
    return CaseFolder(root)


def test_the_files_of_a_folder(folder):
    assert folder.files() == ("a.yaml", "B.yml", "more/c.yaml")
    for name in folder.files():
        assert folder.path(name) == folder.root / name


@pytest.mark.parametrize(
    "name",
    [
        "../outside.yaml", "more/../../outside.yaml", "more/../a.yaml", "./a.yaml", "/etc/passwd",
        "/etc/x.yaml", "a.yaml/", "", ".", "..", "more//c.yaml", "a.yaml\0", "a\0.yaml",
        "..\\outside.yaml", "more\\c.yaml", "C:a.yaml", "C:/a.yaml", "a.yaml:stream.yaml",
        ".hidden.yaml", "A.yaml", "b.yml", "MORE/c.yaml", "notes.txt", "con.yaml", "nul.x.yaml",
        "%2e%2e/outside.yaml", "a.yaml ", "a.yaml.", "\u202ea.yaml", "x" * 300 + ".yaml",
        "none.yaml", "~/a.yaml", "more",
    ],
)  # fmt: skip
def test_what_is_not_opened(folder, name):
    with pytest.raises(OutsideFolder):
        folder.path(name)


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such names")
@pytest.mark.parametrize("name", ["<script>.yaml", "a?b.yaml", "a'b\".yaml", "M\u202e.yaml"])
def test_what_the_folder_has_is_opened_whatever_its_letters(folder, name):
    (folder.root / name).write_text("case: x\n")
    assert name in folder.files()
    assert folder.path(name) == folder.root / name
    with pytest.raises(OutsideFolder, match="not every system"):
        folder.new_path(f"new{name}")


@pytest.mark.parametrize(
    ("written", "name"),
    [
        ("miller2024", "miller2024.yaml"), (" miller.yml ", "miller.yml"),
        ("trial-7.2024", "trial-7.2024.yaml"), ("Müller", "Müller.yaml"),
        ("notes.txt", "'notes.yaml'"), ("a.YAML", "'a.yaml'"), (".txt", "'miller2024.yaml'"),
        ("", "no name is written"), ("a.docx", "ends in .yaml (write 'a.yaml')"),
    ],
)  # fmt: skip
def test_the_name_of_a_new_file(written, name):
    if name.endswith(ENDINGS):
        assert file_name(written) == name
    else:
        with pytest.raises(OutsideFolder, match=re.escape(name)):
            file_name(written)


@pytest.mark.parametrize(
    "name",
    [
        "../new.yaml", "/etc/new.yaml", "no/new.yaml", "A.YAML", "a.yaml", "more/C.yaml", "new.txt",
        "new", ".new.yaml", "aux.yaml", "lpt1.yaml", "n\new.yaml", "MORE/new.yaml", "a?.yaml",
    ],
)  # fmt: skip
def test_what_is_not_written(folder, name):
    with pytest.raises(OutsideFolder):
        folder.new_path(name)


def test_a_new_file_in_the_folder_and_below_it(folder):
    assert folder.new_path("Müller 2021.yaml") == folder.root / "Müller 2021.yaml"
    assert folder.new_path("more/new.yml") == folder.root / "more" / "new.yml"


@pytest.mark.skipif(sys.platform == "win32", reason="links need rights there")
def test_links_and_devices(folder):
    root = folder.root
    (root / "out.yaml").symlink_to(root.parent / "outside.yaml")
    (root / "in.yaml").symlink_to(root / "a.yaml")
    (root / "loop.yaml").symlink_to(root / "loop.yaml")
    (root / "up").symlink_to(root.parent)
    (root / "null.yaml").symlink_to("/dev/null")
    os.mkfifo(root / "pipe.yaml")
    (root / "folder.yaml").mkdir()
    assert folder.files() == ("a.yaml", "B.yml", "in.yaml", "more/c.yaml")
    assert folder.path("in.yaml") == root / "a.yaml"
    for name in (
        "out.yaml",
        "loop.yaml",
        "up/outside.yaml",
        "null.yaml",
        "pipe.yaml",
        "folder.yaml",
    ):
        with pytest.raises(OutsideFolder):
            folder.path(name)
    with pytest.raises(OutsideFolder):
        folder.new_path("up/new.yaml")


def test_a_name_is_spelled_as_the_folder_has_it_where_letter_case_does_not_matter(
    folder, monkeypatch
):
    monkeypatch.setattr(CaseFolder, "_is_inside", lambda *_: True)  # as such a file system says
    monkeypatch.setattr("pathlib.Path.resolve", lambda path, strict=False: path)
    assert folder.path("a.yaml")
    with pytest.raises(OutsideFolder):
        folder.path("A.yaml")
    with pytest.raises(OutsideFolder):
        folder.path("MORE/c.yaml")


def test_the_name_of_a_path(folder):
    assert folder.name_of(folder.root / "a.yaml") == "a.yaml"
    assert folder.name_of(folder.root / "no.yaml") == ""
    assert folder.name_of(folder.root.parent / "a.yaml") == ""
    (folder.root / "palette.yaml").write_text("doxorubicin: '#AA3377'")
    assert folder.name_of(folder.root / "palette.yaml") == ""
