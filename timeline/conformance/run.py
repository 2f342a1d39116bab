"""Conformance vectors: a file of inputs and expected answers, run through the engine.

A file is JSON: ``vectors``, each with ``id``, ``criteria`` (a title of `CRITERIA`), ``kind``,
``input``, ``expected`` and perhaps ``settings``; and perhaps ``table3_products``, rows of labels
of which every combination must give ``ibor``. Days are whole, counted from the reference day.
``kind`` is that of the input: ``responses`` (labels: see `timeline.conformance.vectors.labels`),
``findings`` (sums and levels: `conformance.vectors.scans`), ``lesions`` (targets by name:
`timeline.conformance.lesion_vectors`), ``lesions2d`` (the same with two diameters each) or
``pet`` (uptake: `timeline.conformance.reading_vectors`); ``measures`` and ``pathology`` follow no
criterion (`timeline.conformance.measure_vectors`).
``expected`` holds some keys of `ANSWERS`; ``notes`` are not checked.
"""

from __future__ import annotations

import itertools
import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import attrs

from timeline.conformance import lesion_vectors, reading_vectors
from timeline.conformance.measure_vectors import OWN_KINDS
from timeline.conformance.vectors import read_labels, read_scans, whole_days
from timeline.files.file_text import text_of
from timeline.response.best_response import BestOverallResponses, best_overall_response
from timeline.response.criteria import CRITERIA
from timeline.response.evaluate import evaluate_responses
from timeline.response.lesion_rules import LesionRules
from timeline.response.progression import PfsResult, derive_progression
from timeline.response.responses import Responses
from timeline.response.scans import Scans
from timeline.settings.response import Settings
from timeline.terminology.response_codes import PfsEvent

_MOST_DIGITS = 40
BY_TITLE = {each.title: each for each in CRITERIA.values()}


@attrs.frozen(kw_only=True)
class Disagreement:
    """One expected value that the engine does not give."""

    vector: str
    key: str
    expected: Any
    got: Any
    rules: tuple[str, ...] = ()

    def __str__(self) -> str:
        fired = f" [rows {' '.join(self.rules)}]" if any(self.rules) else ""
        return f"{self.vector}: {self.key}: expected {self.expected!r}, got {self.got!r}{fired}"


@attrs.frozen(kw_only=True)
class Conformance:
    """How a file of vectors fared."""

    vectors: int
    checks: int
    products: int
    disagreements: tuple[Disagreement, ...]

    @property
    def agrees(self) -> bool:
        return not self.disagreements

    def lines(self) -> Iterator[str]:
        """What to print: each disagreement, then the count."""
        yield from map(str, self.disagreements)
        wrong = len({each.vector for each in self.disagreements})
        verdict = f"{wrong} disagree" if wrong else "all agree"
        yield (
            f"{self.vectors} vectors with {self.checks} expected values, "
            f"{self.products} Table 3 sequences: {verdict}"
        )


@attrs.frozen(kw_only=True)
class Run:
    """One vector run: its labels, and what else its answers are counted from."""

    vector: Mapping[str, Any]
    settings: Settings
    responses: Responses

    @property
    def outcome(self) -> PfsResult:
        death = self.vector["input"].get("death_day")
        days = None if death is None else [whole_days(death)]
        return derive_progression(self.responses, self.settings, death_day=days).of(0)

    def best(self, *, confirmed: bool) -> BestOverallResponses:
        return best_overall_response(self.responses, self.settings, confirmed=confirmed)

    def recist11(self) -> list[str]:
        """The labels of the same findings by RECIST 1.1."""
        by = CRITERIA["recist11"]
        scans = _checked_scans(self.vector, by.lesion_rules(self.settings))
        return list(evaluate_responses(scans, by, self.settings).words(0))

    @property
    def rules(self) -> LesionRules:
        """The lesion rules of the criterion of the vector."""
        return self.responses.criterion.lesion_rules(self.settings)


def _event(run: Run) -> str | None:
    event = run.outcome.pfs_event
    return None if event is PfsEvent.CENSORED else str(event)


ANSWERS: dict[str, Callable[[Run], Any]] = {
    "responses": lambda run: list(run.responses.words(0)),
    "bor": lambda run: run.best(confirmed=False).word(0),
    "bor_day": lambda run: run.best(confirmed=False).day(0),
    "cbor": lambda run: run.best(confirmed=True).word(0),
    "cbor_day": lambda run: run.best(confirmed=True).day(0),
    "progression_day": lambda run: run.outcome.progression_day,
    "progression_confirmed": lambda run: run.outcome.progression_confirmed,
    "pfs_event": _event,
    "pfs_day": lambda run: run.outcome.pfs_day,
    "idor_days": lambda run: run.outcome.duration_days,
    "recist11_responses": lambda run: run.recist11(),
    "warnings": lambda run: list(run.responses.warnings(0)),
    "rules": lambda run: list(run.responses.rules(0)),
    "classes": lambda run: lesion_vectors.classes(run.vector["input"]["candidates"], run.rules),
}
NOT_CHECKED = ("notes",)


def _lesions(patient: Mapping[str, Any], rules: LesionRules) -> dict[str, Any]:
    return lesion_vectors.findings(reading_vectors.with_signs(patient, rules), rules)


def _lesions2d(patient: Mapping[str, Any], rules: LesionRules) -> dict[str, Any]:
    return lesion_vectors.two_diameters(reading_vectors.with_signs(patient, rules), rules)


_OTHER_SUMS = {True: "target_sum", False: "target_spd"}  # by whether products are summed


def _check_measure(patient: Mapping[str, Any], rules: LesionRules) -> None:
    """ValueError where a patient has sums of another measure than the criterion sums."""
    other = _OTHER_SUMS[rules.measure.of_area]
    for part in (patient["baseline"], *patient["timepoints"]):
        value = part.get(other)
        if value not in (None, "present", "NE"):
            unit = rules.measure.unit
            raise ValueError(f"{other}: {value!r}, of a criterion that sums {unit}")


# by kind: the input of a vector as one with sums, by the rules of its criterion
READS: dict[str, Callable[[Mapping[str, Any], LesionRules], dict[str, Any]]] = {
    "findings": reading_vectors.with_signs,
    "lesions": _lesions,
    "lesions2d": _lesions2d,
    "pet": reading_vectors.of_uptake,
}


def scans_of(vectors: Sequence[Mapping[str, Any]], rules: LesionRules) -> Scans:
    """The findings of some vectors of one criterion."""
    found = [READS[each["kind"]](each["input"], rules) for each in vectors]
    return read_scans(found, [each["id"] for each in vectors], rules.measure.least)


def _checked_scans(vector: Mapping[str, Any], rules: LesionRules) -> Scans:
    if vector["kind"] == "findings":
        _check_measure(vector["input"], rules)
    return scans_of([vector], rules)


def run(vector: Mapping[str, Any]) -> Run:
    """One vector through the engine. ValueError names what cannot be read."""
    criterion = BY_TITLE.get(vector["criteria"])
    if criterion is None:
        raise ValueError(f"unknown criteria {vector['criteria']!r} (known: {', '.join(BY_TITLE)})")
    settings = Settings.of(vector.get("settings") or {})
    if vector["kind"] == "responses" or "candidates" in vector["input"]:
        found = read_labels([vector["input"]], criterion, [vector["id"]])
    elif vector["kind"] in READS:
        scans = _checked_scans(vector, criterion.lesion_rules(settings))
        found = evaluate_responses(scans, criterion, settings)
    else:
        known = ", ".join(("responses", *READS, *OWN_KINDS))
        raise ValueError(f"unknown kind {vector['kind']!r} (known: {known})")
    return Run(vector=vector, settings=settings, responses=found)


def disagreements(vector: Mapping[str, Any]) -> Iterator[Disagreement]:
    """Every expected value of one vector that the engine does not give."""
    expected = {key: value for key, value in vector["expected"].items() if key not in NOT_CHECKED}
    try:
        answers, rules = _answers(vector, tuple(expected))
    except (ValueError, KeyError, TypeError, AttributeError) as fault:
        message = str(fault) if isinstance(fault, ValueError) else f"not of the format: {fault!r}"
        yield Disagreement(vector=vector["id"], key="input", expected="no fault", got=message)
        return
    for key, value in expected.items():
        if answers[key] != value:
            yield Disagreement(
                vector=vector["id"], key=key, expected=value, got=answers[key], rules=rules
            )


def _answers(
    vector: Mapping[str, Any], keys: tuple[str, ...]
) -> tuple[dict[str, Any], tuple[str, ...]]:
    if vector["kind"] in OWN_KINDS:
        settings = Settings.of(vector.get("settings") or {})
        found = OWN_KINDS[vector["kind"]](vector, settings)
        _check_known(keys, found)
        return {key: found[key] for key in keys}, ()
    done = run(vector)
    _check_known(keys, ANSWERS)
    return {key: ANSWERS[key](done) for key in keys}, done.responses.rules(0)


def _check_known(keys: Iterable[str], known: Iterable[str]) -> None:
    unknown = [key for key in keys if key not in known]
    if unknown:
        raise ValueError(f"unknown expectation {unknown[0]!r} (known: {', '.join(known)})")


PRODUCT_DAYS = (56, 112, 168, 224, 280)


def products(table: Mapping[str, Any]) -> Iterator[tuple[tuple[str, ...], str]]:
    """Every sequence of labels that the rows of Table 3 allow, and its best response."""
    for example in table.get("examples", ()):
        for sequence in itertools.product(*example["cells"]):
            yield sequence, example["ibor"]


def _product_faults(table: Mapping[str, Any]) -> Iterator[Disagreement]:
    """The sequences run as one cohort, for there may be many."""
    sequences = list(products(table))
    patients = [
        {
            "timepoints": [
                {"day": day, "response": word} for day, word in zip(days, row, strict=True)
            ]
        }
        for row, _ in sequences
        for days in [PRODUCT_DAYS[: len(row)]]
    ]
    if not patients:
        return
    found = best_overall_response(read_labels(patients, CRITERIA["irecist"]))
    for patient, (sequence, expected) in enumerate(sequences):
        if found.word(patient) != expected:
            yield Disagreement(
                vector=f"Table 3 {','.join(sequence)}",
                key="ibor",
                expected=expected,
                got=found.word(patient),
            )


def _whole_number(text: str) -> int:
    """A whole number of a file. ValueError where it has more digits than any length or day."""
    if len(text) > _MOST_DIGITS:
        raise ValueError(f"a number of {len(text)} digits (write at most {_MOST_DIGITS})")
    return int(text)


def run_conformance(path: Path | str) -> Conformance:
    """A file of vectors through the engine. ValueError if it is not such a file."""
    try:
        content = json.loads(text_of(Path(path)), parse_int=_whole_number)
        vectors = content["vectors"]
    except (json.JSONDecodeError, KeyError, TypeError) as fault:
        raise ValueError(f"{path}: not a file of vectors: {fault}") from None
    table = content.get("table3_products", {})
    wrong = [fault for vector in vectors for fault in disagreements(vector)]
    return Conformance(
        vectors=len(vectors),
        checks=sum(key not in NOT_CHECKED for each in vectors for key in each["expected"]),
        products=len(list(products(table))),
        disagreements=(*wrong, *_product_faults(table)),
    )
