"""Which counts and denominators print as a percentage."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction
from typing import Any

import attrs

from timeline.core.calendar.durations import rounded
from timeline.core.claimed_numbers import claimed_percentage
from timeline.core.printed_numbers import Printed
from timeline.statistics.percentages import (
    HUNDRED,
    PercentOfN,
    counts_within,
    denominators,
    percent_of_n,
    places_of,
)
from timeline.statistics.rounding import Consistency, any_rounding

MOST_N = 100  # the denominators that are tried where none is known
_SHOWN = 12  # fractions or denominators on one line of text


@attrs.frozen(kw_only=True)
class PercentageAnswer:
    """A printed percentage, and the fractions k / n that print so.

    ``of``: the fit with a known number of patients; None where it is not known. ``counts``: the
    counts of that number that print so, by the first rounding convention that has any.
    ``nearest``: the two counts next to it, with what they print as. ``denominators``: every n from
    1 to ``most`` (included) of which some count, or the known count, prints so.
    """

    printed: Printed
    n: int | None
    count: int | None
    most: int
    of: PercentOfN | None
    counts: Sequence[int]
    nearest: tuple[tuple[int, str], ...]
    denominators: tuple[int, ...]

    def __str__(self) -> str:
        return "\n".join(_lines(self))

    @property
    def conclusion(self) -> Consistency | None:
        """Whether the known number of patients can print so; None where it is not known."""
        return self.of.fit if self.of else None

    def to_dict(self) -> dict[str, Any]:
        """Plain data for JSON; the counts by the first and the last, both included."""
        counts = self.counts
        return {
            "printed": self.printed.text,
            "n": self.n,
            "count": self.count,
            "conclusion": self.conclusion and self.conclusion.value,
            "roundings": list(self.of.roundings) if self.of else [],
            "counts": {"first": counts[0], "last": counts[-1]} if counts else None,
            "nearest": [{"count": k, "prints_as": text} for k, text in self.nearest],
            "denominators": {"tried": [1, self.most], "fit": list(self.denominators)},
        }


def percent(
    printed: str, of: int | None = None, count: int | None = None, most: int | None = None
) -> PercentageAnswer:
    """Which counts and denominators print as a percentage.

    Args:
        printed: The percentage as printed: ``42.2``, ``42.2 %``, ``about 40``.
        of: The number of patients, where known; at least 1.
        count: The number of patients with the property, where known; 0 to ``of``.
        most: Denominators from 1 to this number are tried; 100, or ``of`` if that is more.

    Returns:
        The counts of ``of`` that print so, those next to it, and every denominator that fits.

    Raises:
        ValueError: The percentage cannot be read, or a number is not possible.

    Source: the GRIM test, Brown and Heathers 2017, doi:10.1177/1948550616673876.

    >>> percent("42.2", of=7).nearest
    ((2, '28.6'), (3, '42.9'))
    >>> percent("42.2").denominators[0]
    45
    """
    number = claimed_percentage(printed.strip().removesuffix("%").strip())
    if of is not None and of < 1:
        raise ValueError(f"no patients: {of} (write 1 or more)")
    if count is not None and not 0 <= count <= (of if of is not None else count):
        raise ValueError(f"not a count of {of}: {count} (write 0 to {of})")
    if most is not None and most < 1:
        raise ValueError(f"no denominators: {most} (write 1 or more)")
    tried = max(MOST_N, of or 0) if most is None else most
    fitting = denominators([number], tried, [count] if count is not None else ())
    fit = percent_of_n(number, of, count) if of is not None else None
    return PercentageAnswer(
        printed=number,
        n=of,
        count=count,
        most=fitting.most,
        of=fit,
        counts=percent_of_n(number, of).counts if of is not None else (),
        nearest=_nearest(number, of) if of is not None else (),
        denominators=tuple(fitting.fitting),
    )


def _nearest(number: Printed, n: int) -> tuple[tuple[int, str], ...]:
    """The counts on either side of the printed value that do not print so."""
    fitting = counts_within(any_rounding(number), n)
    below, above = fitting.start - 1, fitting.stop
    return tuple((k, _printed_as(number, k, n)) for k in (below, above) if 0 <= k <= n)


def _printed_as(number: Printed, count: int, n: int) -> str:
    return rounded(Fraction(HUNDRED * count, n), places_of(number))


def _lines(answer: PercentageAnswer) -> Iterator[str]:
    text = f"{answer.printed.text} %"
    if answer.of is not None:
        n, count = answer.n, answer.count
        if count is not None:
            yield f"{count} of {n} is {answer.of.expected} %; printed {text}: {_words(answer.of)}."
        if answer.counts:
            yield f"Of {n}, {text} is {_listed([f'{k}/{n}' for k in answer.counts], 'or')}."
        else:
            yield f"No count of {n} prints as {text}."
        if answer.nearest and (count is not None or not answer.counts):
            near = _listed([f"{k}/{n} = {shown} %" for k, shown in answer.nearest], "and")
            yield f"The counts next to it: {near}."
    yield from _denominator_lines(answer, text)


def _words(fit: PercentOfN) -> str:
    if fit.fit is Consistency.POSSIBLE:
        return "possible (" + ("digits cut" if fit.only_truncated else "by another rounding") + ")"
    return fit.fit.value


def _denominator_lines(answer: PercentageAnswer, text: str) -> Iterator[str]:
    of_count = f"{answer.count} patients are" if answer.count is not None else "a count is"
    found = answer.denominators
    if not found:
        yield f"There is no n from 1 to {answer.most} of which {of_count} {text}."
        return
    some = [str(n) for n in found]
    yield f"Of n from 1 to {answer.most}, {of_count} {text} for n = {_listed(some, 'and')}."


def _listed(texts: Sequence[str], word: str) -> str:
    if len(texts) > _SHOWN:
        return ", ".join(texts[:_SHOWN]) + f" and {len(texts) - _SHOWN} more"
    return f" {word} ".join(filter(None, (", ".join(texts[:-1]), texts[-1])))
