"""What is printed of curves on request: rates, quantiles, tests, hazard ratios; colours, bands."""

from __future__ import annotations

import csv
import io
from fractions import Fraction
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from renderers.backends.sidecars import as_csv
from renderers.scene.colours import BLACK, over
from renderers.scene.journals import DEFAULT_PAGE, page_of
from renderers.scene.palette import Palette
from renderers.scene.palette_file import palette_of
from renderers.scene.scene import Area, Label, Polyline
from renderers.survival.figure import survival, survival_of
from tests.renderers.cohort import cohort
from tests.renderers.overlap import faults
from tests.renderers.survival.test_survival import PLACEBO, SIX_MP, curves, texts, trial

ALL = {"compare": ("log-rank", "hazard-ratio"), "quantiles": (25, 50, 75), "landmarks": (6, 12, 24),
       "band": True}  # fmt: skip


def both_arms(page=DEFAULT_PAGE, **options):
    times, events = zip(trial(SIX_MP), trial(PLACEBO), strict=True)
    groups = ["6-MP"] * 21 + ["placebo"] * 21
    return survival_of(times[0] + times[1], events[0] + events[1], groups, page, unit="weeks",
                       **options)  # fmt: skip


def cells(scene):
    """The texts of the key and of its further tables."""
    return [m.text for m in scene.marks
            if isinstance(m, Label) and scene.rows[m.row].name.startswith("key")]  # fmt: skip


@pytest.mark.parametrize(
    ("options", "lines"),
    [
        # Kleinbaum and Klein, Survival Analysis: log-rank 16.79. R coxph: coef 1.5721, SE 0.4124
        pytest.param({}, ["Hazard ratio, placebo vs 6-MP: 4.82 (95 % CI 2.15 to 10.8; Cox, Efron)",
                          "Log-rank test: χ² = 16.79, df = 1, P < 0.001"], id="Efron"),
        # the same book, model 1: 4.523 (2.027 to 10.094)
        pytest.param({"ties": "Breslow", "compare": ("hazard-ratio",)},
                     ["Hazard ratio, placebo vs 6-MP: 4.52 (95 % CI 2.03 to 10.1; Cox, Breslow)"],
                     id="Breslow"),
        # exp(-1.5721) = 0.2076, limits 1 / 10.81 and 1 / 2.147
        pytest.param({"reference": "placebo", "compare": ("hazard-ratio",)},
                     ["Hazard ratio, 6-MP vs placebo: 0.21 (95 % CI 0.093 to 0.47; Cox, Efron)"],
                     id="the other reference"),
        pytest.param({"compare": ()}, [], id="nothing is requested"),
    ],
)  # fmt: skip
def test_arms_are_compared_as_textbooks_print_it(options, lines):
    scene = both_arms(**{"compare": ALL["compare"], **options})
    names = [row.name for row in scene.rows]
    assert (texts(scene, "comparison") if "comparison" in names else []) == lines
    for line in lines:
        assert f"{line}." in scene.caption
    assert ("hazards are assumed to be proportional" in scene.caption) is bool(lines)
    assert ("two-sided, not stratified" in scene.caption) is ("Log-rank" in "".join(lines))


@given(st.permutations(range(8)))
def test_the_order_of_rows_changes_nothing_that_is_printed(order):
    """Sorted by time, as a program may hand over its rows, placebo would come first."""
    times, arms = [1, 2, 3, 4, 5, 6, 7, 8], ["placebo", "6-MP"] * 4
    events = [True, True, False, True, True, True, False, True]
    rows = zip(*([each[n] for n in order] for each in (times, events, arms)), strict=True)
    given_so, plain = (
        survival_of(*zip(*each, strict=True), compare=("log-rank", "hazard-ratio"))
        for each in (rows, zip(times, events, arms, strict=True))
    )
    assert texts(given_so) == texts(plain)
    assert texts(plain, "comparison")[0].startswith("Hazard ratio, placebo vs 6-MP: ")


def test_quantiles_and_rates_by_hand():
    """6-MP: 75.3 % from week 10, 69.0 % from 13, so a quarter by 13; never 25 %. Placebo of 21,
    nobody censored: 5 gone before week 4, 7 at 4: 4; 15 by week 11, 17 at 12: 12. Rates: 18/21 at
    6; placebo 12/21 = 57.1, 4/21 = 19.0, and zero for good after week 23."""
    found = cells(both_arms(**ALL))
    heads = [each for each in found if each.startswith(("Percentile", "Median")) or "rate" in each]
    assert heads == ["Percentile 25, weeks", "Median, weeks", "Percentile 75, weeks",
                     "6-week rate, %", "12-week rate, %", "24-week rate, %"]  # fmt: skip
    values = [each.split(" (")[0] for each in found]
    for value in ("13.0", "23.0", "NR", "4.0", "8.0", "12.0", "85.7", "75.3", "44.8",
                  "57.1", "19.0", "0.0"):  # fmt: skip
        assert value in values
    assert "85.7 (62.0 to 95.2)" in found
    assert "(95 % CI, log-log)" in found
    late = both_arms(landmarks=(40,))
    assert [each for each in cells(late) if each in ("not observed", "0.0")] == [
        "not observed", "0.0"]  # fmt: skip
    assert "Kaplan-Meier, 95 % limits (Greenwood, log-log scale)" in late.caption


def test_every_printed_number_is_in_the_data_with_its_method():
    scene = both_arms(**ALL)
    found = list(csv.DictReader(io.StringIO(as_csv(scene))))
    printed = {row["text"].lstrip("'"): row for row in found}
    for text in [*cells(scene), *texts(scene, "comparison")]:
        if "(" in text and not text.startswith("(95"):
            assert printed[text]["source"], text
    assert printed["85.7 (62.0 to 95.2)"]["at"] == "6"
    below = [row for row in found if row["row"] == "at risk: 6-MP" and row["what"] == "at risk"]
    assert [row["text"] for row in below] == ["21", "21", "12", "9", "5", "4", "0"]


@pytest.mark.parametrize(
    ("rows", "names", "sentence"),
    [
        pytest.param((), {"At risk", "Censored", "Events"}, "censored and events before it",
                     id="all by default"),
        pytest.param(("at-risk",), {"At risk"}, "patients at risk at each time.", id="one"),
        pytest.param(("events", "at-risk"), {"At risk", "Events"}, "At risk and Events", id="two"),
        pytest.param(("none",), set(), "", id="none"),
    ],
)  # fmt: skip
def test_rows_of_the_table_below(rows, names, sentence):
    scene = both_arms(risk_rows=rows)
    drawn = {m.text for m in scene.marks
             if isinstance(m, Label) and scene.rows[m.row].name.startswith("at risk")}  # fmt: skip
    assert drawn & {"At risk", "Censored", "Events", "Competing"} == names
    assert sentence in scene.caption
    assert ("Below the axis" in scene.caption) is bool(names)


def test_an_arm_keeps_its_colour_and_has_a_dash():
    """By its name alone: in any order, beside any other, of any endpoint."""
    arms = ["Arm A", "Arm B"] * 9
    one = survival(cohort(18), groups=arms)
    other = survival(cohort(18), groups=arms[::-1], endpoints=("PFS", "OS"))
    assert one.style("curve 1").edge == one.style("limit 1").edge
    by_name = {each: one.style(f"curve {n}").edge for n, each in ((1, "Arm A"), (2, "Arm B"))}
    assert [other.style(f"curve {n}").edge for n in (1, 2, 3, 4)] == [
        by_name[each] for each in ("Arm A", "Arm B", "Arm A", "Arm B")
    ]
    assert len({other.style(f"curve {n}").dash for n in (1, 2, 3, 4)}) == 4
    assert by_name["Arm A"] != by_name["Arm B"]


def test_a_palette_states_the_colours_and_a_curve_alone_is_black():
    own = palette_of({"6-MP": "#0072B2", "PFS line 1": "#D55E00"})
    assert both_arms(palette=own).style("curve 1").edge == "#0072B2"
    assert survival(cohort(6)).style("curve 1").edge == BLACK
    assert survival(cohort(6), palette=own).style("curve 1").edge == "#D55E00"
    assert survival(cohort(6), palette=Palette()).style("curve 1").edge == BLACK


def test_bands_that_overlap_do_not_merge():
    """From week 6 to 7 the limits of 6-MP begin at 62.0 % and those of placebo end at 74.9 %;
    after week 13 (43.3 against 37.9 %) nothing is shared."""
    scene = both_arms(band=True)
    row = scene.row("plot")
    areas = [m for m in scene.marks if isinstance(m, Area) and m.row == row]
    (first, second), shared = areas[:2], areas[2:]
    assert first.fill != second.fill
    assert {each.fill for each in shared} == {over(first.fill, second.fill)}
    assert {each.tooltip for each in shared} == {"6-MP and placebo: their ranges overlap"}
    (_, top), (_, bottom) = next(
        m for m in scene.marks if m.style == "axis" and isinstance(m, Polyline)
    ).points
    corners = {(time, round(100 * (bottom - y) / (bottom - top), 1))
               for each in shared for time, y in each.points}  # fmt: skip
    assert {(6.0, 62.0), (6.0, 74.9)} <= corners
    assert max(time for time, _ in corners) <= 13.0
    alone = survival_of(*trial(PLACEBO), band=True)
    assert len([m for m in alone.marks if isinstance(m, Area)]) == 1


def test_vague_dates_give_neither_test_nor_ratio_but_ranges_of_rates():
    scene = survival(cohort(15, vague=True), groups=["A", "B", "B"] * 5, landmarks=(6,),
                     compare=("log-rank",))  # fmt: skip
    text = " ".join(texts(scene, "comparison"))
    assert text.startswith("Log-rank test and hazard ratio not given: vague dates leave open")
    assert "χ²" not in scene.caption
    assert any(number.what == "6-month rate, %" and "range over the possible dates" in number.text
               for number in scene.printed)  # fmt: skip


def test_curves_of_two_endpoints_are_compared_within_each():
    scene = survival(cohort(18), endpoints=("PFS", "OS"), groups=["A", "B"] * 9,
                     compare=("log-rank",))  # fmt: skip
    assert [line.partition(":")[0] for line in texts(scene, "comparison")] == [
        "PFS line 1", "OS line 1"]  # fmt: skip


def test_an_arm_without_an_event_has_no_ratio():
    """Events of A at 1 and of B at 2: 1 = x/(1 + x) + 2x/(1 + 2x), so x = root 1/2 = 0.71."""
    scene = survival_of([1, 2, 3, 4], [True, True, False, False], ["A", "B"] * 2,
                        compare=("hazard-ratio",))  # fmt: skip
    assert texts(scene, "comparison")[0].startswith("Hazard ratio, B vs A: 0.71 (95 % CI")
    none = survival_of([1, 2, 3, 4], [True, True, False, False], ["A", "A", "B", "B"],
                       compare=("hazard-ratio",))  # fmt: skip
    assert texts(none, "comparison") == ["Hazard ratio, B vs A: not estimable"]


# relapse at 1, death at 2, relapse at 3, censored at 4, relapse at 5: see the statistics
FIVE = {"times": [1, 2, 3, 4, 5], "events": [True, False, True, False, True],
        "competing": [False, True, False, False, False]}  # fmt: skip


def test_a_cumulative_incidence_is_drawn():
    """Relapse 1/5, 2/5, 4/5 at 1, 3, 5; the competing event 1/5 from 2."""
    scene = survival_of(**FIVE, landmarks=(3,), band=True)
    (relapse,), (death,) = curves(scene), curves(scene, 2)
    assert dict(relapse) == pytest.approx({0: 0, 1: 20, 2: 20, 3: 40, 5: 80})
    assert dict(death) == pytest.approx({0: 0, 1: 0, 2: 20, 3: 20, 5: 20})
    assert all(one[1] >= other[1] - 1e-9 for other, one in pairwise(relapse))
    assert {"event", "competing event", "3 of 5", "1 of 5"} <= set(cells(scene))
    assert any(each.startswith("40.0 (") for each in cells(scene))
    assert not any(each.startswith("Median") for each in cells(scene))
    assert "Competing" in texts(scene, "at risk: All patients")
    assert "Aalen-Johansen estimate, delta variance" in scene.caption
    assert scene.alt.startswith("Cumulative incidence of event and competing event, from 0 to")
    assert "Cumulative incidence, %" in texts(scene, "plot")


def test_arms_with_a_competing_event_are_compared_by_their_own_hazard():
    twice = {name: 2 * values for name, values in FIVE.items()}
    scene = survival_of(**twice, groups=["A"] * 5 + ["B"] * 5, compare=ALL["compare"])
    assert texts(scene, "comparison")[1] == (
        "Log-rank test of cause-specific hazards: χ² = 0.00, df = 1, P = 1.00"
    )
    assert texts(scene, "comparison")[0].startswith("Cause-specific hazard ratio, B vs A: 1.00 (")
    assert "cause-specific hazards: patients with the competing event are censored" in scene.caption


def test_incidences_of_arms_are_compared_by_gray():
    """Two arms of the same five patients have one incidence: nothing observed less expected."""
    twice = {name: 2 * values for name, values in FIVE.items()}
    scene = survival_of(**twice, groups=["A"] * 5 + ["B"] * 5, compare=("gray",))
    assert texts(scene, "comparison") == [
        "Gray's test of the incidences: χ² = 0.00, df = 1, P = 1.00"
    ]
    assert "in which patients with the competing event stay" in scene.caption
    assert "censored at it" not in scene.caption
    assert "weight 1, two-sided" in as_csv(scene)


def test_gray_without_a_competing_event_is_refused():
    with pytest.raises(ValueError, match="compare=gray is of cumulative incidences"):
        both_arms(compare=("gray",))


PAPERS = [("generic", "double"), ("nature", "single"), ("lancet", "middle"), ("cell", "single")]


@pytest.mark.parametrize(("preset", "column"), PAPERS)
def test_nothing_overlaps_with_all_that_is_printed(preset, column):
    on = page_of(preset, column)
    times, arms = [*range(1, 25)], ["Arm A", "Arm B", "Arm A"] * 8
    events = [n % 3 == 0 for n in times]
    assert faults(both_arms(on, **ALL), on) == []
    four = survival_of(
        times,
        events,
        arms,
        on,
        competing=[n % 3 == 1 for n in times],
        **{**ALL, "quantiles": (50,)},
    )
    assert faults(four, on) == []


@pytest.mark.parametrize(
    ("call", "fault"),
    [
        pytest.param(lambda: survival_of([1, 2], [True, True], compare=("log-rank",)),
                     "nothing to compare: no endpoint has two groups", id="one group"),
        pytest.param(lambda: survival(cohort(6), endpoints=("PFS", "OS"), compare=("log-rank",)),
                     "nothing to compare", id="two endpoints of the same patients"),
        pytest.param(lambda: both_arms(compare=("hazard-ratio",), reference="6MP"),
                     "no group '6MP' for the reference .did you mean 6-MP", id="no such reference"),
        pytest.param(lambda: both_arms(reference="6-MP", ties="Breslow", risk_rows=("competing",),
                                       variance="Aalen"),
                     "reference has no effect without .*; ties has no .*; no event competes, .*; "
                     "variance is of cumulative incidences .leave them out", id="no effect"),
        pytest.param(lambda: survival_of(**FIVE, quantiles=(25,)),
                     "a cumulative incidence has no quantiles .leave it out", id="quantiles"),
        pytest.param(lambda: both_arms(ties="exact"), "unknown treatment of ties", id="ties"),
        pytest.param(lambda: both_arms(variance="jackknife"), "unknown variance", id="variance"),
        pytest.param(lambda: survival_of(**{**FIVE, "competing": [False] * 5}),
                     "nobody has the competing event", id="no competing event"),
        pytest.param(lambda: survival_of([1], [True], competing=[True]), "a competing one at once",
                     id="both events"),
        pytest.param(lambda: survival(cohort(6), endpoints=("PFS",), competing="death"),
                     "death does not compete with PFS .*: TTP, DFI", id="death is an event"),
        pytest.param(lambda: survival(cohort(6), competing="toxicity"),
                     "of cases death alone competes", id="another competing event"),
        pytest.param(lambda: survival(cohort(15, vague=True), competing="death"),
                     "no cumulative incidence of TTP line 1: its dates", id="vague dates"),
    ],
)  # fmt: skip
def test_what_cannot_be_printed_is_refused(call, fault):
    with pytest.raises(ValueError, match=fault):
        call()


@pytest.mark.parametrize(
    ("curves", "named"),
    [  # of B nobody has the event before all of A and C had it
        pytest.param({"A": 1, "B": 10}, ["A", "B"], id="two curves apart"),
        pytest.param({"A": 1, "B": 10, "C": 1}, [], id="A and C are in one place"),
    ],
)
def test_every_curve_is_named_next_to_it_or_none_is(curves, named):
    rows = [(n * each, name) for name, each in curves.items() for n in range(1, 10)]
    scene = survival_of([time for time, _ in rows], [True] * len(rows), [name for _, name in rows])
    assert [name for name in texts(scene, "key") if name in curves] == list(curves)
    assert [name for name in texts(scene, "plot") if name in curves] == named


@pytest.mark.parametrize(
    ("arms", "options", "names", "axis"),
    [
        pytest.param(2, {}, ["A, event", "A, competing event", "B, event", "B, competing event"],
                     "Cumulative incidence, %", id="both events of two arms"),
        pytest.param(3, {}, ["A", "B", "C"], "Cumulative incidence of event, %",
                     id="the event alone of three"),
        pytest.param(2, {"incidence": "competing"}, ["A", "B"],
                     "Cumulative incidence of competing event, %", id="the competing event"),
        pytest.param(1, {"incidence": "event"}, ["event"], "Cumulative incidence of event, %",
                     id="one curve"),
    ],
)  # fmt: skip
def test_as_many_incidences_are_drawn_as_dashes_distinguish(arms, options, names, axis):
    groups = list("ABC"[:arms]) * 12
    events, competing = ([n % 4 == each for n in range(len(groups))] for each in (0, 1))
    scene = survival_of(range(len(groups)), events, groups, competing=competing, **options)
    assert [text for text in texts(scene, "key") if text in names] == names
    assert texts(scene, "plot")[0] == axis
    assert scene.caption.count("not shown") == (len(names) == len(set(groups)))
    assert sum(row.name.startswith("at risk") for row in scene.rows) == arms


def test_the_competing_event_is_compared_as_the_event_of_its_own_curves():
    """Gray's test of one event is that of the other where the two are exchanged."""
    times, arms = list(range(24)), ["A", "B", "C"] * 8
    events, others = ([n % 5 in each for n in times] for each in ((0, 1), (2,)))
    compare = ("gray", "log-rank", "hazard-ratio")
    one = survival_of(times, events, arms, competing=others, incidence="competing", compare=compare)
    other = survival_of(times, others, arms, competing=events, incidence="event", compare=compare)
    assert texts(one, "comparison") == texts(other, "comparison")


@pytest.mark.parametrize(
    ("left", "share"),
    [  # 16 patients, an event at each time: 9/16 = 56.25 %, 15/16 = 93.75 %, half up
        pytest.param(9, "56.3", id="a half goes up, though 2 is even"),
        pytest.param(15, "93.8", id="and where 7 is odd"),
        pytest.param(16, "100.0", id="no limits where the variance of Greenwood is 0"),
        pytest.param(0, "0.0", id="nor where nobody is left"),
    ],
)
def test_rates_are_rounded_half_up(left, share):
    scene = survival_of(range(1, 17), [True] * 16, landmarks=(16 - left or Fraction(1, 2),))
    (found,) = (text for text in cells(scene) if text.split(" (")[0] == share)
    assert ("(" in found) is (0 < left < 16)
