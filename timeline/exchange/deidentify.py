"""A case without what identifies the patient: dates moved, texts removed, results unchanged.

Every date is moved by one number of days, so that all times stay as they are. A month or a year
becomes the range of its days (``[2021-12-18..2022-01-17]``, ISO 8601-2 level 2), because moved by
days it is no calendar month. Free text, names of events, places in the report, comments and the
name of the source are removed, unless a field is named to be kept. Ages above 89 become ``90``
(45 CFR 164.514(b)(2)(i)(C): ages over 89 in one category). The result is read and derived again:
where an endpoint would differ, nothing is returned.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import Any

from timeline.core.problem import Problem, Where
from timeline.core.schema import free_text, schema_of
from timeline.core.span import NEVER_BEGAN
from timeline.endpoints.derived_case import derive
from timeline.exchange.deidentified_file import NAMES, CaseWriter, Deidentified
from timeline.files.loader import load
from timeline.files.yaml.flow_commas import rejoin
from timeline.files.yaml.yaml_nodes import ProblemLog, compose
from timeline.record.case import Case, LesionDeclaration, Patient
from timeline.record.event_names import by_name, find_named
from timeline.record.events import KINDS

DAY_0 = date(2000, 1, 1).toordinal()  # where the first day on record goes
KEPT = ("sex", "modality")  # free text that stays unless it is taken off the list


def deidentify(
    path: Path | str,
    *,
    keep: Iterable[str] = KEPT,
    shift: int | None = None,
    anchor: str = "",
) -> tuple[Deidentified | None, tuple[Problem, ...]]:
    """The case of a file without what identifies the patient.

    Args:
        path: A case file.
        keep: Fields whose free text stays, by their keys: ``what``, ``site`` ..;
            ``sex`` and ``modality`` if left out.
        shift: Days to add to every date; negative for earlier ones. If left out, the first
            possible day of the anchor becomes 2000-01-01.
        anchor: The event that the days are counted from, as in a case file (``line 1``); the
            earliest event if left out.

    Returns:
        The new file and what was removed; or None and what is wrong with the case.

    Raises:
        ValueError: A field of ``keep`` holds no free text, the anchor is no event or has no day, a
            moved date leaves the years 1850 to 2150, or a result would change.
    """
    chosen = frozenset(keep)
    unknown = sorted(chosen - free_fields())
    if unknown:
        known = ", ".join(sorted(free_fields()))
        raise ValueError(f"holds no free text: {unknown[0]!r} (write any of {known})")
    case, problems = load(path)
    if problems:
        return None, problems
    if not isinstance(case, Case):
        return None, (Problem(Where(str(path)), "is a report, not a case (name the case file)"),)
    root = compose(Path(path), ProblemLog(str(path)))
    if root is not None:
        rejoin(root)
    writer = CaseWriter(
        case, keep=chosen, shift=_anchor_shift(case, anchor) if shift is None else shift
    )
    text = writer.text(root)
    _compare(case, text)
    return writer.result(text), ()


def free_fields() -> frozenset[str]:
    """The keys of a case file that hold free text and can be kept."""
    classes = (Patient, LesionDeclaration, *KINDS.values())
    return frozenset(
        key
        for cls in classes
        for key, (_, spec) in schema_of(cls).items()
        if spec.read is free_text and key not in NAMES
    )


def _anchor_shift(case: Case, anchor: str) -> int:
    """The days that move the first possible day of the anchor to day 0."""
    if anchor:
        _, moment = find_named(by_name(case.events), anchor)
        low: Any = moment.span.low
    else:
        low = min((each.start.span.low for each in case.events), default=NEVER_BEGAN)
        bounded = [each.start.span.low for each in case.events if each.start.span.is_bounded]
        low = min(bounded) if low == NEVER_BEGAN and bounded else low
    if low == NEVER_BEGAN:
        raise ValueError(f"no first day: {anchor or 'no event has one'} (name another anchor)")
    return DAY_0 - int(low)


def _compare(case: Case, text: str) -> None:
    """Raise ValueError where the new file does not give the results of the old one."""
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder) / "case.yaml"
        copy.write_text(text, encoding="utf-8")
        new, problems = load(copy)
    if problems or not isinstance(new, Case):
        raise ValueError(f"the new file would not be read: {problems[0].what}")
    before, after = (_results(each) for each in (case, new))
    if before != after:
        changed = [a for a, b in zip(before, after, strict=False) if a != b]
        name = changed[0] if changed else "the number of results"
        raise ValueError(f"a result would change: {name} (please report this case)")


def _results(case: Case) -> tuple[Any, ...]:
    """Everything that is derived and holds no date: labels, and endpoints in days."""
    derived, problems = derive(case)
    if derived is None:
        return tuple(each.what for each in problems)
    labels = ((each.line, each.criterion, each.labels) for each in derived.statuses)
    return (*labels, *(_endpoint(each) for each in derived.outcomes))


def _endpoint(outcome: Any) -> tuple[Any, ...]:
    return outcome.endpoint, outcome.line, outcome.criterion, outcome.event, outcome.days
