"""A case as read by the rules: the one thing that audit, figures and exports take."""

from __future__ import annotations

import attrs

from timeline.case import Case
from timeline.criteria import CRITERIA
from timeline.criteria.criterion import Criterion
from timeline.engine.scans import Scans
from timeline.lines import Line
from timeline.outcomes.assess import Found, assess
from timeline.outcomes.derive import derive
from timeline.outcomes.derived import Assessed, Outcome, Status
from timeline.outcomes.numbering import tally
from timeline.outcomes.worlds import Course, course, worlds
from timeline.problem import Problem
from timeline.protocol import Protocol
from timeline.settings import SETTINGS, Settings

Problems = tuple[Problem, ...]
READ_BY = ("recist11", "irecist")  # every line is read by both; RECIST 1.1 stays primary (S17)
OF_PROTOCOL = frozenset(field.name for field in attrs.fields(Protocol))
BY_TITLE = {each.title: each for each in CRITERIA.values()}


@attrs.frozen(kw_only=True)
class Reading(Assessed):
    """A case, the status of each of its scans under each criterion, and its outcomes."""

    outcomes: tuple[Outcome, ...] = ()
    moved_by: tuple[str, ...] = ()  # settings not at their default that change something here

    def outcome(self, endpoint: str, line: int | None) -> Outcome | None:
        """The main outcome of an endpoint, or None where the case has no such line."""
        hits = (o for o in self.outcomes if (o.endpoint, o.line) == (endpoint, line) and o.main)
        return next(hits, None)

    def beside(self, outcome: Outcome) -> tuple[Outcome, ...]:
        """The same endpoint of the same line from other origins."""
        name = (outcome.endpoint, outcome.line)
        return tuple(o for o in self.outcomes if (o.endpoint, o.line) == name and not o.main)


def read(case: Case, settings: Settings | None = None) -> tuple[Reading | None, Problems]:
    """What the rules make of a case, or why they cannot be applied to it.

    ``settings`` are those of the case where none are given. A setting that is not at its
    default is named in ``moved_by`` where the reading would differ without it.
    """
    settings = case.settings if settings is None else settings
    reading, problems = _read(case, settings)
    if reading is None:
        return None, problems
    moved = tuple(name for name in settings.changed if _moves(reading, settings, name))
    return attrs.evolve(reading, moved_by=moved), ()


def _moves(reading: Reading, settings: Settings, name: str) -> bool:
    """Whether one setting put back to its default gives another reading."""
    back = reread(reading, attrs.evolve(settings, **{name: SETTINGS[name].default}))
    return back is None or _figures(back) != _figures(reading)


def _figures(reading: Reading) -> tuple[object, ...]:
    """What a setting can move: labels, days, events, the count of lines; not the words of why."""
    ended = tuple((each.days, each.event, each.end, each.main) for each in reading.outcomes)
    return reading.statuses, reading.progressions, reading.best, ended, tally(reading)


def reread(reading: Reading, settings: Settings) -> Reading | None:
    """The same case under other settings, or None where they cannot be applied to it.

    The scans are judged again only where a setting of the criteria differs.
    """
    now, before = attrs.asdict(settings), attrs.asdict(reading.settings)
    if not {name for name in now if now[name] != before[name]} <= OF_PROTOCOL:
        return _read(reading.case, settings)[0]
    other = attrs.evolve(reading, settings=settings, moved_by=())
    return attrs.evolve(other, outcomes=derive(other))


def _read(case: Case, settings: Settings) -> tuple[Reading | None, Problems]:
    problems: Problems = ()
    courses = [course(case, line) for line in case.lines]
    read: list[tuple[Course, Scans]] = []
    for of in courses:
        scans, faults = worlds(case, of)
        problems += faults
        read += [(of, scans)] if scans is not None else []
    if problems:
        return None, problems
    by_both = _assessed(read, settings)
    statuses: list[Status] = []
    found: list[Found] = []
    for of in courses:
        for criterion in _criteria(of.line):
            statuses += _baseline(of, criterion.title)
            one = by_both.get((of.line.number, criterion.key))
            statuses += one.statuses if one else ()
            found += [one] if one else []
    known = Assessed(
        case=case,
        statuses=tuple(statuses),
        progressions=tuple(each.progression for each in found),
        best=tuple(each.best for each in found),
        settings=settings,
    )
    return Reading(**attrs.asdict(known, recurse=False), outcomes=derive(known)), ()


def _assessed(read: list[tuple[Course, Scans]], settings: Settings) -> dict[tuple[int, str], Found]:
    """What each line with findings comes to under each of its criteria, by number and key."""
    found: dict[tuple[int, str], Found] = {}
    for criterion in CRITERIA.values():
        mine = [each for each in read if any(one is criterion for one in _criteria(each[0].line))]
        if mine:
            courses, scans = zip(*mine, strict=True)
            every = assess(courses, scans, criterion, settings)
            found |= {
                (of.line.number, criterion.key): one for of, one in zip(courses, every, strict=True)
            }
    return found


def _criteria(line: Line) -> tuple[Criterion, ...]:
    """What a line is read by: the two of every line, and the one that its report judged it by."""
    own = BY_TITLE.get(line.criterion)
    each_once = dict.fromkeys([*READ_BY, *([own.key] if own else [])])
    return tuple(CRITERIA[key] for key in each_once)


def _baseline(of: Course, criterion: str) -> list[Status]:
    if of.baseline is None:
        return []
    number = of.line.number
    return [Status(scan=of.baseline, line=number, criterion=criterion, is_baseline=True)]
