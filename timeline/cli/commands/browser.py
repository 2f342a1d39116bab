"""Commands that open pages in the browser of this machine: watch and app."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from timeline.cli import completions
from timeline.cli.common import OneFile, exit_with_problems

if TYPE_CHECKING:
    from timeline.app.folder import CaseFolder
    from timeline.app.work.jobs import Jobs

Port = Annotated[int, typer.Option("--port", min=0, max=65535, help="The port; 0: a free one.")]
_MANY = 20  # files of a folder, of which the list and the cohort come before an editor
Opens = Annotated[bool, typer.Option("--open", help="Open the page in the browser.")]


def _figure(text: str) -> str:
    from renderers import FIGURES
    from timeline.core.problem import near

    if text in FIGURES:
        return text
    raise typer.BadParameter(f"unknown figure: {text!r} ({near(text, FIGURES)})")


def watch(
    file: OneFile,
    figure: Annotated[
        str,
        typer.Option(
            "--figure",
            help="timeline, swimmer, spider, waterfall or survival.",
            parser=_figure,
            autocompletion=completions.figures,
        ),
    ] = "timeline",
    port: Port = 0,
    opens: Opens = False,
) -> None:
    """Show a file in the browser: figure, endpoints, audit and problems, anew after each save.

    The page is on this machine only, at an address with a token. Ctrl-C stops it.
    """
    from timeline.app.server import NoServer, Options, serve
    from timeline.app.watch_page import build_watch
    from timeline.files.folders import not_a_file

    if not file.exists():
        exit_with_problems([f"{file}: no such file (correct the path, or: timeline new)"])
    if file.is_dir():
        exit_with_problems([f"{file}: {not_a_file(file)}; of a folder: timeline app {file}"])
    try:
        options = Options(port=port, opens=opens, announce=partial(typer.echo))
        serve(partial(build_watch, file, figure), str(file), options)
    except NoServer as fault:
        exit_with_problems([str(fault)])


def app(
    folder: Annotated[
        Path, typer.Argument(help="The folder of case files; the one at hand if left out.")
    ] = Path(),
    port: Port = 0,
    opens: Opens = False,
) -> None:
    """Edit the case files of a folder in the browser: grids, text, figure, endpoints and audit.

    The pages are on this machine only, at an address with a token. Nothing is written without
    Save. Ctrl-C stops them.
    """
    from timeline.app.folder import CaseFolder
    from timeline.app.work.jobs import Jobs
    from timeline.app.work.warm_up import warm_up

    if not folder.is_dir():
        exit_with_problems([f"{folder}: no such folder (name a folder; of one file: watch)"])
    files = CaseFolder(folder)
    has_many = len(files.files()) > _MANY
    jobs = Jobs(warm_up=warm_up if has_many else None)
    if has_many:  # a process loads the engine while the pages are loaded here
        jobs.start()
    try:
        _serve(files, f"{folder}", jobs, port=port, opens=opens, has_many=has_many)
    finally:
        jobs.stop()


def _serve(
    files: CaseFolder, what: str, jobs: Jobs, *, port: int, opens: bool, has_many: bool
) -> None:
    from timeline.app.editor.pages import build_pages
    from timeline.app.server import NoServer, Options, serve
    from timeline.app.work.summary_store import SummaryStore

    store = SummaryStore(files, jobs)
    if has_many:  # and reads the files
        store.begin()
    options = Options(
        port=port, opens=opens, announce=partial(typer.echo), analyses_at_once=not has_many
    )
    try:
        serve(partial(build_pages, store), what, options)
    except NoServer as fault:
        exit_with_problems([str(fault)])
