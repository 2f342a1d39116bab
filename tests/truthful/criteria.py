"""One patient judged by any of the criteria, on a record that leaves much of it open.

The course is drawn so that every criterion gives the same days: sizes stay within 3 % of baseline,
fall to a half, or grow by a half and by 10 mm at least; every progression is confirmed four to
eight weeks later by more growth. Response (30 % by RECIST 1.1, 10 % by Choi) and progression
(20 %, 10 %) are therefore known without the tables of any criterion.

The record then states what records state: words for sizes, scans known by their order alone,
treatments that begin and end in one year or month, no end at all.
"""

from __future__ import annotations

import random
from collections.abc import Iterator

import attrs

from tests.truthful.prints import Author, Misprint
from timeline.core.calendar.dates import format_day, parse_edtf

FIRST, LAST = (int(parse_edtf(text).span.low) for text in ("2008-01-01", "2019-12-31"))
# Each criterion, a drug that is judged by it, and what it puts before its categories.
JUDGED = (
    ("RECIST 1.1", "doxorubicin", ""),
    ("RECIST 1.1", "pembrolizumab", ""),
    ("iRECIST", "nivolumab", "i"),
    ("mRECIST", "sorafenib", ""),
    ("imRECIST", "atezolizumab", "im"),
    ("irRECIST", "ipilimumab", "ir"),
    ("Choi", "imatinib", ""),
)
WORDS = {"PR": ("PR", "shrunk"), "SD": ("SD", "stable"), "PD": ("PD", "grown")}
HALF = 0.5


@attrs.frozen(kw_only=True)
class Scan:
    """One scan as it was: its day, the sum in tenths of a millimetre, its category."""

    day: int
    tenths: int
    category: str  # PR, SD or PD


@attrs.frozen(kw_only=True)
class Line:
    """One line of therapy as it was; days."""

    number: int
    criterion: str
    drug: str
    prefix: str
    baseline: Scan
    start: int
    stop: int
    scans: tuple[Scan, ...]

    @property
    def response(self) -> int | None:
        """The day of the first response."""
        return next((scan.day for scan in self.scans if scan.category == "PR"), None)

    @property
    def progression(self) -> int | None:
        """The day of the first progression; the next scan confirms it."""
        return next((scan.day for scan in self.scans if scan.category == "PD"), None)


@attrs.frozen(kw_only=True)
class Course:
    """A patient's true course."""

    diagnosis: int
    lines: tuple[Line, ...]
    death: int | None
    contact: int


def drawn(draw: random.Random) -> Course:
    """One to three lines; all but the last end in progression."""
    diagnosis = draw.randint(FIRST, LAST)
    lines: list[Line] = []
    day = diagnosis + draw.randint(20, 200)
    count = draw.randint(1, 3)
    for number in range(1, count + 1):
        lines.append(_line(draw, number, day, progresses=number < count or draw.random() < HALF))
        day = max(lines[-1].stop, lines[-1].scans[-1].day) + draw.randint(16, 120)
    died = draw.random() < HALF and lines[-1].progression is not None
    end = day + draw.randint(0, 700)
    return Course(
        diagnosis=diagnosis,
        lines=tuple(lines),
        death=end if died else None,
        contact=end if lines[-1].progression is not None else lines[-1].scans[-1].day,
    )


def _line(draw: random.Random, number: int, start: int, *, progresses: bool) -> Line:
    """Scans every six to eight weeks, one of them perhaps passed over."""
    criterion, drug, prefix = draw.choice(JUDGED)
    before = draw.randint(400, 1500)
    baseline = Scan(day=start - draw.randint(1, 14), tenths=before, category="baseline")
    phases = ["SD"] * draw.randint(0, 2) + ["PR"] * draw.choice((0, 0, 1, 2, 3))
    phases += ["PD", "PD"] if progresses else []
    size, day, scans = float(before), start, []
    for phase in phases or ["SD"]:
        day += draw.randint(42, 56)
        size = _size(draw, phase, size, before)
        scans.append(Scan(day=day, tenths=round(size), category=phase))
    return Line(
        number=number,
        criterion=criterion,
        drug=drug,
        prefix=prefix,
        baseline=baseline,
        start=start,
        stop=scans[-1].day + draw.randint(0, 7),
        scans=tuple(scans),
    )


def _size(draw: random.Random, phase: str, size: float, before: int) -> float:
    if phase == "PD":
        return size * 1.5 + 100
    return before * (1 if phase == "SD" else HALF) * draw.uniform(0.98, 1.02)


def recorded(draw: random.Random, day: int) -> str:
    """A day as a record gives it: the day, its month, or its year."""
    return format_day(day)[: draw.choice((10, 10, 10, 7, 7, 4))]


def case_file(truth: Course, draw: random.Random, name: str) -> str:
    """The course as a record gives it."""
    rows = [f"{{diagnosis: {format_day(truth.diagnosis)}, what: sarcoma, id: dx}}"]
    before = ""
    for line in truth.lines:
        rows += _line_rows(line, before, draw)
        before = f", after s{line.number}.{len(line.scans)}"
    if truth.death is not None:
        rows.append(f"{{death: {format_day(truth.death)}}}")
    elif draw.random() < HALF or truth.contact != truth.lines[-1].scans[-1].day:
        rows.append(f"{{last contact: {format_day(truth.contact)}, what: alive}}")
    events = "".join(f"    - {row}\n" for row in rows)
    return f"case: {name}\nsource: {name}.yaml\nevents:\n  Text:\n{events}"


def _line_rows(line: Line, before: str, draw: random.Random) -> Iterator[str]:
    n, measured = line.number, draw.random() < HALF
    size = f", sum: {_mm(line.baseline)}, density: 50 HU" if measured else ""
    yield f'{{scan: "{format_day(line.baseline.day)}{before}", baseline: {n}{size}, id: s{n}.0}}'
    length = draw.choice((10, 10, 7, 4))
    period = f"{format_day(line.start)[:length]}/{format_day(line.stop)[:length]}"
    if length < 10:  # the order is on record where the dates leave it open
        period = (
            f'"{format_day(line.start)[:length]}, after s{n}.0/{format_day(line.stop)[:length]}, '
            f'after s{n}.{len(line.scans)}"'
        )
    yield (
        f"{{treatment: {period}, line: {n}, drugs: {line.drug}, criterion: {line.criterion}, "
        f"id: t{n}}}"
    )
    for number, scan in enumerate(line.scans, start=1):
        found = (
            f"sum: {_mm(scan)}, density: 50 HU"
            if measured
            else f"target: {draw.choice(WORDS[scan.category])}"
        )
        when = f'"{_when(line, number, draw)}"'
        yield f"{{scan: {when}, line: {n}, {found}, new: none, id: s{n}.{number}}}"


def _when(line: Line, number: int, draw: random.Random) -> str:
    """When a scan was: its date with its order, or its order alone."""
    after = f"after s{line.number}.{number - 1}" if number > 1 else f"after line {line.number}"
    if draw.random() < 0.2:
        return after
    text = recorded(draw, line.scans[number - 1].day)
    return text if len(text) == 10 else f"{text}, {after}"


def _mm(scan: Scan) -> str:
    return f"{scan.tenths // 10}.{scan.tenths % 10} mm"


def source_file(
    truth: Course, draw: random.Random, name: str, misprint: Misprint | None = None
) -> str:
    """What a truthful report prints of it, in the conventions of one author, but for a misprint."""
    author = Author.drawn(draw, misprint)
    rows = "".join(f"    - {row}\n" for row in _rows(truth, author, draw))
    return f"source: {name}\ntitle: A true report\ncase: {name}-case.yaml\nclaims:\n  Text:\n{rows}"


def _rows(truth: Course, author: Author, draw: random.Random) -> Iterator[str]:
    if truth.death is not None:
        yield _time("OS", truth.death - truth.diagnosis, author, draw)
    for line, later in zip(truth.lines, (*truth.lines[1:], None), strict=True):
        yield from _endpoints(line, author, draw)
        yield from _treatment(line, later, author, draw)
        for number, scan in enumerate(line.scans, start=1):
            if draw.random() < HALF and scan.category != "PD":
                label = f"{line.prefix}{scan.category}"
                if scan.category == "SD" and line.response and scan.day > line.response:
                    continue
                yield f"{{response: {label}, of: s{line.number}.{number}}}"


def _endpoints(line: Line, author: Author, draw: random.Random) -> Iterator[str]:
    """PFS, TTP, DoR and TTR under the criterion that the line is judged by."""
    more = f", line: {line.number}"
    if draw.random() < 0.7:
        more += f", criterion: {line.criterion}"
    last = line.scans[-1].day
    ends = line.progression
    if ends is not None:
        yield _time("PFS", ends - line.start, author, draw, more)
        yield _time("TTP", ends - line.start, author, draw, more)
    else:
        yield _time("PFS", last - line.start, author, draw, more, ongoing=True)
    if line.response is None:
        return
    yield _time("TTR", line.response - line.start, author, draw, more)
    if ends is not None:
        yield _time("DoR", ends - line.response, author, draw, more)
    elif last > line.response:
        yield _time("DoR", last - line.response, author, draw, more, ongoing=True)


def _treatment(
    line: Line, later: Line | None, author: Author, draw: random.Random
) -> Iterator[str]:
    more = f", line: {line.number}"
    yield _time("ToT", line.stop - line.start, author, draw, more)
    if later is not None:
        yield _time("TTNT", later.start - line.start, author, draw, more)
        yield _time("TFI", later.start - line.stop, author, draw, more)


def _time(
    kind: str,
    days: int,
    author: Author,
    draw: random.Random,
    more: str = "",
    *,
    ongoing: bool = False,
) -> str:
    """A time in months; where it goes on, by a lower bound in words, or with a plus sign."""
    if not ongoing:
        return f"{{{kind}: {author.months(days, draw.choice((0, 1, 1)))}, unit: months{more}}}"
    whole = int(days / 31.0)  # no month is longer: at least so many have passed
    text = draw.choice((f"more than {whole}", f"over {whole}", f"{whole}+"))
    return f'{{{kind}: "{text}", unit: months{more}}}'
