"""Bundles of FHIR: checked by a validator of R4, and bundles of others."""

from __future__ import annotations

import json

import pytest
import yaml

from tests.formats.round_trip import CASES, exported, imported, not_within
from tests.rows import every_row
from timeline.exchange.yaml_writer import plain_node
from timeline.files.loader import load
from timeline.formats import import_cases

CASE = """
case: p1
patient: {sex: female, age: 61, diagnosis: leiomyosarcoma, site: uterus}
lesions: {T1: {organ: liver}, N1: {organ: axilla, node: yes}}
events:
  - {diagnosis: 2021-03, what: leiomyosarcoma grade 2}
  - {surgery: 2021-03-15, what: hysterectomy, site: uterus, margin: R0}
  - {metastasis: 2021-06~, site: liver}
  - {scan: 2022-01-10, baseline: 1, modality: CT, lesions: {T1: 40 x 22 mm, N1: 16 mm}}
  - {treatment: 2022-02-01/2022-08-30, line: 1,
     drugs: [doxorubicin 75 mg/m² day 1, ifosfamide], stop: toxicity}
  - {radiotherapy: 2022-09-01/2022-09-14, dose: 30 Gy, fractions: 10, site: liver, setting: local}
  - {lab: 2022-03-02, values: {LDH: 280 U/L, albumin: 41 g/L}}
  - {performance: 2022-03-02, ecog: 1}
  - {scan: 2022-08-25, lesions: {T1: 60 mm}, called: PD}
  - {progression: 2022-08-28, what: clinical}
  - {toxicity: after line 1 start, term: Fatigue, grade: 3, line: 1}
  - {treatment: "[2022-10..2023-01]/..", line: 2, drugs: pazopanib}
  - {biomarker: 2022-11, name: PD-L1, result: 5 %}
  - {surgery: 2024, what: second look, planned: yes}
  - {death: 2023-06, cause: tumour progression}
"""


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    folder = tmp_path_factory.mktemp("fhir")
    (folder / "p1.yaml").write_text(CASE)
    exported([folder / "p1.yaml"], "fhir", folder / "p1.json")
    return folder / "p1.json"


def resources(path):
    return {each["resource"]["id"]: each["resource"]
            for each in json.loads(path.read_text())["entry"]}  # fmt: skip


def test_a_validator_of_r4_finds_nothing(made, tmp_path):
    fhirkit = pytest.importorskip("fhirkit", reason="fhirkit-rs is not installed")
    assert [str(each.message) for each in fhirkit.validate(made.read_text())] == []
    broken = json.loads(made.read_text())
    (condition, *_) = (each["resource"] for each in broken["entry"]
                       if each["resource"]["resourceType"] == "Condition")  # fmt: skip
    del condition["subject"]
    assert [each.severity for each in fhirkit.validate(broken)] == ["error"]
    out = tmp_path / "three.json"
    exported(CASES, "fhir", out)
    assert [str(each.message) for each in fhirkit.validate(out.read_text())] == []


@every_row(
    ("ref", "expected"),
    [
        ("patient", {"gender": "female", "deceasedDateTime": "2023-06"}),
        ("diagnosis-1", {"onsetDateTime": "2021-03", "code": {"text": "leiomyosarcoma grade 2"}}),
        ("surgery-2", {"performedDateTime": "2021-03-15", "status": "completed",
                       "bodySite": [{"text": "uterus"}]}),
        ("treatment-5", {"status": "stopped", "statusReason": [{"text": "toxicity"}],
                         "effectivePeriod": {"start": "2022-02-01", "end": "2022-08-30"},
                         "medicationCodeableConcept": {"text": "doxorubicin"},
                         "note": [{"text": "line 1"}],
                         "dosage": {"text": "75 mg/m²", "dose": {"value": 75, "unit": "mg/m²"}}}),
        ("treatment-5-drug-2", {"medicationCodeableConcept": {"text": "ifosfamide"}}),
        ("treatment-12", {"status": "in-progress"}),
        ("performance-8", {"valueInteger": 1}),
        ("progression-10", {"effectiveDateTime": "2022-08-28"}),
        ("toxicity-11", {"event": {"text": "Fatigue, grade 3"}, "actuality": "actual"}),
        ("biomarker-13", {"valueString": "5 %", "effectiveDateTime": "2022-11"}),
        ("scan-9", {"valueString": "PD"}),
        ("lab-7-value-1", {"valueQuantity": {"value": 280, "unit": "U/L"}}),
        ("lesion-T1", {"location": {"text": "liver"}}),
        ("death-15", {"valueString": "tumour progression"}),
    ],
)  # fmt: skip
def test_what_a_reader_of_fhir_sees(ref, expected, made):
    found = resources(made)[ref]
    assert {key: found.get(key) for key in expected} == expected


def test_sizes_doses_and_dates_that_fhir_cannot_say(made):
    found = resources(made)
    sizes = [part["valueQuantity"]["value"] for part in found["scan-4-size-1"]["component"]]
    assert sizes == [40, 22]
    node = found["scan-4-size-2"]  # one size of a node is its short axis: no longest diameter
    assert (node["code"]["text"], node["valueQuantity"]["value"]) == ("short axis of the node", 16)
    assert "meta" not in node
    _, dose = found["radiotherapy-6"]["extension"]
    assert [part.get("valueQuantity", {}).get("value") for part in dose["extension"]] == [
        None, 3000, None]  # cGy  # fmt: skip
    assert "effectiveDateTime" not in found["toxicity-11"]
    assert "date" not in found["toxicity-11"]
    absent, written = found["toxicity-11"]["_date"]["extension"]
    assert absent["valueCode"] == "unknown"
    assert written["extension"][0]["valueString"] == "after line 1 start"
    assert not any("surgery-14" in ref for ref in found)


def test_no_code_is_made_up(made):
    """The only codes are those that a profile of mCODE or R4 fixes."""
    fixed = {"387713003", "108290001", "1217123003", "21889-1", "33728-7", "33729-5", "367651003",
             "97509-4", "271299001", "89247-1", "BodyStructure", "laboratory", "imaging", "survey",
             "problem-list-item"}  # fmt: skip
    found = set()

    def walk(value):
        if isinstance(value, dict):
            found.update(each["code"] for each in value.get("coding", ()))
            list(map(walk, value.values()))
        elif isinstance(value, list):
            list(map(walk, value))

    walk(json.loads(made.read_text()))
    assert found == fixed


def test_a_case_comes_back_without_the_list(made):
    own = load(made.with_suffix(".yaml"))[0]
    again = imported(made, "fhir", with_list=False).cases["p1"]
    assert not_within(own, again) == []
    assert (again.patient, again.lesions) == (own.patient, own.lesions)
    assert again.events == tuple(each for each in own.events if not each.planned)


def test_a_date_that_was_corrected_elsewhere_is_taken(made, tmp_path):
    """The extension keeps how a date was written only as long as the element says the same."""
    text = made.read_text().replace('"onsetDateTime": "2021",', '"onsetDateTime": "2021-11-30",')
    path = tmp_path / "corrected.json"
    path.write_text(text)
    again = imported(path, "fhir", with_list=False).texts["p1"]
    assert "metastasis: 2021-11-30" in again
    assert "2021-06~" not in again


SNOMED, LOINC = "http://snomed.info/sct", "http://loinc.org"
RXNORM = "http://www.nlm.nih.gov/research/umls/rxnorm"
MCODE = "http://hl7.org/fhir/us/mcode/StructureDefinition/mcode-"
COURSE = {"coding": [{"system": SNOMED, "code": "1217123003"}]}
PATIENT = {"reference": "Patient/jenny-m"}
CURATIVE = [{"url": f"{MCODE}treatment-intent", "valueCodeableConcept": {"coding": [
    {"system": SNOMED, "code": "373808002"}]}}]  # fmt: skip


def concept(system, code, display):
    return {"coding": [{"system": system, "code": code, "display": display}]}


def ordered(drug, code, start, text):
    return {
        "resourceType": "MedicationRequest", "id": f"request-{drug.lower()}", "status": "active",
        "intent": "order", "extension": CURATIVE, "subject": PATIENT, "authoredOn": "2018-04-12",
        "medicationCodeableConcept": concept(RXNORM, code, drug),
        "dosageInstruction": [{"text": text, "timing": {"repeat": {"boundsPeriod": {
            "start": start}}}}],
    }  # fmt: skip


# After the extended example of the implementation guide mCODE (Jenny M; CC0-1.0), shortened.
JENNY = {"resourceType": "Bundle", "type": "collection", "entry": [{"resource": each} for each in (
    {"resourceType": "Patient", "id": "jenny-m", "gender": "female", "birthDate": "1965-01-01",
     "name": [{"family": "M", "given": ["Jenny"]}]},
    {"resourceType": "Procedure", "id": "biopsy", "status": "completed", "subject": PATIENT,
     "code": concept(SNOMED, "723990008",
                     "Biopsy of breast using ultrasonographic guidance (procedure)"),
     "performedDateTime": "2018-03-06",
     "bodySite": [concept(SNOMED, "80248007", "Left breast structure (body structure)")]},
    {"resourceType": "Condition", "id": "c", "subject": PATIENT, "onsetDateTime": "2018-03-16",
     "meta": {"profile": [f"{MCODE}primary-cancer-condition"]},
     "code": concept(SNOMED, "353431000119107",
                     "Primary malignant neoplasm of female left breast (disorder)")},
    {"resourceType": "Condition", "id": "anxiety", "subject": PATIENT,
     "onsetDateTime": "2005-01-01", "code": concept(SNOMED, "48694002", "Anxiety (finding)")},
    {"resourceType": "Observation", "id": "ecog", "status": "final", "subject": PATIENT,
     "code": concept(LOINC, "89247-1", "ECOG Performance Status score"), "valueInteger": 0,
     "effectiveDateTime": "2018-04-12"},
    {"resourceType": "Observation", "id": "her2", "status": "final", "subject": PATIENT,
     "meta": {"profile": [f"{MCODE}tumor-marker-test"]},
     "code": concept(LOINC, "48676-1", "HER2 [Interpretation] in Tissue"),
     "effectiveDateTime": "2018-03-10",
     "valueCodeableConcept": concept(LOINC, "LA6577-6", "Negative")},
    {"resourceType": "Observation", "id": "neutrophils", "status": "final", "subject": PATIENT,
     "category": [concept("http://terminology.hl7.org/CodeSystem/observation-category",
                          "laboratory", "Laboratory")],
     "code": concept(LOINC, "26499-4", "Neutrophils [#/volume] in Blood"),
     "effectiveDateTime": "2018-05-20T00:00:00Z",
     "valueQuantity": {"value": 3000, "unit": "10*3/uL"}},
    {"resourceType": "Procedure", "id": "mastectomy", "status": "completed", "subject": PATIENT,
     "meta": {"profile": [f"{MCODE}cancer-related-surgical-procedure"]},
     "code": concept(SNOMED, "64368001", "Partial mastectomy (procedure)"),
     "performedDateTime": "2018-04-01"},
    ordered("DOXOrubicin", "3639", "2018-04-01", "doxorubicin (60 mg/m² IV)"),
    ordered("cyclophosphamide", "3002", "2018-04-01", "cyclophosphamide (600 mg/m² IV), 932.59mg"),
    {"resourceType": "MedicationAdministration", "id": "given", "status": "completed",
     "subject": PATIENT, "request": {"reference": "MedicationRequest/request-doxorubicin"},
     "medicationCodeableConcept": concept(RXNORM, "1790099",
                                          "doxorubicin hydrochloride 20 MG per 10 ML Injection"),
     "effectiveDateTime": "2018-04-22"},
    {"resourceType": "Procedure", "id": "radiotherapy", "status": "completed", "subject": PATIENT,
     "category": concept(SNOMED, "108290001", "Radiation oncology AND/OR radiotherapy"),
     "code": concept(SNOMED, "1217123003", "Radiotherapy course of treatment"),
     "performedPeriod": {"start": "2018-08-15", "end": "2018-10-25"},
     "extension": [{"url": f"{MCODE}radiotherapy-dose-delivered-to-volume", "extension": [
         {"url": "totalDoseDelivered", "valueQuantity": {"value": 6000, "code": "cGy"}},
         {"url": "fractionsDelivered", "valueUnsignedInt": 30}]}]},
    {"resourceType": "Observation", "id": "status", "status": "final", "subject": PATIENT,
     "code": concept(LOINC, "97509-4", "Cancer Disease Progression"),
     "effectiveDateTime": "2018-11-01",
     "valueCodeableConcept": concept(SNOMED, "268910001",
                                     "Patient's condition improved (finding)")},
    {"resourceType": "FamilyMemberHistory", "id": "aunt", "status": "completed",
     "patient": PATIENT},
    {"resourceType": "Observation", "id": "wrong", "status": "entered-in-error",
     "subject": PATIENT, "code": {"text": "ECOG"}},
)]}  # fmt: skip


@pytest.fixture(scope="module")
def jenny(tmp_path_factory):
    path = tmp_path_factory.mktemp("jenny") / "jenny.json"
    path.write_text(json.dumps(JENNY))
    return imported(path, "fhir")


@every_row(
    ("kind", "date", "expected"),
    [
        ("biopsy", "2018-03-06", {"what": "Biopsy of breast using ultrasonographic guidance",
                                  "site": "Left breast structure"}),
        ("diagnosis", "2018-03-16", {"what": "Primary malignant neoplasm of female left breast",
                                     "note": "SNOMED CT 353431000119107"}),
        ("symptom", "2005-01-01", {"what": "Anxiety"}),
        ("performance", "2018-04-12", {"ecog": 0}),
        ("biomarker", "2018-03-10", {"name": "HER2 [Interpretation] in Tissue",
                                     "result": "Negative"}),
        ("lab", "2018-05-20", {"values": {"Neutrophils [#/volume] in Blood": "3000 10*3/uL"}}),
        ("surgery", "2018-04-01", {"what": "Partial mastectomy"}),
        # what was given counts, not what was ordered
        ("treatment", "2018-04-22/", {"drugs": ["DOXOrubicin"], "setting": "curative",
                                      "note": "RxNorm 3639; doxorubicin (60 mg/m² IV)"}),
        # of this one there is only the order; a dose in a text is no dose of the drug
        ("treatment", "2018-04-01/", {
            "drugs": ["cyclophosphamide"], "setting": "curative",
            "note": "RxNorm 3002; ordered; no administration is in the bundle; "
                    "cyclophosphamide (600 mg/m² IV), 932.59mg"}),
        ("radiotherapy", "2018-08-15/2018-10-25", {"dose": "60 Gy", "fractions": 30}),
        # improvement is no response by a criterion
        ("visit", "2018-11-01", {"what": "disease status: Patient's condition improved",
                                 "note": "LOINC 97509-4; SNOMED CT 268910001"}),
    ],
)  # fmt: skip
def test_the_example_of_the_guide_is_read(kind, date, expected, jenny):
    case = plain_node(yaml.compose(jenny.texts["jenny-m"], Loader=yaml.SafeLoader))
    assert case["patient"] == {"sex": "female"}
    assert len(case["events"]) == 11
    (found,) = (each for each in case["events"] if each.get(kind) == date)
    texts = {key: str(value) if isinstance(value, int) else value
             for key, value in expected.items()}  # fmt: skip
    assert {key: found.get(key) for key in expected} == texts


def test_what_is_not_read_is_named_and_nothing_that_identifies(jenny):
    left = {(row.what, row.became) for row in jenny.unread}
    assert ("FamilyMemberHistory", "nothing: no event of the patient") in left
    assert ("Patient.birthDate", "nothing: it identifies a person") in left
    assert ("Observation", "nothing: its status is entered-in-error") in left
    assert ("Condition", "symptom, by its words") in left
    shown = " ".join((*jenny.texts.values(), *(row.example for row in jenny.unread)))
    assert "1965" not in shown
    assert "Jenny" not in shown


GIVEN = {"resourceType": "MedicationAdministration", "status": "completed",
         "medicationCodeableConcept": {"text": "pembrolizumab"}}  # fmt: skip


def bundle(*resources):
    own = {"resourceType": "Patient", "id": "a"}
    return json.dumps({"resourceType": "Bundle", "type": "collection",
                       "entry": [{"resource": each} for each in (own, *resources)]})  # fmt: skip


def test_doses_of_one_drug_are_one_treatment_that_ended_on_the_last_or_later(tmp_path):
    days = ("2022-03-22", "2022-03-01", "2022-04-12")
    path = tmp_path / "x.json"
    path.write_text(bundle(*({**GIVEN, "effectiveDateTime": day} for day in days)))
    text = imported(path, "fhir").texts["a"]
    assert "treatment: 2022-03-01/[2022-04-12..]" in text
    assert "3 administrations, the last recorded on 2022-04-12" in text
    assert "line: 1" in text


def test_a_lesion_that_is_followed_is_measured_by_scans(tmp_path):
    tumor = {"resourceType": "BodyStructure", "id": "t", "identifier": [{"value": "T1"}],
             "location": {"text": "liver"}, "patient": {"reference": "Patient/a"}}  # fmt: skip
    size = {"resourceType": "Observation", "status": "final", "effectiveDateTime": "2022-03-01",
            "code": concept(LOINC, "21889-1", "Size Tumor"),
            "focus": [{"reference": "BodyStructure/t"}],
            "component": [{"code": concept(LOINC, "33728-7", ""),
                           "valueQuantity": {"value": 2.5, "unit": "cm"}}]}  # fmt: skip
    path = tmp_path / "x.json"
    path.write_text(bundle(tumor, size))
    case = imported(path, "fhir").cases["a"]
    assert [(name, each.organ) for name, each in case.lesions] == [("T1", "liver")]
    (scan,) = case.events
    assert [(name, each.length) for name, each in scan.lesions] == [("T1", 25_000_000)]


def test_a_drug_without_a_name_and_a_time_with_an_end_alone_are_kept(tmp_path):
    path = tmp_path / "x.json"
    path.write_text(bundle(
        {"resourceType": "MedicationAdministration", "effectivePeriod": {"start": "2022-03-02"}},
        {"resourceType": "Observation", "code": {"text": "seen"},
         "effectivePeriod": {"end": "2022-01-01"}},
    ))  # fmt: skip
    text = imported(path, "fhir").texts["a"]
    assert "drugs: [not stated]" in text
    assert "visit: [..2022-01-01]" in text.replace("'", "")


def test_two_patients_of_one_bundle_are_two_cases(tmp_path):
    entry = [{"fullUrl": f"urn:uuid:{name}", "resource": resource} for name, resource in (
        ("1", {"resourceType": "Patient", "id": "a"}),
        ("2", {"resourceType": "Patient", "id": "b", "deceasedDateTime": "2023-01-02"}),
        ("3", {"resourceType": "Condition", "code": {"text": "melanoma"},
               "onsetDateTime": "2022-05", "subject": {"reference": "urn:uuid:1"}}),
        ("4", {"resourceType": "Condition", "code": {"text": "melanoma"},
               "subject": {"reference": "Patient/none"}}),
    )]  # fmt: skip
    path = tmp_path / "x.json"
    path.write_text(json.dumps({"resourceType": "Bundle", "entry": entry}))
    found = imported(path, "fhir")
    assert [[type(each).__name__ for each in case.events] for case in found.cases.values()] == [
        ["Diagnosis"], ["Death"]]  # fmt: skip
    assert any("its patient is not in the bundle" in row.became for row in found.unread)


@every_row(
    ("content", "message"),
    [
        ("", "not JSON"),
        ("[1]", "$: is no JSON object"),
        ('{"resourceType": "Patient"}', "is no Bundle of FHIR"),
        ('{"resourceType": "Bundle"}', "no Patient"),
        ('{"resourceType": "Bundle", "entry": 3}', "$.entry: is no list"),
        ('{"resourceType": "Bundle", "entry": ["x"]}', "$.entry[0]: is no object"),
        (bundle({"resourceType": "Condition", "code": {"text": ["x"]}}), "text: is no text"),
        (bundle({"resourceType": "Condition", "code": "x"}), "code: is no object"),
        (bundle({"resourceType": "Condition", "code": {"text": "a"}, "onsetDateTime": "3 May"}),
         "not a time of FHIR: '3 May'"),
        (bundle({"resourceType": "Condition", "code": {"text": "a"},
                 "onsetDateTime": "2021-02-30"}), "2021-02-30"),
        (bundle({**GIVEN, "effectivePeriod": {"start": "2022-03-02", "end": "2022-03-01"}}),
         "2022-03-01"),
        (bundle({"resourceType": "Condition", "extension": [
            {"url": "urn:oncology-timeline:entry", "extension": [
                {"url": "number", "valueInteger": 1}, {"url": "event", "valueString": "cat"}]}]}),
         "no kind of event: 'cat'"),
        (bundle({"resourceType": "Condition", "extension": [
            {"url": "urn:oncology-timeline:entry", "extension": "x"}]}), "is no list"),
        (bundle({"resourceType": "Condition", "extension": [
            {"url": "urn:oncology-timeline:entry", "extension": [
                {"url": "number", "valueInteger": 1}, {"url": "event", "valueString": "death"},
                {"url": "keys", "valueString": "{a: "}]}]}), "keys of an event that cannot"),
        (bundle({"resourceType": "Patient", "id": "a"}), "'a' twice"),
        (bundle({"resourceType": "Procedure", "code": COURSE, "extension": [
            {"url": "dose-delivered-to-volume", "extension": [
                {"url": "totalDoseDelivered", "valueQuantity": {"value": "abc", "unit": "Gy"}}]}]}),
         "no dose: 'abc' (write a number)"),
        ('{"entry": ' * 3000, "not JSON"),
        (bundle({"resourceType": "Condition", "code": {"text": "a\u0007b"}}), "control"),
    ],
)  # fmt: skip
def test_a_hostile_bundle_is_refused_with_its_place(content, message, tmp_path):
    path = tmp_path / "x.json"
    path.write_text(content)
    found, problems = import_cases(path, "fhir")
    assert found is None
    assert message in "\n".join(map(str, problems)), problems
