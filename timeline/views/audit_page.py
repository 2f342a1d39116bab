"""An audit as a page to print or to paste: HTML or Markdown, from one content and a template."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import attrs

from timeline.auditing import Conclusion, Verdict, unchecked
from timeline.auditing.findings import Finding, by_severity, findings, summary, without_finding
from timeline.core.inert_text import markdown_text, xml_text
from timeline.files.output_files import write_file
from timeline.settings.setting import in_words
from timeline.views.audit_view import QUIET, TITLES
from timeline.views.case_report import CaseReport

TEMPLATES = {".html": "audit.html.j2", ".md": "audit.md.j2"}


@attrs.frozen(kw_only=True)
class Page:
    """What a page of one audit says."""

    name: str
    title: str
    citation: str
    doi: str
    summary: str
    settings: tuple[str, ...]
    sections: tuple[dict[str, Any], ...]
    unchecked: tuple[dict[str, str], ...]


def page(dossier: CaseReport, verdicts: tuple[Verdict, ...]) -> Page:
    """The content of a page: the gravest first, what could not be checked last."""
    source, reading = dossier.source, dossier.reading
    changed = reading.settings.changed if reading else {}
    claims = len(source.claims) if source else 0
    return Page(
        name=dossier.name,
        title=source.title if source else "",
        citation=source.citation if source else "",
        doi=source.doi if source else "",
        summary=f"{claims} claims: {summary(verdicts)}",
        settings=tuple(f"{name} = {in_words(value)}" for name, value in changed.items()),
        sections=(*_found(verdicts), *_quiet(verdicts)),
        unchecked=tuple(
            {"why": why, "kinds": kinds}
            for why, kinds in unchecked(without_finding(verdicts)).items()
        ),
    )


def _found(verdicts: tuple[Verdict, ...]) -> Iterator[dict[str, Any]]:
    """A section for each severity."""
    for grave, found in by_severity(findings(verdicts)):
        rows = [_finding(each) for each in found]
        yield {"title": TITLES[grave], "css": grave.value, "rows": rows, "long": True}


def _quiet(verdicts: tuple[Verdict, ...]) -> Iterator[dict[str, Any]]:
    """A section for what the dates allow among others, and one for what agrees."""
    for conclusion, title in QUIET.items():
        mine = [each for each in without_finding(verdicts) if each.conclusion is conclusion]
        rows = [_row(each, (each.claim.place,) if each.claim.place else ()) for each in mine]
        if rows:
            long = conclusion is Conclusion.POSSIBLE
            yield {"title": title, "css": conclusion.value, "rows": rows, "long": long}


def _finding(finding: Finding) -> dict[str, Any]:
    """A figure with its verdict; evidence and related figures stand below it."""
    verdict = finding.verdict
    below = (
        *(
            f"{each.rule}: {'; '.join((each.description, *each.notes))}"
            for each in verdict.evidence
        ),
        *(f"also {each.claim}: {each.description}" for each in finding.related),
    )
    row = _row(verdict, finding.places)
    return {**row, "notes": (*verdict.notes, *below)}


def _row(verdict: Verdict, places: tuple[str, ...]) -> dict[str, Any]:
    return {
        "claim": str(verdict.claim),
        "place": f"[{'; '.join(places)}]" if places else "",
        "rule": verdict.rule,
        "says": verdict.description,
        "notes": verdict.notes,
    }


def write(path: Path, dossier: CaseReport, verdicts: tuple[Verdict, ...]) -> None:
    """Write a page; its suffix says which. ValueError for a suffix that is not known.

    Everything that comes from a file is escaped. NotReplacedError: it may not be replaced.
    """
    if path.suffix not in TEMPLATES:
        raise ValueError(f"unknown kind of report: {path.suffix!r} (write {', '.join(TEMPLATES)})")
    text = render(TEMPLATES[path.suffix], page(dossier, verdicts))
    write_file(path, text.encode())


def render(template: str, content: Page) -> str:
    """A page through its template; what comes from a file is escaped, in HTML and in Markdown."""
    import jinja2

    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader(Path(__file__).parent / "templates"),
        autoescape=jinja2.select_autoescape(["html.j2"]),
        undefined=jinja2.StrictUndefined,
    )
    environment.filters["md"] = markdown_text
    return xml_text(environment.get_template(template).render(page=content))
