"""What the report prints of an event, by its case file: the key ``printed`` becomes claims."""

from __future__ import annotations

from collections.abc import Iterator

import yaml

from timeline.core.schema import schema_of
from timeline.files.claim_nodes import read_claim
from timeline.files.yaml.yaml_nodes import Node, ProblemLog, pairs, unknown_key
from timeline.record.case import Case
from timeline.record.events import Event, Treatment
from timeline.report.claims import CLAIMS, Claim
from timeline.report.event_claims import event_keys
from timeline.report.event_references import OF_FAULTY

PRINTED = "printed"  # the key of an event
# Kinds of claims, for messages about an event that has one as a key of its own.
AS_PRINTED = {kind: f"write it under {PRINTED}: as {PRINTED}: {{{kind}: ..}}" for kind in CLAIMS}
SHARED = ("place", "note", "criterion")  # keys that apply to every claim of a mapping
_EXAMPLE = "(write {PFS: 8.4 months, place: Abstract})"
_ONE_END = (
    "'from' or 'to' is missing: interval is time between this event and another (write from: and "
    "the event that it begins with, or to: and the one that it ends with; this event is the other)"
)
_OTHERS = ("study", "group")  # whose figures are not of the patient
_FROM_EVENT = ("of", "about", "from", "to")  # keys that an event may give and a claim needs
_STR, _MAP = "tag:yaml.org,2002:str", "tag:yaml.org,2002:map"
Pair = tuple[Node, Node]


def printed_claims(
    node: Node, event: Event | None, place: str, case: Case | None, notes: ProblemLog
) -> Iterator[Claim]:
    """The claims under ``printed`` of an event.

    Args:
        node: a mapping, or a list of mappings.
        event: the event; None if it has faults, so that only those of its claims are noted.
        place: the place in the report, under which the file lists the event.
        case: the case; None if the file has faults.
        notes: the problems of the file.
    """
    entries = node.value if isinstance(node, yaml.SequenceNode) and node.value else [node]
    for entry in entries:
        for claim_node in _claim_nodes(entry, event, case, notes):
            claim = read_claim(claim_node, place, notes)
            if claim is not None:
                yield claim


def _claim_nodes(
    entry: Node, event: Event | None, case: Case | None, notes: ProblemLog
) -> Iterator[Node]:
    """One mapping of a claim for each kind of claim in an entry."""
    if not isinstance(entry, yaml.MappingNode) or not entry.value:
        notes.add(entry, f"{PRINTED} takes kinds of claims and their texts {_EXAMPLE}")
        return
    kinds, keys = kinds_and_keys(entry, notes)
    _other_line(keys, event, notes)
    if not kinds and len(keys) == len(entry.value):
        notes.add(entry, f"no kind of claim here {_EXAMPLE}")
    if len(kinds) > 1:
        for key in (key for key, _ in keys if key.value not in SHARED):
            named = ", ".join(kind.value for kind, _ in kinds)
            notes.add(
                key,
                f"{key.value!r} is a key of one claim, but several are here: {named} "
                f"(write a list, each claim in its own {{..}}: [{{{kinds[0][0].value}: ..}}, ..])",
            )
        keys = [(key, value) for key, value in keys if key.value in SHARED]
    for kind, value in kinds:
        from_event = [(_word(key, kind), _word(text, kind)) for key, text in
                 _keys_of_event(entry, kind, keys, event, case, notes)]  # fmt: skip
        yield _mapping(entry, [(kind, value), *keys, *from_event])


def kinds_and_keys(entry: yaml.MappingNode, notes: ProblemLog) -> tuple[list[Pair], list[Pair]]:
    """The kinds of claims of an entry, and the further keys. ``p`` of a ``test`` is a key."""
    known = schema_of(Claim)
    pairs_ = [(key, node, value) for key, node, value in pairs(entry, notes)]
    needed = {
        word
        for key, _, _ in pairs_
        if key in CLAIMS
        for needs in CLAIMS[key].needs
        for word in needs.split(" or ")
    }
    kinds: list[Pair] = []
    keys: list[Pair] = []
    for key, node, value in pairs_:
        if key in CLAIMS and not (key in needed and key in known):
            kinds.append((node, value))
        elif key.replace("_", "-") in known:
            keys.append((node, value))
        else:
            known_keys = [*CLAIMS, *known]
            notes.add(node, unknown_key(key, value, entry, known_keys, what="kind of claim"))
    return kinds, keys


def _keys_of_event(
    entry: Node,
    kind: Node,
    keys: list[Pair],
    event: Event | None,
    case: Case | None,
    notes: ProblemLog,
) -> Iterator[tuple[str, str]]:
    """The keys of a claim that follow from its event; none of a figure of other patients."""
    written = frozenset(str(key.value) for key, _ in keys)
    if written.intersection(_OTHERS):
        return
    if kind.value == "interval" and written.isdisjoint(("from", "to")):
        notes.add(entry, _ONE_END)
        yield from ((key, OF_FAULTY) for key in ("from", "to"))
        return
    if event is not None:
        try:
            yield from event_keys(kind.value, event, written, case)
            return
        except ValueError as fault:
            notes.at(event.where, str(fault))
    needs = {word.split(" or ")[0] for word in CLAIMS[kind.value].needs}
    yield from ((key, OF_FAULTY) for key in _FROM_EVENT if key in needs - written)


def _other_line(keys: list[Pair], event: Event | None, notes: ProblemLog) -> None:
    """Note a line that is not that of the treatment."""
    if not isinstance(event, Treatment) or event.line is None:
        return
    for key, value in keys:
        is_line = key.value == "line" and isinstance(value, yaml.ScalarNode)
        if is_line and str(value.value).strip() != str(event.line):
            text = f"line {value.value!r} of a claim of the treatment of line {event.line}"
            notes.add(value, f"{text} (leave line: out, or write the claim under claims:)")


def _word(text: str, at: Node) -> Node:
    return yaml.ScalarNode(_STR, text, start_mark=at.start_mark, end_mark=at.end_mark)


def _mapping(at: Node, entries: list[Pair]) -> Node:
    return yaml.MappingNode(_MAP, entries, at.start_mark, at.end_mark, flow_style=True)
