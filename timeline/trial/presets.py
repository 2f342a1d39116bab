"""Presets: named sets of settings that follow a published way of deriving, one row each."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import attrs

from timeline.core.frozen_class import frozen
from timeline.core.problem import near
from timeline.response.criteria import CRITERIA
from timeline.response.criteria.criterion import Criterion
from timeline.settings.trial import TrialSettings

_FROM_LESIONS, _FROM_PARTS = ("overall", "parts", "lesions"), ("overall", "parts")
_WITHOUT_PARTS = ("overall", "lesions")
# The criteria that tables of a trial are derived by, and what a response may be taken from (setting
# response_from). Lengths by mRECIST are those of viable tumour, and Choi needs densities: a table
# of lesions (TR) does not tell them. By imRECIST and irRECIST the sum with the new lesions decides,
# and parts of a response (RS) do not state it. A table of lesions has no products of diameters, as
# WHO 1979 and irRC sum.
DERIVABLE: Mapping[str, tuple[str, ...]] = {
    "recist11": _FROM_LESIONS,
    "irecist": _FROM_LESIONS,
    "mrecist": _FROM_PARTS,
    "imrecist": _WITHOUT_PARTS,
    "irrecist": _WITHOUT_PARTS,
    "choi": ("overall",),
}


@frozen(kw_only=True)
class Preset:
    """A named set of settings, with the criterion and the severities of faults that go with it."""

    name: str
    description: str
    criterion: str
    settings: Mapping[str, Any] = attrs.field(eq=False)
    severity: Mapping[str, str] = attrs.field(eq=False)
    leaves_out: tuple[str, ...] = ()  # parameters that it does not derive unless they are named
    source: str


_ADMIRAL = {
    "one_per_day": "worst",
    "scan_date_imputation": "last",
    "scan_date_precision": "month",
    "death_date_imputation": "first",
    "death_date_precision": "year",
    "censor_at": "last_assessment",
    "responses_after_new_therapy": "counted",
    "duration_plus_one": True,
    "pfs_policy": "ema",
    "min_sd_days": 42,
    "confirm_days": 28,
    "max_ne_between": 1,
    "icpd_without_iupd": "ignored",
    "trailing_iupd_date": "last",
}
_PASSED = {
    "no_origin": "take",
    "partial_date": "take",
    "no_date": "take",
    "unknown_response": "warn",
    "no_response": "take",
    "before_reference": "take",
    "same_day": "take",
    "event_before_origin": "take",
    "contradiction": "take",
}
_SOURCE = "admiral 1.4.2 and admiralonco 1.4.0, templates ad_adrs and ad_adtte"
_PRESETS = (
    Preset(
        name="admiral",
        description="collected overall responses by RECIST 1.1 as the templates of admiralonco "
        "derive them",
        criterion="recist11",
        settings=_ADMIRAL,
        severity=_PASSED,
        source=_SOURCE,
    ),
    Preset(
        name="admiral_irecist",
        description="collected overall responses by iRECIST as the vignette of admiralonco "
        "derives them",
        criterion="irecist",
        settings=_ADMIRAL,
        severity=_PASSED,
        leaves_out=("DEATH",),
        source="admiral 1.4.2 and admiralonco 1.4.0, vignette irecist",
    ),
)
PRESETS: Mapping[str, Preset] = {row.name: row for row in _PRESETS}


@attrs.frozen
class Choices:
    """The criterion, the settings and the severities of one derivation."""

    criterion: Criterion
    settings: TrialSettings
    severity: Mapping[str, str]
    leaves_out: tuple[str, ...] = ()


def choices(
    settings: TrialSettings | Mapping[str, Any] | str | None,
    criterion: str | None,
    severity: Mapping[str, str] | None,
) -> Choices:
    """What a call asks for, from a preset, single settings, or both.

    Args:
        settings: `TrialSettings`, the name of a preset, or single settings by name, among which
            ``preset`` names the set that they change.
        criterion: a key of `DERIVABLE`; None: that of the preset, else RECIST 1.1.
        severity: Severities of single kinds of faults.

    Raises:
        ValueError: A preset, a setting or a criterion is unknown.
    """
    if isinstance(settings, TrialSettings):
        return Choices(_criterion(criterion or "recist11"), settings, dict(severity or {}))
    named = {"preset": settings} if isinstance(settings, str) else dict(settings or {})
    name = named.pop("preset", None)
    if name is not None and name not in PRESETS:
        raise ValueError(f"unknown preset {name!r} ({near(str(name), PRESETS)})")
    preset = PRESETS[name] if name is not None else None
    base = dict(preset.settings) if preset else {}
    passed = dict(preset.severity) if preset else {}
    key = criterion or (preset.criterion if preset else "recist11")
    return Choices(
        _criterion(key),
        TrialSettings.of({**base, **named}),
        {**passed, **(severity or {})},
        preset.leaves_out if preset else (),
    )


def _criterion(key: str) -> Criterion:
    if key not in DERIVABLE:
        raise ValueError(f"unknown criterion {key!r} ({near(str(key), DERIVABLE)})")
    return CRITERIA[key]
