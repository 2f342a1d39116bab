"""What `show` prints of one patient: dates that read as a sentence, and each fact once."""

from __future__ import annotations

import pytest

from tests.situations.records import record
from timeline.views.case_rows import dates
from timeline.views.case_view import print_derived_case

EVENTS = """
biopsy: 2018-08, id: first
treatment: {when}, drugs: doxorubicin, line: 1, id: chemotherapy
surgery: 2018-12-05, id: resection
"""


@pytest.mark.parametrize(
    ("when", "shown"),
    [
        pytest.param("2018-09/2018-10", "2018-09 to 2018-10", id="two dates"),
        pytest.param("2018-09/..", "2018-09 to now", id="goes on"),
        pytest.param("after first/before resection",
                     "start after first, end before resection (2018-08-01 to 2018-12-05)",
                     id="the days that both ends may be, once"),
        pytest.param("2018-09/before resection",
                     "start 2018-09, end before resection (2018-09-01 to 2018-12-05)",
                     id="one end by its order"),
        pytest.param("before resection/..",
                     "start before resection (2018-12-05 or earlier), ongoing",
                     id="no lower end"),
        pytest.param("after resection/", "start after resection (2018-12-05 or later)",
                     id="no upper end, and no end stated"),
    ],
)  # fmt: skip
def test_the_dates_of_a_period(when, shown, tmp_path):
    found, problems = record(tmp_path, EVENTS.format(when=when))
    assert not problems
    (line,) = found.case.lines
    assert dates(line.treatments[0]) == shown


def test_show_names_the_date_of_a_condition_and_an_event_in_words(tmp_path, capsys):
    """The resection is an id of the file; the scan has no date of its own."""
    found, _ = record(
        tmp_path,
        """
        surgery: 2018-12-05, id: first-op, what: resection
        recurrence: 2019-06-01
        scan: 2019-06-10, baseline: 1, sum: 50 mm
        treatment: 2019-07-01/.., line: 1, drugs: pazopanib
        scan: after line 1, target: grown, new: none
        """,
    )
    print_derived_case(found, every=True)
    shown = " ".join(capsys.readouterr().out.split())
    assert "first-op" not in shown
    assert "on after" not in shown
