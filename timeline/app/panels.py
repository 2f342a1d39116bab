"""The panels of a page as HTML: problems, figure, endpoints, scans, events, audit.

Each is filled from the state of `timeline.app.live`. All text of a file is escaped, and nothing in
it can turn the direction of writing.
"""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterable
from html import escape
from itertools import groupby
from operator import attrgetter
from pathlib import Path
from typing import Any, Protocol

import attrs

from timeline.app.live import Live
from timeline.app.parts import Reason, Record, SourceLine
from timeline.core.text.counts import by_severity, plural
from timeline.core.text.inert_text import undirected, xml_text
from timeline.views.case_rows import NO_BEST, NO_SCANS
from timeline.views.unbroken import unbroken_page

TEMPLATES = Path(__file__).parent / "templates"
_REASON_TITLES = {
    "possible": "Possible: the dates or words on record allow this value and others",
    "not checkable": "Not checkable: what is missing",
}
_WITH_REMEDY = ", and what to write"  # in a heading where a reason says so
_LONGEST = 500  # letters of a line of the file that are shown


class Placed(Protocol):
    """What has a place in a file: a problem, a remark, a finding, an event."""

    @property
    def file(self) -> str: ...
    @property
    def line(self) -> int: ...
    @property
    def column(self) -> int: ...
    @property
    def is_here(self) -> bool: ...
    @property
    def path(self) -> Path: ...


Link = Callable[[Placed, str], str]  # the words of a place as HTML: a link where a page has one


def unlinked(_: Placed, words: str) -> str:
    """The words of a place in a page without an editor."""
    return f'<span class="place">{escape(words)}</span>'


@functools.cache
def _environment() -> Any:
    import jinja2

    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
    )
    environment.filters["groupby_in_order"] = _groups
    environment.filters["once"] = once
    environment.filters["of_verdict"] = _of_verdict
    environment.globals.update(
        place=place, line_of=line_of, caret=caret, no_scans=NO_SCANS, no_best=NO_BEST,
        reason_title=_reason_title,
    )  # fmt: skip
    return environment


def _reason_title(conclusion: str, reasons: Iterable[Reason]) -> str:
    """The heading of the reasons of one conclusion."""
    title = _REASON_TITLES[conclusion]
    is_missing = conclusion == "not checkable" and any("write " in each.text for each in reasons)
    return f"{title}{_WITH_REMEDY}" if is_missing else title


def _groups(items: Iterable[Any], name: str) -> list[tuple[Any, list[Any]]]:
    """Items that follow each other with one value of an attribute."""
    return [(value, list(found)) for value, found in groupby(items, attrgetter(name))]


def _of_verdict(items: Iterable[Any], verdict: str) -> list[Any]:
    """The findings, or reasons, of a verdict; all of them where none is chosen."""
    return [each for each in items if verdict in ("", each.conclusion)]


def once(faults: Iterable[SourceLine]) -> list[tuple[SourceLine, list[SourceLine]]]:
    """Each fault of a message that is said once, with the other places that have the same."""
    found: dict[str, list[SourceLine]] = {}
    for each in faults:
        found.setdefault(each.what, []).append(each)
    return [(first, others) for first, *others in found.values()]


def _render(name: str, link: Link = unlinked, **content: Any) -> str:
    from markupsafe import Markup

    def linked(each: Placed, words: str) -> Markup:
        return Markup(link(each, words))  # noqa: S704 - the words are escaped by the link

    text: str = _environment().get_template(f"{name}.html.j2").render(link=linked, **content)
    return unbroken_page(undirected(xml_text(text)))


def line_of(each: Placed) -> str:
    """The line of a finding: ``line 4``, with the file if it is another one."""
    where = f"line {each.line}" if each.line else "entire file"
    return where if each.is_here else f"{each.file}, {where}"


def place(each: Placed) -> str:
    """Where a problem is: ``line 4, column 7``, with the file if it is another one."""
    where = f"line {each.line}, column {each.column}" if each.line else "entire file"
    return where if each.is_here else f"{each.file}, {where}"


def caret(each: SourceLine) -> str:
    """A mark below the column of a problem, as far to the right as the column is."""
    before = each.text[: max(each.column - 1, 0)]
    return "".join("\t" if letter == "\t" else " " for letter in before) + "^"


def problems(live: Live, link: Link = unlinked) -> str:
    """Every fault of the newest text with its line."""
    return _render("problems", link, shown=live.record)


def remarks(live: Live, link: Link = unlinked) -> str:
    """What is unusual in the record but possible, each with its line and its source."""
    return _render("remarks", link, shown=live.record)


def figure(live: Live) -> str:
    """The figure of the newest text, else the last good one and why it is not newer."""
    return _render("figure", shown=live.figure, has_faults=bool(live.record.newest.faults))


def figure_links(kinds: Iterable[str], shown: str) -> str:
    """Links to the same page with another kind of figure; the one that is shown is marked."""
    rows = (
        f'<li><a href="/?figure={escape(kind)}"{" aria-current=true" * (kind == shown)}>'
        f"{escape(kind)}</a></li>"
        for kind in kinds
    )
    return f"<ul>{''.join(rows)}</ul>"


def endpoints(live: Live) -> str:
    """The endpoints with their reasons, and the steps behind PFS and OS."""
    return _render("endpoints", shown=live.record)


def scans(live: Live) -> str:
    """The scans of each line with their status under each criterion."""
    return _render("scans", shown=live.record)


def events(live: Live) -> str:
    """The events in order of time, each with its line of the file."""
    rows = [
        (each.when, each.kind, each.text, each.place, each.line)
        for each in live.record.content.events
    ]
    return _render("events", shown=live.record, rows=rows)


VERDICTS = ("contradicted", "possible", "not checkable", "consistent", "agrees")  # as listed
WITHOUT_REASON = ("consistent", "agrees")  # of which the audit has no entry but in a choice


def audit(live: Live, link: Link = unlinked, verdict: str = "") -> str:
    """The findings of the audit, in the order of an editor.

    ``verdict``: the only one that is shown; empty: all but what agrees or is consistent.
    """
    every = live.audit.content.verdicts
    claims = [each.claim for each in every if each.conclusion == verdict and each.claim]
    return _render("audit", link, shown=live.audit, verdict=verdict, total=len(every),
                   count=sum(1 for each in every if each.conclusion == verdict),
                   claims=claims if verdict in WITHOUT_REASON else ())  # fmt: skip


@attrs.frozen
class Panel:
    """A panel: its title, the part of the state that it shows, and its content as HTML.

    ``is_wide``: whether it takes the whole width of a page with two columns. ``has_places``:
    whether it names places of files. A panel is called with the state and with what makes a link
    of a place, and returns its HTML.
    """

    title: str
    part: str
    content: Callable[..., str]
    is_wide: bool = False
    has_places: bool = False

    def __call__(self, live: Live, link: Link = unlinked, **chosen: str) -> str:
        return self.content(live, link, **chosen) if self.has_places else self.content(live)


PANELS: dict[str, Panel] = {
    "problems": Panel("Problems", "record", problems, is_wide=True, has_places=True),
    "figure": Panel("Figure", "figure", figure, is_wide=True),
    "endpoints": Panel("Endpoints", "record", endpoints, is_wide=True),
    "audit": Panel("Audit", "audit", audit, is_wide=True, has_places=True),
    "remarks": Panel("Unusual, but possible", "record", remarks, is_wide=True, has_places=True),
    "scans": Panel("Scans by line", "record", scans, is_wide=True),
    "events": Panel("Events", "record", events, is_wide=True),
}


def problem_count(record: Record) -> str:
    """How many problems there are, and in how many entries the list states them."""
    count, entries = len(record.faults), len(once(record.faults))
    words = "" if entries == count else f" in {entries} {'entry' if entries == 1 else 'entries'}"
    return f"{plural(count, 'problem')}{words}."


def status(live: Live) -> str:
    """The state of the newest text in one sentence, as a screen reader says it after a save."""
    record, audit = live.record.newest, live.audit.newest
    if record.fault:
        return "The file could not be analysed."
    if record.faults:
        found = problem_count(record)
    elif record.is_good:
        remarks = by_severity(each.severity for each in record.remarks)
        found = f"No problems. {record.summary}. Remarks: {remarks or 'none'}."
    else:
        found = "Reading the file."
    return f"{found} Audit: {audit.summary}." if audit.summary else found
