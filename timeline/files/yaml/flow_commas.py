"""Commas within ``{..}``: a text that one has cut is put together where no doubt is possible.

In YAML a comma within braces ends a value, so that ``{surgery: 2019, what: resection, margins
free}`` has a key ``margins free`` without a value. It is the rest of the text before it where it
can be no key: it has no colon, is no key with one letter wrong, and does not begin with one. A
date goes on only by what makes it a date: an order (``2020-10, after line 1 end``). The printed
text of a claim goes on where it can be read as a whole only: ``date: August 12, 2022``.
"""

from __future__ import annotations

import functools
from collections.abc import Iterator, Mapping
from typing import Any

import yaml

from timeline.core.calendar.date_forms import iso_advice
from timeline.core.schema import Cardinality, FieldSpec, free_text, schema_of
from timeline.core.text.spelling import folded, one_letter_apart
from timeline.files.yaml.flow_text import PLAIN, Node, is_cut
from timeline.record.case import LesionDeclaration, Patient
from timeline.record.events import KINDS
from timeline.report.claims import CLAIMS, Claim, Report

Pair = tuple[Node, Node]
_CLASSES: dict[str, type[Any]] = {**dict.fromkeys(CLAIMS, Claim), **KINDS}
_BLOCKS = {"patient": Patient, "lesions": LesionDeclaration, "report": Report}
_SHORTEST = 3  # letters of a word that may be a key that was mistyped: R0 and IV are no keys


def rejoin(root: yaml.MappingNode) -> None:
    """Put together, in the tree of a file, texts that a comma cut and sets that YAML made lists."""
    waiting: list[Any] = [(root, "")]
    while waiting:
        node, key = waiting.pop()
        if isinstance(node, yaml.MappingNode):
            if node.flow_style:
                node.value = list(_joined(node, key))
            waiting += [(value, name.value) for name, value in node.value]
        elif isinstance(node, yaml.SequenceNode):
            waiting += [(each, key) for each in node.value]


def _fields(node: yaml.MappingNode, key: str) -> Mapping[str, FieldSpec]:
    """The keys of an entry and how each is read; the value of its kind among them."""
    kind = next((name.value for name, _ in node.value if name.value in _CLASSES), "")
    cls = _CLASSES.get(kind) or _BLOCKS.get(key)
    if cls is not Claim:
        return _fields_of(cls, (kind,))
    return _fields_of(cls, tuple(name.value for name, _ in node.value if name.value in CLAIMS))


@functools.cache
def _fields_of(cls: type[Any] | None, kinds: tuple[str, ...]) -> Mapping[str, FieldSpec]:
    """The keys of a class and how each is read; the value of each kind among them."""
    known = {word: spec for word, (_, spec) in schema_of(cls).items()} if cls else {}
    if cls is Claim:
        rows = [CLAIMS[kind] for kind in kinds]
        return {**known, **{row.name: FieldSpec(row.read, row.shape, leads=True) for row in rows}}
    leads = [spec for spec in known.values() if spec.leads]
    return {**known, **(dict.fromkeys(kinds, leads[0]) if leads else {})}


def _joined(node: yaml.MappingNode, key: str) -> Iterator[Pair]:
    """The pairs of an entry, each rest of a text with the text before it."""
    fields = _fields(node, key)
    last: Pair | None = None
    for name, value in node.value:
        if last is not None and is_cut(name, value) and _continues(last, name, fields):
            text = f"{last[1].value}, {name.value}"
            last = last[0], _scalar(text, last[1], name)
            continue
        if last is not None:
            yield last
        last = name, _set_of_days(value, fields.get(name.value.replace("_", "-")))
    if last is not None:
        yield last


def _scalar(text: str, first: Node, last: Node) -> yaml.ScalarNode:
    tag = "tag:yaml.org,2002:str"
    return yaml.ScalarNode(tag, text, first.start_mark, last.end_mark, style=None)


def _continues(before: Pair, rest: Node, fields: Mapping[str, FieldSpec]) -> bool:
    """Whether a text goes on after a comma, beyond doubt."""
    key, value = before
    spec = fields.get(str(key.value).replace("_", "-"))
    if spec is None or not isinstance(value, yaml.ScalarNode) or value.style not in PLAIN:
        return False
    if not value.value or may_be_key(str(rest.value), fields):
        return False
    if spec.leads and key.value in CLAIMS:
        return not _reads(spec, value.value) and _reads(spec, f"{value.value}, {rest.value}")
    if spec.leads:
        return _is_date(spec, f"{value.value}, {rest.value}")
    return spec.read is free_text and spec.shape is Cardinality.ONE


def _is_date(spec: FieldSpec, text: str) -> bool:
    """Whether a text is a date or a period as a whole, or one in words."""
    return _reads(spec, text) or bool(iso_advice(text))


def _reads(spec: FieldSpec, text: str) -> bool:
    try:
        spec.read(text)
    except ValueError:
        return False
    return True


def may_be_key(text: str, fields: Mapping[str, FieldSpec]) -> bool:
    """Whether a text may be a key, written without its colon or with one letter wrong.

    A word that is only like a key (``resectable``, ``progressive``) is a word of the report.
    """
    words, known = folded(text), [folded(each) for each in (*fields, *KINDS)]
    spelled = words.replace(" ", "-")
    if words in known or spelled in known or words.split(" ")[0] in known:
        return True
    own = [folded(each).replace(" ", "-") for each in fields]
    return len(spelled) >= _SHORTEST and any(one_letter_apart(spelled, each) for each in own)


def _set_of_days(value: Node, spec: FieldSpec | None) -> Node:
    """``[2021-12..2022-02]`` as the text that it is in EDTF; YAML makes it a list of one."""
    is_list = isinstance(value, yaml.SequenceNode) and value.flow_style and len(value.value) == 1
    if spec is None or not spec.leads or not is_list:
        return value
    only = value.value[0]
    if not isinstance(only, yaml.ScalarNode) or ".." not in only.value:
        return value
    return _scalar(f"[{only.value}]", value, value)
