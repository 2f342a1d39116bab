"""What comes from a file or from the command line is shown, and steers nothing."""

from __future__ import annotations

import csv
import io
import json
import os
import pty
import re
import subprocess
import sys
from pathlib import Path
from xml.dom import minidom

import attrs
import pytest
from typer.testing import CliRunner

import renderers
from renderers.backends.sidecars import as_csv
from tests.renderers.cohort import cohort
from tests.renderers.patients import exact
from timeline.cli import streams
from timeline.cli.app import app
from timeline.core.text.inert_text import markdown_text, visible_text, xml_text

ROOT = Path(__file__).parents[2]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a\x1b[2Jb", "a\\u001b[2Jb"),
        ("\x1b]0;title\x07", "\\u001b]0;title\\u0007"),
        ("\x9b2J", "\\u009b2J"),
        ("over\rwritten", "over\\u000dwritten"),
        ("back\b\bward", "back\\u0008\\u0008ward"),
        ("\u202egnp.exe", "\\u202egnp.exe"),
        ("mg/m², 肉瘤, \t–\n", "mg/m², 肉瘤, \t–\n"),
    ],
)
def test_what_steers_a_terminal_is_written_out(text, expected):
    assert visible_text(text) == expected
    assert visible_text(text, colours=True) == expected


def test_on_a_terminal_colours_alone_stay():
    assert visible_text("\x1b[1mbold\x1b[0m\x1b[2J", colours=True) == "\x1b[1mbold\x1b[0m\\u001b[2J"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("![y](http://x/z.png)", "!\\[y\\](http://x/z.png)"),
        ("[x](javascript:alert(1))", "\\[x\\](javascript:alert(1))"),
        ("<script>x</script>", "&lt;script&gt;x&lt;/script&gt;"),
        ("&lt;b&gt;", "&amp;lt;b&amp;gt;"),
        ("a | b", "a \\| b"),
        ("`code` *b* _i_ ~~s~~ $x$", "\\`code\\` \\*b\\* \\_i\\_ \\~\\~s\\~\\~ \\$x\\$"),
        ("# heading", "\\# heading"),
        ("- entry", "\\- entry"),
        ("12. entry", "12\\. entry"),
        ("> said", "&gt; said"),
        ("8.4 to 12.1 months (95 % CI)", "8.4 to 12.1 months (95 % CI)"),
    ],
)
def test_markdown_shows_the_text_as_it_is(text, expected):
    assert markdown_text(text) == expected


def test_characters_that_no_document_may_have_are_replaced():
    assert xml_text("a\x00b\x1b\ud800\uffff\t\n") == "a\ufffdb\ufffd\ufffd\ufffd\t\n"


SIGNS = ["=", "+", "-", "@", "＝", "＋", "－", "＠", "\t=", "\r=", " =", "\u3000＝", "−"]


@pytest.mark.parametrize("sign", SIGNS)
def test_no_cell_of_the_data_begins_as_a_formula(sign):
    """Signs of every width, and blanks before them, that a spreadsheet passes over."""
    words = f"{sign}cmd|' /C calc'!A0"
    scene = renderers.scene_of([exact()], "timeline")
    row = renderers.scene.scene.Row(words, 5.0)
    scene = attrs.evolve(scene, rows=tuple(row for _ in scene.rows))
    rows = list(csv.DictReader(io.StringIO(as_csv(scene), newline="")))
    assert rows
    assert {each["row"] for each in rows} == {f"'{words}".replace("\r", " ")}


@pytest.mark.parametrize("suffix", ["svg", "html"])
@pytest.mark.parametrize("words", ["a\x00b", "\x1b[2J", "\ufffe", "]]>", "<b>&"])
def test_a_figure_of_odd_letters_is_well_formed(tmp_path, suffix, words):
    spider = renderers.scene_of(cohort(2), "spider") if suffix == "svg" else None
    scene = spider or renderers.scene_of([exact()], "timeline")
    scene = attrs.evolve(scene, name=words, alt=words, caption=words)
    (out,) = renderers.write(scene, tmp_path / f"o.{suffix}")
    content = out.read_text()
    assert not re.search("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe]", content)
    assert "<b>&" not in content
    if suffix == "svg":
        minidom.parseString(content.encode())  # noqa: S318, of our own making


SOURCE = """source: odd
title: "<script>x</script> ]]>"
citation: "![y](http://evil.example/z.png) [x](javascript:alert(1)) | `a` <img src=x onerror=1>"
doi: 10.1/x
claims:
  - {name: b, about: "[x](javascript:alert(1)) | <img src=x onerror=1>"}
  - {name: c, about: "[x](javascript:alert(1)) | <img src=x onerror=1>"}
"""


@pytest.mark.parametrize("view", ["text", "md", "html", "json", "sarif", "github"])
def test_an_audit_is_inert_in_every_view(tmp_path, view):
    (tmp_path / "s.yaml").write_text(SOURCE)
    out = tmp_path / f"o.{view}"
    options = ["-o", str(out)] if view in ("md", "html") else ["--format", view]
    done = CliRunner().invoke(app, ["audit", str(tmp_path / "s.yaml"), *options])
    assert done.exit_code == 0, done.output
    output = out.read_text() if options[:1] == ["-o"] else done.stdout
    if view in ("md", "html"):
        assert not re.search(r"<(script|img)\b|!\[y\]\(|[^\\]\]\((http|javascript)", output) or (
            view == "html" and not re.search(r"<(script|img)\b", output)
        )
    if view in ("json", "sarif"):
        json.loads(output)


def terminal(*words):
    """What a command writes to a terminal."""
    host, guest = pty.openpty()
    env = {**os.environ, "PYTHONPATH": str(ROOT), "TERM": "xterm", "COLUMNS": "20"}
    command = [sys.executable, "-m", "timeline", *map(str, words)]
    with subprocess.Popen(command, stdout=guest, stderr=guest, stdin=guest, env=env) as child:
        os.close(guest)
        found = b""
        while True:
            try:
                part = os.read(host, 65536)
            except OSError:  # the terminal is closed
                break
            if not part:
                break
            found += part
    os.close(host)
    return child.returncode, found.decode()


def test_a_file_name_does_not_steer_the_terminal():
    code, output = terminal("check", "\x1b]0;owned\x07\x1b[2J.yaml")
    assert (code, "\x1b" in output, "\x07" in output) == (2, False, False)
    assert "\\u001b]0;owned\\u0007" in output


def test_a_narrow_terminal_keeps_words_whole():
    code, output = terminal("show", ROOT / "cases" / "wang2023.yaml")
    plain = re.sub(r"\x1b\[[0-9;]*m", "", output)
    assert code == 0
    assert max(map(len, plain.splitlines())) <= 60
    assert "limited" in plain


def test_a_closed_pipe_ends_the_command_before_its_parser():
    """The parser of commands would end with 1, which means: contradicted."""

    class Gone(io.RawIOBase):
        def writable(self):
            return True

        def write(self, _):
            raise BrokenPipeError

    ended = []
    streams.end_without_reader, kept = lambda: ended.append(1), streams.end_without_reader
    try:
        stream = streams.InertStream(io.BufferedWriter(Gone(), 16), "utf-8", write_through=True)
        stream.write("x" * 100)
        stream.flush()
        stream.close = lambda: None
    finally:
        streams.end_without_reader = kept
    assert ended
