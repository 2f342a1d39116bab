"""Mutations of files: of bytes, of texts, of values and of the structure of a format.

Each mutation is a function of the content and a source of random numbers. `mutated` applies one to
three of those of a kind of file. The same numbers give the same content.
"""

from __future__ import annotations

import io
import random
import re
import zipfile
import zlib
from collections.abc import Callable
from functools import cache

from tests.bench.hostile_values import (
    BILLION,
    DATES,
    ELEMENTS,
    NUMBERS,
    ODD_BYTES,
    PARTS,
    PDF_WORDS,
    WORDS,
    YAML,
)  # fmt: skip

Dice = random.Random
Mutation = Callable[[bytes, Dice], bytes]
LARGEST = 30_000  # bytes: what is repeated stops here

_TOKEN = re.compile(r"[\w.²/µ%+-]+|[^\w\s]|\s+")
_KEY = re.compile(
    r"(?<=[{,\s-])([A-Za-z][A-Za-z -]*):(?= |\n)|^([A-Za-z][A-Za-z -]*):(?= |\n)", re.MULTILINE
)
_VALUE = re.compile(r"(?<=: )[^\n,{}\[\]]+")
_NUMBER = re.compile(r"\d+(?:\.\d+)?")
_DATE = re.compile(r"\d{4}(?:-\d\d){0,2}")
_ELEMENT = re.compile(r"<[^<>]*>")


def _at(content: bytes, dice: Dice) -> int:
    return dice.randrange(len(content) + 1)


def flip(content: bytes, dice: Dice) -> bytes:
    changed = bytearray(content)
    for _ in range(dice.choice((1, 1, 2, 8, 40))):
        if changed:
            changed[dice.randrange(len(changed))] ^= 1 << dice.randrange(8)
    return bytes(changed)


def truncate(content: bytes, dice: Dice) -> bytes:
    at = _at(content, dice)
    return content[:at] if dice.random() < 0.7 else content[at:]


def insert_bytes(content: bytes, dice: Dice) -> bytes:
    at = dice.choice((0, _at(content, dice), _at(content, dice), len(content)))
    return content[:at] + dice.choice(ODD_BYTES) * dice.choice((1, 1, 1, 3, 500)) + content[at:]


def cut(content: bytes, dice: Dice) -> bytes:
    one, other = sorted((_at(content, dice), _at(content, dice)))
    return (
        content[:one] + content[other:]
        if other - one < 2000
        else content[:one] + content[one + 9 :]
    )


def repeat_bytes(content: bytes, dice: Dice) -> bytes:
    one = _at(content, dice)
    part = content[one : one + dice.choice((1, 5, 60, 900))]
    times = min(dice.choice((2, 10, 1000, 20_000)), LARGEST // max(1, len(part)))
    return content[:one] + part * times + content[one:]


def recode(content: bytes, dice: Dice) -> bytes:
    text = content.decode("utf-8", "replace")
    name = dice.choice(("utf-16", "utf-16-le", "latin-1", "cp1252", "utf-32", "utf-7", "cp037"))
    return text.encode(name, "replace")


def _on_text(change: Callable[[str, Dice], str]) -> Mutation:
    def mutation(content: bytes, dice: Dice) -> bytes:
        return change(content.decode("utf-8", "surrogateescape"), dice).encode(
            "utf-8", "surrogateescape"
        )

    mutation.__name__ = change.__name__
    return mutation


@_on_text
def lines(text: str, dice: Dice) -> str:
    rows = text.splitlines(keepends=True) or [""]
    one, other = dice.randrange(len(rows)), dice.randrange(len(rows))
    kind = dice.randrange(5)
    if kind == 0:
        rows[one], rows[other] = rows[other], rows[one]
    elif kind == 1:
        rows.insert(other, rows[one])
    elif kind == 2:
        del rows[one]
    elif kind == 3:
        low, high = sorted((one, other))
        rows[low:high] = rows[low:high][::-1]
    else:
        low = min(one, other)
        block = rows[low : low + dice.choice((1, 3, 20))]
        size = max(1, sum(map(len, block)))
        rows[low:low] = block * min(dice.choice((2, 30, 400)), LARGEST // size)
    return "".join(rows)


@_on_text
def indent(text: str, dice: Dice) -> str:
    rows = text.splitlines(keepends=True) or [""]
    first = dice.randrange(len(rows))
    by = dice.choice((" ", "  ", "\t", " \t", "    ", "\u00a0", "\u3000", " " * 200))
    for at in range(first, min(len(rows), first + dice.choice((1, 1, 4)))):
        rows[at] = by + rows[at] if dice.random() < 0.6 else rows[at].lstrip()
    return "".join(rows)


@_on_text
def join(text: str, dice: Dice) -> str:
    if dice.random() < 0.3:
        return text.replace("\n", dice.choice(("\r", "\r\n", "\x0b", "\u2028", " ", "")))
    breaks = [found.start() for found in re.finditer("\n", text)] or [0]
    at = dice.choice(breaks)
    return text[:at] + text[at + 1 :]


@_on_text
def tokens(text: str, dice: Dice) -> str:
    words = _TOKEN.findall(text) or [""]
    for _ in range(dice.choice((1, 1, 2, 5))):
        at = dice.randrange(len(words))
        kind = dice.randrange(4)
        if kind == 0 and len(words) > 1:
            del words[at]
        elif kind == 1:
            words.insert(at, dice.choice(words))
        elif kind == 2:
            words[at] = odd(dice)
        else:
            words.insert(at, odd(dice))
    return "".join(words)


def odd(dice: Dice) -> str:
    return dice.choice(dice.choice((NUMBERS, DATES, WORDS, YAML)))


def _substitute(pattern: re.Pattern[str], text: str, dice: Dice, value: str) -> str:
    found = list(pattern.finditer(text))
    if not found:
        return text + value
    one = dice.choice(found)
    return text[: one.start()] + value + text[one.end() :]


@_on_text
def number(text: str, dice: Dice) -> str:
    return _substitute(_NUMBER, text, dice, dice.choice(NUMBERS))


@_on_text
def date(text: str, dice: Dice) -> str:
    return _substitute(_DATE, text, dice, dice.choice(DATES))


@_on_text
def value(text: str, dice: Dice) -> str:
    new = odd(dice)
    if dice.random() < 0.4:  # the value of another key
        new = dice.choice(_VALUE.findall(text) or [new])
    return _substitute(_VALUE, text, dice, new)


@cache
def _keys() -> tuple[str, ...]:
    from timeline.core.schema import schema_of
    from timeline.files.loader import CASE_KEYS
    from timeline.record.case import LesionDeclaration, Patient
    from timeline.record.events import EVENTS, KINDS
    from timeline.report.claims import CLAIMS, Claim, Report

    known = [
        key
        for each in (*EVENTS.values(), Patient, LesionDeclaration, Claim, Report)
        for key in schema_of(each)
    ]
    return tuple(sorted({*known, *KINDS, *CASE_KEYS, *CLAIMS, "printed", "table", "<<", "source"}))


@_on_text
def key(text: str, dice: Dice) -> str:
    return _substitute(_KEY, text, dice, f" {dice.choice(_keys())}:")


@_on_text
def add_key(text: str, dice: Dice) -> str:
    places = [found.end() for found in re.finditer(r"\{", text)]
    new = dice.choice(_VALUE.findall(text) or [""]) if dice.random() < 0.5 else odd(dice)
    if not places:
        return f"{dice.choice(_keys())}: {new}\n{text}"
    at = dice.choice(places)
    return f"{text[:at]}{dice.choice(_keys())}: {new}, {text[at:]}"


@_on_text
def yaml_block(text: str, dice: Dice) -> str:
    at = dice.choice([0, len(text), *(found.end() for found in re.finditer("\n", text))])
    block = dice.choice(
        (
            BILLION,
            "a: &a [*a]\n",
            "<<: [*b]\n",
            "? {a: b}\n: c\n",
            "- a\n",
            "%TAG ! tag:x,2000:\n---\n",
        )
    )
    return text[:at] + block + text[at:]


@_on_text
def columns(text: str, dice: Dice) -> str:
    """A change of the columns of a table: their order, number, headings or separator."""
    rows = [row.split(",") for row in text.splitlines()] or [[""]]
    kind = dice.randrange(7)
    one, other = dice.randrange(max(map(len, rows))), dice.randrange(max(map(len, rows)))
    if kind == 0:
        for row in rows:
            if len(row) > max(one, other):
                row[one], row[other] = row[other], row[one]
    elif kind == 1:
        rows[0].append(dice.choice(rows[0]))
    elif kind == 2:
        del rows[0]
    elif kind == 3:
        rows[0] += [f"c{n}" for n in range(dice.choice((5, 3000)))]
    elif kind == 4:
        row = dice.choice(rows)
        row[dice.randrange(len(row))] = odd(dice)
    elif kind == 5:
        row = dice.choice(rows)
        row += [odd(dice)] * dice.choice((1, 2000))
    glue = dice.choice((";", "\t", "|", ",,", ", ")) if kind == 6 else ","
    return "\n".join(glue.join(row) for row in rows) + "\n"


@_on_text
def elements(text: str, dice: Dice) -> str:
    new = dice.choice(ELEMENTS)
    if dice.random() < 0.4:
        new = dice.choice(_ELEMENT.findall(text) or [new])
    found = list(_ELEMENT.finditer(text))
    if not found:
        return new + text
    one = dice.choice(found)
    start = one.start() if dice.random() < 0.5 else one.end()
    return text[:start] + new + text[one.end() :]


def workbook_part(content: bytes, dice: Dice) -> bytes:
    """A workbook with one of its parts changed, left out, doubled or made huge."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as book:
            parts = [(name, book.read(name)) for name in book.namelist()]
    except (zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError, EOFError, ValueError,
            OSError):  # fmt: skip
        return flip(content, dice)
    at = dice.randrange(len(parts))
    name, part = parts[at]
    kind = dice.randrange(8)
    if kind < 4:
        pattern, news = dice.choice(PARTS)
        places = [
            (n, each) for n, (_, body) in enumerate(parts) for each in re.finditer(pattern, body)
        ]
        if places:
            at, found = dice.choice(places)
            name, part = parts[at]
            part = part[: found.start()] + dice.choice(news) + part[found.end() :]
        parts[at] = (name, part)
    elif kind == 4:
        parts[at] = (name, dice.choice((flip, truncate, elements, tokens))(part, dice))
    elif kind == 5:
        del parts[at]
    elif kind == 6:
        parts[at] = (dice.choice(("../evil", "xl/styles.xml", "/etc/x", "a" * 300)), part)
    else:
        end = part.rfind(b"</")
        fill = dice.choice((b" ", b"<row/>", b"<c/>", b"a"))
        parts[at] = (
            name,
            part[:end] + fill * (dice.choice((1, 40)) * 1_000_000 // len(fill)) + part[end:],
        )
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as book:
        names = set()
        for name, part in parts:
            if name not in names:
                book.writestr(name, part)
            names.add(name)
    return made.getvalue()


def pdf_words(content: bytes, dice: Dice) -> bytes:
    found = list(re.finditer(rb"/\w+(?: -?\d+)?|\d+ 0 R|endobj|stream|startxref", content))
    if not found:
        return content + dice.choice(PDF_WORDS)
    one = dice.choice(found)
    start = one.start() if dice.random() < 0.6 else one.end()
    return content[:start] + dice.choice(PDF_WORDS) + content[one.end() :]


_BYTES = (flip, truncate, insert_bytes, cut, repeat_bytes)
_TEXT = (lines, lines, indent, join, tokens, tokens, tokens, recode)
_VALUES = (number, number, date, date, value, value, value)
_STRUCTURE = (key, key, add_key, add_key, yaml_block)
BY_KIND: dict[str, tuple[Mutation, ...]] = {
    "yaml": (*_BYTES, *_TEXT, *_VALUES, *_VALUES, *_STRUCTURE, *_STRUCTURE),
    "table": (*_BYTES, *_TEXT, number, date, number, date, columns, columns, columns, columns),
    "text": (*_BYTES, *_TEXT, number, date, number, date),
    "xml": (*_BYTES, *_TEXT, number, date, elements, elements, elements, elements, elements),
    "json": (*_BYTES, *_TEXT, number, number, value, value, value),
    "workbook": (*_BYTES, *([workbook_part] * 10)),
    "pdf": (*_BYTES, *([pdf_words] * 6)),
}


def mutated(content: bytes, kind: str, dice: Dice) -> tuple[bytes, tuple[str, ...]]:
    """A content after one to three mutations of its kind, and their names."""
    names = []
    for _ in range(dice.choice((1, 1, 1, 2, 3))):
        mutation = dice.choice(BY_KIND[kind])
        content = mutation(content, dice)
        content = content if kind == "workbook" else content[: 2 * LARGEST]
        names.append(mutation.__name__)
    return content, tuple(names)
