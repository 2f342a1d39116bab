"""The safe repairs, one row each: what a fault of the file can only have meant.

A row gives an edit only where one reading is possible. A fault with two readings is left to the
reader of the report.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Callable, Iterable, Iterator

import attrs
import yaml

from timeline.core.calendar.date_forms import iso_forms
from timeline.core.calendar.dates import parse_edtf
from timeline.core.calendar.partial_dates import parse_date, parse_period
from timeline.core.quantities import UNIT_OF
from timeline.core.schema import OneOf
from timeline.core.text.spelling import one_letter_apart
from timeline.files.repair.edits import Edit, Source
from timeline.files.repair.spelling import (
    all_keys,
    joined_word,
    one_letter_from,
    other_spelling,
)
from timeline.files.repair.text_edits import byte_order_mark, line_ends, tabs, tree_data
from timeline.files.yaml.flow_text import has_no_value
from timeline.files.yaml.text_forms import form_of
from timeline.files.yaml.yaml_nodes import Node, Repairable


@attrs.frozen
class TextRepair:
    """A repair of the text of a file: its name, an example, and its edits of a text."""

    name: str
    before: str
    after: str
    edits: Callable[[str], Iterable[Edit]]


@attrs.frozen
class TreeRepair:
    """A repair of what is read as it is, but not by every reader of YAML; see `TextRepair`."""

    name: str
    before: str
    after: str
    edits: Callable[[Source], Iterable[Edit]]


@attrs.frozen
class NodeRepair:
    """A repair of one fault: its name, an example (a file each), and its edit; None for none."""

    name: str
    before: str
    after: str
    edit: Callable[[Repairable, Source], Edit | None]


def _replaced(fault: Repairable, source: Source, new: str, name: str) -> Edit | None:
    span = source.span(fault.node)
    if span is None or not isinstance(fault.node, yaml.ScalarNode) or new == fault.node.value:
        return None
    quote = fault.node.style or ""
    return Edit(*span, f"{quote}{new}{quote}", name)


def _is_cut_text(fault: Repairable, source: Source) -> bool:
    """Whether a key has no value in {..}: it may be the rest of a text."""
    place = source.parent(fault.node)
    return (
        place is not None
        and bool(place[0].flow_style)
        and has_no_value(place[0].value[place[1]][1])
    )


def _word_case(fault: Repairable, source: Source) -> Edit | None:
    same = other_spelling(str(fault.node.value), fault.known)
    if not same or _is_cut_text(fault, source):
        return None
    return _replaced(fault, source, same, "case and blanks of a word")


def _key_spelling(fault: Repairable, source: Source) -> Edit | None:
    """A key with one letter wrong, if no other key of its mapping may mean the same one."""
    if source.parent(fault.node) is None or _is_cut_text(fault, source):
        return None
    near = one_letter_from(str(fault.node.value), fault.known)
    if not near or _is_claimed(fault.node, near, source):
        return None
    return _replaced(fault, source, near, "spelling of a key")


def _is_claimed(node: Node, word: str, source: Source) -> bool:
    """Whether another key of the mapping is the word, or may mean it as well."""
    place = source.parent(node)
    others = [str(key.value) for key, _ in place[0].value if key is not node] if place else []
    plain = joined_word(word)
    return any(
        joined_word(each) == plain
        or (one_letter_apart(joined_word(each), plain) and joined_word(each) not in all_keys())
        for each in others
    )


def _vocabulary(fault: Repairable, source: Source) -> Edit | None:
    """A word of a closed list in another case, or with other blanks."""
    if fault.read is None:
        return None
    shown = form_of(fault.read).get("anyOf", [{}])[0].get("enum", ())
    words = fault.read.words if isinstance(fault.read, OneOf) else shown
    same = other_spelling(str(fault.node.value), words)
    return _replaced(fault, source, same, "case and blanks of a word") if same else None


def _reads(fault: Repairable, text: str) -> bool:
    try:
        fault.read(text)
    except ValueError:
        return False
    return True


_DATES = (parse_date, parse_period, parse_edtf)
_DECIMAL = re.compile(r"[0-9]{4}\.[0-9]+")  # a year with a part of it, or a month


def _date(fault: Repairable, source: Source) -> Edit | None:
    """A date in words or in a national form that can be one date only."""
    if fault.read not in _DATES:
        return None
    text = str(fault.node.value)
    new = _iso(text) or "/".join(
        ", ".join(_iso(part) or part.strip() for part in end.split(",")) if end.strip() else ""
        for end in text.split("/")
    )
    return _replaced(fault, source, new, "form of a date") if _reads(fault, new) else None


def _iso(text: str) -> str:
    plain = text.strip()
    if ":" in plain or _DECIMAL.fullmatch(plain) or not re.search("[0-9]{4}", plain):
        return ""  # a time of day, a decimal, a year of two digits
    meant = iso_forms(plain)
    return meant[0] if len(meant) == 1 else ""


_WORD = re.compile(r"[^\s0-9.,;+]+")


def _unit(fault: Repairable, source: Source) -> Edit | None:
    """A unit with blanks around its slash, or in another case."""
    if fault.read is None or fault.read in _DATES:
        return None
    text = str(fault.node.value)
    if not any(letter.isdigit() for letter in text):
        return None
    joined = re.sub(r"\s*/\s*", "/", text)
    made = {joined, _WORD.sub(_unit_case, text), _WORD.sub(_unit_case, joined)} - {text}
    read = [each for each in sorted(made) if _reads(fault, each)]
    return _replaced(fault, source, read[0], "spelling of a unit") if len(read) == 1 else None


def _unit_case(found: re.Match[str]) -> str:
    if found[0] in UNIT_OF:
        return found[0]
    names = _units_in_lower_case().get(found[0].lower(), ())
    return next(iter(names)) if len(names) == 1 else found[0]


@functools.cache
def _units_in_lower_case() -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for spelled, unit in UNIT_OF.items():
        found.setdefault(spelled.lower(), set()).add(unit.name)
    return found


def _quotes(source: Source) -> Iterator[Edit]:
    """Quotes around a text within {..} that the check reads and other readers of YAML do not.

    The text goes on after a comma, or it is a set of days in brackets.
    """
    for value in source.flow_values():
        span = source.span(value)
        if span is None or value.style or not ("," in value.value or value.value.startswith("[")):
            continue
        text = source.text[span[0] : span[1]]
        quote = next((sign for sign in "\"'" if sign not in text and "\\" not in text), "")
        if quote and "#" not in text:
            yield Edit(*span, f"{quote}{text}{quote}", "quotes around a text with a comma")


def _repeated_key(fault: Repairable, source: Source) -> Edit | None:
    """A key that is given twice with the same value; the second goes."""
    place = source.parent(fault.node)
    if not fault.twice or place is None:
        return None
    mapping, number = place
    key, value = mapping.value[number]
    if number not in _repeated(mapping):
        return None
    if mapping.flow_style:
        return _without_pair(mapping, number, source)
    return _without_lines(key, value, source)


@functools.lru_cache(maxsize=4)
def _repeated(mapping: yaml.MappingNode) -> frozenset[int]:
    """The numbers of pairs whose key stands above with the same value, and with no other."""
    values: dict[str, object] = {}
    repeated, differing = set[int](), set[str]()
    for number, (key, value) in enumerate(mapping.value):
        word, data = joined_word(key.value), tree_data(value)
        if word not in values:
            values[word] = data
        elif data != values[word]:
            differing.add(word)
        elif word not in differing:
            repeated.add(number)
    return frozenset(repeated)


def _without_pair(mapping: yaml.MappingNode, number: int, source: Source) -> Edit | None:
    start = source.offset(mapping.value[number - 1][1].end_mark)
    end = source.offset(mapping.value[number][1].end_mark)
    part = source.text[start:end]
    comma = re.match(r"\s*,", part)
    return None if "\n" in part or "#" in part or not comma else Edit(start, end, "", "a key twice")


def _without_lines(key: Node, value: Node, source: Source) -> Edit | None:
    """The line of a pair, if nothing else is in it."""
    if not isinstance(value, yaml.ScalarNode) or value.style not in (None, "", "'", '"'):
        return None
    start = source.text.rfind("\n", 0, source.offset(key.start_mark)) + 1
    end = source.text.find("\n", source.offset(value.end_mark)) + 1
    before = source.text[start : source.offset(key.start_mark)]
    after = source.text[source.offset(value.end_mark) : end]
    one_line = value.end_mark.line == key.start_mark.line
    if not end or before.strip() or after.strip() or not one_line:
        return None
    return Edit(start, end, "", "a key twice")


_FRAME = "case: c\nevents:\n  - {diagnosis: 2020}\n"
_BLOCK = _FRAME + "  - biopsy: 2021\n    site: liver\n"
TEXT_REPAIRS = (
    TextRepair("byte order mark", "\ufeff" + _FRAME, _FRAME, byte_order_mark),
    TextRepair("line ends", _FRAME.replace("\n", "\r\n"), _FRAME, line_ends),
    TextRepair("tabs", _FRAME.replace("  -", "\t-"), _FRAME, tabs),
)
TREE_REPAIRS = (
    TreeRepair(
        "quotes around a text with a comma",
        _FRAME + "  - {surgery: 2021, what: resection, en bloc, site: liver}\n",
        _FRAME + '  - {surgery: 2021, what: "resection, en bloc", site: liver}\n',
        _quotes,
    ),
)
NODE_REPAIRS = (
    NodeRepair(
        "spelling of a key",
        _FRAME + "  - {supportive: 2021/.., drug: zoledronate}  # no dose\n",
        _FRAME + "  - {supportive: 2021/.., drugs: zoledronate}  # no dose\n",
        _key_spelling,
    ),
    NodeRepair(
        "case and blanks of a word",
        _FRAME + "  - {Scan: 2021, Non target: present}\n",
        _FRAME + "  - {scan: 2021, non-target: present}\n",
        _word_case,
    ),
    NodeRepair(
        "case and blanks of a word",
        _FRAME + "  - {surgery: 2021, margin: R_0}\n",
        _FRAME + "  - {surgery: 2021, margin: R0}\n",
        _vocabulary,
    ),
    NodeRepair(
        "form of a date",
        _FRAME + "  - {biopsy: 5 May 2021}\n  - {death: 2021-5-7}\n",
        _FRAME + "  - {biopsy: 2021-05-05}\n  - {death: 2021-05-07}\n",
        _date,
    ),
    NodeRepair(
        "spelling of a unit",
        _FRAME + "  - {lab: 2021, values: {amylase: 182 IU / L}}\n",
        _FRAME + "  - {lab: 2021, values: {amylase: 182 IU/L}}\n",
        _unit,
    ),
    NodeRepair("a key twice", _BLOCK + "    site: liver\n", _BLOCK, _repeated_key),
)
