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

# A strategy that is made anew for each draw is checked anew as well, which takes longer than
# the draw: those of the findings of a scan are made once.
_BOOLEANS = st.booleans()
_LETTERS = st.sampled_from(("CR", "PR", "SD", "PD", "NE"))
_LEVELS = st.sampled_from(LEVELS)
_SUMS = st.sampled_from(SUMS)
_NEW_SUMS = st.sampled_from((0, 10, 12, 15, 17, 20))
_DENSITIES = st.sampled_from((50, 45, 42.5, 40, 0, -10, "NE", "NE"))
_DENSITIES_BEFORE = st.sampled_from((50, 50, 0, -5, "NE"))
_NODULES = st.sampled_from((False, False, False, False, True))
_NEW = st.sampled_from((0, 0, 0, 1, "NE"))
_FLAGS = st.sampled_from((False, False, True))
_DONE = st.sampled_from((True, True, False))
_GAPS = st.sampled_from((14, 25, 26, 28, 42, 56, 84))


def _target_sums(sums):
    """A sum, none, or one of some lesions alone."""
    return st.one_of(sums, st.just("NE"), sums.map(lambda mm: {"partial": mm}))


_TARGET_SUMS = _target_sums(_SUMS)


def point(draw, day, *, targets, non_targets, letters=False, sums=_TARGET_SUMS, new_sums=_NEW_SUMS):
    """One time point; every finding that the format knows, bounds of the rules among them."""
    found = {"day": day}
    if targets and letters:
        found["target"] = draw(_LETTERS)
        found["target_increase"] = draw(_BOOLEANS)
    elif targets:
        found["target_sum"] = draw(sums)
    if targets:
        found["density"] = draw(_DENSITIES)
        found["nodule"] = draw(_NODULES)
    if non_targets:
        found["nontarget"] = draw(_LEVELS)
        found["nontarget_increase"] = draw(_BOOLEANS)
    found["new_lesions"] = draw(_NEW)
    if draw(_BOOLEANS):
        found["nlt_sum"] = draw(new_sums)
    for flag in ("nlnt_increase", "nlnt_pd", "symptomatic"):
        found[flag] = draw(_FLAGS)
    if not found["new_lesions"]:
        found["nl_resolved"] = draw(_BOOLEANS)
    found["done"] = found["new_lesions"] == 1 or bool(found.get("nodule")) or draw(_DONE)
    return found


@st.composite
def patients(draw, most=6, **kind):
    """One patient in the vector format."""
    targets, non_targets = draw(_BOOLEANS), draw(_BOOLEANS)
    letters = draw(_BOOLEANS) if targets else False
    day, found = 0, []
    for _ in range(draw(st.integers(0, most))):
        day += draw(_GAPS)
        found.append(point(draw, day, targets=targets, non_targets=non_targets, letters=letters))
    base = "present" if letters else 100 if targets else None
    baseline = {"target_sum": base, "nontarget": non_targets}
    if targets:
        baseline["density"] = draw(_DENSITIES_BEFORE)
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
        scan = point(
            draw,
            56 * (place + 1),
            targets=True,
            non_targets=False,
            sums=_target_sums(near_the_bounds(known, *new[1:])),
            new_sums=near_the_bounds(new),
        )
        known += [scan["target_sum"]] * isinstance(scan["target_sum"], Decimal)
        new += [scan["nlt_sum"]] if "nlt_sum" in scan else []
        found.append(scan)
    return {"baseline": {"target_sum": base, "nontarget": False}, "timepoints": found}


_NUMBERS = {"icpd_max_days": (None, 56), "max_ne_between": (0, 1, 2), "nl_reset_mm": (0, 5, 12)}
_ANSWERS = {
    name: st.sampled_from(
        _NUMBERS.get(name, (row.default,)) if row.options[0].startswith("a whole") else row.options
    )
    for name, row in SETTINGS.items()
}


@st.composite
def chosen(draw):
    """Settings, any option of any of them."""
    return Settings.of({name: draw(answers) for name, answers in _ANSWERS.items()})
