"""How many encoded cases are audited in a second, explanations included.

Run as ``python tests/bench/audit.py [cases] [jobs]``. Invented patients of one to four lines, each
a case file and a report of some fifteen figures; in every other report one figure is put wrong, so
that the search for explanations runs. Timed is the whole process, ``timeline audit --jobs N``, from
the start of Python to the last line printed; then, in one process, what loading, reading, auditing
and telling take of it.
"""

from __future__ import annotations

import random
import resource
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

CASES, JOBS = 1_000, 2
FIGURES = 10  # one of the first so many is put wrong


def written(folder: Path, cases: int) -> list[Path]:
    """The reports of so many patients, their cases beside them."""
    from tests.truthful import history
    from tests.truthful.prints import Misprint

    reports = []
    for number in range(cases):
        draw, name = random.Random(number), f"patient{number:04}"
        truth = history.drawn(draw)
        misprint = Misprint(at=draw.randrange(FIGURES), draw=draw) if number % 2 else None
        (folder / f"{name}-case.yaml").write_text(history.case_file(truth, draw, name))
        reports.append(folder / f"{name}.yaml")
        reports[-1].write_text(history.source_file(truth, draw, name, misprint))
    return reports


def whole(reports: list[Path], jobs: int) -> tuple[float, float]:
    """Seconds by the clock, and of processor time, of the command."""
    before, begun = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    words = [sys.executable, "-m", "timeline", "audit", "--jobs", str(jobs), *map(str, reports)]
    done = subprocess.run(words, stdout=subprocess.DEVNULL, check=False)
    took, after = time.perf_counter() - begun, resource.getrusage(resource.RUSAGE_CHILDREN)
    if done.returncode != 1:  # some figure is put wrong, so one is contradicted
        raise SystemExit(f"timeline audit ended with {done.returncode}")
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return took, cpu


def parts(reports: list[Path]) -> Counter[str]:
    """Seconds of processor time that each step takes, in one process; the cases read in one go."""
    from timeline.auditing import audit
    from timeline.cli.common import captured_output
    from timeline.endpoints.derived_case import derive_all
    from timeline.files.loader import load
    from timeline.views.audit_view import print_audit
    from timeline.views.case_report import CaseReport

    spent: Counter[str] = Counter()

    def timed(name: str, work: Callable[..., Any], *arguments: Any) -> Any:
        begun = time.process_time()
        found = work(*arguments)
        spent[name] += time.process_time() - begun  # type: ignore[assignment]
        return found

    sources = [timed("load", load, report)[0] for report in reports]
    cases = [
        timed("load", load, report.with_name(source.case))[0]
        for report, source in zip(reports, sources, strict=True)
    ]
    readings = timed("read", derive_all, [(case, case.settings) for case in cases])
    for report, source, case, (reading, _) in zip(reports, sources, cases, readings, strict=True):
        verdicts = timed("audit", audit, reading, source)
        found = CaseReport(path=report, content=source, case=case, report=source, derived=reading)
        timed("tell", captured_output, print_audit, found, verdicts)
    return spent


def main(cases: int, jobs: int) -> None:
    """Cases a second with some processes and with one, and the share of each step."""
    with tempfile.TemporaryDirectory() as folder:
        reports = written(Path(folder), cases)
        for number in dict.fromkeys((jobs, 1)):
            took, cpu = whole(reports, number)
            print_result(
                f"{cases:,} cases, {number} process{'es' if number > 1 else ''}: {took:.1f} s, "
                f"{cases / took:.0f} cases a second; "
                f"{1e3 * cpu / cases:.1f} ms of processor time each"
            )
        spent = parts(reports[: min(cases, 300)])
        total = sum(spent.values())
        shares = ", ".join(f"{name} {part / total:.0%}" for name, part in spent.items())
        print_result(f"of the processor time: {shares}")


def print_result(text: str) -> None:
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).parents[2]))
    main(*(int(word) for word in sys.argv[1:]), *(CASES, JOBS)[len(sys.argv) - 1 :])
