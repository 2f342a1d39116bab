"""A synonym, an abbreviation or a code name is no other subject, drug or tumour."""

from __future__ import annotations

import pytest

from tests.auditing.study.reports import source
from timeline.auditing import Conclusion, audit
from timeline.auditing.comparison.synonyms import abbreviates, subject
from timeline.auditing.findings import findings
from timeline.auditing.rule import Severity

# What a sentence states of a cited work, the title of the work, and why they may be one subject.
SAME = (
    ("sunitinib for renal cell carcinoma", "SU11248 in metastatic kidney cancer", "code name"),
    ("survival after lung resection", "outcome of pulmonary metastasectomy", "Latin adjective"),
    ("NSCLC", "non-small-cell lung cancer", "abbreviation"),
    ("immunotherapy of melanoma", "nivolumab in advanced skin cancer", "drug of a class"),
    ("Keytruda in HCC", "pembrolizumab for hepatocellular carcinoma", "brand name"),
    ("haemangiosarcoma", "Hemangiosarcomas of the heart", "British spelling, plural"),
    ("imatinib in GIST", "STI571 for gastrointestinal stromal tumours", "code, abbreviation"),
    ("checkpoint blockade in RCC", "Nivolumab versus everolimus in renal-cell carcinoma", "class"),
    ("SBRT of liver metastases", "stereotactic radiotherapy of hepatic lesions", "technique"),
)


@pytest.mark.parametrize(("text", "title", "why"), [pytest.param(*row, id=row[2]) for row in SAME])
def test_a_synonym_is_no_finding(text, title, why, tmp_path):
    claims = (
        f"{{name: '{text}', about: subject of reference 3, place: Discussion}}\n"
        f"{{name: '{title}', about: subject of reference 3, place: References}}"
    )
    assert not findings(audit(None, source(claims, tmp_path))), why


def test_another_subject_is_a_note_and_no_more(tmp_path):
    claims = (
        "{name: combination for sarcoma, about: subject of reference 3, place: Discussion}\n"
        "{name: peristomal pemphigoid, about: subject of reference 3, place: References}"
    )
    (found,) = findings(audit(None, source(claims, tmp_path)))
    assert found.severity is Severity.NOTE
    assert found.verdict.conclusion is Conclusion.CONTRADICTED


@pytest.mark.parametrize(
    ("one", "other"),
    [("NSCLC", "non-small cell lung cancer"), ("GIST", "gastrointestinal stromal tumor"),
     ("osteosarcoma", "osteogenic sarcoma"), ("leiomyosarcoma", "LMS")],
)  # fmt: skip
def test_a_tumour_type_has_several_names(one, other, tmp_path):
    claims = (f"{{name: {one}, about: tumour type, place: Text}}\n"
              f"{{name: {other}, about: tumour type, place: Legend}}")  # fmt: skip
    assert not findings(audit(None, source(claims, tmp_path)))


@pytest.mark.parametrize(
    ("one", "other"),
    [("lymphoma", "leiomyosarcoma"), ("osteosarcoma", "chondrosarcoma"), ("lung", "liver"),
     ("nivolumab", "ipilimumab")],
)  # fmt: skip
def test_what_is_no_synonym_stays_apart(one, other):
    assert subject(one) != subject(other)


@pytest.mark.parametrize(
    ("short", "name"),
    [("mCRC", "metastatic colorectal cancer"), ("NPC", "nasopharyngeal carcinoma"),
     ("DLBCL", "diffuse large B-cell lymphoma"), ("UC", "urothelial carcinoma"),
     ("TNBC", "triple-negative breast cancer"), ("WBRT", "whole-brain radiotherapy"),
     ("MPM", "malignant pleural mesothelioma"), ("CT", "computed tomography"),
     ("CRPC", "castration-resistant prostate cancer"), ("GBM", "glioblastoma"),
     ("T-DXd", "trastuzumab deruxtecan"), ("PD-L1 inhibitor", "anti-PD-L1 antibody"),
     ("female", "woman"), ("ACC", "adenoid cystic carcinoma"),
     ("HNSCC", "squamous cell carcinoma of the head and neck")],
)  # fmt: skip
def test_an_abbreviation_is_its_name(short, name, tmp_path):
    claims = (f"{{name: {short}, about: treatment or tumour, place: Text}}\n"
              f"{{name: {name}, about: treatment or tumour, place: Legend}}")  # fmt: skip
    assert not findings(audit(None, source(claims, tmp_path)))


@pytest.mark.parametrize(
    ("one", "other"),
    [("NPC", "nasal carcinoma"), ("CT", "magnetic resonance imaging"), ("PR", "progression"),
     ("GIST", "gastric adenocarcinoma"), ("lms", "leiomyosarcoma of bone"), ("R0", "R1"),
     ("UC", "uterine leiomyosarcoma"), ("DTIC", "doxorubicin")],
)  # fmt: skip
def test_other_letters_are_another_name(one, other):
    assert not abbreviates(one, other)
