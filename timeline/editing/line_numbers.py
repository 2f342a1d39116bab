"""The numbers of lines of therapy: what a change does to them, and their change on request.

No edit of a grid changes the number of another line: a report counts its lines, and nothing tells
whether it would count them anew. What an edit leaves without its treatment is said.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import yaml

from timeline.editing.claim_rows import ClaimEntry, claim_entries
from timeline.editing.edits.case_text import CaseText, Entry
from timeline.editing.edits.draft import Draft
from timeline.editing.edits.pair_edits import EntryEdits
from timeline.editing.event_rows import leading_pair
from timeline.editing.grid import EVENTS, Edited
from timeline.record.events import KINDS, Treatment

_NUMBERED = ("line", "baseline")  # keys whose value is the number of a line
_NAMED = ("of", "from", "to", "resolved")  # keys whose text may name one
_LINE = re.compile(r"\bline ([0-9]{1,2})\b")


def line_notes(before: Mapping[str, Any], after: Mapping[str, Any]) -> tuple[str, ...]:
    """What a change did to the lines of therapy, where it changed which treatments have which.

    ``before``, ``after``: the trees of the file. No number was changed but those of the edit.
    """
    old, new = (Counter(_lines(each)) for each in (before, after))
    if old == new:
        return ()
    found = []
    named = Counter(_named_lines(after))
    for number in sorted({*old, *new}):
        if new[number] > max(old[number], 1):
            found.append(
                f"line {number} is now that of {new[number]} treatments; no other number was "
                "changed (where it is a line of its own, change the numbers of the later lines)"
            )
        elif not new[number] and named[number]:
            found.append(
                f"no treatment is line {number} now, and {_count(named[number], 'place')} of the "
                "events still name it (change them, or give a treatment this number)"
            )
    lines = sorted(new)
    gap = [n for n in range(1, max(lines, default=0)) if n not in lines and n in old]
    found += [f"the lines are now {', '.join(map(str, lines))}, without {number}; no number was "
              "changed" for number in gap if not named[number]]  # fmt: skip
    return tuple(found)


def _count(number: int, what: str) -> str:
    return f"{number} {what}" if number == 1 else f"{number} {what}s"


def _entries(plain: Mapping[str, Any]) -> Iterator[tuple[bool, Mapping[str, Any]]]:
    """The events of a tree, each with whether it is a treatment."""
    events = plain.get(EVENTS)
    for each in events.values() if isinstance(events, dict) else [events]:
        for entry in each if isinstance(each, list) else ():
            if isinstance(entry, dict):
                kind = next((KINDS[key] for key in entry if key in KINDS), None)
                yield kind is not None and issubclass(kind, Treatment), entry


def _lines(plain: Mapping[str, Any]) -> Iterator[int]:
    """The lines of the treatments, one for each treatment."""
    for is_treatment, entry in _entries(plain):
        text = str(entry.get("line", "")).strip()
        if is_treatment and text.isdecimal():
            yield int(text)


def _named_lines(plain: Mapping[str, Any]) -> Iterator[int]:
    """The lines that other events, or the dates of any, name."""
    for is_treatment, entry in _entries(plain):
        numbers = [] if is_treatment else [str(entry.get(key, "")).strip() for key in _NUMBERED]
        yield from (int(text) for text in numbers if text.isdecimal())
        dates = (str(entry.get(key, "")) for key in (*KINDS, *_NAMED))
        yield from (int(number) for text in dates for number in _LINE.findall(text))


def renumbered_lines(text: str, numbers: Mapping[int, int]) -> Edited:
    r"""The text with other numbers for some lines of therapy, everywhere where they are named.

    Args:
        text: the text of a case or report file.
        numbers: the new number of each line that gets another one.

    Returns:
        The new text: ``line`` and ``baseline`` of events, ``line`` of claims, and ``line 2`` in
        dates and in ``of``, ``from``, ``to``. Words in other texts stay, and each is a note.

    >>> text = "case: a\nevents:\n  - {scan: after line 2, baseline: 3, note: before line 3}\n"
    >>> edited = renumbered_lines(text, {2: 3, 3: 4})
    >>> print(edited.text, *edited.notes)
    case: a
    events:
      - {scan: after line 3, baseline: 4, note: before line 3}
     row 1: note: 'before line 3' is left as it is
    """
    case = CaseText.of(text)
    if case.root is None and case.text.strip():
        return Edited(text, case.problems)
    draft = Draft(case, EVENTS)
    notes: list[str] = []
    for number, entry in enumerate(case.entries(EVENTS), start=1):
        notes += (f"row {number}: {note}" for note in _renumber_event(draft, entry, numbers))
    for number, claim in enumerate(claim_entries(case), start=1):
        if not claim.of_table and isinstance(claim.node, yaml.MappingNode):
            notes += (f"claim {number}: {note}" for note in _renumber_claim(draft, claim, numbers))
    result = draft.result()
    return Edited(result.text, result.problems, () if result.problems else tuple(notes))


def _renumber_event(draft: Draft, entry: Entry, numbers: Mapping[int, int]) -> Iterator[str]:
    if not isinstance(entry.node, yaml.MappingNode):
        return
    lead = leading_pair(entry.node)
    yield from _renumber(
        draft, EntryEdits(case=draft.case, entry=entry.node, node=entry.node),
        draft.entry(entry), entry.node.value, numbers, lead[0] if lead else None,
    )  # fmt: skip


def _renumber_claim(draft: Draft, claim: ClaimEntry, numbers: Mapping[int, int]) -> Iterator[str]:
    plain = draft.entry(claim.entry)
    if claim.printed:
        if not claim.alone and claim.pair is not claim.node.value[0]:
            return
        plain = plain["printed"] if claim.item is None else plain["printed"][claim.item]
    yield from _renumber(
        draft, EntryEdits(case=draft.case, entry=claim.entry.node, node=claim.node),
        plain, claim.keys, numbers, None,
    )  # fmt: skip


def _renumber(
    draft: Draft,
    edits: EntryEdits,
    plain: dict[str, Any],
    pairs: Iterable[tuple[Any, Any]],
    numbers: Mapping[int, int],
    lead: Any,
) -> Iterator[str]:
    """Change the numbers of one mapping; a note for each text that names a line and is left."""

    def named(text: str) -> str:
        return _LINE.sub(lambda found: f"line {numbers.get(int(found[1]), found[1])}", text)

    for key, value in pairs:
        if not isinstance(value, yaml.ScalarNode):
            continue
        word, text, new = str(key.value).replace("_", "-"), str(value.value), str(value.value)
        if word in _NUMBERED and text.strip().isdecimal():
            new = str(numbers.get(int(text), text))
        elif key is lead or word in _NAMED:
            new = named(text)
        elif any(int(number) in numbers for number in _LINE.findall(text)):
            yield f"{word}: {text!r} is left as it is"
        if new != text:
            draft.add(edits.valued((key, value), new))
            plain[str(key.value)] = new
