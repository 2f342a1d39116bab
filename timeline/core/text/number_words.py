"""Whole numbers in words, as a sentence prints them."""

from __future__ import annotations

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
