"""How the time of an audit grows with the claims of a report, a kind of claim at a time.

Run as ``python -m tests.bench.sizes [claims] [kind ..]``. For each kind, and each way in which its
claims may be alike, a report of half as many claims and one of so many are loaded, audited and
told in one process; printed are the seconds of processor time of the larger, and the ratio of the
two. A ratio of 2 is linear growth, of 4 quadratic. What takes longer than a limit is given up.
"""

from __future__ import annotations

import os
import resource
import signal
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import attrs

CLAIMS = 1_000
LIMIT = 30  # seconds that one report may take
MOST = 3.0  # the ratio of the times of twice as many claims that is pointed out
LONG = 5.0  # the seconds that are pointed out
SOURCE = "source: sizes2024.yaml"
CASE = Path(__file__).parents[2] / "cases" / "wang2023.yaml"

# What stands beside each kind of claim; {v} is its own figure, {w} a whole one, {s} its subject,
# and {t} a time. A name after a dash distinguishes two rows of one kind.
ROWS = {
    "PFS": "PFS: {v}, unit: months",
    "PFS-median": "PFS: {v}, unit: months, statistic: median, n: 40, ci: 0.1 to 2000",
    "OS-median": "OS: {v}, unit: months, statistic: median, range: 0.1 to 2000",
    "DoR": "DoR: {v}, unit: weeks",
    "TTR": "TTR: {v}, unit: days",
    "ToT": "ToT: {v}, unit: months",
    "iPFS": "iPFS: {v}, unit: months",
    "interval": "interval: {v}, unit: months, from: surgery, to: scan 2020-04",
    "follow-up": "follow-up: {v}, unit: months, statistic: median, range: 0.1 to 2000",
    "date": "date: '{d}', of: surgery",
    "date-study": "date: '{d}', of: data cut-off",
    "response": "response: PR, of: line 1",
    "count": "count: {w}, about: '{s}'",
    "count-of": "count: {w}, about: '{s}', n: 5000",
    "count-part": "count: {w}, about: '{s}', among: parts, n: 5000",
    "count-graded": "count: {w}, about: '{s}', grade: 3, n: 5000",
    "count-patients": "count: {w}, about: patients",
    "count-with": "count: {w}, about: 'patients with TRAEs {s}', n: 5000",
    "percent": "percent: {p}, about: '{s}'",
    "percent-of": "percent: {p}, about: '{s}', n: 37",
    "percent-part": "percent: {p}, about: '{s}', among: parts, n: 37",
    "percent-part-alone": "percent: {p}, about: '{s}', among: parts",
    "percent-limits": "percent: {p}, about: '{s}', n: 37, ci: 1 to 99",
    "percent-PR": "percent: {p}, about: PR, n: 37",
    "percent-ORR": "percent: {p}, about: ORR, n: 37",
    "age": "age: {a}, unit: years, about: '{s}'",
    "median": "median: {v}, about: '{s}', range: 0.1 to 2000, n: 30",
    "mean": "mean: {v}, about: '{s}', sd: 2.5, n: 30",
    "mean-limits": "mean: {v}, about: '{s}', ci: 0.1 to 2000, n: 30",
    "risk-reduction": "risk-reduction: {p}, about: '{s}'",
    "HR": "HR: {r}, about: '{s}'",
    "HR-limits": "HR: {r}, about: '{s}', ci: 0.01 to 90, p: 0.03",
    "HR-than": "HR: {r}, about: PFS, group: a, than: b, ci: 0.01 to 90",
    "OR": "OR: {r}, about: '{s}', ci: 0.01 to 90, p: 0.03",
    "RR": "RR: {r}, about: '{s}', ci: 0.01 to 90, p: 0.03",
    "rate": "rate: {p}, of: PFS, at: {t} weeks",
    "rate-OS": "rate: {p}, of: OS, at: {t} weeks, n: 40",
    "rate-limits": "rate: {p}, of: OS, at: {t} weeks, n: 40, ci: 1 to 99",
    "rate-about": "rate: {p}, about: '{s}'",
    "events": "events: {w}, of: OS",
    "events-at": "events: {w}, of: OS, at: {t} months, n: 5000",
    "p": "p: {q}, about: '{s}'",
    "test": "test: 't(28) = {r}', about: '{s}', p: {q}",
    "word": "word: longer, about: '{s}', than: placebo",
    "word-PFS": "word: longer, about: PFS, group: a, than: b",
    "at-risk": "at-risk: [40, {w}], of: OS, at: '0, {t} months'",
    "values": "values: [1, {w}, 9], about: '{s}'",
    "size": "size: {w} × 42, unit: mm, about: '{s}'",
    "dose": "dose: {w}, unit: mg, about: anlotinib",
    "schedule": "schedule: every {w} weeks, about: '{s}'",
    "lab": "lab: {v}, unit: g/L, about: '{s}'",
    "lab-units": "lab: {v}, unit: {u}, about: haemoglobin",
    "score": "score: {w}, about: 'ECOG {s}'",
    "grade": "grade: {w}, about: '{s}'",
    "sum": "sum: {w}, unit: mm, about: '{s}'",
    "range": "range: 1 to {w}, about: '{s}'",
    "ordinal": "ordinal: third, about: '{s}'",
    "name": "name: doxorubicin {w}, about: '{s}'",
}


@attrs.frozen(kw_only=True)
class Manner:
    """In what the claims of a report differ, and of whom they speak."""

    figures: bool = False
    subjects: bool = False
    groups: bool = False
    places: bool = False
    study: bool = False
    case: bool = False


MANNERS = {
    "alike": Manner(),
    "alike, each elsewhere": Manner(places=True),
    "figures": Manner(figures=True),
    "figures, each elsewhere": Manner(figures=True, places=True),
    "subjects": Manner(figures=True, subjects=True),
    "subjects alone": Manner(subjects=True),
    "groups": Manner(figures=True, groups=True),
    "groups and subjects, each elsewhere": Manner(
        figures=True, subjects=True, groups=True, places=True
    ),
    "cited": Manner(figures=True, study=True),
    "cited, subjects": Manner(figures=True, subjects=True, study=True, places=True),
    "case, alike": Manner(case=True, places=True),
    "case, figures": Manner(figures=True, case=True),
    "case, figures, each elsewhere": Manner(figures=True, case=True, places=True),
    "case, subjects": Manner(figures=True, subjects=True, case=True),
}


def report(row: str, manner: Manner, claims: int) -> str:
    """A report of so many claims of one kind."""
    head = ["source: sizes2024", *(["case: case.yaml"] if manner.case else []), "claims:"]
    lines = ["  A:"]
    for i in range(claims):
        if manner.places and i:
            lines.append(f"  Place {i}:")
        lines.append(f"    - {{{_claim(row, manner, i)}}}")
    return "\n".join((*head, *lines)) + "\n"


def _claim(row: str, manner: Manner, i: int) -> str:
    n = i if manner.figures else 7
    text = ROWS[row].format(
        v=f"{(n * 37 + 11) % 1999 / 10 + 0.5:.1f}",
        w=(n * 7919) % 4999 + 2,
        p=f"{(n * 137 + 53) % 997 / 10:.1f}",
        q=f"0.{(n * 7) % 900 + 1:03}",
        r=f"{(n * 13) % 297 / 100 + 0.02:.2f}",
        a=(n * 13) % 97 + 1,
        t=n + 1,
        d=f"{2010 + n % 12}-{n % 11 + 1:02}",
        u=("g/L", "g/dL")[n % 2],
        s=f"thing {i}" if manner.subjects else "thing",
    )
    more = [text]
    if manner.groups and "group:" not in text:
        more.append(f"group: arm {i}")
    if manner.study:
        more.append("study: Li 2021")
    if manner.case and row in ("PFS", "DoR", "TTR", "ToT", "iPFS"):
        more.append(f"line: {i % 4 + 1}")
    return ", ".join(more)


def taken(text: str, folder: Path) -> float:
    """Seconds of processor time from the file to its audit as text."""
    from timeline.cli.common import captured_output
    from timeline.views.audit_view import print_audit
    from timeline.views.case_report import load_all

    path = folder / "sizes2024.yaml"
    path.write_text(text, "utf-8")
    begun = time.process_time()
    case_reports, problems = load_all([path])
    if problems:
        raise SystemExit(f"{problems[0]}")
    captured_output(print_audit, case_reports[0], case_reports[0].audit(), every=True)
    return time.process_time() - begun


def apart(text: str, folder: Path) -> tuple[float, float] | None:
    """The same in a process of its own, with its memory in MB; None where it was given up."""
    answer = folder / "answer"
    answer.unlink(missing_ok=True)
    child = os.fork()
    if not child:
        signal.setitimer(signal.ITIMER_PROF, LIMIT)  # it ends the child
        code = 1
        try:
            took = taken(text, folder)
            most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
            answer.write_text(f"{took} {most}", "utf-8")
            code = 0
        finally:
            os._exit(code)
    _, status = os.waitpid(child, 0)
    if os.WIFSIGNALED(status):
        return None
    if os.waitstatus_to_exitcode(status):
        raise SystemExit("an audit failed")
    took, most = map(float, answer.read_text("utf-8").split())
    return took, most


def sizes(claims: int, kinds: list[str]) -> Iterator[str]:
    """A line for each kind and manner."""
    import timeline.auditing
    import timeline.views.audit_view  # noqa: F401

    with tempfile.TemporaryDirectory() as made:
        folder = Path(made)
        case = CASE.read_text("utf-8").replace("source: ../seeds/wang2023.yaml", SOURCE)
        (folder / "case.yaml").write_text(case, "utf-8")
        for row in kinds or ROWS:
            for name, manner in MANNERS.items():
                few, many = (
                    apart(report(row, manner, size), folder) for size in (claims // 2, claims)
                )
                yield f"{_claim_text(few, many)}  {row}: {name}"


def _claim_text(few: tuple[float, float] | None, many: tuple[float, float] | None) -> str:
    if few is None or many is None:
        return f"! over {LIMIT} s"
    ratio = many[0] / few[0]
    sign = "!" if ratio > MOST or many[0] > LONG else " "
    return f"{sign} {many[0]:6.2f} s  x {ratio:4.1f} {many[1]:5.0f} MB"


if __name__ == "__main__":
    words = sys.argv[1:]
    for line in sizes(int(words[0]) if words else CLAIMS, words[1:]):
        print(line, flush=True)  # noqa: T201
