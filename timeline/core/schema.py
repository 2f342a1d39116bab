"""The fields of a case or report file: the keys of each class, and how their text is parsed."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Collection, Iterable, Mapping
from enum import StrEnum
from types import MappingProxyType
from typing import Any

import attrs

from timeline.core.frozen_class import frozen
from timeline.core.problem import misspelt
from timeline.core.text.spelling import loosely_folded

LONGEST = 600  # characters of a free text
JOINT = ", "  # between the texts of a list that is read as one text


class Cardinality(StrEnum):
    """How many values a key takes."""

    ONE = "one value"
    MANY = "one value or a list"
    MAP = "a mapping"
    EITHER = "one value or a mapping"


@frozen
class FieldSpec:
    """How a field is read: each scalar by ``read``, arranged by ``shape``.

    ``joins``: whether a list of texts is read as one text, with commas between its parts.
    """

    read: Callable[[str], Any]
    shape: Cardinality = Cardinality.ONE
    leads: bool = False  # the value of the kind key itself
    keys: tuple[str, ...] = ()  # a value may be given under one of these: {site: liver}
    parts: Callable[[str], tuple[str, ...]] | None = None  # several values in one text
    joins: bool = False

    def texts(self, text: str) -> tuple[str, ...]:
        """The values of a text: one, or those that ``parts`` finds in it."""
        return self.parts(text) if self.parts is not None else (text,)


def record_field(
    read: Callable[[str], Any] = str,
    *,
    shape: Cardinality = Cardinality.ONE,
    default: Any = None,
    leads: bool = False,
    keys: tuple[str, ...] = (),
    parts: Callable[[str], tuple[str, ...]] | None = None,
    joins: bool = False,
) -> Any:
    """An attrs field whose text is read by ``read``; values already typed pass through."""
    spec = FieldSpec(read, shape, leads, keys, parts, joins)

    def convert(value: Any) -> Any:
        if value is default:  # of a field that leads: attrs knows no default of it
            return value
        if isinstance(value, str):
            return value if value == default else arranged(value)
        if joins and isinstance(value, list | tuple):
            return JOINT.join(map(read, value))
        if shape is Cardinality.MANY:
            return tuple(
                one for part in value
                for one in (map(read, spec.texts(part)) if isinstance(part, str) else (part,))
            )  # fmt: skip
        return value

    def arranged(text: str) -> Any:
        if shape is Cardinality.MAP:
            return text
        if shape is Cardinality.MANY:
            return tuple(map(read, spec.texts(text)))
        one = read(text)
        return one if shape is Cardinality.ONE else (("", one),)

    if shape is not Cardinality.ONE and default is None:
        default = ()
    return attrs.field(
        default=attrs.NOTHING if leads else default,
        converter=_CONVERTER,
        metadata={"field": spec, "convert": convert},
    )


def _converted(value: Any, field: attrs.Attribute[Any]) -> Any:
    """The value of a field as its own function converts it; its default as it is."""
    return value if value is field.default else field.metadata["convert"](value)


# One for all fields: attrs inspects the signature of each converter of each class that has it.
_CONVERTER = attrs.Converter(_converted, takes_field=True)


_KEYS: dict[type[Any], dict[str, tuple[str, FieldSpec]]] = {}  # the fields of a class stay the same


def schema_of(cls: type[Any]) -> dict[str, tuple[str, FieldSpec]]:
    """Each key of a file, spelled as in the file, with the attribute's name and its reading."""
    if cls not in _KEYS:
        _KEYS[cls] = {
            field.name.rstrip("_").replace("_", "-"): (field.name, field.metadata["field"])
            for field in attrs.fields(cls)
            if "field" in field.metadata
        }
    return _KEYS[cls]


@frozen
class Together:
    """What holds of some fields of a record together, such as that one of two is stated.

    A class lists its own in ``TOGETHER``. ``names``: the attributes. ``fault``: a function of their
    values in this order, which returns what is wrong and what to write, else an empty text.
    """

    names: tuple[str, ...]
    fault: Callable[..., str]


def faults_together(
    cls: type[Any], values: Mapping[str, Any], unread: Collection[str] = ()
) -> tuple[str, ...]:
    """What is wrong with the fields of a record together, each fault once.

    Args:
        cls: the class of the record.
        values: by the names of the attributes; one that is absent has its default.
        unread: attributes with a value that could not be read. What depends on one of them is not
            known, and is left out.
    """
    defaults = attrs.fields_dict(cls)
    found = (
        each.fault(*(values.get(name, defaults[name].default) for name in each.names))
        for each in getattr(cls, "TOGETHER", ())
        if not set(each.names) & set(unread)
    )
    return tuple(text for text in found if text)


def check_together(record: Any) -> None:
    """Refuse a record whose fields do not hold together. ValueError names every fault."""
    cls = type(record)
    names = {name for each in cls.TOGETHER for name in each.names}
    faults = faults_together(cls, {name: getattr(record, name) for name in names})
    if faults:
        raise ValueError("; ".join(faults))


NO_OTHERS: Mapping[str, str] = MappingProxyType({})


@frozen
class OneOf:
    """A reader that takes one of a closed list of words, in any case; ``what`` names them.

    ``also``: other words, each with the one that it means. ``refused``: words that have no place
    in the list, each with what to write instead. ``loose``: whether hyphens and blanks are the
    same, and a full stop at the end is left out. ``listed_in``: where a long list stands, which a
    message then has not.
    """

    words: tuple[str, ...]
    what: str
    also: tuple[tuple[str, str], ...] = ()
    refused: tuple[tuple[str, str], ...] = ()
    loose: bool = False
    listed_in: str = ""
    _known: dict[str, str] = attrs.field(factory=dict, init=False, eq=False, repr=False)

    def __call__(self, text: str) -> str:
        folded, known = self._folded(text), self._by_folded()
        if folded in known:
            return known[folded]
        refused = {self._folded(word): advice for word, advice in self.refused}
        advice = refused.get(folded) or misspelt(text, self.words, dict(self.also), self.listed_in)
        raise ValueError(f"unknown {self.what}: {text!r} ({advice})")

    def has(self, text: str) -> bool:
        """Whether a text is one of the words, or another word for one."""
        return self._folded(text) in self._by_folded()

    def _by_folded(self) -> dict[str, str]:
        """Each word as it is compared; a command reads few of the lists, and folds only those."""
        if not self._known:
            every = (*self.also, *((word, word) for word in self.words))
            self._known.update({self._folded(word): of for word, of in every})
        return self._known

    def _folded(self, text: str) -> str:
        return loosely_folded(text) if self.loose else text.strip().lower()


def one_of(
    words: Iterable[str],
    what: str,
    also: Mapping[str, str] = NO_OTHERS,
    *,
    refused: Mapping[str, str] = NO_OTHERS,
    loose: bool = False,
    listed_in: str = "",
) -> OneOf:
    """A reader that takes one of a closed list of words, or another word for one, in any case."""
    others = (tuple(also.items()), tuple(refused.items()))
    return OneOf(tuple(words), what, *others, loose=loose, listed_in=listed_in)


@frozen
class WholeNumber:
    """A reader of whole numbers from ``least`` to ``most``, both included."""

    least: int
    most: int

    def __call__(self, text: str) -> int:
        if re.fullmatch(r"[0-9]{1,6}", text.strip()) and self.least <= int(text) <= self.most:
            return int(text)
        raise ValueError(f"not a whole number from {self.least} to {self.most}: {text!r}")


def whole_number(least: int, most: int) -> WholeNumber:
    """A reader of whole numbers from ``least`` to ``most``, both included."""
    return WholeNumber(least, most)


ANSWERS = dict.fromkeys(("yes", "y", "true", "1"), True) | dict.fromkeys(
    ("no", "n", "false", "0"), False
)


def yes_or_no(text: str) -> bool:
    """``yes`` or ``no``, in the spellings of case report forms too: Y and N, true and false."""
    answer = ANSWERS.get(text.strip().lower())
    if answer is None:
        raise ValueError(f"neither yes nor no: {text!r} (write yes or no)")
    return answer


def free_texts() -> Any:
    """A field of one free text, which may be written as a list: ``[brain, spine]``; or empty."""
    return record_field(free_text, default="", joins=True)


def free_text(text: str) -> str:
    """A free text; an empty value is refused, as a key without a value carries no information."""
    visible = bool(text.strip()) and text.isprintable()
    if not visible and not any(unicodedata.category(letter)[0] not in "ZC" for letter in text):
        raise ValueError("empty value (write a few words, or leave the key out)")
    if len(text) > LONGEST:
        raise ValueError(f"{len(text)} characters (write {LONGEST} at most)")
    return " ".join(text.split())
