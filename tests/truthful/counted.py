"""False alarms on true reports of every sort, and how many figures put wrong are found."""

from __future__ import annotations

import itertools
import random
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

import attrs

from tests.truthful import criteria, estimates, history, single, study, vague
from tests.truthful.prints import Misprint
from timeline.auditing import Conclusion, Verdict
from timeline.views.case_report import load_all

FIGURES = 60  # no report has more that can be put wrong; a misprint beyond the last leaves it true


@attrs.frozen(kw_only=True)
class Audited:
    """One report: how many claims it makes, what was contradicted, and what was put wrong."""

    claims: int
    alarms: tuple[str, ...]
    wrong: str = ""  # the kind of the figure put wrong
    exact: bool = False  # the record gives every day that it rests on


def single_print(draw: random.Random) -> Audited:
    confirmed = single.truthful(draw)
    return _of_single(confirmed)


def single_put_wrong(draw: random.Random) -> Audited:
    confirmed = single.false(draw)
    return (
        Audited(claims=1, alarms=()) if confirmed is None else _of_single(confirmed, wrong="time")
    )


def _of_single(confirmed: single.ComparedPrint, wrong: str = "") -> Audited:
    alarms = (str(confirmed),) if confirmed.conclusion is Conclusion.CONTRADICTED else ()
    return Audited(claims=1, alarms=alarms, wrong=wrong, exact=confirmed.exact)


def vague_history(draw: random.Random) -> Audited:
    claims, verdicts = vague.audited(draw)
    return Audited(claims=claims, alarms=_contradicted(verdicts))


def of_history(draw: random.Random, misprint: Misprint | None = None) -> Audited:
    truth = history.drawn(draw)
    case = history.case_file(truth, draw, "history")
    return _opened(history.source_file(truth, draw, "history", misprint), misprint, case)


def of_course(draw: random.Random, misprint: Misprint | None = None) -> Audited:
    """A course under any criterion, its record in words, its scans known by order alone."""
    truth = criteria.drawn(draw)
    case = criteria.case_file(truth, draw, "history")
    return _opened(criteria.source_file(truth, draw, "history", misprint), misprint, case)


def of_study(draw: random.Random, misprint: Misprint | None = None) -> Audited:
    return _opened(study.source_file(study.drawn(draw), draw, "study", misprint), misprint)


def of_estimates(draw: random.Random) -> Audited:
    return _opened(estimates.source_file(draw, "estimates"), None)


def put_wrong(made: Callable[[random.Random, Misprint | None], Audited]) -> Callable[..., Audited]:
    """The same sort of report with one of its figures put wrong, any of them alike."""

    def wrong(draw: random.Random) -> Audited:
        return made(draw, Misprint(at=draw.randrange(FIGURES), draw=draw))

    return wrong


def _opened(source: str, misprint: Misprint | None, case: str = "") -> Audited:
    """A report audited from its files, as users have them; one without misprint is left alone."""
    if misprint and not misprint.kind:
        return Audited(claims=0, alarms=())
    with tempfile.TemporaryDirectory() as folder:
        report = Path(folder, "history.yaml" if case else "study.yaml")
        report.write_text(source, encoding="utf-8")
        if case:
            Path(folder, "history-case.yaml").write_text(case, encoding="utf-8")
        case_reports, problems = load_all([report])
    if problems:
        raise ValueError(f"the generator made a file that cannot be: {problems[0]}")
    (case_report,) = case_reports
    claims = len(case_report.report.claims) if case_report.report else 0
    alarms = _contradicted(case_report.audit())
    return Audited(claims=claims, alarms=alarms, wrong=misprint.kind if misprint else "")


def _contradicted(verdicts: tuple[Verdict, ...]) -> tuple[str, ...]:
    return tuple(
        f"{each.rule} {each.claim}: {each.description}"
        for each in verdicts
        if each.conclusion is Conclusion.CONTRADICTED
    )


@attrs.frozen
class Sort:
    """A sort of report: a true one, and one with a figure put wrong where it has one."""

    name: str
    true: Callable[[random.Random], Audited]
    wrong: Callable[[random.Random], Audited] | None


SORTS = (
    Sort("single prints", single_print, single_put_wrong),
    Sort("histories with vague dates", vague_history, None),
    Sort("histories from files", of_history, put_wrong(of_history)),
    Sort("courses under every criterion", of_course, put_wrong(of_course)),
    Sort("studies", of_study, put_wrong(of_study)),
    Sort("estimates of two arms", of_estimates, None),
)


def true_ones(sort: Sort, draw: random.Random, claims: int) -> Iterator[Audited]:
    """True reports of a sort until so many claims are made."""
    made = 0
    while made < claims:
        audited = sort.true(draw)
        made += audited.claims
        yield audited


def wrong_ones(sort: Sort, draw: random.Random, wrong: int) -> Iterator[Audited]:
    """So many reports of a sort with a figure put wrong; none where the sort has none."""
    every = iter(lambda: sort.wrong(draw), None) if sort.wrong else iter(())
    yield from itertools.islice((each for each in every if each.wrong), wrong)


def detection(audited: list[Audited]) -> dict[str, tuple[int, int]]:
    """By kind of the figure put wrong: how many reports were contradicted, of how many."""
    every = Counter(each.wrong for each in audited)
    found = Counter(each.wrong for each in audited if each.alarms)
    return {kind: (found[kind], number) for kind, number in sorted(every.items())}
