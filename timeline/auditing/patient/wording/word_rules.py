"""Rules of words: sides, names, ordinals, panels, planned and done."""

from __future__ import annotations

from timeline.auditing.patient.wording.ordinals import judge_ordinal, look_at_numbering
from timeline.auditing.patient.wording.panels import look_at_panels
from timeline.auditing.patient.wording.topics import SIDES, STATUS, TUMOURS, look_at_drugs
from timeline.auditing.repeated_figures import topic_look
from timeline.auditing.rule import Evidence, Rule, Severity, each
from timeline.auditing.verdict import Verdict

_CATALOGUE = "case catalogue: abstract, text, legends, tables must say the same"

_ordinals = each(("ordinal",), judge_ordinal)


def _lines(evidence: Evidence) -> tuple[Verdict, ...]:
    return (*_ordinals(evidence), *look_at_numbering(evidence))


WORD_RULES = (
    Rule(
        id="C11",
        reproduces=True,
        checks="the ordinal of a line in words against the regimens begun, its number against the "
        "count by rule",
        formula="the ordinal is the number of lines begun; where counting a drug added, or "
        "treatment with curative intent, would move it, both are said; possible where the rules "
        "count a regimen otherwise than its number",
        severity=Severity.ERROR,
        source="Saini and Twelves 2021, Br J Cancer 125:155, doi:10.1038/s41416-021-01319-8",
        example_fail="eribulin called second-line in a legend, the third regimen begun",
        example_ok="anlotinib called first-line, nothing given before it for metastases",
        look=_lines,
        supersedes=("C26",),
    ),
    Rule(
        id="C16",
        checks="the side of an organ is one side throughout",
        formula="the sides printed of one thing are one",
        severity=Severity.ERROR,
        source=_CATALOGUE,
        example_fail="a tumour of the right femur that is on the left in the pathology",
        example_ok="right in the text, right in the legend",
        look=topic_look(SIDES),
        yields=True,
    ),
    Rule(
        id="C17",
        checks="one drug has one name; what the other name is",
        formula="the names are spellings of one drug of the list, else the nearest name and kind",
        severity=Severity.ERROR,
        source="INN names; " + _CATALOGUE,
        example_fail="penpulimab called clopidogrel, which is an antiplatelet",
        example_ok="doxorubicin and adriamycin",
        look=look_at_drugs,
        yields=True,
    ),
    Rule(
        id="C20",
        checks="the panels that the text cites against the legend; overlaps and gaps of a legend",
        formula="the same letters for the same event; no letter twice; none left out",
        severity=Severity.WARNING,
        source=_CATALOGUE,
        example_fail="panels A to E in the text, A to F in the legend, where F to J follow",
        example_ok="panels A to C in text and legend, D to F after them",
        look=look_at_panels,
        supersedes=("C26",),
    ),
    Rule(
        id="C21",
        checks="what is planned in one place is not done in another",
        formula="planned, done and refused are three things",
        severity=Severity.ERROR,
        source=_CATALOGUE,
        example_fail="radiotherapy planned in the case, received in the discussion",
        example_ok="received in both",
        look=topic_look(STATUS),
        yields=True,
    ),
    Rule(
        id="C36",
        checks="the tumour type is one throughout, legends included",
        formula="the words for the tumour are the same; possible where one says less",
        severity=Severity.ERROR,
        source=_CATALOGUE,
        example_fail="lymphoma in the legend of a leiomyosarcoma",
        example_ok="well-differentiated liposarcoma and liposarcoma",
        look=topic_look(TUMOURS),
        yields=True,
    ),
)
