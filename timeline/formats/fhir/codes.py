"""The codes that the profiles fix, and no others: a case file has words, and no code is made up.

Read in the sources of the implementation guide mCODE (HL7/fhir-mCODE-ig, ``input/fsh``, CC0-1.0)
and in the resource definitions of FHIR R4 (4.0.1). Fixed codes of SNOMED CT and LOINC are those
that the guide prints. This material contains content from LOINC (loinc.org), copyright Regenstrief
Institute.
"""

from __future__ import annotations

from typing import Any

from timeline.core.frozen_class import frozen

Json = dict[str, Any]
MCODE = "http://hl7.org/fhir/us/mcode/StructureDefinition/mcode-"
SNOMED, LOINC = "http://snomed.info/sct", "http://loinc.org"
UCUM = "http://unitsofmeasure.org"
ABSENT = "http://hl7.org/fhir/StructureDefinition/data-absent-reason"
OBSERVATION_CATEGORY = "http://terminology.hl7.org/CodeSystem/observation-category"
CONDITION_CATEGORY = "http://terminology.hl7.org/CodeSystem/condition-category"
BODY_STRUCTURE = "http://hl7.org/fhir/resource-types"
OURS = "urn:oncology-timeline:"  # extensions and identifiers of this format
ENTRY, PART, WRITTEN = f"{OURS}entry", f"{OURS}part-of-entry", f"{OURS}date-as-written"


@frozen
class Code:
    """A code with its words, and where it is fixed."""

    system: str
    code: str
    display: str
    source: str

    def concept(self, text: str = "") -> Json:
        """It as a CodeableConcept, with the words of the record."""
        coding = {"system": self.system, "code": self.code, "display": self.display}
        return {"coding": [coding], **({"text": text} if text else {})}


SURGERY = Code(SNOMED, "387713003", "Surgical procedure", "SD_Surgery.fsh, category")
RADIOTHERAPY = Code(SNOMED, "108290001", "Radiation oncology AND/OR radiotherapy",
                    "SD_Radiotherapy.fsh, category")  # fmt: skip
COURSE = Code(SNOMED, "1217123003", "Radiotherapy course of treatment",
              "mCODE STU4, RadiotherapyCourseSummary.code")  # fmt: skip
TUMOR_SIZE = Code(LOINC, "21889-1", "Size Tumor", "SD_TumorSize.fsh, code")
LONGEST = Code(LOINC, "33728-7", "Size.maximum dimension in Tumor", "SD_TumorSize.fsh, component")
OTHER_SIDE = Code(LOINC, "33729-5", "Size additional dimension in Tumor",
                  "SD_TumorSize.fsh, component")  # fmt: skip
NEOPLASM = Code(
    SNOMED,
    "367651003",
    "Malignant neoplasm of primary, secondary, or uncertain origin",
    "SD_TumorSize.fsh, Tumor.morphology",
)
STATUS = Code(LOINC, "97509-4", "Cancer Disease Progression", "SD_DiseaseStatus.fsh, code")
WORSENED = Code(SNOMED, "271299001", "Patient's condition worsened",
                "ConditionStatusTrendVS of the guide")  # fmt: skip
PERFORMANCE = {
    "ecog": Code(LOINC, "89247-1", "ECOG Performance Status score", "SD_PerformanceStatus.fsh"),
    "karnofsky": Code(LOINC, "89243-0", "Karnofsky Performance Status score",
                      "SD_PerformanceStatus.fsh"),
}  # fmt: skip
CURATIVE = Code(SNOMED, "373808002", "Curative - procedure intent",
                "EX_ExtendedExample.fsh, treatmentIntent")  # fmt: skip


def category(system: str, code: str) -> list[Json]:
    """The category of a resource."""
    return [{"coding": [{"system": system, "code": code}]}]


def profile(name: str) -> Json:
    """The claim that a resource follows a profile of mCODE."""
    return {"meta": {"profile": [MCODE + name]}}


def words(text: str) -> Json:
    """A CodeableConcept without a code."""
    return {"text": text}
