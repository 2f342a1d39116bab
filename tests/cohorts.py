"""What hypothesis draws patients and settings from, for the response engine."""

from decimal import Decimal

from hypothesis import settings
from hypothesis import strategies as st

from timeline.response.criteria import CRITERIA
from timeline.settings.response import SETTINGS, Settings

unhurried = settings(deadline=None)  # a cohort takes as long as the machine is busy
LEVELS = ("CR", "NON-CR/NON-PD", "PD", "NE")
SUMS = (0, 4, 10, 30, 50, 56, 60, 69.99, 70, 72, 80, 84, 95, 100, 105, 119.99, 120, 125, 130, 140)
MILLIONTH = Decimal("0.000001")
criteria = st.sampled_from(list(CRITERIA.values()))


@st.composite
def points(draw, day, *, targets, non_targets, letters=False, sums=None, new_sums=None):
    """One time point; every finding that the format knows, bounds of the rules among them."""
    sums = st.sampled_from(SUMS) if sums is None else sums
    new_sums = st.sampled_from((0, 10, 12, 15, 17, 20)) if new_sums is None else new_sums
    point = {"day": day}
    if targets and letters:
        point["target"] = draw(st.sampled_from(("CR", "PR", "SD", "PD", "NE")))
        point["target_increase"] = draw(st.booleans())
    elif targets:
        partial = sums.map(lambda mm: {"partial": mm})
        point["target_sum"] = draw(st.one_of(sums, st.just("NE"), partial))
    if targets:
        point["density"] = draw(st.sampled_from((50, 45, 42.5, 40, 0, -10, "NE", "NE")))
        point["nodule"] = draw(st.sampled_from((False, False, False, False, True)))
    if non_targets:
        point["nontarget"] = draw(st.sampled_from(LEVELS))
        point["nontarget_increase"] = draw(st.booleans())
    point["new_lesions"] = draw(st.sampled_from((0, 0, 0, 1, "NE")))
    if draw(st.booleans()):
        point["nlt_sum"] = draw(new_sums)
    for flag in ("nlnt_increase", "nlnt_pd", "symptomatic"):
        point[flag] = draw(st.sampled_from((False, False, True)))
    if not point["new_lesions"]:
        point["nl_resolved"] = draw(st.booleans())
    point["done"] = (
        point["new_lesions"] == 1
        or bool(point.get("nodule"))
        or draw(st.sampled_from((True, True, False)))
    )
    return point


@st.composite
def patients(draw, most=6, **kind):
    """One patient in the vector format."""
    targets, non_targets = draw(st.booleans()), draw(st.booleans())
    letters = draw(st.booleans()) if targets else False
    day, found = 0, []
    for _ in range(draw(st.integers(0, most))):
        day += draw(st.sampled_from((14, 25, 26, 28, 42, 56, 84)))
        made = points(day, targets=targets, non_targets=non_targets, letters=letters)
        found.append(draw(made))
    base = "present" if letters else 100 if targets else None
    baseline = {"target_sum": base, "nontarget": non_targets}
    if targets:
        baseline["density"] = draw(st.sampled_from((50, 50, 0, -5, "NE")))
    return {"baseline": baseline, "timepoints": found}


@st.composite
def near_the_bounds(draw, known, *others):
    """A length with six decimals, a millionth of a mm from a bound that ``known`` lengths give.

    ``others`` are added: what else counts to a sum.
    """
    share = draw(st.sampled_from((0, 70, 90, 100, 110, 120)))
    bound = draw(st.sampled_from(known)) * Decimal(share) / 100
    bound += draw(st.sampled_from((0, 0, 5, -5))) - draw(st.sampled_from((0, *others)))
    found = bound.quantize(MILLIONTH) + draw(st.sampled_from((-1, 0, 1))) * MILLIONTH
    return max(found, Decimal(0))


@st.composite
def exact_patients(draw, most=6):
    """One patient whose sums have six decimals and lie at the bounds of the rules."""
    base = draw(st.decimals(15, 200, places=6))
    known, new, found = [base], [Decimal("12.345678")], []
    for place in range(draw(st.integers(1, most))):
        made = points(
            56 * (place + 1),
            targets=True,
            non_targets=False,
            sums=near_the_bounds(known, *new[1:]),
            new_sums=near_the_bounds(new),
        )
        point = draw(made)
        known += [point["target_sum"]] * isinstance(point["target_sum"], Decimal)
        new += [point["nlt_sum"]] if "nlt_sum" in point else []
        found.append(point)
    return {"baseline": {"target_sum": base, "nontarget": False}, "timepoints": found}


@st.composite
def chosen(draw):
    """Settings, any option of any of them."""
    given = {}
    for name, row in SETTINGS.items():
        words = row.options if not row.options[0].startswith("a whole") else None
        numbers = {
            "icpd_max_days": (None, 56),
            "max_ne_between": (0, 1, 2),
            "nl_reset_mm": (0, 5, 12),
        }.get(name, (row.default,))
        given[name] = draw(st.sampled_from(words or numbers))
    return Settings.of(given)
