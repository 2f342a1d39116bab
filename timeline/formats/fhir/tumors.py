"""Sizes of tumours that are followed by imaging, as scans with their lesions."""

from __future__ import annotations

import attrs

from timeline.exchange.entries.case_entries import Entry
from timeline.formats.fhir import codes
from timeline.formats.fhir.concepts import Leavings, has_code, label_of, quantity_of
from timeline.formats.fhir.times import read_point
from timeline.formats.json_nodes import JsonNode


@attrs.define(kw_only=True)
class Tumors:
    """The tumours of a patient, and their sizes by day."""

    leavings: Leavings
    declared: dict[str, Entry] = attrs.field(factory=dict)
    sizes: dict[str, dict[str, str]] = attrs.field(factory=dict)

    def takes(self, kind: str, node: JsonNode) -> bool:
        """Take the size of a tumour in the body; of a specimen it is no finding of a scan."""
        if kind == "BodyStructure":
            return True  # it is read where a size refers to it
        if kind != "Observation" or not has_code(node.get("code"), codes.TUMOR_SIZE.code):
            return False
        tumor = next((self.leavings.referred(each) for each in node.get("focus").items()), None)
        size = self._size(node)
        if tumor is None or not size:
            return False
        name = next((each.get("value").text() for each in tumor.get("identifier").items()), "")
        name = (name or tumor.get("description").text() or tumor.get("id").text()).replace(":", " ")
        place = label_of(tumor.get("location"))
        self.declared.setdefault(name, {"organ": place} if place else {"method": "CT"})
        when = read_point(node, "effectiveDateTime")
        self.sizes.setdefault(when, {})[name] = size
        return True

    def _size(self, node: JsonNode) -> str:
        for part in node.get("component").items():
            if has_code(part.get("code"), codes.LONGEST.code):
                quantity = part.get("valueQuantity")
                unit = quantity.get("code").value or quantity.get("unit").value
                if unit in ("mm", "cm"):
                    return f"{quantity.get('value').text()} {unit}"
                return quantity_of(quantity) and ""
        return ""

    def entries(self) -> list[tuple[str, Entry]]:
        """A scan for each day on which a tumour was measured."""
        return [(when, {"scan": when, "lesions": sizes}) for when, sizes in self.sizes.items()]
