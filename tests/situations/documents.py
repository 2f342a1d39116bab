"""Case and source files that between them hold every key of the schema with every word of it.

The keys come from the schema; a key without a row here is a fault. The words are those of the
closed lists, and of free values the forms that ``cases/README.md`` and ``seeds/README.md`` show.
"""

from __future__ import annotations

from collections.abc import Iterator

from timeline.core.calendar.durations import UNITS_IN_DAYS
from timeline.core.printed_numbers import HEDGES
from timeline.core.schema import schema_of
from timeline.record.case import METHODS, LesionDeclaration
from timeline.record.event_parts.reasons import REASONS
from timeline.record.event_parts.treatment_changes import TreatmentChange
from timeline.record.events import (
    CTCAE_VERSIONS,
    EVENTS,
    KINDS,
    SETTINGS,
    STEPS,
    STOPS,
    VISITS,
    Death,
    PeriodEvent,
    Toxicity,
)
from timeline.record.findings import EARLIER_NEW_WORDS, NON_TARGET_WORDS, TARGET_WORDS
from timeline.report.claims import CLAIMS, ENDPOINTS_CLAIMED, STATISTICS, Claim
from timeline.report.printed_statistics import DIRECTIONS
from timeline.settings.response import SETTINGS as QUESTIONS
from timeline.terminology.criteria import TERMS
from timeline.terminology.drugs import drug_table
from timeline.terminology.response_words import CALLS

_FREE = ("liver", '"a, b: c"')
_YES = ("yes", "no", "Y", "N", "true", "false")
_DRUGS = (
    *("gemcitabine 1000 mg/m² IV days 1 and 8", "carboplatin AUC 5 IV day 1", "study drug"),
    *("cisplatin day 1", "[gemcitabine, docetaxel]", "anlotinib 12 mg days 1-14"),
)
_SIZES = (
    *("{T1: 23 mm, N1: 12 mm}", "{T1: absent, N1: too small}", "{T1: not evaluated, N1: 9 mm}"),
    *("{T1: 12 mm + 9 mm, N1: 8 mm}", "{T1: 10 mm + too small, N1: 8 mm}"),
    "{T1: 40 mm, N1: merged with T1}",
)
VALUES: dict[str, tuple[str, ...]] = {
    **dict.fromkeys(("what", "note", "place", "site", "stage", "cause", "management"), _FREE),
    "disease-status": ("NED", "AWD", "disease-free", "alive with disease"),
    "death.disease-status": ("DOD", "DOC", "died of disease", "treatment-related"),
    "resolved": ("2021-05", "2021-05-12", "2021", "no", "NO"),
    **dict.fromkeys(("planned", "nodule", "non-target-increase", "symptomatic"), _YES),
    "modality": ("CT", "MRI", "PET", "PET-CT"),
    "id": ("a name",),
    "grade": ("1", "5", "2-3", "III"),
    "term": ("pneumonitis", "platelet count decreased"),
    "ctcae": CTCAE_VERSIONS,
    "ecog": tuple("012345"),
    **dict.fromkeys(("karnofsky", "lansky"), STEPS),
    "dose-per-fraction": ("2 Gy", "1.8 Gy"),
    "margin": ("R0", "R1", "R2"),
    "pathological-response": ("pCR", "complete pathologic response", "residual 10 %", "TRG 1"),
    "product": ("red cells", "platelets"),
    "units": ("1", "2"),
    "type": VISITS,
    "name": ("PD-L1", "BRAF V600E"),
    "assay": ("22C3", "NGS"),
    "result": ("TPS 60 %", "mutated"),
    "dose": ("50 Gy", "30.6 Gy"),
    "fractions": ("1", "25"),
    "setting": SETTINGS,
    "line": ("1", "2"),
    "drugs": (*_DRUGS, *drug_table()),
    "reason": REASONS,
    "cycle": ("3 weeks", "21 days", "1 month"),
    "cycles": ("6", "about 20", *(f"{hedge.words[0]} 6" for hedge in HEDGES if hedge.words)),
    "assessed-every": (
        "8 weeks",
        '"every 8 weeks until 2022-12, then every 12 weeks"',
        '"every 6 weeks for 24 weeks, then every 12 weeks"',
    ),
    "criterion": tuple(TERMS),
    "stop": STOPS,
    "baseline": ("1", "2"),
    "timepoint": ("week 8",),
    "target": (*TARGET_WORDS, "PR or SD", "shrunk or stable"),
    "sum": ("41 mm", "4.1 cm", "0 mm"),
    "change": ("-46 %", "-80.5 % from nadir", "+25 % from nadir", "about -40 %", "-60 to -50 %"),
    "lesions": _SIZES,
    "density": ("45 HU", "-12.5 HU"),
    "non-target": tuple(NON_TARGET_WORDS),
    "new": (
        *("liver", "[L1, pancreas]", "none", "no", "N", "absent", "0", "NE", "NA", "unknown"),
        *("not done", "{other: Sister Joseph nodule}", "{site: liver}"),
    ),
    "equivocal": ("E1", "[E1, E2]", "yes"),
    "confirms-equivocal": ("E1", "yes"),
    "earlier-new": tuple(EARLIER_NEW_WORDS),
    "new-lesion-sizes": ("{NL1: 14 mm}", "{NL1: absent}"),
    "sul-peak": ("8.0", "2.4"),
    "suv": ("10.2",),
    "liver": ("2.0 ± 0.2",),
    "tlg": ("120",),
    "at-background": _YES,
    "uptake-extent": ("larger", "unchanged", "+25 %"),
    "deauville": (*"12345", "NE"),
    "uptake": ("decreased", "unchanged", "increased"),
    "marrow": ("none", "reduced", "unchanged", "new"),
    "spleen": ("150 mm",),
    "clinical": ("stable", "improved", "worse"),
    "corticosteroid": ("4 mg", "none"),
    "cycles-since-baseline": ("0", "1", "4"),
    "called": (*CALLS, "{PR: Case presentation, PD: Figure 2 legend}"),
    "values": ("{amylase: 182 IU/L}", "{LDH: normal}", "{CA 125: up to 35 IU/L}"),
    "normal": ("{amylase: up to 182 IU/L}",),
}
MOMENTS = (
    *("2020-05-05", "2020-05", "2020", "2020-XX", "2020-05-XX", "202X", "2020-05~", "2020-05?"),
    *("2020-05%", "2020-05/2020-06", "after line 1", "before last contact", "2020, after line 1"),
)
PERIODS = (
    *("2020-05/2020-06", "2020-05/..", "2020-05/", "2020-05", "after line 1", "2020-05~/2020-06?"),
    *("2020-05, after line 1", "after line 1, before last contact/2020-11", "2020/2021"),
)
_LESION = {
    "organ": ("liver",),
    "node": _YES,
    "method": METHODS,
    "slice": ("5 mm", "10 mm"),
    "type": ("lytic bone",),
    "treated": _YES,
    "progressed-since": _YES,
}
_HEAD = "case: words2024\n{settings}patient: {{sex: female, age: {age}, diagnosis: sarcoma}}\n"
_BASE = """{lesions}events:
  - {{scan: 2020-01-05, baseline: 1{sizes}}}
  - {{treatment: 2020-01-15/2020-11, line: 1, drugs: nivolumab{judged}}}
{events}"""
_CONTACT = "  - {last contact: 2021-12-30}\n"
_SCANS = "  - {scan: 2020-03-10, target: SD}\n  - {scan: 2020-09-10, target: PD, new: bone}\n"
_MEASURED = "lesions: {T1: {organ: liver%s}, N1: {organ: mediastinum, node: yes}}\n"

_SEEN = "  - {scan: 2020-03-10, target: SD, equivocal: E1}\n"
_NEW = "  - {scan: 2020-03-10, target: SD, new: bone}\n"
_SECOND = "  - {treatment: 2021-01-15/2021-06, line: 2, drugs: pazopanib}\n"
_BEFORE = {  # what else a file must hold, so that a key means something
    "lesions": "",
    "sum": "",
    "confirms-equivocal": _SEEN,
    "earlier-new": _NEW,
    "line": _SCANS + _SECOND,
    "baseline": _SCANS + _SECOND,
}
_AT_BASELINE = {"sum": ", sum: 50 mm", "density": ", density: 50 HU"}

Row = tuple[str, str]  # what it holds, and the text of the file


def _case(
    events: str = _SCANS,
    *,
    settings: str = "",
    age: str = "61",
    lesion: str | None = None,
    judged: str = "",
    sizes: str = "",
    last: str = _CONTACT,
) -> str:
    if lesion is not None:
        sizes = ", lesions: {T1: 24 mm, N1: 18 mm}"
    text = "" if lesion is None else _MEASURED % lesion
    base = _BASE.format(lesions=text, sizes=sizes, judged=judged, events=events)
    return _HEAD.format(settings=settings, age=age) + base + last


def _needed(kind: str, key: str) -> str:
    """What an event of a kind must state with a key."""
    treated = "" if key in ("line", "setting") else ", setting: adjuvant"
    drugs = "" if key == "drugs" else ", drugs: imatinib"
    return {"treatment": treated + drugs, "supportive": drugs}.get(kind, "")


def of_fields() -> Iterator[Row]:
    """Every kind of event with every key of it and every word of that key."""
    for kind, cls in EVENTS.items():
        ends_record = cls is Death  # nothing comes after it
        at = "2021-12-30" if ends_record else "2020-05-05"
        at = "2020-05/2020-06" if issubclass(cls, PeriodEvent) else at
        for key, (_, field) in schema_of(cls).items():
            for word in () if field.leads else VALUES.get(f"{kind}.{key}") or VALUES[key]:
                event = f"  - {{{kind}: {at}, {key}: {word}{_needed(kind, key)}}}\n"
                if key == "setting" and issubclass(cls, TreatmentChange | Toxicity):  # of it
                    event = f"  - {{treatment: 2020, setting: {word}, drugs: x}}\n{event}"
                lesion = "" if key == "lesions" else None
                scans = _BEFORE.get(key, _SCANS)
                sizes = _AT_BASELINE.get(key, "")
                events, last = (scans, event) if ends_record else (event + scans, _CONTACT)
                text = _case(events, lesion=lesion, sizes=sizes, last=last)
                yield f"{kind}, {key}: {word}", text


def of_dates() -> Iterator[Row]:
    """Every spelling of a kind with every form of a date."""
    for kind, cls in KINDS.items():
        for at in PERIODS if issubclass(cls, PeriodEvent) else MOMENTS:
            yield f"{kind}: {at}", _case(f'  - {{{kind}: "{at}"{_needed(kind, "")}}}\n' + _SCANS)


def of_settings() -> Iterator[Row]:
    """Every answer to every setting, and every one of them under each criterion that a line has."""
    for name, row in QUESTIONS.items():
        for answer in row.answers:
            entry = f"settings: {{{name}: {_written(answer)}}}\n"
            for title in ("RECIST 1.1", "iRECIST"):
                text = _case(settings=entry, judged=f", criterion: {title}")
                yield f"{name}: {answer}, {title}", text


def _written(answer: object) -> str:
    from timeline.settings.setting import in_words

    return f'"{in_words(answer)}"'


def of_lesions() -> Iterator[Row]:
    """Every key of a lesion and every form of a patient's age."""
    for key in schema_of(LesionDeclaration):
        for word in _LESION[key]:
            entry = "" if key == "organ" else f", {key}: {word}"
            scan = "  - {scan: 2020-03-10, lesions: {T1: 12 mm, N1: 9 mm}, new: none}\n"
            yield f"lesion, {key}: {word}", _case(scan, lesion=entry)
    for age in ("58", "about 60", "60s", "8 months"):
        yield f"age: {age}", _case(age=age)


_CLAIM_NEEDS = {
    "unit": "months", "of": "OS", "from": "surgery", "to": "scan", "about": "CR", "p": "0.03",
    "than": "arm B", "at": "12 months", "about or of": "OS",
}  # fmt: skip
_CLAIM_KEYS = {
    "unit": tuple(unit for unit in UNITS_IN_DAYS),
    "line": ("1",),
    "criterion": tuple(TERMS),
    **dict.fromkeys(("of", "about"), ("PFS", "ORR")),
    **dict.fromkeys(("from", "to"), ("randomisation",)),
    **dict.fromkeys(("study", "group", "among", "than"), ("arm A",)),
    "n": ("15", "about 30"),
    "grade": ("level III", "3-4", "any grade"),
    "at": ("12 months", '"0, 6, 12 months"'),
    "ci": ("4.1 to 22.3", "11.1 to not reached"),
    "range": ("4.1 to 22.3",),
    "level": ("95 %",),
    "p": ("0.03", '"< 0.001"', "NS", "1.2"),
    "sd": ("1.2", "-3"),
    "se": ("0.5",),
    "step": ("1",),
    "statistic": STATISTICS,
    "note": ("weighted", "IQR", "one-sided", "p for interaction", "adjusted", "crude", "SE"),
    "place": ("Abstract",),
}
_ENDPOINT = ("5.2", "over 20", "not reached", "5,2", "0")
_PRINTS = {
    "date": ("2021", "5 December 2018", "30 February 2020"),
    "response": CALLS,
    "p": ("0.03", '"< 0.001"', "NS"),
    "word": tuple(DIRECTIONS),
    "at-risk": ("[10, 7, 2]",),
    "values": ("[15.1, 12+, 4]",),
    "percent": ("46.7", "one-third", "half", "about 40", "120"),
    "count": ("7", "seven", "a dozen", "none"),
    "HR": ("0.55", "0,55"),
    "rate": ("37",),
    "test": (
        *('"t(28) = 2.2"', '"r(97) = .17"', '"chi2(1) = 4.1"', '"F(2, 27) = 3.9"'),
        *('"Q(5) = 9.1"', "z = 2.1", "U = 3", "rho = 0.3"),
    ),
}


def of_claims() -> Iterator[Row]:
    """Every kind of claim with each form of its print, and with every further key."""
    for kind, row in CLAIMS.items():
        own = _ENDPOINT if kind in ENDPOINTS_CLAIMED else (row.example,)
        prints = _PRINTS.get(kind, own)
        for text in prints:
            yield f"{kind}: {text}", _source(kind, text, row.needs)
        for key in schema_of(Claim):
            for word in _CLAIM_KEYS[key] if key != kind else ():
                needs = tuple(each for each in row.needs if key not in each.split(" or "))
                text = _source(kind, prints[0], needs, f", {key}: {word}")
                yield f"{kind}: {prints[0]}, {key}: {word}", text


def _source(kind: str, text: str, needs: tuple[str, ...], also: str = "") -> str:
    entry = "".join(f", {'of' if ' ' in key else key}: {_CLAIM_NEEDS[key]}" for key in needs)
    if kind == "rate" and ", at:" not in also:
        entry += ", at: 12 months"
    shown = text if text.startswith(('"', "[")) else f'"{text}"'
    return f"source: words2024\nclaims:\n  Abstract:\n    - {{{kind}: {shown}{entry}{also}}}\n"


def documents() -> Iterator[Row]:
    """All of them."""
    for rows in (of_fields, of_dates, of_settings, of_lesions, of_claims):
        yield from rows()


def commands(name: str) -> tuple[tuple[str, ...], ...]:
    """What is run on each file: the check first, then the others."""
    return (
        ("check", name),
        ("show", name, "--all"),
        ("show", name, "--json"),
        ("explain", name, "PFS", "--line", "1", "--json"),
        ("audit", name, "--json"),
        ("draw", name, "-o", "figure.svg"),
    )
