"""A draft of a made-up report against what a person wrote; and what a draft never does."""

from __future__ import annotations

import re
import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from typer.testing import CliRunner

from tests.bench.draft import DATA
from timeline.cli.app import app
from timeline.exchange.draft import draft_of
from timeline.exchange.draft.entries import TODO
from timeline.files.loader import load_contents
from timeline.report_text import read_report
from timeline.report_text.plain import report_of_text
from timeline.report_text.report_text import LONGEST

REPORT = """\
A made-up report

Received: 3 May 2023

Abstract

The progression-free survival was 5.2 months after second-line therapy.

Case presentation

A 61-year-old woman presented in February 2021. CT on March 3, 2021 showed a mass of 89 × 42 mm.
She underwent hysterectomy on 15 March 2021. First-line gemcitabine 1000 mg/m2 IV on days 1 and 8
with docetaxel 75 mg/m2 on day 8 was given every 3 weeks for six cycles from June to October 2021.
The lesions had shrunk compared with 1 May 2021 on CT of 9 November 2021, a partial response.

Two months later, pazopanib 800 mg was started. No biopsy was done. Grade 3 hypertension occurred in
January 2022. After surgery, radiotherapy of 30 Gy in 10 fractions was given until May 2022.
SBRT was planned. She died on 2 June 2022.

Discussion

The objective response rate of trabectedin was 17.5%.
"""

# The entries of the case, by hand from the text above.
EVENTS = [
    "{TODO: 2021-02}",
    "{scan: 2021-03-03, modality: CT}",
    "{surgery: 2021-03-15, what: hysterectomy}",
    (
        "{treatment: 2021-06/2021-10, line: 1, drugs: [gemcitabine 1000 mg/m² IV days 1 and 8, "
        "docetaxel 75 mg/m² day 8], cycle: 3 weeks, cycles: 6}"
    ),
    "{TODO: 2021-05-01}",
    "{scan: 2021-11-09, modality: CT, target: shrunk, called: PR}",
    "{treatment: TODO, line: TODO, drugs: pazopanib 800 mg}",
    "{toxicity: 2022-01, what: hypertension, grade: 3}",
    "{radiotherapy: TODO/2022-05, dose: 30 Gy, fractions: 10}",
    "{radiotherapy: TODO, planned: yes}",
    "{death: 2022-06-02}",
]
CLAIMS = [
    "{PFS: 5.2, unit: months, line: 2}",
    "{age: 61, unit: years, about: age, of: TODO}",
    "{size: 89 × 42, unit: mm, about: TODO}",
    "{interval: Two, unit: months, from: TODO, to: TODO}",
]
DECIDED = (  # what a person may write, by the key that is open
    (r"(treatment): TODO", r"\1: 2022-01"),
    (r"(radiotherapy|supportive): TODO/(\S*[0-9])", r"\1: 20XX/\2"),
    (r"(radiotherapy|supportive): TODO", r"\1: 20XX"),
    (r"(\{| )TODO: ", r"\1symptom: "),
    (r"(\{diagnosis): TODO", r"\1: 20XX"),
    (r"(drugs): TODO", r"\1: as decided"),
    (r"(line): TODO", r"\1: 2"),
    (r"(grade|called|response|target): TODO", r"\1: SD"),
    (r"(from|to|of): TODO", r"\1: the-patient"),
    (r"(about|diagnosis|title|what|study): TODO", r"\1: as decided"),
    (r"(sex): TODO", r"\1: female"),
    (r"(age): TODO", r"\1: about 60"),
    (r"(new): TODO", r"\1: liver"),
    (r"(\w[\w -]*): TODO", r"\1: 20XX"),
)


def entries(text: str, block: str) -> list[str]:
    """The entries of a block of a draft, each in one line."""
    found = re.search(rf"(?ms)^{block}:\n(.*?)(?=^\w|\Z)", text)
    lines = [line for line in (found[1] if found else "").splitlines() if "#" not in line]
    joined = "\n".join(lines)
    several = re.compile(r"^    - (\w[^\n]*(?:\n      [^\n]*)+)", re.MULTILINE)
    joined = several.sub(lambda e: "    - {" + ", ".join(
        part.strip() for part in e[1].splitlines()) + "}", joined)  # fmt: skip
    return [
        line.removeprefix("    - ") for line in joined.splitlines() if line.startswith("    - ")
    ]


def decided(text: str) -> str:
    """A draft with each TODO filled in."""
    body = "\n".join(re.sub(r"\s*# .*", "", line) for line in text.splitlines()) + "\n"
    for pattern, written in DECIDED:
        body = re.sub(pattern, written, body)
    patient = "  made: \n    - {symptom: 20XX, id: the-patient}\n"
    return body.replace("\nevents:\n", f"\nevents:\n{patient}", 1)


@pytest.fixture
def made():
    return draft_of(report_of_text(REPORT, "report.txt"), "made2023").text


def test_events_of_a_made_up_report(made):
    assert sorted(entries(made, "events")) == sorted(EVENTS)


def test_claims_of_a_made_up_report(made):
    assert entries(made, "claims") == CLAIMS


@pytest.mark.parametrize(
    ("sentence", "entry"),
    [
        ("CT showed that the target lesions had decreased by 46% from baseline.",
         "change: -46 % from baseline}"),
        ("CT showed a 25% increase of the target lesions compared with the nadir.",
         "change: +25 % from nadir}"),
        ("CT showed a reduction in tumor size of 80.5%.", "change: TODO}"),
        ("CT showed 30% necrosis of the lesions.", "modality: CT}"),
        ("CT showed a tumor that grew by 20% and then shrank by 10%.", "target: TODO}"),
        ("CT showed smaller lesions, and CA-125 decreased by 40%.", "modality: CT}"),
        ("CT showed that the SUVmax of the lesions was reduced by 40%.", "modality: CT}"),
    ],
)  # fmt: skip
def test_a_change_in_percent_is_one_of_the_scan(sentence, entry):
    text = f"Case presentation\n\nIn July 2021 {sentence}\n"
    made = draft_of(report_of_text(text, "report.txt"), "made2023").text
    (found,) = entries(made, "events")
    assert found.endswith(entry)
    assert ("change: -80.5 % from baseline or from nadir" in made) == ("80.5" in sentence)


FOLFOX = "leucovorin, fluorouracil, oxaliplatin"  # de Gramont 2000, J Clin Oncol 18:2938
INTERVALS = "[nivolumab every 2 weeks, cisplatin every 6 weeks]"
RECEPTORS = (
    "In May 2018 estrogen and progesterone receptor-positive [3b and 3a], human epidermal growth "
    "factor receptor 2-negative [1+] cancer with a Ki67 of 18 % was found."
)
SENTENCES = [  # why, the sentence, the events without comments
    ("one drug after another",
     "Imatinib was increased to 800 mg, and in April 2007 the treatment was changed to sunitinib.",
     ["{treatment: TODO, line: TODO, drugs: imatinib 800 mg}",
      "{treatment: 2007-04, line: TODO, drugs: sunitinib}"]),
    ("a diagnosis, its date after the tumour",
     "Dedifferentiated liposarcoma was diagnosed on 3 May 2020.",
     ["{diagnosis: 2020-05-03, what: liposarcoma}"]),
    ("its date first", "On 12 April 2021 the diagnosis was made.", ["{diagnosis: 2021-04-12}"]),
    ("its date between the word and the tumour",
     "The patient, diagnosed on April 12, 2021 with liposarcoma, was referred.",
     ["{diagnosis: 2021-04-12, what: liposarcoma}"]),
    ("in a line of its own", "Date of diagnosis: 12 April 2021.", ["{diagnosis: 2021-04-12}"]),
    ("in a clause of its own", "The initial diagnosis, in June 2018, was GIST.",
     ["{diagnosis: 2018-06, what: gist}"]),
    ("a tumour of no list", "A diagnosis of high-grade sarcoma was established on 14 May 2021.",
     ["{diagnosis: 2021-05-14}"]),
    ("found to have it", "In March 2021 she was found to have leiomyosarcoma.",
     ["{diagnosis: 2021-03, what: leiomyosarcoma}"]),
    ("a date that can be two", "Leiomyosarcoma (diagnosed 12/04/2021) was referred.",
     ["{diagnosis: TODO, what: leiomyosarcoma}"]),
    ("another disease", "She had been diagnosed with diabetes in May 2010.", ["{TODO: 2010-05}"]),
    ("a diagnosis that is sought", "In May 2010 the differential diagnosis was wide.",
     ["{TODO: 2010-05}"]),
    ("a start alone, as the report has it", "From 12 April 2021 doxorubicin was given.",
     ["{treatment: 2021-04-12, line: TODO, drugs: doxorubicin}"]),
    ("drugs given together", "In April 2007 doxorubicin and ifosfamide were begun.",
     ["{treatment: 2007-04, line: TODO, drugs: [doxorubicin, ifosfamide]}"]),
    ("an image that guides a biopsy", "CT-guided biopsy was done on May 17, 2012.",
     ["{biopsy: 2012-05-17, what: biopsy}"]),
    ("a negation before a comma", "In May 2012 at no time point, relapse was observed.",
     ["{TODO: 2012-05}"]),
    ("free of recurrence", "In May 2012 he remained free of recurrence.", ["{TODO: 2012-05}"]),
    ("no evidence of recurrence", "In May 2012 he had no evidence of disease recurrence.",
     ["{TODO: 2012-05}"]),
    ("recurrence-free", "In May 2012 he was recurrence-free.", ["{TODO: 2012-05}"]),
    ("free of one symptom, and a recurrence",
     "In May 2012 he was free of pain, and recurrence was found.",
     ["{scan: 2012-05, called: recurrence}"]),
    ("a rate is one of patients", "The prognosis is poor, with high rates of progression.",
     ["{TODO: TODO}"]),
    ("an operation by its name", "In May 2012 he underwent the Whipple procedure.",
     ["{surgery: 2012-05, what: whipple procedure}"]),
    ("a dose without its superscript", "In May 2012 he received interferon 6 × 106 IU.",
     ["{treatment: 2012-05, line: TODO, drugs: interferon}"]),
    ("a regimen by its name", "From May to July 2019 six cycles of mFOLFOX6 were given.",
     [f"{{treatment: 2019-05/2019-07, line: TODO, drugs: [{FOLFOX}], what: mFOLFOX6, cycles: 6}}"]),
    ("two drugs with a date each, after them",
     "He received gemcitabine in July 2021 and regorafenib 160 mg in March 2022.",
     ["{treatment: 2021-07, line: TODO, drugs: gemcitabine}",
      "{treatment: 2022-03, line: TODO, drugs: regorafenib 160 mg}"]),
    ("two drugs with a date each, before them",
     "In July 2021 gemcitabine and in March 2022 regorafenib was given.",
     ["{treatment: 2021-07, line: TODO, drugs: gemcitabine}",
      "{treatment: 2022-03, line: TODO, drugs: regorafenib}"]),
    ("several scans in one phrase", "CT after 3, 7 and 11 courses showed a partial response.",
     [f"{{scan: after cycle {n} of line TODO, line: TODO, modality: CT, called: PR}}"
      for n in (3, 7, 11)]),
    ("a scan after many courses", "CT after 18 courses showed stable disease.",
     ["{scan: after cycle 18 of line TODO, modality: CT, called: SD}"]),
    ("biomarkers", "In May 2020 EGFR L858R, MSI-H, PD-L1 TPS of 60 % and HER2 3+ were found.",
     ["{biomarker: 2020-05, name: EGFR, result: L858R}",
      "{biomarker: 2020-05, name: MSI, result: H}",
      "{biomarker: 2020-05, name: PD-L1, result: TPS 60 %}",
      "{biomarker: 2020-05, name: HER2, result: 3+}"]),
    ("a marker that is negative, and one with its change before it",
     "In May 2020 an L858R EGFR mutation was found; ALK rearrangement was negative.",
     ["{biomarker: 2020-05, name: EGFR, result: L858R}",
      "{biomarker: 2020-05, name: ALK, result: TODO}"]),
    ("a stage", "In May 2020 stage IIIB colon cancer was diagnosed.",
     ["{diagnosis: 2020-05, what: colon cancer, stage: IIIB}"]),
    ("surgery of metastases", "Resection of the liver metastases was done in May 2020.",
     ["{surgery: 2020-05, what: resection of the liver metastases}"]),
    ("metastasectomy", "Pulmonary metastasectomy was done in May 2020.",
     ["{surgery: 2020-05, what: metastasectomy}"]),
    ("a pause and a restart",
     "Lenvatinib was interrupted in April 2022 and was resumed in May 2022.",
     ["{dose held: 2022-04, line: TODO}", "{dose resumed: 2022-05, line: TODO}"]),
    ("a time that counts from surgery, of which there is one",
     "Surgery was done in May 2020. CT 18 months after surgery showed a mass.",
     ["{surgery: 2020-05, what: surgery}", "{scan: 18 months after surgery, modality: CT}"]),
    ("a time that counts from surgery, of which there are two",
     "Surgery was done in May 2020. Resection was done in June 2020. CT 18 months after surgery.",
     ["{surgery: 2020-05, what: surgery}", "{surgery: 2020-06, what: resection}",
      "{scan: TODO, modality: CT}"]),
    ("months around the turn of a year",
     "Radiotherapy was given between October and March 2019.", ["{radiotherapy: 2018-10/2019-03}"]),
    ("the cycles of an earlier treatment",
     "It was stopped after 6 cycles and a maintenance with trastuzumab begun in March 2017.",
     ["{treatment: 2017-03, setting: maintenance, drugs: trastuzumab}"]),
    ("the cycles after a drug", "Nivolumab was given in May 2017 and stopped after two cycles.",
     ["{treatment: 2017-05, line: TODO, drugs: nivolumab, cycles: 2}"]),
    ("the cycles of a treatment that a finding follows",
     "After five cycles of cisplatin, CT showed stable disease.",
     ["{scan: after cycle 5 of line TODO, modality: CT, called: SD}",
      "{treatment: TODO, line: TODO, drugs: cisplatin, cycles: 5}"]),
    ("a list of drugs after a change, some of them given before",
     "In May 2016 tamoxifen and goserelin were switched to exemestane and goserelin in June 2017.",
     ["{treatment: 2016-05, line: TODO, drugs: [tamoxifen, goserelin]}",
      "{treatment: 2017-06, line: TODO, drugs: [exemestane, goserelin]}"]),
    ("a regimen after an earlier one",
     "After six cycles of cisplatin, gemcitabine and docetaxel were started in May 2020.",
     ["{treatment: TODO, line: TODO, drugs: cisplatin, cycles: 6}",
      "{treatment: 2020-05, line: TODO, drugs: [gemcitabine, docetaxel]}"]),
    ("regimens of two lines",
     "After first-line cisplatin, second-line docetaxel was given in May 2020.",
     ["{treatment: TODO, line: 1, drugs: cisplatin}",
      "{treatment: 2020-05, line: 2, drugs: docetaxel}"]),
    ("a drug added to one that is continued", "Everolimus was added to continuing exemestane.",
     ["{treatment: TODO, line: TODO, drugs: [everolimus, exemestane]}"]),
    ("a dose and a route before a drug", "In May 2018 he was given 3 mg/kg, i.v., nivolumab.",
     ["{treatment: 2018-05, line: TODO, drugs: nivolumab 3 mg/kg IV}"]),
    ("a dose after a drug and before another",
     "In May 2018 he was given cisplatin 75 mg/m2, docetaxel 60 mg/m2.",
     ["{treatment: 2018-05, line: TODO, drugs: [cisplatin 75 mg/m², docetaxel 60 mg/m²]}"]),
    ("an interval for each drug",
     "In May 2018 nivolumab every 2 weeks and cisplatin every 6 weeks were given.",
     [f"{{treatment: 2018-05, line: TODO, drugs: {INTERVALS}}}"]),
    ("cycles without a drug", "In May 2018 six cycles of chemotherapy were given.",
     ["{treatment: 2018-05, line: TODO, drugs: TODO, cycles: 6}"]),
    ("a treatment without a drug, in the past",
     "She had pain two years after the completion of adjuvant chemotherapy.",
     ["{treatment: TODO, setting: adjuvant, drugs: TODO}"]),
    ("a treatment that is only a date", "The pain began after chemotherapy.", ["{TODO: TODO}"]),
    ("a treatment that was refused", "In May 2018 he declined adjuvant chemotherapy.",
     ["{treatment refused: 2018-05, what: adjuvant chemotherapy}"]),
    ("a treatment that was refused, in the passive",
     "Adjuvant chemotherapy after the surgery was declined by the patient.",
     ["{treatment refused: TODO, what: adjuvant chemotherapy}"]),
    ("a level that declined", "In May 2018 CA-125 declined after cisplatin.", ["{TODO: 2018-05}"]),
    ("an operation that was not done", "Surgery was not feasible.", ["{TODO: TODO}"]),
    ("an operation that was not done, in May", "In May 2018 resection was not performed.",
     ["{TODO: 2018-05}"]),
    ("a department", "In May 2018 he came to the Department of Surgery and Radiotherapy.",
     ["{TODO: 2018-05}"]),
    ("a margin", "In May 2018 gastrectomy was done (R0).",
     ["{surgery: 2018-05, what: gastrectomy, margin: R0}"]),
    ("a diagnosis", "In January 2016, a 38-year-old woman was diagnosed with breast cancer.",
     ["{diagnosis: 2016-01, what: breast cancer}"]),
    ("a tumour that was diagnosed", "In May 2018 melanoma was diagnosed.",
     ["{diagnosis: 2018-05, what: melanoma}"]),
    ("receptors", RECEPTORS,
     ["{biomarker: 2018-05, name: ER, result: 'positive, 3b and 3a'}",
      "{biomarker: 2018-05, name: PR, result: 'positive, 3b and 3a'}",
      "{biomarker: 2018-05, name: HER2, result: 'negative, 1+'}",
      "{biomarker: 2018-05, name: Ki-67, result: 18 %}"]),
    ("metastases that were found", "In May 2018 he developed liver and lung metastases.",
     ["{metastasis: 2018-05, site: [liver, lung]}"]),
    ("metastases that are treated", "In May 2018 he came for the treatment of liver metastases.",
     ["{TODO: 2018-05}"]),
    ("metastases that have shrunk", "In May 2018 CT showed that liver metastases had shrunk.",
     ["{scan: 2018-05, modality: CT, target: shrunk}"]),
    ("parts of TNM apart", "In May 2018 it was cancer (pT3, L1, V0, pN2a, pM1).",
     ["{diagnosis: 2018-05, stage: pT3 pN2a pM1}"]),
    ("a toxicity without a grade, after an exception",
     "In May 2018 nivolumab had no toxicity apart from transient hyperthyroidism.",
     ["{treatment: 2018-05, line: TODO, drugs: nivolumab}",
      "{toxicity: 2018-05, what: hyperthyroidism}"]),
    ("a symptom before any treatment", "In May 2018 he presented with diarrhea.",
     ["{symptom: 2018-05, what: diarrhea}"]),
    ("each response with its own date",
     "Stable disease was observed in August 2016 with a complete response achieved in May 2017.",
     ["{scan: 2016-08, called: SD}", "{scan: 2017-05, called: CR}"]),
    ("a finding after cycles", "After 12 cycles of nivolumab, the metastases had disappeared.",
     ["{scan: after cycle 12 of line TODO, target: absent}",
      "{treatment: TODO, line: TODO, drugs: nivolumab, cycles: 12}"]),
    ("an objective response", "In May 2018 CT showed an objective response.",
     ["{scan: 2018-05, modality: CT, called: CR or PR}"]),
    ("treatment that is postponed", "Nivolumab was postponed in May 2018.",
     ["{dose held: 2018-05, line: TODO}"]),
    ("a drug that a tumour resists", "In May 2018 it was a cisplatin-resistant cancer.",
     ["{TODO: 2018-05}"]),
    ("a death after a negation", "It was not maintained and the patient died in May 2018.",
     ["{death: 2018-05}"]),
    ("something else that was resumed", "In May 2018 hemodialysis was resumed.",
     ["{TODO: 2018-05}"]),
    ("a date of a later clause",
     "A man was diagnosed with renal cancer, who underwent nephrectomy in May 2018.",
     ["{diagnosis: TODO, what: renal cancer}", "{surgery: 2018-05, what: nephrectomy}"]),
    ("an operation that no list has", "In May 2018 nephro-ureterectomy was done.",
     ["{surgery: 2018-05, what: nephro-ureterectomy}"]),
    ("a date after the treatment that followed",
     "Three cycles of adjuvant AI chemotherapy were given, and then radiotherapy until May 2019.",
     ["{treatment: TODO, setting: adjuvant, drugs: TODO, cycles: 3}",
      "{radiotherapy: TODO/2019-05}"]),
]  # fmt: skip


@pytest.mark.parametrize(("sentence", "events"), [each[1:] for each in SENTENCES],
                         ids=[each[0] for each in SENTENCES])  # fmt: skip
def test_what_a_sentence_gives(sentence, events):
    text = f"Case presentation\n\n{sentence}\n"
    assert entries(draft_of(report_of_text(text), "made2023").text, "events") == events


@pytest.mark.parametrize(("sentence", "doubt"), [
    ("In 2006 gemcitabine was given to patients by Smith et al.", "it may be another patient"),
    ("In May 2012 complete remission of the primary was seen.", "the response of one lesion"),
])  # fmt: skip
def test_an_entry_in_doubt_has_low_confidence(sentence, doubt):
    made = draft_of(report_of_text(f"Case presentation\n\n{sentence}\n"), "made2023").text
    (line,) = (each for each in made.splitlines() if doubt in each)
    assert "confidence low" in line


def _made(text: str, **options: bool) -> str:
    return draft_of(report_of_text(text), "made2023", **options).text


@pytest.mark.parametrize(("sentence", "claim"), [
    ("The tumor volume increased by 23.6%.", "{percent: 23.6, about: increase of tumor volume}"),
    ("The CEA fell, and the lesions by 23.6%.", "{percent: 23.6, about: TODO}"),
    ("Relapse came two and a half years later.",
     "{interval: 2.5, unit: years, from: TODO, to: TODO}"),
    ("He had a Ki-67 index of 18%.", "{percent: 18, about: Ki-67}"),
])  # fmt: skip
def test_what_a_claim_is_of(sentence, claim):
    assert entries(_made(f"Case presentation\n\n{sentence}\n"), "claims") == [claim]


def test_the_background_of_an_abstract_is_of_other_patients():
    text = (
        "Abstract\n\nBackground\n\nProgressive disease is seen in 40% after cisplatin.\n\n"
        "Case presentation\n\nIn May 2018 he received nivolumab.\n"
    )
    made = _made(text)
    assert entries(made, "events") == ["{treatment: 2018-05, line: TODO, drugs: nivolumab}"]
    assert entries(made, "claims") == []
    assert "{percent: 40, about: TODO}" in entries(_made(text, every=True), "claims")


def test_an_abstract_is_of_the_patient_from_the_first_mention_on():
    made = _made(
        "Abstract\n\nAfter cisplatin a complete response is rare. We report a case of cancer. "
        "In May 2018 nivolumab was given.\n"
    )
    assert entries(made, "events") == ["{treatment: 2018-05, line: TODO, drugs: nivolumab}"]


def test_an_abstract_that_names_no_patient_is_drafted_from_its_beginning():
    made = _made("Abstract\n\nAfter cisplatin a complete response was seen in May 2018.\n")
    assert "{scan: 2018-05, called: CR}" in entries(made, "events")


def test_the_diagnosis_is_suggested_in_the_words_of_the_report():
    made = _made("Case presentation\n\nHe had melanoma. Nodular melanoma is a skin cancer.\n")
    assert "# mentioned most often (3 times): melanoma\n" in made


@pytest.mark.parametrize(("text", "licence"), [
    ("under the licence CC BY 4.0.", "CC BY 4.0"), ("(CC-BY-NC-ND 3.0)", "CC BY-NC-ND 3.0"),
    ("a CC BY licence", "CC BY"),
])  # fmt: skip
def test_the_licence_of_a_report(text, licence):
    assert f"  licence: {licence}  # offset" in _made(f"A case\n\nOpen access {text}\n")


def test_a_treatment_without_a_drug_is_left_out_where_another_one_names_it():
    made = _made(
        "Case presentation\n\nIn May 2018 he received adjuvant cisplatin. "
        "He had pain after the completion of adjuvant chemotherapy. "
        "Chemotherapy was given.\n"
    )
    assert entries(made, "events") == ["{treatment: 2018-05, setting: adjuvant, drugs: cisplatin}"]


def test_an_interval_counts_from_the_only_surgery():
    text = "Surgery was done in May 2020. CT 18 months after surgery showed a mass."
    made = draft_of(report_of_text(f"Case presentation\n\n{text}\n"), "made2023").text
    assert entries(made, "claims") == ["{interval: 18, unit: months, from: surgery, to: TODO}"]


def test_the_age_of_a_relative_is_not_that_of_the_patient():
    text = (
        "Case presentation\n\nA man, aged 61 years, was seen. His father died at 66 years of age.\n"
    )
    made = draft_of(report_of_text(text), "made2023").text
    assert "age: 61" in made
    assert "age: 66" not in made


def test_claims_of_the_discussion_are_of_a_study_that_a_person_names():
    made = draft_of(report_of_text(REPORT), "made2023", every=True).text
    assert "{percent: 17.5, about: ORR, study: TODO}" in entries(made, "claims")


def test_patient_and_dates_of_the_journal(made):
    assert re.search(r"sex: female  # offset \d+-\d+, confidence medium", made)
    assert re.search(r"age: 61  # offset \d+-\d+, confidence high", made)
    assert re.search(r"received: 2023-05-03  # offset", made)


def test_every_entry_has_its_place_and_its_confidence(made):
    lines = made[made.index("\nevents:") :].splitlines()
    for number, line in enumerate(lines):
        if line.startswith("    - "):
            assert re.match(
                r"    # offset \d+-\d+.*, confidence (high|medium|low)", lines[number - 1]
            )


def test_offsets_are_those_of_the_words(made):
    surgery = re.search(r"# offset (\d+)-(\d+), (\d+)-(\d+), .*\n    - \{surgery", made)
    one, two, three, four = map(int, surgery.groups())
    assert (REPORT[one:two], REPORT[three:four]) == ("hysterectomy", "15 March 2021")


def test_a_draft_is_refused_until_it_is_decided_and_then_loads(tmp_path, made):
    path = tmp_path / "made2023.yaml"
    path.write_text(made, "utf-8")
    _, problems = load_contents(path)
    assert problems
    assert all(each.what.startswith("not decided yet: ") for each in problems)
    assert len(problems) == made.count(TODO) - 1  # one in a comment
    path.write_text(decided(made), "utf-8")
    found, problems = load_contents(path)
    assert not problems, problems
    assert len(found.content.events) == len(EVENTS) + 1
    assert len(found.report.claims) == len(CLAIMS)


@pytest.mark.parametrize(
    ("name", "study"),
    [("liu2019", False), ("he2022", False), ("tanaka2019", True), ("omc2018", True)],
)
@pytest.mark.parametrize("every", [False, True])
def test_drafts_of_public_abstracts_load_when_decided(tmp_path, name, study, every):
    report = read_report(DATA / f"{name}.txt")
    made = draft_of(report, name, every=every, study=study)
    path = tmp_path / f"{name}.yaml"
    path.write_text(decided(made.text), "utf-8")
    found, problems = load_contents(path)
    assert not problems, problems
    assert found.content is not None
    assert made.claims


@pytest.mark.parametrize("name", sorted(path.stem for path in DATA.glob("*.txt")))
def test_no_sentence_of_a_report_is_in_its_draft(name):
    text = (DATA / f"{name}.txt").read_text("utf-8")
    made = draft_of(report_of_text(text), name, every=True).text
    words = " ".join(text.split()).split(" ")
    longest = [" ".join(words[at : at + 8]) for at in range(len(words) - 7)]
    plain = " ".join(made.split())
    assert not [each for each in longest if each in plain]


WORDS = st.sampled_from(
    ["CT", "PR", "died", "gemcitabine", "75 mg/m2", "on", "March 2021", "30 February 2020", "every",
     "3 weeks", "17 %", "surgery", "until", "no", "first-line", "grade 3", "nausea", "03/04/2020",
     "10 Gy", "5 cm", "age 61", ". The", "\n\n", "Case report\n", "PFS was", "to", "#", ": {", "'",
     "SBRT", "for 6 cycles", "AUC 5", "new lesions", "about 80 to 20 %", "two and a half years",
     "half a year"]
)  # fmt: skip


@given(st.lists(WORDS, max_size=30))
def test_any_report_gives_a_file_whose_only_faults_are_decisions(tmp_path_factory, words):
    made = draft_of(report_of_text("Case report\n\n" + " ".join(words)), "any")
    path = tmp_path_factory.mktemp("draft") / "any.yaml"
    path.write_text(made.text, "utf-8")
    _, problems = load_contents(path)
    assert not [each for each in problems if not each.what.startswith("not decided yet: ")]


def run(*words):
    return CliRunner().invoke(app, ["draft", *map(str, words)])


def test_the_command_writes_the_draft_and_the_text_of_its_offsets(tmp_path):
    (tmp_path / "report.txt").write_text(REPORT, "utf-8")
    out, text = tmp_path / "made2023.yaml", tmp_path / "text.txt"
    done = run(tmp_path / "report.txt", "-o", out, "--text", text)
    assert done.exit_code == 0, done.output
    assert text.read_text("utf-8") == REPORT
    assert out.read_text("utf-8").splitlines()[4] == "case: made2023"
    assert "11 events, 4 claims" in done.output


@pytest.mark.parametrize(
    ("content", "message"),
    [
        pytest.param(b"<article><p>x</q></article>", "1:16: not well-formed XML", id="place"),
        pytest.param(b"%PDF-1.7", "report.txt: a PDF", id="a broken PDF"),
        pytest.param(b"", "report.txt: no text", id="empty"),
    ],
)
def test_a_file_that_cannot_be_read_is_a_message(tmp_path, content, message):
    (tmp_path / "report.txt").write_bytes(content)
    done = run(tmp_path / "report.txt", "-o", tmp_path / "out.yaml")
    assert done.exit_code == 2
    assert message in done.output
    assert not (tmp_path / "out.yaml").exists()


def test_the_report_is_not_overwritten(tmp_path):
    path = tmp_path / "report.txt"
    path.write_text(REPORT, "utf-8")
    assert run(path, "-o", path).exit_code == 2
    assert path.read_text("utf-8") == REPORT
    assert Path(path).exists()


def test_an_edited_draft_is_replaced_only_on_request(tmp_path):
    (tmp_path / "report.txt").write_text(REPORT, "utf-8")
    out = tmp_path / "made2023.yaml"
    first, again = (run(tmp_path / "report.txt", "-o", out) for _ in range(2))
    assert (first.exit_code, again.exit_code) == (0, 0)  # what is there already is the same
    out.write_text("case: edited\n", "utf-8")
    refused = run(tmp_path / "report.txt", "-o", out)
    assert refused.exit_code == 2
    assert "add --overwrite" in " ".join(refused.output.split())
    assert out.read_text("utf-8") == "case: edited\n"
    assert run(tmp_path / "report.txt", "-o", out, "--overwrite").exit_code == 0
    assert "case: made2023" in out.read_text("utf-8")


@pytest.mark.parametrize(
    "piece", ["CT May 2019 ", "PFS 5 months ", "gemcitabine 5 mg, ", "x. Y\n\n"]
)
def test_a_report_of_the_greatest_length_takes_bounded_time(piece):
    """A twentieth of the length: the time must not grow with its square."""
    text = "Case report\n\n" + piece * (LONGEST // 20 // len(piece))
    begun = time.perf_counter()
    draft_of(report_of_text(text), "long")
    assert time.perf_counter() - begun < 60


def test_the_dates_of_a_review_are_no_events():
    """Cureus prints when the review of a manuscript began and ended; a report has no such key."""
    text = "A case\n\nReceived 10/23/2016. Review began 10/28/2016. Review ended 01/22/2017.\n"
    made = draft_of(report_of_text(text), "made2023").text
    assert "received: 2016-10-23" in made
    assert "2016-10-28" not in made
    assert "2017-01-22" not in made


NOTES = """\
Summary

Age 58 years, female.

Management and course

In March 2021 she was diagnosed with colon cancer and treated with FOLFOX. FOLFOX was started in
April 2021. Hypothyroidism (grade 2) occurred in January 2022 and resolved in April 2022.
"""


def test_notes_with_headings_of_their_own():
    """The heading leads the course; a date of the diagnosis is a guess of that of its therapy."""
    found = draft_of(report_of_text(NOTES, "notes.txt"), "notes").text
    assert "  age: 58  #" in found
    guess, sure = re.findall(r"# (.*)\n    - treatment: (.*)\n", found)
    assert (guess[1], "a guess: its sentence dates the diagnosis" in guess[0]) == ("2021-03", True)
    assert (sure[1], "guess" in sure[0]) == ("2021-04", False)
    assert "{toxicity: 2022-01, what: hypothyroidism, resolved: 2022-04, grade: 2}" in found
