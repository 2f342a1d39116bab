"""How reports spell a response criterion, and what of it is derived here."""

from __future__ import annotations

from timeline.core.schema import one_of
from timeline.terminology.criteria import (
    CRITERIA_NAMED,
    NOT_DERIVED,
    NOT_DERIVED_SPELLINGS,
    TERMS,
)

# How reports join the name and the version: RECIST v1.1, RECIST (version 1.1) ..
_VERSIONED = (
    *("{name}{version}", "{name}, {version}", "{name} v{version}", "{name} v {version}"),
    *("{name} v.{version}", "{name} v. {version}", "{name} ver. {version}"),
    *("{name}, v{version}", "{name} (v{version})", "{name} (version {version})"),
    *("{name} version {version}", "{name}, version {version}", "{name} {version} criteria"),
    *("{name} criteria version {version}", "{name} criteria, version {version}"),
    *("{name} criteria v{version}", "{name} criteria {version}"),
)
_WITH_VERSION = tuple(name for name in CRITERIA_NAMED if name[-1].isdigit() and " " in name)


RECIST = "RECIST"  # of a report that states no version
_ALSO = {also: row.title for row in TERMS.values() for also in row.also if also != RECIST}


def _spellings() -> dict[str, str]:
    """Every other spelling of a name, and the name: ``RECIST v1.1`` of RECIST 1.1."""
    found: dict[str, str] = {}
    for title in _WITH_VERSION:
        name, version = title.split(" ")
        for form in _VERSIONED:
            for digits in (version, version.replace(".", "·")):
                found[form.format(name=name, version=digits)] = title
        found[title.replace(".", "·")] = title
    plain = {name: name for name in CRITERIA_NAMED if name not in _WITH_VERSION}
    plain |= NOT_DERIVED_SPELLINGS | _ALSO
    others = {f"{also} criteria": of for also, of in plain.items()}
    return found | NOT_DERIVED_SPELLINGS | _ALSO | others


SPELLINGS = _spellings()
_DERIVED = {word: name for word, name in SPELLINGS.items() if name in TERMS}
_WITHOUT = "leave it out: RECIST 1.1 is then used, and named in the output"
_UNCLEAR = {
    "RECIST": "no version: write RECIST 1.1 where the report assessed by it (2009), RECIST 1.0 "
    f"where by that of 2000; else {_WITHOUT}",
    "modified RECIST": "several criteria have this name: write mRECIST where it is that of "
    f"Lencioni 2010 for liver cancer; else {_WITHOUT}",
}
_NOT_DERIVED = {
    **{name: f"{name} is not derived here: {_WITHOUT}" for name in NOT_DERIVED},
    **{
        word: f"{name} is not derived here: {_WITHOUT}"
        for word, name in SPELLINGS.items()
        if name in NOT_DERIVED
    },
    "RECIST criteria": _UNCLEAR["RECIST"],
}
# A criterion by which something is derived.
derived_criterion = one_of(
    TERMS, "criterion", _DERIVED, refused={**_NOT_DERIVED, **_UNCLEAR}, loose=True
)
# The criterion of a line, as the report states it: one that is derived, RECIST without a version,
# or one of which nothing is derived, so that what the report prints by it is not checkable.
criterion_of_line = one_of(
    (*TERMS, RECIST, *NOT_DERIVED),
    "criterion",
    {**SPELLINGS, "RECIST criteria": RECIST},
    refused={"modified RECIST": _UNCLEAR["modified RECIST"]},
    loose=True,
)
# The criterion that a printed figure names, which may be one that is not derived. RECIST without
# a version is compared with what is derived by RECIST 1.1.
criterion_of_claim = one_of(
    CRITERIA_NAMED,
    "criterion",
    SPELLINGS,
    refused={"modified RECIST": "write mRECIST for that of Lencioni 2010; else leave it out"},
    loose=True,
)
