"""Directives that run what a page shows, each time that the site is built.

``file`` writes an example file into the folder of its page and shows it. ``run`` runs a command of
the program, or a block of Python, in that folder and shows what is printed. A build fails where
the exit code is another, or where a text that the page promises is not printed.
"""

from __future__ import annotations

import contextlib
import io
import os
import re
import runpy
import shlex
import shutil
import sys
import tempfile
import traceback
from collections.abc import Iterator
from html import escape, unescape
from pathlib import Path
from typing import Any, ClassVar

from docutils import nodes
from docutils.parsers.rst import directives
from sphinx.application import Sphinx
from sphinx.util.docutils import SphinxDirective
from typer.testing import CliRunner

ROOT = Path(__file__).resolve().parents[2]
READ = ("cases", "seeds", "docs")  # folders of the project that an example may read
MADE = "_made"  # the folder of the site that holds the pictures


def new_folders(app: Sphinx) -> None:
    """An empty folder for the files of each page, and one for the pictures of the site."""
    app.env.example_folders = {}  # type: ignore[attr-defined]
    made = Path(app.outdir) / MADE
    shutil.rmtree(made, ignore_errors=True)
    made.mkdir(parents=True)


def folder_of(env: Any, name: str) -> Path:
    """The folder in which the examples of a page are run; made when it is first asked for."""
    folders = env.example_folders
    if name not in folders:
        folder = Path(tempfile.mkdtemp(prefix="site-"))
        env.app.connect("build-finished", lambda *_: shutil.rmtree(folder, ignore_errors=True))
        for each in READ:
            (folder / each).symlink_to(ROOT / each)
        folders[name] = folder
    return folders[name]


class ExampleFile(SphinxDirective):
    """``file NAME``: an example file, written and shown.

    With ``:from: PATH`` it is a file of the project, else the text of the block.
    """

    has_content = True
    required_arguments = 1
    final_argument_whitespace = False
    option_spec: ClassVar[dict[str, Any]] = {
        "from": directives.unchanged_required,
        "language": directives.unchanged_required,
    }

    def run(self) -> list[nodes.Node]:
        """Write the file; a node that shows it under its name."""
        name = self.arguments[0]
        text = "\n".join(self.content) + "\n"
        if "from" in self.options:
            text = (ROOT / self.options["from"]).read_text("utf-8")
        path = folder_of(self.env, self.env.docname) / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
        default = {"yaml": "yaml", "py": "python", "toml": "toml"}.get(path.suffix[1:], "text")
        return [_captioned(name, text, self.options.get("language", default))]


class CommandOutput(SphinxDirective):
    """``run``: a command of the program, or with ``:python:`` a block of Python, and its output.

    ``:exit:`` is the exit code that is expected, 0 if left out. ``:shows:`` is a text that must be
    printed, or several with ``&&`` between; blanks and line ends do not matter. ``:from:`` and
    ``:to:`` show only the lines of the output from the first that contains a text to the next that
    contains the other. ``:picture:`` names a file that the command draws, which is shown with its
    alternative text. With ``:silent:`` the output is not shown.
    """

    has_content = True
    option_spec: ClassVar[dict[str, Any]] = {
        "exit": directives.nonnegative_int,
        "shows": directives.unchanged_required,
        "from": directives.unchanged_required,
        "to": directives.unchanged_required,
        "picture": directives.unchanged_required,
        "python": directives.flag,
        "silent": directives.flag,
    }

    def run(self) -> list[nodes.Node]:
        """Run the command; nodes for it, its output and its picture."""
        text = "\n".join(self.content)
        folder = folder_of(self.env, self.env.docname)
        python = "python" in self.options
        code, output = run_python(text, folder) if python else run_lines(text, folder)
        self._check(code, output)
        found: list[nodes.Node] = [_code(text, "python" if python else "sh")]
        shown = self._shown(output)
        if shown and "silent" not in self.options:
            found.append(_code(shown, "text", "output"))
        if "picture" in self.options:
            found.append(self._picture(folder))
        return found

    def _check(self, code: int, output: str) -> None:
        expected = self.options.get("exit", 0)
        if code != expected:
            raise self.error(f"exit code {code}, not {expected}: {output[-1500:]}")
        flat = " ".join(output.split())
        for line in filter(None, map(str.strip, self.options.get("shows", "").split("&&"))):
            if " ".join(line.split()) not in flat:
                raise self.error(f"does not print {line!r}: {output[-3000:]}")

    def _shown(self, output: str) -> str:
        lines = [line.rstrip() for line in output.splitlines()]
        if first := self.options.get("from"):
            at = [number for number, line in enumerate(lines) if first in line]
            if not at:
                raise self.error(f"no line with {first!r}: {output[-3000:]}")
            lines = lines[at[0] :]
        if last := self.options.get("to"):
            at = [number for number, line in enumerate(lines) if last in line]
            if not at:
                raise self.error(f"no line with {last!r}: {output[-3000:]}")
            lines = lines[: at[0] + 1]
        return "\n".join(lines).strip("\n")

    def _picture(self, folder: Path) -> nodes.Node:
        """The picture, moved into the site; its alternative text is that of its sidecar."""
        path = folder / self.options["picture"]
        page = self.env.docname.replace("/", "-")
        name = f"{page}-{path.name}"
        shutil.copyfile(path, Path(self.env.app.outdir) / MADE / name)
        alt = _alternative_text(path)
        if not alt:
            raise self.error(f"no alternative text: {path.name} (draw it with --sidecars)")
        up = "../" * self.env.docname.count("/")
        attributes = f'src="{up}{MADE}/{name}" alt="{_attribute(alt)}"'
        link = f'<a class="picture" href="{up}{MADE}/{name}"><img {attributes}></a>'
        return nodes.raw("", f"<p>{link}</p>", format="html")


def _alternative_text(path: Path) -> str:
    """The text of the sidecar of a picture, or the one that an SVG holds itself."""
    sidecar = path.with_suffix(".alt.txt")
    if sidecar.exists():
        return sidecar.read_text("utf-8").strip()
    found = re.search(r"<desc[^>]*>([^<]+)", path.read_text("utf-8"))
    return unescape(found[1]).strip() if found else ""


def _attribute(text: str) -> str:
    return escape(" ".join(text.split()), quote=True)


def _code(text: str, language: str, cls: str = "") -> nodes.literal_block:
    node = nodes.literal_block(text, text, language=language)
    if cls:
        node["classes"].append(cls)
    return node


def _captioned(name: str, text: str, language: str) -> nodes.Node:
    block = nodes.container("", literal_block=True, classes=["literal-block-wrapper"])
    block += nodes.caption(name, name)
    block += _code(text.rstrip("\n"), language)
    return block


@contextlib.contextmanager
def _inside(folder: Path) -> Iterator[None]:
    """Work in a folder."""
    before = Path.cwd()
    os.chdir(folder)
    try:
        yield
    finally:
        os.chdir(before)


def run_lines(text: str, folder: Path) -> tuple[int, str]:
    """Run commands of the program, one a line; a backslash continues it, ``#`` begins a remark.

    Args:
        text: the lines, each ``timeline ...`` or ``python FILE``.
        folder: the folder in which they run.

    Returns:
        The exit code of the last one (the first that is not 0 if another follows it), and all
        that they print.

    Raises:
        ValueError: a line is no command of the program.
    """
    from timeline.cli.app import app

    output, code = [], 0
    with _inside(folder):
        for line in text.replace("\\\n", " ").splitlines():
            words = shlex.split(line, comments=True)
            if not words:
                continue
            if words[0] == "python":
                output.append(_script(words[1:]))
                continue
            if words[0] != "timeline":
                raise ValueError(f"no command of the program: {line!r}")
            done = CliRunner().invoke(app, [each for word in words[1:] for each in _files(word)])
            if done.exception and not isinstance(done.exception, SystemExit):
                raise done.exception
            output.append(done.output)
            code = code or done.exit_code
    return code, "".join(output)


def _script(words: list[str]) -> str:
    """What an example of the project prints; its fault is raised."""
    printed, before = io.StringIO(), sys.argv
    sys.argv = words
    try:
        with contextlib.redirect_stdout(printed):
            runpy.run_path(words[0], run_name="__main__")
    finally:
        sys.argv = before
    return printed.getvalue()


def _files(word: str) -> list[str]:
    """The files that a pattern of the shell means; a word without one is itself."""
    if not set(word) & set("*?"):
        return [word]
    return sorted(str(path) for path in Path().glob(word)) or [word]


_NAMES: dict[Path, dict[str, object]] = {}  # of the blocks of each page, by its folder


def run_python(text: str, folder: Path) -> tuple[int, str]:
    """Run a block of Python; 0 and what it prints, or 1 and the traceback of its fault.

    It has the names of the blocks before it on the page, as for someone who reads on.
    """
    printed = io.StringIO()
    names = _NAMES.setdefault(folder, {"__name__": "__main__"})
    with _inside(folder), contextlib.redirect_stdout(printed):
        try:
            exec(compile(text, "example", "exec"), names)  # noqa: S102
        except Exception:
            return 1, printed.getvalue() + traceback.format_exc()
    return 0, printed.getvalue()
