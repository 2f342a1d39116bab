"""Where a new event stands; the expected places follow from the calendar."""

import pytest

from timeline.editing import event_grid
from timeline.editing.shown.place_by_date import place_by_date, place_of_new_row


@pytest.mark.parametrize(
    ("dates", "new", "place"),
    [
        (["2021-01", "2021-03"], "2021-02", 1),
        (["2021-01", "2021-03"], "2021-03", 2),  # behind the one of the same date
        (["2021-01", "2021-03"], "2020", 0),
        (["2021-01", "2021-03"], "15 May 2021", 2),
        ([], "2021", 0),
        (["2021-03-01/2021-05", "2021-06"], "2021-04-01", 1),  # by the start of a period
        # not sure
        (["2021-01", "2021-03"], "2021-03-15", None),  # before or after the other in March
        (["2021-03-15"], "2021-03", None),
        (["20XX"], "2021-03", None),  # an open date
        (["2021-01", "after diagnosis", "2021-03"], "2021-02", None),
        (["2021-05", "2021-01"], "2021-03", None),  # the rows are in another order
        (["2021-01"], "8 weeks after diagnosis", None),
        (["2021-01"], "03/04/2021", None),  # may be two days
        (["2021-01"], "", None),
    ],
)
def test_a_new_event_stands_where_its_date_says_if_it_is_sure(dates, new, place):
    kinds = ("treatment" if "/" in each else "scan" for each in dates)
    events = "".join(f"  - {{{kind}: {each}}}\n" for kind, each in zip(kinds, dates, strict=True))
    rows = event_grid(f"case: a\nevents:\n{events or '  []'}").rows
    assert len(rows) == len(dates)
    assert place_by_date(rows, new) == place


def test_where_it_is_not_sure_it_stands_below_the_chosen_row_and_that_is_said():
    rows = event_grid("case: a\nevents:\n  - {scan: 2021-01}\n  - {scan: 2021-03}\n").rows
    assert place_of_new_row(rows, "2021-02", 2) == (1, "It stands by its date.")
    at, why = place_of_new_row(rows, "", 1)
    assert (at, "below row 1" in why) == (1, True)
    under = "case: a\nevents:\n  Case:\n    - {scan: 2021-01}\n  End:\n    - {scan: 2021-03}\n"
    at, why = place_of_new_row(event_grid(under).rows, "2021-02", 2)  # in which of the two?
    assert (at, "below row 2" in why) == (2, True)
    assert place_of_new_row((), "2021", 0) == (0, "")
