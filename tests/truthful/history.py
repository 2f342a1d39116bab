"""One patient: a true course, as a case file, and the figures a truthful report prints of it."""

from __future__ import annotations

import random
from collections.abc import Iterator

import attrs

from tests.truthful.prints import Author, Misprint
from timeline.core.calendar.dates import format_day, parse_edtf

FIRST, LAST = (int(parse_edtf(text).span.low) for text in ("2008-01-01", "2019-12-31"))
ORDINALS = ("first", "second", "third", "fourth")
DRUGS = ("doxorubicin", "pazopanib", "eribulin", "trabectedin")
GROWN, SHRUNK, LEAST = 1.2, 0.7, 5.0  # RECIST 1.1: +20 % and 5 mm over the nadir, -30 %


@attrs.frozen(kw_only=True)
class Line:
    """A line of therapy as it was: days, sums of the targets in mm, what came when."""

    number: int
    baseline: int
    start: int
    stop: int
    cycles: int
    scans: tuple[tuple[int, float], ...]
    before: float

    @property
    def response(self) -> int | None:
        """The first day at 30 % below baseline or less, before any progression."""
        for day, size in self.scans:
            if day == self.progression:
                return None
            if size <= SHRUNK * self.before:
                return day
        return None

    @property
    def progression(self) -> int | None:
        """The first day at 20 % and 5 mm above the least sum until then."""
        nadir = self.before
        for day, size in self.scans:
            if size >= GROWN * nadir and size - nadir >= LEAST:
                return day
            nadir = min(nadir, size)
        return None


@attrs.frozen(kw_only=True)
class History:
    """A patient's true course."""

    diagnosis: int
    birth: int
    lines: tuple[Line, ...]
    death: int | None
    contact: int


def drawn(draw: random.Random) -> History:
    diagnosis = draw.randint(FIRST, LAST)
    lines: list[Line] = []
    day = diagnosis + draw.randint(20, 200)
    for number in range(1, draw.randint(1, 4) + 1):
        lines.append(_line(draw, number, day))
        day = max(lines[-1].stop, lines[-1].scans[-1][0]) + draw.randint(16, 120)
    end = day + draw.randint(0, 700)
    died = draw.random() < 0.5 and all(line.progression for line in lines)
    return History(
        diagnosis=diagnosis,
        birth=diagnosis - draw.randint(20 * 365, 85 * 365),
        lines=tuple(lines),
        death=end if died else None,
        contact=end,
    )


def _line(draw: random.Random, number: int, start: int) -> Line:
    """Scans every eight weeks or so, until progression or until the record ends."""
    baseline, before = start - draw.randint(1, 14), draw.randint(300, 1500) / 10
    size, nadir, day = before, before, start
    scans: list[tuple[int, float]] = []
    for _ in range(draw.randint(1, 8)):
        day += draw.randint(49, 63)
        size = max(0.1, round(size * draw.choice((0.6, 0.8, 0.9, 1.0, 1.1, 1.3)), 1))
        scans.append((day, size))
        if size >= GROWN * nadir and size - nadir >= LEAST:
            break
        nadir = min(nadir, size)
    stop = day + draw.randint(0, 7)
    return Line(
        number=number,
        baseline=baseline,
        start=start,
        stop=stop,
        cycles=(stop - start) // 21 + draw.choice((0, 1)),
        scans=tuple(scans),
        before=before,
    )


def _recorded(draw: random.Random, day: int) -> str:
    return format_day(day)[: draw.choice((10, 10, 7))]


def case_file(truth: History, draw: random.Random, name: str) -> str:
    """The course as a record has it: a day, or only its month."""
    rows = [f"{{diagnosis: {_recorded(draw, truth.diagnosis)}, what: leiomyosarcoma, id: dx}}"]
    for line in truth.lines:
        drug, n = DRUGS[line.number - 1], line.number
        rows.append(
            f"{{scan: {format_day(line.baseline)}, baseline: {n}, "
            f"sum: {line.before} mm, id: s{n}.0}}"
        )
        rows.append(
            f"{{treatment: {_recorded(draw, line.start)}/{_recorded(draw, line.stop)}, line: {n}, "
            f"drugs: {drug}, cycle: 3 weeks, id: t{n}}}"
        )
        for number, (day, size) in enumerate(line.scans, start=1):
            rows.append(
                f"{{scan: {_recorded(draw, day)}, line: {n}, sum: {size} mm, new: none, "
                f"id: s{n}.{number}}}"
            )
    if truth.death is None:
        rows.append(f"{{last contact: {_recorded(draw, truth.contact)}, what: alive}}")
    else:
        rows.append(f"{{death: {_recorded(draw, truth.death)}}}")
    age = (truth.diagnosis - truth.birth) * 4 // 1461
    return "\n".join(
        (f"case: {name}", f"patient: {{sex: female, age: {age}, diagnosis: leiomyosarcoma}}",
         f"source: {name}.yaml", "events:", "  Text:", *(f"    - {row}" for row in rows), "")
    )  # fmt: skip


def source_file(
    truth: History, draw: random.Random, name: str, misprint: Misprint | None = None
) -> str:
    """What a truthful report prints of it, by the conventions of one author, but for a misprint."""
    author = Author.drawn(draw, misprint)
    rows = list(_durations(truth, author, draw))
    for line in truth.lines:
        n, drug = line.number, DRUGS[line.number - 1]
        rows.append(f"{{ordinal: {ORDINALS[n - 1]}, about: line of {drug}, line: {n}}}")
        rows.append(f"{{count: {author.count(line.cycles)}, about: cycles, line: {n}}}")
        for number, (day, size) in enumerate(line.scans, start=1):
            if draw.random() < 0.3:
                rows.append(f"{{date: {_recorded(draw, day)}, of: s{n}.{number}}}")
            if day == line.progression:
                rows.append(f"{{response: PD, of: s{n}.{number}}}")
            elif size <= SHRUNK * line.before and line.response == day:
                rows.append(f"{{response: PR, of: s{n}.{number}}}")
    age = (truth.diagnosis - truth.birth) * 4 // 1461
    rows.append(f"{{age: {author.count(age)}, unit: years, about: age at diagnosis, of: dx}}")
    received = format_day(truth.contact + draw.randint(30, 400))
    return "\n".join(
        (f"source: {name}", "title: A true report", f"received: {received}",
         f"case: {name}-case.yaml", "claims:", "  Text:", *(f"    - {row}" for row in rows), "")
    )  # fmt: skip


def _durations(truth: History, author: Author, draw: random.Random) -> Iterator[str]:
    """Endpoints and intervals as ``{PFS: 5.2, unit: months, line: 1}``."""

    def months(kind: str, days: int, more: str) -> str:
        return f"{{{kind}: {author.months(days, draw.choice((0, 1, 1)))}, unit: months{more}}}"

    if truth.death is not None:
        yield months("OS", truth.death - truth.diagnosis, "")
    for line, later in zip(truth.lines, (*truth.lines[1:], None), strict=True):
        here = f", line: {line.number}, criterion: RECIST 1.1"
        if line.progression is not None:
            yield months("PFS", line.progression - line.start, here)
            if line.response is not None and draw.random() < 0.5:
                yield months("DoR", line.progression - line.response, here)
        if line.response is not None:
            yield months("TTR", line.response - line.start, here)
        if later is not None:
            yield months("TTNT", later.start - line.start, f", line: {line.number}")
            yield months("TFI", later.start - line.stop, f", line: {line.number}")
        first, last = line.scans[0][0], line.scans[-1][0]
        if first < last:
            n = line.number
            ends = f", from: s{n}.1, to: s{n}.{len(line.scans)}"
            yield months("interval", last - first, ends)
