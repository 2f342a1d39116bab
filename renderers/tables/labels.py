"""What a word of a table means: a kind of event, yes or no; however it is spelled.

The words are rows of ``timeline/data/table_words.csv``, each with its source. They are compared as
`timeline.core.text.spelling.folded` brings them: without case, blanks and form.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator

from timeline.core.data_tables import data_rows
from timeline.core.frozen_class import frozen
from timeline.core.text.spelling import folded
from timeline.terminology.criteria import LABELS


@frozen
class LabelKind:
    """The kind of a label: the style of its marker, and whether a lane ends with it."""

    marker: str
    ends: bool = False


_ENDS = ("death", "alive", "end unknown", "stop toxicity", "stop progression", "stop completed",
         "stop choice", "stop other")  # fmt: skip
_WORDS: dict[str, tuple[str, ...]] = {}  # of each meaning, of every row with it
for _row_of_words in data_rows("table_words"):
    _meaning = _row_of_words.text("meaning")
    _WORDS[_meaning] = (*_WORDS.get(_meaning, ()), *_row_of_words.texts("words"))
_ANSWERS = ("yes", "no", "ongoing", "ended", "event", "censored", "too small",
            "code of a diameter", "code of a short axis",
            "code of a sum", "code of a change",
            "target lesion", "other lesion", "new lesion found")  # fmt: skip  # no markers
_EXACT = {
    **{folded(word): LabelKind(word) for word in LABELS},
    **{
        folded(word): LabelKind(meaning, ends=meaning in _ENDS)
        for meaning, words in _WORDS.items()
        if meaning not in _ANSWERS
        for word in words
    },
}


def words_of(meaning: str) -> frozenset[str]:
    """The words of a meaning of ``timeline/data/table_words.csv``, as `folded` brings them."""
    return frozenset(map(folded, _WORDS[meaning]))


_STOP = r"(?:discontinu|stopp|stop\b|off\b|withdr|terminat|ceas|end of)"
_HARM = r"(?:toxic|adverse|\bs?ae\b|side effect|intoleran)"
_COURSE = r"(?:treatment|therapy|study|protocol|course|regimen|cycles?)"


def _row(pattern: str, marker: str, *, ends: bool = False) -> tuple[re.Pattern[str], LabelKind]:
    return re.compile(pattern), LabelKind(marker, ends)


_PATTERNS = (  # searched in the folded label; the first row that is found is taken
    _row(rf"{_STOP}.*{_HARM}|{_HARM}.*(?:discontinu|leading to|withdrawal|terminat)",
         "stop toxicity", ends=True),
    _row(rf"{_STOP}.*(?:progress|\bpd\b)|progress.*discontinu", "stop progression", ends=True),
    _row(r"^(?:still )?(?:alive|living)\b|^last (?:contact|follow|seen|known|visit)|^censored|"
         r"^(?:data )?cut-?off", "alive", ends=True),
    _row(r"^(?!.*\b(?:no|not|without|non)\b).*(?:\b(?:death|deceased|died|dead)\b|\bfatal\b)",
         "death", ends=True),
    _row(r"lost to follow", "end unknown", ends=True),
    _row(rf"^complet(?:ed|ion)$|{_COURSE}.*\bcomplet(?:ed|ion)\b|"
         rf"\bcomplet(?:ed|ion)\b.*{_COURSE}", "stop completed", ends=True),
    _row(r"\bwithdr|(?:patient|subject|own|physician|investigator)(?:'?s)? "
         r"(?:choice|decision|request)", "stop choice", ends=True),
    _row(rf"^(?!.*\b(?:no|not|dose|smoking)\b).*(?:discontinu|stopped|\boff[ -]{_COURSE}|"
         rf"\bend[ -](?:of )?(?:the )?{_COURSE})|^eo[st]$", "stop other", ends=True),
    _row(_HARM, "toxicity"),
    _row(r"^(?:surgery|resection|operation)|\b(?:surgery|resection)$", "surgery"),
    _row(r"biopsy", "biopsy"),
    _row(r"^diagnos|\bdiagnosis$", "diagnosis"),
    _row(r"^(?:ct|mri|pet|scan|imaging)\b|\bscan$", "scan"),
)  # fmt: skip
_BRACKETS = re.compile(r"^(?P<out>.*?)\s*[(\[](?P<inside>[^()\[\]]*)[)\]]\s*$")
_BEFORE = re.compile(
    r"^(?:(?:best|overall|objective|response|bor|confirmed|unconfirmed|documented|first|initial|"
    r"date of|time of|onset of|start of|recist|v?1\.1|irecist|patient|subject|status|achieved)"
    r"[ :=,-]+)+"
)
_BEHIND = re.compile(
    r"(?:[ :=,-]+(?:confirmed|unconfirmed|documented|onset|start|date|achieved|event|observed|"
    r"(?:per|by) (?:i?recist|investigator|bicr)|v?1\.1))+$"
)


def _outside(plain: str) -> tuple[str, str]:
    """A label without the text in brackets at its end, and that text."""
    found = _BRACKETS.match(plain)
    return (found["out"], found["inside"].strip()) if found and found["out"] else (plain, "")


@functools.lru_cache(maxsize=4096)
def kind_of(label: str) -> LabelKind | None:
    """The kind of event that a label names; None where it is of no kind that is known.

    >>> kind_of("Progressive disease (PD)").marker, kind_of("DECEASED ").marker
    ('PD', 'death')
    >>> kind_of("Adverse event"), kind_of("Treatment discontinuation").ends
    (LabelKind(marker='toxicity', ends=False), True)
    """
    plain = folded(label)
    outside, inside = _outside(plain)
    for form in (plain, outside, *_barer(outside)):
        if form in _EXACT:
            return _EXACT[form]
    found = next((kind for pattern, kind in _PATTERNS if pattern.search(plain)), None)
    return found or _EXACT.get(inside)


def _barer(form: str) -> Iterator[str]:
    """A label without qualifying words before and after it, removed one layer at a time."""
    for _ in range(2):
        form = _BEHIND.sub("", _BEFORE.sub("", form))
        form, _inside = _outside(form)
        yield form


def label_meaning(label: str) -> str:
    """The meaning of a label: equal for two spellings of one meaning, and for no others.

    >>> label_meaning("Death") == label_meaning("died")
    True
    >>> label_meaning("PD") == label_meaning("confirmed PD")
    False
    """
    plain = folded(label)
    outside, _ = _outside(plain)
    known = _EXACT.get(plain) or _EXACT.get(outside)
    return known.marker if known else plain


_YES, _NO = words_of("yes"), words_of("no")
_ON, _OFF = words_of("ongoing"), words_of("ended")
_WHOLE = re.compile(r"([01])\.0+")  # as programs write it where a value of the column is missing


def yes_no(text: str) -> bool | None:
    """Whether a cell is yes or no; None if it is neither. An empty cell is neither.

    >>> yes_no("Y"), yes_no("0.0"), yes_no("ja")
    (True, False, None)
    """
    plain = folded(text)
    whole = _WHOLE.fullmatch(plain)
    plain = whole[1] if whole else plain
    return True if plain in _YES else False if plain in _NO else None


def is_ongoing(text: str) -> bool | None:
    """Whether a cell states that something is ongoing; None if it states neither.

    Yes and no, and the words of an end-of-treatment status (CDISC EOTSTT): ONGOING, COMPLETED,
    DISCONTINUED. An empty cell is no.
    """
    if not text:
        return False
    if folded(text) in _ON or folded(text) in _OFF:
        return folded(text) in _ON
    kind = kind_of(text)
    return False if kind and kind.ends else yes_no(text)
