"""Vectors of measures and of pathologic response: numbers and findings, no criterion.

``kind: measures``: ``prebaseline`` and ``baseline`` are ``{day, target_sum}``; time points have
``new_organs`` (the organs with new lesions), ``new_organ`` and ``more_in_organ`` (true or false, as
`timeline.measures.series.Evaluation` has them) besides what `timeline.conformance.vectors` reads;
``ttf_days``, ``reference_day`` and ``new_therapy_day`` are whole days, ``ecog_2`` is true or false.
``kind: pathology``: the fields of `timeline.measures.pathology.Tissue`, its shares as
``primary_viable`` and ``nodes_viable``.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from fractions import Fraction
from typing import Any

from timeline.conformance.vectors import nanometres, read_scans, whole_days
from timeline.core.calendar.durations import rounded
from timeline.core.problem import near
from timeline.core.quantities import NM_PER_MM
from timeline.core.span import Span
from timeline.measures.hyperprogression import DEFINITIONS
from timeline.measures.pathology import TUMOURS, Tissue, melanoma_class, pathologic_response
from timeline.measures.rows import MEASURES
from timeline.measures.series import Evaluation, Found, Series
from timeline.response.criteria import CRITERIA
from timeline.response.evaluate import evaluate_responses
from timeline.settings.response import Settings

Input = Mapping[str, Any]
Answers = dict[str, Any]
_PLACES = 1  # of the numbers of a vector
_OWN = (
    "new_organs",
    "new_organ",
    "more_in_organ",
    "new",
    "response",
)  # keys of a time point that no scan of the engine has
_DAYS = ("ttf_days", "reference_day", "new_therapy_day")
_KEYS = ("prebaseline", "baseline", "timepoints", *_DAYS, "ecog_2", "note", "notes")


def _millimetres(value: Any) -> Fraction | None:
    """A complete sum; None of one that is partial or missing."""
    if value in (None, "NE") or isinstance(value, Mapping):
        return None
    return Fraction(nanometres(value), NM_PER_MM)


def _organs(point: Input) -> int | None:
    found = point.get("new_organs", ())
    if found == "NE" or point.get("new_lesions") == "NE":
        return None
    if isinstance(found, bool) or not isinstance(found, list | tuple | int):
        raise ValueError(
            f"not the organs of new lesions: {found!r} (write a list, such as [liver])"
        )
    return found if isinstance(found, int) else len(set(map(str, found)))


def _labels(data: Input) -> list[str]:
    """The labels of RECIST 1.1, by the engine."""
    points = []
    for point in data["timepoints"]:
        new = _organs(point) or len(point.get("new", ()))
        rest = {key: value for key, value in point.items() if key not in _OWN}
        points.append({"new_lesions": new, **rest})
    base = {"target_sum": data["baseline"].get("target_sum")}
    scans = read_scans([{"baseline": base, "timepoints": points}])
    words = list(evaluate_responses(scans, CRITERIA["recist11"]).words(0))
    return [
        point.get("response", word) for point, word in zip(data["timepoints"], words, strict=True)
    ]


def read_series(data: Input, settings: Settings) -> Series:
    """The input of a vector of measures. ValueError names what cannot be read."""
    for key in data:
        if key not in _KEYS:
            raise ValueError(f"unknown key {key!r} ({near(key, _KEYS)})")
    first = data["baseline"]
    base, reference = (
        _millimetres(first.get("target_sum")),
        whole_days(data.get("reference_day", 0)),
    )
    day = whole_days(first.get("day", 0))
    labels = _labels(data)
    pd = labels.index("PD") if "PD" in labels else len(labels)
    new_therapy = data.get("new_therapy_day")
    evaluations = []
    for place, point in enumerate(data["timepoints"]):
        at, total = whole_days(point["day"]), _millimetres(point.get("target_sum"))
        new = _organs(point)
        within = place <= pd
        if settings.measure_window == "to_new_therapy":
            within = new_therapy is None or at <= whole_days(new_therapy)
        evaluations.append(
            Evaluation(
                day=Span.point(at - reference),
                since_baseline=Span.point(at - day),
                change=Span.point(100 * (total / base - 1)) if base and total is not None else None,
                counted=within,
                is_pd=labels[place] == "PD",
                is_evaluable=labels[place] not in ("NE", "-", ""),
                new_organs=new,
                more_in_organ=point.get("more_in_organ", False if new == 0 else None),
                new_organ=point.get("new_organ", False if new == 0 else None),
                label=f"the scan of day {at}",
            )
        )
    earlier, failure = data.get("prebaseline"), data.get("ttf_days")
    return Series(
        base=base or None,
        before=_millimetres(earlier.get("target_sum")) if earlier else None,
        before_days=Span.point(day - whole_days(earlier["day"])) if earlier else None,
        evaluations=tuple(evaluations),
        failure=None if failure is None else Span.point(whole_days(failure)),
        ecog_2=data.get("ecog_2"),
    )


def _plain(found: Found) -> Any:
    if found.span is None:
        return found.value
    return float(rounded(found.span.low, _PLACES))


def measures(vector: Input, settings: Settings) -> Answers:
    """Every answer that a vector of measures may expect."""
    series = read_series(vector["input"], settings)
    found = {key: _plain(row.compute(series, settings)) for key, row in MEASURES.items()}
    days = found["time_to_nadir"]
    reference = whole_days(vector["input"].get("reference_day", 0))
    asked = vector["expected"].get("hpd", DEFINITIONS)
    unknown = [key for key in asked if key not in DEFINITIONS]
    if unknown:
        raise ValueError(f"unknown definition {unknown[0]!r} ({near(unknown[0], DEFINITIONS)})")
    return {
        **found,
        "nadir_day": None if days is None else days + reference,
        "hpd": {key: DEFINITIONS[key].of(series, settings).value for key in asked},
    }


def _share(value: Any) -> Span | None:
    """A share of viable tumour in percent."""
    if value in (None, "NE"):
        return None
    if isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value <= 100:
        raise ValueError(f"not a percentage: {value!r} (write a number from 0 to 100)")
    return Span.point(Fraction(str(value)))


def _flag(value: Any) -> bool | None:
    """Whether something is left: yes or no, or its share."""
    if isinstance(value, bool):
        return value
    share = _share(value)
    return None if share is None else share.low > 0


_SHARES = ("primary_viable", "nodes_viable")
_FLAGS = ("invasive", "in_situ", "nodes_invasive")
_TISSUE = ("tumour", *_SHARES, *_FLAGS, "viable", "resected", "note", "notes")


def read_tissue(data: Input) -> Tissue:
    """The input of a vector of pathologic response. ValueError names what cannot be read."""
    for key in data:
        if key not in _TISSUE:
            raise ValueError(f"unknown key {key!r} ({near(key, _TISSUE)})")
    if data["tumour"] not in TUMOURS:
        raise ValueError(f"unknown tumour {data['tumour']!r} (known: {', '.join(TUMOURS)})")
    every = data.get("viable", [])
    shares = [_share(each) for each in (every if isinstance(every, list) else [every])]
    return Tissue(
        tumour=data["tumour"],
        primary=_share(data.get("primary_viable")),
        nodes=_share(data.get("nodes_viable")),
        invasive=_flag(data.get("invasive")),
        in_situ=_flag(data.get("in_situ")),
        nodes_invasive=_flag(data.get("nodes_invasive")),
        viable=() if None in shares else tuple(each for each in shares if each is not None),
        resected=data.get("resected", True) is not False,
    )


def pathology(vector: Input, settings: Settings) -> Answers:
    """Every answer that a vector of pathologic response may expect."""
    tissue = read_tissue(vector["input"])
    responses = {key: pathologic_response(tissue, key, settings).value for key in ("pcr", "mpr")}
    return {**responses, "classes": [melanoma_class(each) for each in tissue.viable]}


OWN_KINDS: dict[str, Callable[[Input, Settings], Answers]] = {
    "measures": measures,
    "pathology": pathology,
}
