"""The parts of a text: regions, paragraphs, labels of figures and tables."""

from __future__ import annotations

import bisect
import functools
import re
from collections.abc import Sequence

import attrs

from timeline.report_text import Section

Part = tuple[int, int]  # the offset of the first character, and that after the last


@attrs.frozen(slots=False)
class Region:
    """The parts of a text that a place names.

    Attributes:
        parts: their offsets, in order.
        is_table: whether it is a table, whose cells print no unit.
    """

    parts: tuple[Part, ...]
    is_table: bool = False

    def contains(self, start: int) -> bool:
        """Whether a character is in it."""
        starts, ends = self._covered
        part = bisect.bisect_right(starts, start) - 1
        return part >= 0 and start < ends[part]

    @functools.cached_property
    def _covered(self) -> tuple[list[int], list[int]]:
        return self.covered()

    def covered(self) -> tuple[list[int], list[int]]:
        """Where its parts begin and end, in order; parts that overlap are one."""
        starts: list[int] = []
        ends: list[int] = []
        for first, end in sorted(self.parts):
            if ends and first <= ends[-1]:
                ends[-1] = max(ends[-1], end)
            else:
                starts.append(first)
                ends.append(end)
        return starts, ends


@attrs.frozen
class Paragraph:
    """A paragraph as the text has it, between two empty lines."""

    start: int
    end: int
    text: str

    @property
    def is_open(self) -> bool:
        """Whether a sentence goes on after it: at the end of a page or before a figure."""
        return len(self.text) >= _LONG and not _CLOSED.search(self.text) and self._is_prose

    @property
    def _is_prose(self) -> bool:
        """Whether it has a whole sentence or is long: a title with its authors is neither."""
        return len(self.text) >= _LONGEST_LINE or _SENTENCE.search(self.text) is not None

    @property
    def continues(self) -> bool:
        """Whether it begins within a sentence."""
        return bool(_CONTINUES.match(self.text))

    @property
    def is_table(self) -> bool:
        """Whether most of its lines are rows of cells."""
        lines = self.text.splitlines()
        return sum("\t" in line or " | " in line for line in lines) * 2 > len(lines)


_LONG = 60  # characters: a shorter paragraph without a stop is a heading or a label
_LONGEST_LINE = 400  # characters of a title with all authors
_SENTENCE = re.compile(r"[a-z0-9)%]{3}[.?!]\s+[A-Z]")
_CLOSED = re.compile(r"(?:[.!?:;][)\]”\"'*]*|[.!?]?[”\"]?\^?\[[0-9,–\- ]+\])\s*$")
_CONTINUES = re.compile(r"[a-z(]|[0-9]+(?:\.[0-9]+)?\s")
GAP = re.compile(r"\n[ \t\r\f\v]*\n\s*")
_FARTHEST = 8  # paragraphs between the two parts of a sentence, such as footers and figures
LABEL = re.compile(
    r"[#*\s]*(?P<kind>(?:supplementary\s+|suppl\.?\s+)?(?:fig(?:ure|\.)?|table))\s*"
    r"(?P<number>S?\s?[0-9]+|[IVX]+)\b(?:\s+legend)?",
    re.IGNORECASE,
)
_LEADING_NUMBER = re.compile(r"^[0-9.]+\s+")


def starts_legend(text: str, label: re.Match[str]) -> bool:
    """Whether a label at the start of a line begins a legend, and is not part of a sentence."""
    following = text[label.end() : label.end() + 3]
    return bool(re.match(r"\s*(?:[.:|]|\n|[A-Z(]|$)|\s+[A-Z(]", following))


def legend_end(text: str, label: re.Match[str], table: bool) -> int:
    """Where a legend ends: after its paragraph, and after the rows of a table."""
    end = label.end()
    while True:
        gap = GAP.search(text, end + 1)
        words = text[end : gap.start() if gap else len(text)]
        if gap is None:
            return len(text)
        following = GAP.search(text, gap.end())
        block = text[gap.end() : following.start() if following else len(text)]
        alone = not words.strip(" .:\n")
        if not alone and not (table and Paragraph(0, 0, block).is_table):
            return gap.start()
        end = gap.end()


def is_separate(text: str, found: re.Match[str]) -> bool:
    """Whether a numbered line is between empty lines, as a heading is."""
    before, after = text[: found.start()].rstrip(" \t"), text[found.end() : found.end() + 2]
    return before.endswith("\n") and not after.strip() and not found[0].rstrip().endswith(".")


def continuation(blocks: Sequence[Paragraph], index: int) -> int | None:
    """The block in which the sentence of an open block goes on."""
    near = range(index + 1, min(index + 1 + _FARTHEST, len(blocks)))
    return next((each for each in near if blocks[each].continues), next(iter(near), None))


def heading_text(section: Section) -> str:
    """The heading of a section in lower case, without its number."""
    return " ".join(_LEADING_NUMBER.sub("", section.heading).lower().split()).strip(":. ")


def is_label(section: Section) -> bool:
    """Whether the heading of a section is the label of a figure or a table."""
    return LABEL.match(section.heading) is not None


def legend_key(label: re.Match[str]) -> str:
    """The kind and the number of a figure or a table."""
    kind = label["kind"].lower()
    what = "table" if kind.endswith("table") else "figure"
    more = "supplementary " if kind.startswith("suppl") else ""
    return f"{more}{what} {label['number'].replace(' ', '').upper()}"
