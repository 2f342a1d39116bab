"""Claims and reports from the nodes of a file."""

from __future__ import annotations

from typing import Any

import attrs
import yaml

from timeline.core.problem import Where
from timeline.core.schema import Cardinality, FieldSpec, free_text
from timeline.files.claim_tables import claims_of
from timeline.files.entries import leading_key, placed_entries
from timeline.files.printed_units import WITH_UNIT, split_unit
from timeline.files.yaml.yaml_nodes import Node, ProblemLog, read_one, read_value, structure
from timeline.report.claims import CLAIMS, Claim, ClaimKind, Report
from timeline.report.unreadable_prints import unread

_OF_OTHERS = frozenset(("group", "study", "about", "n", "statistic"))  # a time of other patients
_TIME_OF_OTHERS = (
    "or, of other patients than this one, the endpoint that it is: {DoR: over 18 months, group: "
    "three of four patients}, {follow-up: 24 months, statistic: median}"
)


def read_claim(node: Node, place: str, notes: ProblemLog) -> Claim | None:
    """A claim from an entry of a report file, or None where it has a fault."""
    lead = leading_key(node, notes, CLAIMS, "kind of claim")
    if lead is None:
        return None
    kind, value_node = lead
    row = CLAIMS[kind]
    words = ""
    if row.name in WITH_UNIT:
        node, value_node, words = split_unit(node, value_node, notes, kind)
    keys = {key.value for key, _ in node.value}
    missing = [each for each in row.needs if not keys.intersection(each.split(" or "))]
    if missing:
        written = "".join(f", {each.split(' or ')[0]}: .." for each in missing)
        named = " and ".join(map(repr, missing)) + (" are" if len(missing) > 1 else " is")
        advice = f"write {{{kind}: ..{written}}}"
        if kind == "interval" and keys & _OF_OTHERS:
            advice += f"; {_TIME_OF_OTHERS}"
        notes.add(node, f"{named} missing: {kind} is {row.description} ({advice})")
    value = _value(value_node, row, notes)
    text = _as_printed(value_node)
    fields = {"kind": kind, "text": text, "value": value, "place": place}
    fields["words"] = words
    claim: Claim | None = structure(
        Claim, node, notes, skip=(kind,), where=notes.where(value_node), **fields
    )
    return None if value is None else claim


def _value(node: Node, row: ClaimKind, notes: ProblemLog) -> Any:
    """What a claim prints; a print that no reader takes is kept, for the audit to speak of."""
    own = ProblemLog(notes.file)
    value = read_value(node, FieldSpec(row.read, row.shape), own, row.name)
    if not own.problems:
        return value
    parts = node.value if isinstance(node, yaml.SequenceNode) else [node]
    plain = all(isinstance(each, yaml.ScalarNode) for each in parts)
    if row.what and plain and (len(parts) == 1 or row.shape is Cardinality.MANY):
        found = [unread(str(each.value), row.what, fault) for each in parts
                 if (fault := _fault(row, str(each.value)))]  # fmt: skip
        if found and None not in found:
            return found[0]
    notes.problems.extend(own.problems)
    notes.repairable.extend(own.repairable)
    return None


def _fault(row: ClaimKind, text: str) -> str:
    """The message of a parser for a text that it refuses; else empty."""
    try:
        row.read(text)
    except ValueError as fault:
        return str(fault)
    return ""


def _as_printed(node: Node) -> str:
    """The text as it is in the file; the texts of a list, with commas between them."""
    if isinstance(node, yaml.SequenceNode):
        return ", ".join(str(each.value) for each in node.value)
    return str(node.value)


def read_report(root: Any, notes: ProblemLog) -> Report | None:
    """A report with its claims from the mapping of a report file."""
    name = next(value for key, value in root.value if key.value == "source")
    claims = [value for key, value in root.value if key.value == "claims"]
    found = tuple(placed_entries(claims[0], notes, read_claim, claims_of)) if claims else ()
    source: Report | None = structure(
        Report,
        root,
        notes,
        skip=("source", "claims"),
        name=read_one(name, FieldSpec(free_text), notes, "source") or "",
        where=notes.where(root),
    )
    return attrs.evolve(source, claims=found) if source else None


ELSEWHERE = {  # keys that a report block does not take
    "claims": "claims are not keys of report: (write claims: at the margin)",
    "case": "the case of the report is this file (leave case: out)",
    "source": "the name of the report is its key name (write name: .., or leave it out)",
}


def read_own_report(
    node: Node | None, name: str, claims: tuple[Claim, ...], where: Where, notes: ProblemLog
) -> Report | None:
    """The report in the file of its case.

    Args:
        node: the block ``report``; None if the file has only claims.
        name: the name of the case, which is that of the report if it has none of its own.
        claims: the claims, in the order of the file.
        where: the place of the report in the file.
        notes: the problems of the file.
    """
    if node is None:
        return Report(name=name, claims=claims, where=where)
    if not isinstance(node, yaml.MappingNode):
        notes.add(node, "report takes keys and values (write report: {title: .., doi: ..})")
        return None
    top = {key.value: (key, value) for key, value in node.value}
    for key in (key for key in ELSEWHERE if key in top):
        notes.add(top[key][0], ELSEWHERE[key])
    named = read_one(top["name"][1], FieldSpec(free_text), notes, "name") if "name" in top else name
    report: Report | None = structure(
        Report, node, notes, skip=("name", *ELSEWHERE), also=("name",), name=named or "",
        claims=claims, where=where,
    )  # fmt: skip
    return report
