"""A response that the authors call and that the findings of the same scan do not give."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from timeline.assessment.assess import assess_lines
from timeline.assessment.line_course import LineCourse, is_judged_by_findings
from timeline.assessment.line_interpretations import LineInterpretations, line_interpretations
from timeline.core.problem import Problem, Where
from timeline.record.case import Case
from timeline.record.line_criteria import judged_by
from timeline.response.criteria import BY_TITLE
from timeline.response.lesion_rules import LesionRules
from timeline.results.statuses import Status
from timeline.settings.response import Settings
from timeline.terminology.criteria import CONFIRMED, PROGRESSIONS, having_their_own, meaning
from timeline.terminology.response_codes import Code
from timeline.terminology.response_words import categories_of

_ADVICE_ON_PROGRESSION = "write new: liver or non-target: PD, if that is why"
_ADVICE = "check the call, the sizes and the baseline"
_ADVICE_NOT_EVALUABLE = "write target: and non-target: as the report has them"

# Words that do not contradict each other. Without target lesions non-CR/non-PD is preferred over
# SD (Eisenhauer 2009, 4.4), and no evidence of disease is a complete response of what was left.
_ALIKE = {Code.NON_CR_NON_PD: Code.SD, Code.NED: Code.CR}
_DERIVED = "{0.label} by {0.criterion}"


def different_calls(case: Case, of: LineCourse, settings: Settings) -> Iterator[tuple[Where, str]]:
    """The calls of a line that the findings of the same scan do not give.

    A word that only one criterion has, such as iUPD, is compared with what that criterion gives.
    Any other is compared with each criterion of the line, and agrees where one of them agrees: PD
    is iUPD or iCPD there. Findings that allow several responses agree with each of them. After a
    first progression that needs no confirmation a criterion is not compared any more, as in the
    tables of a trial. What cannot be evaluated for want of a baseline contradicts no call.

    Args:
        case: The case.
        of: The time points of the line.
        settings: The settings that they are assessed under.

    Yields:
        Where the scan is; what it is called, what its findings give, and what may be missing.
    """
    called = [
        (place, word)
        for place, scan in enumerate(of.used)
        if is_judged_by_findings(scan)
        for word in dict.fromkeys(word for _, word in scan.called if categories_of(word))
    ]
    judged = {}
    by_rules: dict[LesionRules, tuple[LineInterpretations | None, tuple[Problem, ...]]] = {}
    for title in judged_by(case, of.line, settings) if called else ():
        rules = BY_TITLE[title].lesion_rules(settings)
        if rules not in by_rules:
            by_rules[rules] = line_interpretations(case, of, rules)
        found, problems = by_rules[rules]
        if found is None or problems:
            return
        (one,) = assess_lines((of,), (found,), BY_TITLE[title], settings)
        judged[title] = _until_progression([each for each in one.statuses if each.labels])
    for place, word in called:
        against = {title: given[place] for title, given in judged.items() if place < len(given)}
        differing = _contradicted(word, against)
        if of.baseline is None:  # which a remark on the line says
            differing = tuple(each for each in differing if not _is_not_evaluable(each))
        if differing:
            scan = of.used_points[place].scans[-1]
            derived = " and ".join(map(_DERIVED.format, differing))
            text = f"{scan.label} is called {word}; its findings give {derived}, which is used"
            yield scan.where, f"{text} ({_advice(word, differing[0])})"


def _until_progression(statuses: list[Status]) -> list[Status]:
    """The statuses up to the first that is certainly a progression without need of another."""
    certain = (n for n, each in enumerate(statuses, 1) if set(each.labels) <= CONFIRMED)
    return statuses[: next(certain, None)]


def _contradicted(word: str, against: Mapping[str, Status]) -> tuple[Status, ...]:
    """The statuses that a call is compared with where none agrees with it; else none."""
    categories = categories_of(word)
    own = {row.title for each in categories for row in having_their_own(each)}
    compared = tuple(status for title, status in against.items() if not own or title in own)
    if any(_agrees(each, status) for each in categories for status in compared):
        return ()
    return compared


def _agrees(category: str, status: Status) -> bool:
    """Whether the findings allow a category: a word of one criterion as it is, any by meaning."""
    if having_their_own(category):
        return category in status.labels
    return _plain(category) in set(map(_plain, status.labels))


def _plain(category: str) -> Code | None:
    """What a category means in RECIST 1.1, where no progression waits for confirmation."""
    code = meaning(category)
    if code is None:
        return None
    return Code.PD if code is Code.UPD else _ALIKE.get(code, code)


def _is_not_evaluable(status: Status) -> bool:
    return set(map(meaning, status.labels)) == {Code.NE}


def _advice(word: str, status: Status) -> str:
    categories = set(categories_of(word))
    if categories <= PROGRESSIONS and not set(status.labels) & PROGRESSIONS:
        return _ADVICE_ON_PROGRESSION
    if _is_not_evaluable(status):
        return _ADVICE_NOT_EVALUABLE
    return _ADVICE
