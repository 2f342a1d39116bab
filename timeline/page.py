"""An audit as a page to print or to paste: HTML or Markdown, from one content and a template."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any

import attrs

from timeline.auditing import Call, Verdict, unchecked
from timeline.dossier import Dossier

TEMPLATES = {".html": "audit.html.j2", ".md": "audit.md.j2"}
SECTIONS = (
    (Call.CONTRADICTED, "Contradicted: no date that the record allows reproduces it"),
    (Call.POSSIBLE, "Possible: some of the dates that the record allows do"),
    (Call.AGREES, "Agrees: every date that the record allows does"),
)


@attrs.frozen(kw_only=True)
class Page:
    """What a page of one audit says."""

    name: str
    title: str
    citation: str
    doi: str
    counts: tuple[dict[str, Any], ...]
    settings: tuple[str, ...]
    sections: tuple[dict[str, Any], ...]
    unchecked: tuple[dict[str, str], ...]


def page(dossier: Dossier, verdicts: tuple[Verdict, ...]) -> Page:
    """The content of a page: the worst first, what could not be checked last."""
    source, reading = dossier.source, dossier.reading
    changed = reading.settings.changed if reading else {}
    return Page(
        name=dossier.name,
        title=source.title if source else "",
        citation=source.citation if source else "",
        doi=source.doi if source else "",
        counts=tuple(_count(call, verdicts) for call in Call),
        settings=tuple(f"{name} = {str(value).lower()}" for name, value in changed.items()),
        sections=tuple(
            {"title": title, "rows": rows}
            for call, title in SECTIONS
            if (rows := [_row(each) for each in verdicts if each.call is call])
        ),
        unchecked=tuple({"why": why, "kinds": kinds} for why, kinds in unchecked(verdicts).items()),
    )


def _count(call: Call, verdicts: Iterable[Verdict]) -> dict[str, Any]:
    number = sum(verdict.call is call for verdict in verdicts)
    return {"call": call.value, "css": call.value.replace(" ", "-"), "number": number}


def _row(verdict: Verdict) -> dict[str, Any]:
    return {
        "call": verdict.call.value,
        "css": verdict.call.value.replace(" ", "-"),
        "claim": str(verdict.claim),
        "place": f"[{verdict.claim.place}]" if verdict.claim.place else "",
        "rule": verdict.rule,
        "says": verdict.says,
        "notes": verdict.notes,
    }


def write(path: Path, dossier: Dossier, verdicts: tuple[Verdict, ...]) -> None:
    """Write a page; its suffix says which. ValueError for a suffix that is not known.

    Everything that comes from a file is escaped. Written beside, then renamed.
    """
    if path.suffix not in TEMPLATES:
        raise ValueError(f"unknown kind of report: {path.suffix!r} (write {', '.join(TEMPLATES)})")
    text = render(TEMPLATES[path.suffix], page(dossier, verdicts))
    beside = path.with_name(f".{path.name}.part")
    try:
        beside.write_text(text, encoding="utf-8")
        beside.replace(path)
    finally:
        beside.unlink(missing_ok=True)


def render(template: str, content: Page) -> str:
    """A page through its template; HTML is escaped, and cells of Markdown keep to their cell."""
    import jinja2

    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader(Path(__file__).parent / "templates"),
        autoescape=jinja2.select_autoescape(["html.j2"]),
        undefined=jinja2.StrictUndefined,
    )
    environment.filters["cell"] = lambda text: text.replace("|", "\\|").replace("<", "&lt;")
    return environment.get_template(template).render(page=content)
