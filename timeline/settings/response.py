"""The settings: one row for each question that the criteria leave open, the default first.

Those of lines, endpoints and censoring are in ``endpoints.py``, further ones of the immune criteria
in ``immune_response.py``; `Settings` has them all.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import attrs

from timeline.core.frozen_class import frozen
from timeline.core.problem import near
from timeline.settings.endpoints import EndpointSettings
from timeline.settings.immune_response import ImmuneSettings
from timeline.settings.setting import Setting, choice, count, switch


@frozen(kw_only=True)
class Settings(ImmuneSettings):
    """An answer to every open question; the defaults are our interpretation of the sources.

    >>> Settings.of({"confirm_days": "14"}).confirm_days
    14
    """

    nl_reset_rule: str = choice(
        1,
        "improvement category always resolve",
        description="when an iUPD by new lesions alone is void although the lesions persist: "
        "improvement (better category, or a target sum smaller by nl_reset_mm than at the iUPD), "
        "category (better category), always, resolve (only when they are gone)",
        disagreement="Seymour 2017 Table 2 keeps iUPD for new lesions alone (category is nearest "
        "to it); its text voids the iUPD where the criteria of iSD are met and lets the lesions "
        "persist; the EORTC FAQ scenarios B and F turn on whether baseline disease shrank",
    )
    nl_shrinkage: str = choice(
        2,
        "iupd reset",
        description="new lesions shrink while target lesions do not change: iUPD stays, or is void",
        disagreement="the EORTC FAQ on new lesions allows both outcomes",
    )
    pr_persistence: str = choice(
        3,
        "as_required after_confirmed off on",
        description="whether PR stays PR until PD when the sum drifts above -30 %: as_required "
        "(once confirmed where response_confirmation is required, else at once), after_confirmed, "
        "off, on; an iUPD that proves void does not end it",
        disagreement="EORTC FAQ: PR stays, once confirmed where confirmation is required; "
        "Eisenhauer 2009 Table 3, of trials that require it, has a PR then SD row",
    )
    further_increase_reference: str = choice(
        4,
        "lowest_since_iupd first_iupd previous",
        description="what a further increase of 5 mm is measured from: the lowest sum since the "
        "first iUPD, the sum at the first iUPD, or the sum at the scan before",
        disagreement="EORTC FAQ: increases add up (4 mm and 2 mm confirm); Seymour 2017 Table 2: "
        "from the last time point; the lowest sum since the first iUPD fits both",
    )
    reset_reference: str = choice(
        5,
        "recist11 baseline",
        description="what a pending target iUPD is held against: PD from the nadir, or from "
        "baseline",
        disagreement="Seymour 2017 words the reset as a comparison with baseline",
    )
    ne_then_iupd_confirms: bool = switch(
        6,
        False,
        description="iUPD, NE, PD again without growth is iCPD",
        disagreement="a sentence of Seymour 2017 can be read so; its Table 2 requires growth",
    )
    icpd_min_days: int = count(
        7,
        28,
        description="earliest confirmation after the first iUPD",
        disagreement="Seymour 2017: 4 to 8 weeks",
    )
    icpd_tolerance_days: int = count(
        7,
        2,
        also=(0,),
        description="days by which a confirming scan may be early",
        disagreement="EORTC FAQ: set by the protocol, 2 recommended; some tools use 0",
    )
    icpd_late_days: int = count(
        8,
        56,
        description="a confirmation later than this is marked late",
        disagreement="the window is 4 to 8 weeks, but no source voids a late scan",
    )
    icpd_max_days: int | None = count(
        8,
        None,
        also=(56,),
        description="days after which a pending iUPD lapses, and PD opens a new one; none: never",
        disagreement="the window is 4 to 8 weeks, but no source voids a late scan",
    )
    early_scan_policy: str = choice(
        9,
        "disregard no_confirm",
        description="a scan too early to confirm: left out, or used for all but confirmation",
        disagreement="EORTC FAQ: disregarded; some keep it for nadir and response",
    )
    reappear_after_cr: str = choice(
        10,
        "pd numeric",
        description="disease back after an overall CR: PD at any size, or by the sums",
        disagreement="Eisenhauer 2009 Table 3 footnote and EORTC FAQ against plain arithmetic; "
        "Seymour 2017 Table 3 example 1 allows iPR after iCR",
    )
    unconfirmed_iupd_policy: str = choice(
        11,
        "event censor",
        description="an iUPD that nothing better followed: an event, or censored",
        disagreement="Seymour 2017 does not cover a scan still awaited at the data cut",
    )
    trailing_iupd_date: str = choice(
        12,
        "first last",
        description="which iUPD dates a block that was never confirmed",
        disagreement="Seymour 2017: the first; admiralonco's IUPD parameter: the last",
    )
    min_sd_days: int = count(
        13,
        42,
        also=(28, 56),
        description="earliest assessment that can make SD a best response",
        disagreement="6 to 8 weeks, set by the protocol; admiralonco's tests use 28 and 42",
    )
    confirm_days: int = count(
        14,
        28,
        description="least interval between a response and its confirmation",
        disagreement="Eisenhauer 2009 4.6.1: 4 weeks; protocols differ",
    )
    max_ne_between: int = count(
        14,
        1,
        description="NE allowed between a response and its confirmation",
        disagreement="admiralonco: 1; Eisenhauer 2009 is silent on gaps",
    )
    accept_sd_between: bool = switch(
        14,
        False,
        description="one SD allowed between PR and its confirmation",
        disagreement="an option of admiralonco; Eisenhauer 2009 is silent",
    )
    iupd_between_responses: str = choice(
        15,
        "breaks allowed",
        description="an iUPD between two iPR: breaks the confirmation, or is passed over",
        disagreement="no source; admiralonco's list of labels between leaves iUPD out",
    )
    after_pd: str = choice(
        16,
        "carry raw",
        description="labels of RECIST 1.1 after the first PD: PD, or what each scan alone would "
        "give",
        disagreement="display only",
    )
    missing_as_ne: bool = switch(
        17,
        False,
        description="a patient without assessments is NE rather than MISSING",
        disagreement="both in use; an option of admiralonco",
    )
    stop_bor_at_pd: bool = switch(
        18,
        True,
        description="best response looks no further than the first PD (iRECIST: iCPD)",
        disagreement="Eisenhauer 2009 4.4.3; admiralonco can run without",
    )
    new_lesions_not_evaluated: str = choice(
        19,
        "no_new ne",
        description="new lesions not evaluated: no new information, or the overall response is NE",
        disagreement="the published tables have no NE there; RECIST-tracker gives NE",
    )
    partial_sum_pd: str = choice(
        20,
        "allowed ne",
        description="target PD proved by the lesions that were measured: PD, or NE",
        disagreement="Eisenhauer 2009 4.4.2: NE unless the missing lesion cannot change the result",
    )

    icpd_without_iupd: str = choice(
        21,
        "counts ignored",
        description="an iCPD reported without an iUPD before it: progression on its own day, or "
        "none",
        disagreement="no source foresees it; admiralonco's ICPD parameter requires the iUPD",
    )

    irrecist_nontarget: str = choice(
        22,
        "cr_only pd",
        description="irRECIST: unequivocal growth of non-targets only precludes CR, or is PD",
        disagreement="review tables differ: PMC6942076 Table 3 against PMC5994498 Table 2",
    )

    choi_progression_reference: str = choice(
        23,
        "nadir baseline",
        description="Choi: the reference for growth of 10 %",
        disagreement="RECIST, of which Choi is a change, takes the nadir; Choi 2007 had one scan "
        "after baseline, so that the two were one; PMC5658474 Table 2 names no reference",
    )
    choi_response: str = choice(
        24,
        "either both",
        description="Choi: PR needs -10 % in size or -15 % in density, or both (modified Choi)",
        disagreement="Choi 2007 for gastrointestinal stromal tumour: either; modified Choi for "
        "renal cell carcinoma: both",
    )

    @classmethod
    def of(cls, changes: Mapping[str, Any]) -> Settings:
        """The settings with some changed, values as text or typed.

        ValueError names the setting, the value seen, and what is known.
        """
        for name in changes:
            if name not in SETTINGS:
                raise ValueError(f"unknown setting {name!r} ({near(name, SETTINGS)})")
        return cls(**changes)

    def with_answer(self, name: str, value: Any) -> Settings:
        """These answers and one other, which is read; `attrs.evolve` reads all of them again.

        ValueError names the setting, the value seen, and what is known.
        """
        found = object.__new__(Settings)
        for each in _FIELDS:
            object.__setattr__(found, each, getattr(self, each))
        try:
            answer = _FIELDS[name].metadata["read"](value)
        except ValueError as fault:
            raise ValueError(f"setting {name}: {fault}") from None
        object.__setattr__(found, name, answer)
        return found

    @property
    def pr_stays(self) -> str:
        """When a PR stays PR: ``after_confirmed``, ``off`` or ``on``."""
        if self.pr_persistence != "as_required":
            return self.pr_persistence
        return "after_confirmed" if self.response_confirmation == "required" else "on"

    @property
    def changed(self) -> dict[str, Any]:
        """The settings that differ from the default."""
        values = attrs.asdict(self)
        return {name: values[name] for name in SETTINGS if values[name] != SETTINGS[name].default}


_OF_LINES = frozenset(field.name for field in attrs.fields(EndpointSettings))
_FIELDS = {field.name: field for field in attrs.fields(Settings)}


def _place(name: str) -> tuple[bool, int]:
    """The order of the list: settings of the criteria first, by number."""
    return name in _OF_LINES, _FIELDS[name].metadata["setting"](name).number


SETTINGS: dict[str, Setting] = {
    name: _FIELDS[name].metadata["setting"](name) for name in sorted(_FIELDS, key=_place)
}

DEFAULTS = Settings()
