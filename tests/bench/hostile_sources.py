"""The files that are mutated: those of the project, and those that the tests make."""

from __future__ import annotations

import io
from collections.abc import Iterator
from itertools import chain
from pathlib import Path
from xml.sax.saxutils import escape

import attrs

KINDS = {"yaml": 54, "table": 20, "text": 8, "xml": 8, "json": 2, "workbook": 5, "pdf": 3}
_LARGE = 100_000  # bytes: longer files are left out
_PAGES = ("README.md", "cases/README.md", "seeds/README.md", "docs/draft.md", "docs/tables.md")
_ARTICLE = """<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE article PUBLIC "-//NLM//DTD JATS (Z39.96) Journal Archiving DTD v1.2//EN" "a.dtd">
<article xmlns:xlink="http://www.w3.org/1999/xlink"><front><article-meta>
<article-id pub-id-type="doi">10.1000/made-up</article-id><title-group><article-title>A report
</article-title></title-group><pub-date pub-type="epub"><day>2</day><month>5</month><year>2023</year
></pub-date><history><date date-type="received"><day>1</day><month>3</month><year>2023</year></date>
</history></article-meta></front><body><sec><title>Case</title>{body}<fig><label>Figure 1</label>
<caption><p>A CT scan of 12.5 mm on 5 May 2021.</p></caption></fig><table-wrap><label>Table 1</label
><table><tr><th>n</th><th>%</th></tr><tr><td>7</td><td>46.7</td></tr></table></table-wrap></sec>
</body>
<back><ref-list><title>References</title><ref><mixed-citation>Smith 2019</mixed-citation></ref>
</ref-list></back></article>
"""
CASE = """case: a
report: {title: A short report, published: 2023-05-02}
patient: {sex: female, age: 61}
lesions: {T1: {organ: liver}, N1: {organ: mediastinum, node: yes}}
events:
  - {diagnosis: 2021-03-05, what: leiomyosarcoma, grade: FNCLCC 2}
  - {scan: 2021-04-01, baseline: 1, lesions: {T1: 23 mm, N1: 18.5 mm}}
  - {treatment: 2021-04-10/2021-09-01, line: 1, stop: progression,
     drugs: [doxorubicin 75 mg/m² IV, ifosfamide], printed: {PFS: 4.7 months, place: Abstract}}
  - {toxicity: 2021-05, what: neutropenia, grade: 3}
  - {scan: 2021-06-12, new: none, called: PR, lesions: {T1: 12.5 mm, N1: 9 mm}}
  - {scan: 2021-09-01, new: [liver, L1], called: {PD: Abstract, SD: Figure 2},
     lesions: {T1: 30 mm, N1: not evaluated}}
  - {last contact: 2022-01, what: "alive, at home"}
"""
_LANES = "id,start,end,state,ongoing\np1,0,5,CR,yes\np2,0,3,PR,no\np2,3,6,SD,no\n"
_EVENTS = "id,at,what\np2,6,death\np1,2,PD\n"


@attrs.frozen
class Source:
    """A file in the current folder that is mutated.

    ``shared``: whether others refer to it, so that it is put back afterwards.
    """

    path: Path
    content: bytes = attrs.field(repr=False)
    shared: bool = False

    @property
    def weight(self) -> float:
        """Small files are taken more often: a mutation of them is more often at a new place."""
        return float((len(self.content) + 300) ** -1)

    def restore(self) -> None:
        """Put the sound file back where others refer to it, else remove it."""
        if self.shared:
            self.path.write_bytes(self.content)
        else:
            self.path.unlink(missing_ok=True)


def _documents() -> Iterator[str]:
    from tests.situations import documents

    parts = (documents.of_fields, documents.of_dates, documents.of_settings, documents.of_lesions,
             documents.of_claims)  # fmt: skip
    yield from (text for _, text in chain.from_iterable(part() for part in parts))


def _yaml(root: Path) -> Iterator[Source]:
    folders = ("cases", "seeds", "tests/situations/inputs")
    for path in sorted(path for folder in folders for path in (root / folder).rglob("*.yaml")):
        place = path.relative_to(root)
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(path.read_bytes())
        yield Source(place, path.read_bytes(), shared=True)
    yield from (Source(Path("made.yaml"), text.encode()) for text in _documents())
    yield Source(Path("made.yaml"), CASE.encode())


def _tables(root: Path) -> Iterator[Source]:
    from timeline.exchange.case_tables import as_csv, case_tables

    inputs = root / "tests/situations/inputs/tables"
    for path in sorted(
        (*inputs.glob("*.csv"), *inputs.glob("*.txt"), *root.glob("tests/data/*/*.csv"))
    ):
        if path.stat().st_size < _LARGE:
            yield Source(Path("table.csv"), path.read_bytes())
    grids = case_tables(Path("sound.yaml")).sheets
    for text in (*map(as_csv, grids.values()), _LANES, _EVENTS):
        for _ in range(8):  # as often as eight others
            yield Source(Path("table.csv"), text.encode())
    Path("events.csv").write_text(as_csv(grids["events"]), "utf-8")
    Path("lanes.csv").write_text(_LANES)


def _reports(root: Path) -> Iterator[str]:
    for path in (
        *sorted((root / "tests/data/reports").glob("*.txt")),
        *(root / name for name in _PAGES),
    ):
        yield path.read_text("utf-8")[:6000]


def _pdf(text: str, *, compressed: bool) -> bytes:
    import matplotlib as mpl
    from matplotlib.figure import Figure

    made = io.BytesIO()
    with mpl.rc_context({"pdf.compression": 6 * compressed, "pdf.fonttype": 3}):
        figure = Figure(figsize=(6, 8))
        figure.text(0.05, 0.95, text[:1500].replace("$", ""), va="top", size=7)
        figure.savefig(made, format="pdf")
    return made.getvalue()


def _workbooks(root: Path) -> Iterator[bytes]:
    import openpyxl

    from timeline.exchange.case_tables import as_workbook, case_tables

    tables = case_tables(Path("sound.yaml"))
    yield as_workbook(tables)  # with 300 rows of empty cells
    book, made = openpyxl.Workbook(), io.BytesIO()
    book.remove(book.active)
    for name, grid in tables.sheets.items():
        sheet = book.create_sheet(name)
        for row in grid:
            sheet.append(row)
    book.save(made)
    yield made.getvalue()
    yield (root / "tests/situations/inputs/tables/P44-book.xlsx").read_bytes()


def sources(root: Path) -> dict[str, tuple[Source, ...]]:
    """The sources by kind; what they refer to is written into the current folder."""
    plain = CASE.replace(", printed: {PFS: 4.7 months, place: Abstract}", "")
    Path("sound.yaml").write_text(
        "\n".join(row for row in plain.splitlines() if "report:" not in row)
    )
    Path("case.yaml").write_text(CASE, "utf-8")
    reports = tuple(_reports(root))
    Path("report.txt").write_text(reports[0], "utf-8")
    articles = (_ARTICLE.format(body=f"<p>{escape(text)}</p>") for text in reports)
    pdfs = (_pdf(text, compressed=number % 2 == 0) for number, text in enumerate(reports[:4]))
    vectors = sorted((root / "tests/vectors").glob("*.json"))
    return {
        "yaml": tuple(_yaml(root)),
        "table": tuple(_tables(root)),
        "text": tuple(Source(Path("mutated.txt"), text.encode()) for text in reports),
        "xml": tuple(Source(Path("mutated.xml"), text.encode()) for text in articles),
        "json": tuple(Source(Path("mutated.json"), path.read_bytes()) for path in vectors),
        "workbook": tuple(Source(Path("mutated.xlsx"), raw) for raw in _workbooks(root)),
        "pdf": tuple(Source(Path("mutated.pdf"), raw) for raw in pdfs),
    }
