"""The limits of a mean against its spread and the number of values."""

from __future__ import annotations

import math

import attrs

from timeline.core.printed_numbers import Printed
from timeline.statistics.distributions import normal_quantile, t_quantile
from timeline.statistics.rounding import Consistency, any_rounding


@attrs.frozen(kw_only=True)
class MeanWidth:
    """Half the distance of printed limits, least and most; what each way to limits gives."""

    fit: Consistency
    printed: tuple[float, float]
    expected: tuple[tuple[str, tuple[float, float]], ...]
    reproduced_by: tuple[str, ...]


NEARLY = 0.25  # off what the ways give: bootstrapped and adjusted limits lie so near
OTHERS = ("one standard error", "one SD", "the spread taken for a standard error")


def mean_width(
    low: Printed, high: Printed, spread: Printed, n: int, level: float, *, is_error: bool = False
) -> MeanWidth:
    """Whether limits lie t, or z, standard errors from a mean (K14).

    ``spread``: an SD of n values, or its standard error where ``is_error``. AGREES by t or z;
    POSSIBLE where the limits are those of another level or of one SE or SD, or lie within a
    quarter of it. ValueError for fewer than two values.
    """
    if n < 2:
        raise ValueError(f"no spread of {n} values (write 2 or more)")
    first, last = any_rounding(low), any_rounding(high)
    half = max(0.0, float(last.low - first.high) / 2), float(last.high - first.low) / 2
    root = math.sqrt(n)
    spans = any_rounding(spread)
    least, most = (
        max(0.0, float(end)) / (1 if is_error else root) for end in (spans.low, spans.high)
    )
    share = (1 + level) / 2
    times = {"t": t_quantile(share, n - 1), "z": normal_quantile(share)}
    factors = {**times, OTHERS[0]: 1.0, OTHERS[1]: root, OTHERS[2]: root * times["z"]}
    expected = tuple((name, (least * far, most * far)) for name, far in factors.items())
    reproducing = [
        name for name, (a, b) in expected if a <= half[1] * _SLACK and half[0] <= b * _SLACK
    ]
    near = (1 - NEARLY) * least * min(times.values()), (1 + NEARLY) * most * times["t"]
    fit = Consistency.CONTRADICTED
    if any(name in times for name in reproducing):
        fit, reproducing = Consistency.AGREES, [name for name in reproducing if name in times]
    elif reproducing or (near[0] <= half[1] and half[0] <= near[1]):
        fit = Consistency.POSSIBLE
    return MeanWidth(fit=fit, printed=half, expected=expected, reproduced_by=tuple(reproducing))


_SLACK = 1 + 1e-9
