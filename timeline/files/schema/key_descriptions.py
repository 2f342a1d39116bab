"""What each key of a case or report file means: the one table that editors and tests read.

A key is named by what it belongs to: ``scan.target``; ``event.what`` for the keys of every event.
An example is a value as it is written in a file. ``cases/README.md`` and ``seeds/README.md`` name
every key of this table; a test compares them.
"""

from __future__ import annotations

from typing import Any

import attrs

from timeline.terminology.criteria import TERMS

_SOME_CRITERIA = tuple(TERMS)[:2]  # as examples


@attrs.frozen
class KeyDescription:
    """What a key means, and values that it takes."""

    text: str
    examples: tuple[Any, ...] = ()


def _key(text: str, *examples: Any) -> KeyDescription:
    return KeyDescription(text, examples)


KIND_DESCRIPTIONS = {
    "diagnosis": "when the disease was diagnosed: a date",
    "symptom": "a symptom or sign: a date",
    "visit": "a visit, consultation, referral, admission or discharge: a date",
    "biopsy": "a biopsy: a date",
    "surgery": "an operation: a date",
    "radiotherapy": "radiotherapy: a period, start/end",
    "treatment": "one regimen of systemic treatment: a period, start/end",
    "supportive": "supportive drugs: a period, start/end",
    "scan": "imaging with its findings: a date",
    "toxicity": "an adverse event: a date",
    "lab": "laboratory values: a date",
    "performance": "performance status: a date",
    "randomisation": "the allocation to an arm, an origin of PFS, TTP and OS: a date",
    "progression": "progression stated without a scan: a date",
    "last contact": "the last day on which the patient was known to be alive: a date",
    "lost to follow-up": "the last contact of a patient who was lost to follow-up: a date",
    "death": "death: a date",
    "biomarker": "a test of a biomarker: a date",
    "ablation": "ablation of a tumour, a local therapy: a date",
    "embolisation": "embolisation of a tumour, a local therapy: a date",
    "procedure": "a procedure that is no treatment of the tumour: a date",
    "stent": "a stent: a date",
    "transfusion": "a transfusion: a date",
    "registration": "the registration in a trial, an origin of PFS, TTP and OS: a date",
    "relapse": "a relapse that the report states: a date",
    "metastasis": "a metastasis that the report states: a date",
    "dose held": "a pause of the drug, which ends no line: a date",
    "dose reduced": "a lower dose from this day on: a date",
    "dose increased": "a higher dose from this day on: a date",
    "dose resumed": "the drug was given again: a date",
    "treatment refused": "the patient refused treatment; follow-up goes on: a date",
    "withdrawal": "the withdrawal of consent, which ends follow-up: a date",
}

_LINE = "the number that the report gives to the systemic line"
_SETTING = "the setting of treatment with curative intent"
_DRUGS = _key(
    "one drug or a list; each is name, dose, route, days",
    "doxorubicin 75 mg/m² IV day 1",
    ["gemcitabine 1000 mg/m² IV days 1 and 8", "docetaxel"],
)
_KARNOFSKY = _key("Karnofsky status, 0 to 100 in steps of 10", 70)
_LANSKY = _key("Lansky status of a child, 0 to 100 in steps of 10", 80)
_ECOG = _key("ECOG performance status, 0 to 5", 1)
_PATHOLOGICAL = _key("the response of the tumour in the tissue", "pCR", "MPR", "residual 10 %")
_SITE = _key("the site of the body, or a list of sites", "liver", ["brain", "spine"])

DESCRIPTIONS: dict[str, KeyDescription] = {
    "case.case": _key("the name of the case, author-year", "example2024"),
    "case.source": _key("the report file, relative to this one", "../seeds/example2024.yaml"),
    "case.patient": _key("the patient, without anything that identifies him or her"),
    "case.settings": _key("answers to questions that the criteria leave open"),
    "case.lesions": _key(
        "measured targets by name, each declared once", {"T1": {"organ": "liver", "slice": "5 mm"}}
    ),
    "case.events": _key("what was done and found, under the places in the report"),
    "case.report": _key("the report that this file holds itself, without its claims"),
    "case.claims": _key("what that report prints, under the places in the report"),
    "patient.sex": _key("as written in the report", "female"),
    "patient.age": _key("the age on any day of the record", "61", "about 60", "60s"),
    "patient.diagnosis": _key("the disease", "leiomyosarcoma"),
    "patient.site": _key("the primary site, or a list of them", "uterus"),
    "patient.note": _key("a remark"),
    "lesion.organ": _key("the organ it lies in", "liver"),
    "lesion.node": _key("yes: a lymph node, measured by its short axis", "yes"),
    "lesion.method": _key("how it is measured", "CT"),
    "lesion.slice": _key("the thickness of a slice", "5 mm"),
    "lesion.type": _key("what kind of lesion it is", "lytic bone lesion"),
    "lesion.treated": _key("yes: treated locally before baseline", "yes"),
    "lesion.progressed-since": _key("yes: it has progressed since that treatment", "yes"),
    "event.what": _key("what it was, in a few words", "hysterectomy"),
    "event.note": _key("a remark"),
    "event.place": _key("the place in the report, if the heading does not state it", "Figure 2"),
    "event.id": _key("a name by which other events refer to it", "brain-RT"),
    "event.planned": _key("yes: announced, not done; it never counts as an event", "yes"),
    "event.printed": _key(
        "what the report prints of the event, by kinds of claims",
        {"PFS": "8.4 months", "place": "Abstract"},
    ),
    **{
        f"{kind}.{key}": row
        for kind in ("dose held", "dose reduced", "dose increased", "dose resumed",
                     "treatment refused")
        for key, row in (
            ("line", _key("the line that it concerns", 1)),
            ("setting", _key("or the setting of the treatment that it concerns", "adjuvant")),
            ("drugs", _key("the drugs that it concerns, with their doses", "anlotinib 10 mg")),
            ("reason", _key("the reason", "toxicity")),
        )
    },
    "biomarker.name": _key("the marker", "PD-L1"),
    "biomarker.assay": _key("the assay", "22C3"),
    "biomarker.result": _key("the result, as printed", "TPS 60 %"),
    "ablation.site": _SITE,
    "embolisation.site": _SITE,
    "procedure.site": _SITE,
    "stent.site": _SITE,
    "relapse.site": _SITE,
    "metastasis.site": _SITE,
    **{
        f"{kind}.line": _key("the line that it is progression of, if the dates do not show it", 1)
        for kind in ("progression", "relapse", "metastasis")
    },
    "transfusion.product": _key("the blood product", "red cells"),
    "transfusion.units": _key("the number of units", 2),
    "diagnosis.site": _SITE,
    "diagnosis.grade": _key("the grade of the tumour", "2"),
    "diagnosis.stage": _key("the stage of the disease", "IV"),
    "symptom.ecog": _ECOG,
    "symptom.karnofsky": _KARNOFSKY,
    "symptom.lansky": _LANSKY,
    "visit.type": _key("what kind of visit it was", "referral", "admission"),
    "biopsy.site": _SITE,
    "surgery.site": _SITE,
    "surgery.margin": _key("the resection margin, as printed", "R0", "negative"),
    "surgery.stage": _key("the pathological stage, as printed", "ypT2bN0", "pT1cN2M0"),
    "surgery.pathological-response": _PATHOLOGICAL,
    "biopsy.pathological-response": _PATHOLOGICAL,
    "radiotherapy.site": _SITE,
    "radiotherapy.dose": _key("the total dose", "50 Gy"),
    "radiotherapy.fractions": _key("the number of fractions", 25),
    "radiotherapy.dose-per-fraction": _key("the dose of one fraction", "2 Gy"),
    "radiotherapy.setting": _key(_SETTING, "adjuvant"),
    "treatment.line": _key(_LINE, 1),
    "treatment.setting": _key(_SETTING, "neoadjuvant"),
    "treatment.drugs": _DRUGS,
    "treatment.cycle": _key("the length of a cycle", "3 weeks"),
    "treatment.cycles": _key("the number of cycles that were given, as printed", 6, "about 20"),
    "treatment.assessed-every": _key("the interval of planned tumour assessments", "8 weeks"),
    "treatment.criterion": _key("the criterion of the report for this line", *_SOME_CRITERIA),
    "treatment.stop": _key("the reason for the end", "progression"),
    "supportive.drugs": _DRUGS,
    "scan.modality": _key("the method of imaging, or a list", "CT", "PET", ["CT", "MRI"]),
    "scan.line": _key("the line it assesses, if the dates do not show it", 1),
    "scan.baseline": _key("the line that this scan is the baseline of", 1),
    "scan.timepoint": _key("a name shared by the scans of one assessment", "week 8"),
    "scan.target": _key(
        "target lesions: a category relative to baseline and nadir, or the report's word", "PR",
        "shrunk", "PR or SD",
    ),
    "scan.sum": _key(
        "the sum of the target diameters; or of the products of two (WHO 1979, irRC)", "41 mm",
        "1200 mm²",
    ),
    "scan.change": _key(
        "the change of the sum of the targets in percent, as printed, from baseline or from nadir",
        "-46 %", "+25 % from nadir",
    ),
    "scan.lesions": _key(
        "the targets one by one; two diameters where both are on record",
        {"T1": "23 mm", "N1": "12 mm"}, {"T1": "40 x 30 mm"},
    ),
    "scan.density": _key("mean CT density of the targets (Choi)", "45 HU"),
    "scan.nodule": _key("yes: a new or growing nodule within a tumour (Choi)", "yes"),
    "scan.non-target": _key("non-target lesions: a category or the report's word", "present"),
    "scan.new": _key("the sites of unequivocal new lesions", "none", "liver", ["lung", "bone"]),
    "scan.non-target-increase": _key(
        "yes: non-targets have increased further since the first iUPD", "yes"
    ),
    "scan.equivocal": _key("a possible new lesion, by a name", "E1", "yes"),
    "scan.confirms-equivocal": _key("an equivocal lesion that proved to be new", "E1"),
    "scan.symptomatic": _key("yes: an early scan, made for a new symptom or sign", "yes"),
    "scan.earlier-new": _key("lesions that were new at an earlier scan of the line", "grown"),
    "scan.new-lesion-sizes": _key(
        "sizes of new lesions that are measured as targets (iRECIST, irRC)", {"NL1": "14 mm"}
    ),
    "scan.sul-peak": _key(
        "SULpeak of the hottest lesion, at baseline and later (PERCIST 1.0)", "8.0"
    ),
    "scan.suv": _key("SUV of the tumour region drawn at baseline (EORTC PET)", "10.2"),
    "scan.liver": _key(
        "uptake of the liver: the mean of SUL and its SD (PERCIST 1.0)", "2.0 ± 0.2"
    ),
    "scan.tlg": _key("total lesion glycolysis (PERCIST 1.0)", "120"),
    "scan.at-background": _key(
        "yes: every lesion has the uptake of the tissue around it (PERCIST 1.0, EORTC PET)", "yes"
    ),
    "scan.uptake-extent": _key(
        "whether the uptake has grown in extent, or by how much of its longest dimension "
        "(PERCIST 1.0, EORTC PET)", "larger", "+25 %"
    ),
    "scan.cycles-since-baseline": _key("the cycles given since baseline (EORTC PET)", 1),
    "scan.deauville": _key("the score of five points, 1 to 5, or NE (Lugano PET)", 4),
    "scan.uptake": _key(
        "the uptake against baseline: decreased, unchanged or increased (Lugano PET)", "decreased"
    ),
    "scan.marrow": _key(
        "the marrow: none, reduced, unchanged or new (Lugano CT, Lugano PET)", "none"
    ),
    "scan.spleen": _key("the length of the spleen from top to bottom (Lugano CT)", "150 mm"),
    "scan.clinical": _key(
        "the state of the patient, from the tumour: stable, improved or worse (RANO-BM)", "worse"
    ),
    "scan.corticosteroid": _key(
        "the dose a day, as mg of dexamethasone, or none (RANO-BM)", "4 mg", "none"
    ),
    "scan.called": _key(
        "the response that the authors state", "PR", "CR or PR",
        {"PR": "Abstract", "PD": "Figure 2 legend"}
    ),
    "toxicity.term": _key("the CTCAE term", "platelet count decreased"),
    "toxicity.grade": _key("the CTCAE grade, 1 to 5, or a range", 3, "2-3"),
    "toxicity.ctcae": _key("the version of CTCAE", "5.0"),
    "toxicity.management": _key(
        "what was done about it, or a list", "dose reduced", ["dose held", "prednisone"]
    ),
    "toxicity.line": _key("the line that the report relates it to", 1),
    "toxicity.setting": _key("or the setting of the treatment that it is related to", "adjuvant"),
    "toxicity.drugs": _key("the drugs that the report relates it to", ["capecitabine"]),
    "toxicity.resolved": _key(
        "when it had resolved, in any form of a date; yes if the day is not stated, or no",
        "2021-05", "after line 1 end", "yes", "no",
    ),
    "lab.values": _key("each analyte with its value", {"amylase": "182 IU/L"}),
    "lab.normal": _key("the limit of normal of each analyte", {"amylase": "up to 125 IU/L"}),
    "performance.ecog": _ECOG,
    "performance.karnofsky": _KARNOFSKY,
    "performance.lansky": _LANSKY,
    **{
        f"{kind}.disease-status": _key(
            "whether disease was left at that time", "no evidence of disease", "alive with disease"
        )
        for kind in ("last contact", "lost to follow-up", "withdrawal")
    },
    "death.disease-status": _key(
        "what the patient died of: the disease, its treatment or another cause",
        "died of disease", "died of another cause",
    ),
    "death.cause": _key("the cause of death, or a list", "progression", ["sepsis", "progression"]),
    "report.source": _key("the name of the report, author-year", "example2024"),
    "report.name": _key("the name of the report, if it is not that of the case", "example2024"),
    "report.title": _key("what the report is called"),
    "report.citation": _key("authors, journal, year, volume, pages"),
    "report.doi": _key("the DOI", "10.1000/example"),
    "report.licence": _key("the licence of the report", "CC BY 4.0"),
    "report.received": _key("the date received", "2023-06-13"),
    "report.revised": _key("the date revised", "2023-09-01"),
    "report.accepted": _key("the date accepted", "2023-10-23"),
    "report.published": _key("the date published", "2023-11-09"),
    "report.case": _key("the case file, relative to this one", "../cases/example2024.yaml"),
    "report.note": _key("a remark"),
    "report.claims": _key("every value that it prints, under the places in the report"),
    "claim.unit": _key("the unit, as printed", "months"),
    "claim.line": _key("the line of therapy", 1),
    "claim.criterion": _key("the response criterion", *_SOME_CRITERIA),
    "claim.of": _key("the event of the case, or the endpoint, that it belongs to", "scan 2022-08"),
    "claim.from": _key("the event or the cycle that an interval begins with", "surgery"),
    "claim.to": _key(
        "the event or the cycle that an interval ends with", "scan 2022-01", "cycle 4 of line 2"
    ),
    "claim.about": _key("what it is a figure of, in words", "doxorubicin"),
    "claim.study": _key("the cited study that it is of", "Demetri 2016"),
    "claim.group": _key("which patients: an arm, a subtype, all", "arm A"),
    "claim.among": _key("the partition that a count or percentage belongs to", "sex"),
    "claim.than": _key("the group or study of a comparison", "Demetri 2016"),
    "claim.n": _key("the denominator, as printed", 15, "about 40"),
    "claim.grade": _key("the grade of an adverse event", "level III", "3-4", "any grade"),
    "claim.at": _key("a time", "12 months"),
    "claim.ci": _key("the confidence limits, as printed", "4.1 to 22.3"),
    "claim.level": _key("the level of confidence", "95 %"),
    "claim.p": _key("the p value, as printed", "0.03", "< 0.001"),
    "claim.range": _key("the limits of a range, as printed", "4.1 to 22.3"),
    "claim.sd": _key("the standard deviation, as printed", 3.2),
    "claim.se": _key("the standard error, as printed", 0.4),
    "claim.step": _key("the steps in which each value was recorded; 1: whole numbers", 1),
    "claim.statistic": _key("which statistic it is", "median"),
    "claim.note": _key("a remark; some words qualify the figure", "investigator"),
    "claim.place": _key("the place in the report, if the heading does not state it", "Table 1"),
    "table.table": _key("the kind of table"),
    "table.columns": _key("the headings, in order"),
    "table.rows": _key("each row by its name; rows under one name are parts of one partition"),
}  # fmt: skip
