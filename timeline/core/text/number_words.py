"""Numbers in words, as a sentence prints them: whole numbers, and halves after them."""

from __future__ import annotations

import re

_ONES = "zero one two three four five six seven eight nine".split()  # noqa: SIM905
_TEENS = (
    "ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen".split()  # noqa: SIM905
)
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety".split()  # noqa: SIM905
NUMBER_WORDS = {
    **{word: number for number, word in enumerate((*_ONES, *_TEENS))},
    **{word: 10 * number for number, word in enumerate(_TENS, start=2)},
    **{
        f"{tens}-{one}": 10 * ten + number
        for ten, tens in enumerate(_TENS, start=2)
        for number, one in enumerate(_ONES)
        if number
    },
    **dict.fromkeys(("none", "no"), 0),  # as a table or a sentence prints a count of 0
}

AND_A_HALF = r"(?:\s+and\s+(?:a|one)\s+half|\s?½)"  # after a number: two and a half, 2½
_AND_A_HALF = re.compile(rf"(?P<number>.*?){AND_A_HALF}", re.IGNORECASE | re.DOTALL)


def without_half(text: str) -> tuple[str, bool]:
    """The number before ``and a half``, and whether these words follow it.

    >>> without_half("two and a half"), without_half("2½"), without_half("two")
    (('two', True), ('2', True), ('two', False))
    """
    found = _AND_A_HALF.fullmatch(text.strip())
    return (found["number"], True) if found else (text, False)
