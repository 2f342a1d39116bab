"""Phenopackets: read back by the protobuf classes of the standard, and packets of others."""

from __future__ import annotations

import json

import pytest

from tests.formats.round_trip import CASES, exported, imported, not_within
from tests.rows import every_row
from timeline.files.loader import load
from timeline.formats import import_cases

json_format = pytest.importorskip("google.protobuf.json_format")
schema = pytest.importorskip("phenopackets.schema.v2.phenopackets_pb2")

CASE = """
case: p1
patient: {sex: female, age: 61, diagnosis: leiomyosarcoma, site: uterus}
lesions: {T1: {organ: liver}}
events:
  - {diagnosis: 2021-03, what: leiomyosarcoma grade 2}
  - {surgery: 2021-03-15, what: hysterectomy, site: uterus, margin: R0}
  - {scan: 2022-01-10, baseline: 1, modality: CT, lesions: {T1: 40 mm}}
  - {treatment: 2022-02-01/2022-08-30, line: 1, drugs: doxorubicin 75 mg/m² day 1, stop: toxicity}
  - {radiotherapy: 2022-09-01/2022-09-14, dose: 30 Gy, fractions: 10, site: liver, setting: local}
  - {lab: 2022-03-02, values: {LDH: 280 U/L}}
  - {performance: 2022-03-02, ecog: 1}
  - {scan: 2022-08-25, lesions: {T1: 60 mm}, called: PD}
  - {toxicity: 2022-04, term: Fatigue, grade: 3, line: 1}
  - {death: 2023-01-01, cause: tumour progression}
"""


@pytest.fixture
def made(tmp_path):
    path = tmp_path / "p1.yaml"
    path.write_text(CASE)
    exported([path], "phenopacket", tmp_path / "p1.json")
    return tmp_path / "p1.json"


def test_the_protobuf_of_the_standard_reads_each_packet(made, tmp_path):
    packet = json_format.Parse(made.read_text(), schema.Phenopacket())
    assert (packet.id, packet.subject.sex) == ("p1", 1)  # FEMALE
    assert packet.subject.vital_status.status == 2  # DECEASED
    assert [each.term.label for each in packet.diseases] == [
        "leiomyosarcoma", "leiomyosarcoma grade 2"]  # fmt: skip
    onset = packet.diseases[1].onset.interval
    assert (onset.start.ToJsonString()[:10], onset.end.ToJsonString()[:10]) == (
        "2021-03-01", "2021-03-31")  # fmt: skip
    kinds = [each.WhichOneof("action") for each in packet.medical_actions]
    assert kinds == ["procedure", "therapeutic_regimen", "treatment", "therapeutic_regimen",
                     "radiation_therapy"]  # fmt: skip
    dose = packet.medical_actions[2].treatment.dose_intervals[0]
    assert (dose.quantity.value, dose.quantity.unit.label) == (75.0, "mg/m²")
    assert dose.interval.end.ToJsonString()[:10] == "2022-08-30"
    assert packet.medical_actions[2].treatment_termination_reason.label == "toxicity"
    ray = packet.medical_actions[4].radiation_therapy
    assert (ray.dosage, ray.fractions, ray.body_site.label) == (30, 10, "liver")
    units = {each.complex_value.typed_quantities[0].quantity.unit.label
             for each in packet.measurements if each.HasField("complex_value")}  # fmt: skip
    assert units == {"U/L"}
    out = tmp_path / "cohort.json"
    exported(CASES, "phenopacket", out)
    cohort = json_format.Parse(out.read_text(), schema.Cohort())
    assert [each.id for each in cohort.members] == ["wang2023", "jin2025", "short2024"]


def test_no_code_is_made_up(made):
    """Every identifier of a term is in the namespace that the packet declares."""
    found = []

    def walk(value):
        if isinstance(value, dict):
            found.extend([value["id"]] if "label" in value and "id" in value else [])
            list(map(walk, value.values()))
        elif isinstance(value, list):
            list(map(walk, value))

    packet = json.loads(made.read_text())
    walk(packet)
    assert found
    declared = {each["namespacePrefix"] for each in packet["metaData"]["resources"]}
    assert {each.partition(":")[0] for each in found} == declared == {"record"}


def test_days_and_keys_come_back_without_the_list(made, tmp_path):
    """What is lost: the age, and the margin of the operation."""
    own = load(tmp_path / "p1.yaml")[0]
    again = imported(made, "phenopacket", with_list=False).cases["p1"]
    assert not_within(own, again) == []
    assert (again.patient.age, again.patient.site, again.lesions) == ("", "uterus", own.lesions)
    lost = [(a.kind) for a, b in zip(own.events, again.events, strict=True) if a != b]
    assert lost == ["surgery"]


OTHER = {  # after python/tests/covid19.json of phenopacket-schema (BSD-3-Clause), shortened
    "id": "arbitrary.phenopacket.id",
    "subject": {
        "id": "P123542",
        "timeAtLastEncounter": {"age": {"iso8601duration": "P70Y"}},
        "vitalStatus": {
            "status": "DECEASED",
            "timeOfDeath": {"timestamp": "2020-03-28T00:00:00Z"},
            "causeOfDeath": {"id": "MONDO:0100096", "label": "COVID-19"},
        },
        "sex": "MALE",
    },
    "phenotypicFeatures": [
        {"type": {"id": "NCIT:C76251", "label": "Rh Positive Blood Group"}},
        {"type": {"id": "HP:0003326", "label": "Myalgia"},
         "onset": {"interval": {"start": "2020-03-18T00:00:00Z", "end": "2020-03-20T00:00:00Z"}}},
    ],
    "measurements": [{
        "assay": {"id": "LOINC:26474-7", "label": "Lymphocytes [#/volume] in Blood"},
        "value": {"quantity": {"unit": {"id": "NCIT:C67245", "label": "Thousand Cells"},
                               "value": 0.7}},
        "timeObserved": {"timestamp": "2020-03-20T00:00:00Z"},
    }],
    "diseases": [
        {"term": {"id": "MONDO:0005015", "label": "diabetes mellitus"}, "excluded": True},
        {"term": {"id": "MONDO:0100096", "label": "COVID-19"},
         "onset": {"timestamp": "2020-03-17T00:00:00Z"}},
    ],
    "medicalActions": [
        {"procedure": {"code": {"id": "NCIT:C80473", "label": "Left Ventricular Assist Device"},
                       "performed": {"timestamp": "2016-01-01T00:00:00Z"}}},
        {"treatment": {"agent": {"id": "NCIT:C84217", "label": "Tocilizumab"}, "doseIntervals": [
            {"interval": {"start": "2020-03-24T00:00:00Z", "end": "2020-03-28T00:00:00Z"}}]}},
    ],
    "biosamples": [{"id": "b1", "sampledTissue": {"id": "UBERON:1", "label": "liver"}}],
    "metaData": {"created": "2021-08-17T00:00:00Z", "phenopacketSchemaVersion": "2.0"},
}  # fmt: skip


def test_a_packet_of_others_is_read_and_the_rest_is_named(tmp_path):
    path = tmp_path / "covid.json"
    path.write_text(json.dumps(OTHER))
    found = imported(path, "phenopacket")
    text = found.texts["arbitrary.phenopacket.id"]
    for line in (
        "patient: {sex: male}",
        "{diagnosis: 2020-03-17, what: COVID-19, note: 'MONDO:0100096'}",
        "{symptom: 2020-03-18/2020-03-20, what: Myalgia, note: 'HP:0003326'}",
        "{symptom: .., what: Rh Positive Blood Group, note: 'NCIT:C76251'}",
        "{procedure: 2016-01-01, what: Left Ventricular Assist Device, note: 'NCIT:C80473'}",
        "drugs: Tocilizumab",
        "{death: 2020-03-28, cause: COVID-19, note: 'MONDO:0100096'}",
        "value.quantity.value: 0.7",
    ):
        assert line in text, text
    left = {(row.what, row.became) for row in found.unread}
    assert ("term.label", "nothing: it is excluded") in left
    assert ("biosamples.sampledTissue.label", "nothing") in left
    assert ("subject.timeAtLastEncounter.age.iso8601duration", "nothing") in left
    assert ("line of therapy", "lines numbered by the order of the file") in left


@every_row(
    ("content", "message"),
    [
        ("", "not JSON"),
        ("[1]", "$: is no JSON object"),
        ('{"id": "x"}', "$: no subject"),
        ('{"id": "x", "subject": {"id": "a"}, "id": "y"}', "the name 'id' twice"),
        ('{"subject": {"id": "a"}, "diseases": {}, "x": NaN}', "NaN is no number"),
        ('{"subject": {"id": "a"}, "diseases": 3}', "$.diseases: is no list"),
        ('{"subject": {"id": "a"}, "diseases": ["x"]}', "$.diseases[0]: is no object"),
        ('{"subject": {"id": "a"}, "diseases": [{"term": {"label": ["x"]}}]}', "label: is no text"),
        ('{"subject": {"id": "a"}, "diseases": [{"onset": {"timestamp": "3 May"}}]}',
         "$.diseases[0].onset: not a time: '3 May'"),
        (('{"subject": {"id": "a"}, "diseases": [{"onset": {"interval": '
         '{"start": "2020-03-02T00:00:00Z", "end": "2020-03-01T00:00:00Z"}}}]}'), "is before"),
        ('{"subject": {"id": "a"}, "phenotypicFeatures": [{"description": "{event: x"}]}',
         "keys of an event that cannot be read"),
        ('{"subject": {"id": "a"}, "phenotypicFeatures": [{"description": "{event: cat}"}]}',
         "names no kind of event"),
        ("{\"subject\": " * 3000, "not JSON"),
        ('{"members": [{"id": "a", "subject": {}}, {"id": "a", "subject": {"id": "b"}}]}', "twice"),
        ('{"subject": {"id": "a"}, "diseases": [{"term": {"label": "a\\u0007b"}}]}', "control"),
    ],
)  # fmt: skip
def test_a_hostile_packet_is_refused_with_its_place(content, message, tmp_path):
    path = tmp_path / "x.json"
    path.write_text(content)
    found, problems = import_cases(path, "phenopacket")
    assert found is None
    assert message in "\n".join(map(str, problems)), problems
