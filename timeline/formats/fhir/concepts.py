"""Concepts, quantities and references of FHIR, and what no key of a case file holds."""

from __future__ import annotations

import re

import attrs

from timeline.formats.fhir.codes import LOINC, SNOMED
from timeline.formats.format import Unread
from timeline.formats.json_nodes import JsonNode

UNREADABLE = ("entered-in-error", "not-done", "cancelled", "draft", "preparation")
_SHORT = {
    SNOMED: "SNOMED CT",
    LOINC: "LOINC",
    "http://www.nlm.nih.gov/research/umls/rxnorm": "RxNorm",
    "http://hl7.org/fhir/sid/icd-10-cm": "ICD-10-CM",
    "http://hl7.org/fhir/sid/icd-10": "ICD-10",
    "http://ncicb.nci.nih.gov/xml/owl/EVS/Thesaurus.owl": "NCIt",
}
_SILENT = re.compile(
    r"(^|\.)(id|system|reference|meta|url|identifier|language|status|issued|clinicalStatus|"
    r"verificationStatus|resourceType|intent|display)(\.|$)"
    r"|^(text|subject|patient|encounter|performer|asserter|recorder|requester|category|contained)\b"
)
_INDEX = re.compile(r"\[[0-9]+\]")
_KIND = re.compile(r" \([a-z /]+\)$")  # the semantic tag of a name of SNOMED CT


@attrs.define(kw_only=True)
class Leavings:
    """What no key of a case file holds, and the resources of a file by their references."""

    where: str
    found: dict[tuple[str, str], tuple[int, str]] = attrs.field(factory=dict)
    by_reference: dict[str, JsonNode] = attrs.field(factory=dict)

    def add(self, what: str, example: str, became: str) -> None:
        """Note one value."""
        key = (_INDEX.sub("", what), became)
        count, known = self.found.get(key, (0, example))
        self.found[key] = (count + 1, known)

    def referred(self, node: JsonNode) -> JsonNode | None:
        """The resource of a reference; None where it is not in the file."""
        reference = reference_of(node)
        short = "/".join(reference.split("/")[-2:])
        return self.by_reference.get(reference) or self.by_reference.get(short)

    @property
    def rows(self) -> tuple[Unread, ...]:
        """A row for each name and what became of its values."""
        return tuple(
            Unread(where=self.where, what=what, count=count, example=example, became=became)
            for (what, became), (count, example) in self.found.items()
        )


def is_silent(what: str) -> bool:
    """Whether a member says nothing of the patient: identifiers, references, who wrote it."""
    return bool(_SILENT.search(_INDEX.sub("", what)))


def reference_of(node: JsonNode) -> str:
    """The text of a Reference; empty where there is none."""
    return node.get("reference").text() if node else ""


def label_of(node: JsonNode) -> str:
    """The words of a concept: its text, else those of its first code, else the code."""
    own = node.get("text").text()
    for coding in node.get("coding").items():
        shown = _KIND.sub("", coding.get("display").text())
        own = own or shown
    return own or codes_of(node).partition("; ")[0]


def codes_of(node: JsonNode) -> str:
    """The codes of a concept with their systems: ``SNOMED CT 64368001``."""
    found = []
    for coding in node.get("coding").items():
        system, code = coding.get("system").text(), coding.get("code").text()
        if code:
            found.append(f"{_SHORT.get(system, system)} {code}".strip())
    return "; ".join(found)


def has_code(node: JsonNode, code: str) -> bool:
    """Whether a concept has a code."""
    return any(each.get("code").value == code for each in node.get("coding").items())


def has_profile(resource: JsonNode, part: str) -> bool:
    """Whether a resource claims a profile whose address has these words."""
    profiles = resource.get("meta").get("profile").items()
    return any(part in str(each.value) for each in profiles)


def quantity_of(node: JsonNode) -> str:
    """A quantity with its unit; empty where it has no value."""
    value = node.get("value")
    if value.value is None:
        return ""
    unit = node.get("unit").text() or node.get("code").text()
    node.get("code").text()
    mark = node.get("comparator").text()
    return f"{mark}{value.text()} {unit}".strip()
