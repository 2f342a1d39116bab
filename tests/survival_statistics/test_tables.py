"""Tables as people hold them: understood alike, or refused with what to write."""

from __future__ import annotations

import inspect
import warnings
from datetime import date

import numpy
import pandas
import polars
import pyarrow
import pytest
from typer.main import get_command

import timeline as tl
from timeline.cli.program import app_of
from timeline.survival_statistics.arguments import ARGUMENTS

TIMES, EVENTS, ARMS = [5.0, 6.0, 7.0, 9.0, 11.0], [1, 0, 1, 1, 0], list("AABBB")
START = date(2021, 3, 1)
FORMS = {
    "pandas": lambda: {"table": pandas.DataFrame({"t": TIMES, "e": EVENTS, "arm": ARMS})},
    "nullable types": lambda: {"table": pandas.DataFrame(
        {"t": pandas.array(TIMES, dtype="Float64"), "e": pandas.array(EVENTS, dtype="Int64"),
         "arm": pandas.array(ARMS, dtype="string")})},
    "booleans": lambda: {"table": pandas.DataFrame(
        {"t": TIMES, "e": pandas.array([bool(e) for e in EVENTS], dtype="boolean"), "arm": ARMS})},
    "categories": lambda: {"table": pandas.DataFrame(
        {"t": TIMES, "e": pandas.Categorical(["dead" if e else "alive" for e in EVENTS]),
         "arm": pandas.Categorical(ARMS)})},
    "polars": lambda: {"table": polars.DataFrame({"t": TIMES, "e": EVENTS, "arm": ARMS})},
    "a lazy frame": lambda: {"table": polars.LazyFrame({"t": TIMES, "e": EVENTS, "arm": ARMS})},
    "pyarrow": lambda: {"table": pyarrow.table({"t": TIMES, "e": EVENTS, "arm": ARMS})},
    "Series": lambda: {"time": pandas.Series(TIMES), "event": pandas.Series(EVENTS),
                       "by": pandas.Series(ARMS)},
    "Series of polars": lambda: {"time": polars.Series(TIMES), "event": polars.Series(EVENTS),
                                 "by": polars.Series(ARMS)},
    "columns of pyarrow": lambda: {"time": pyarrow.chunked_array([TIMES]),
                                   "event": pyarrow.array(EVENTS), "by": ARMS},
    "arrays": lambda: {"time": numpy.array(TIMES), "event": numpy.array(EVENTS, dtype=bool),
                       "by": numpy.array(ARMS)},
    "arrays of small numbers": lambda: {"time": numpy.array(TIMES, dtype="float32"),
                                        "event": numpy.array(EVENTS, dtype="int8"), "by": ARMS},
    "lists and a frame": lambda: {"table": pandas.DataFrame({"t": TIMES, "arm": ARMS}),
                                  "time": "t", "event": EVENTS, "by": "arm"},
    "dates": lambda: {"table": pandas.DataFrame(
        {"t": pandas.to_datetime([START] * 5) + pandas.to_timedelta(TIMES, unit="D"),
         "e": EVENTS, "arm": ARMS, "first": [START] * 5}), "start": "first"},
    "dates of numpy": lambda: {
        "time": numpy.array(START, dtype="datetime64[ns]")
        + numpy.array(TIMES).astype("timedelta64[D]"),
        "event": EVENTS, "by": ARMS, "start": numpy.array([START] * 5, dtype="datetime64[D]")},
    "codes of R": lambda: {"table": pandas.DataFrame(
        {"t": TIMES, "e": [e + 1 for e in EVENTS], "arm": ARMS}), "event_code": 2},
    "CNSR": lambda: {"table": pandas.DataFrame(
        {"t": TIMES, "CNSR": [1 - e for e in EVENTS], "arm": ARMS}), "event": "CNSR"},
    "a plus": lambda: {"table": pandas.DataFrame(
        {"t": [f"{t:g}{'' if e else '+'}" for t, e in zip(TIMES, EVENTS, strict=True)],
         "e": EVENTS, "arm": ARMS})},
}  # fmt: skip


def statistics(**given):
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return tl.survival(**{"time": "t", "event": "e", "by": "arm", "at": 8, **given})


@pytest.mark.parametrize("form", FORMS)
def test_every_form_of_a_table_gives_the_same_numbers(form):
    """By hand: in B 1 of 3 has left at 7, so 2/3 at 8; the median is 9, where 1/3 are left."""
    found = statistics(**FORMS[form]())
    assert found.groups == ("A", "B")
    assert found.find("counts", "n.event", group="A") == 1
    assert found.find("survival_rate", "estimate", group="B", level=8) == pytest.approx(2 / 3)
    assert found.find("survival_quantile", "estimate", group="B", level=50) == 9
    plain = statistics(**FORMS["pandas"]())
    assert [row.stat for row in found.rows] == [row.stat for row in plain.rows]


def frame(**columns):
    return pandas.DataFrame({"t": TIMES, "e": EVENTS, "arm": ARMS} | columns)


REFUSED = [
    pytest.param({"table": frame(e=[1, 2, 1, 2, 2])}, tl.InvalidFile,
                 "in which 1 is censored and 2 dead (state it: event_code='2'", id="1 and 2"),
    pytest.param({"table": frame(t=[5, None, 7, 9, 11])}, tl.InvalidFile,
                 "data frame:3:1: not a time: ''", id="no time"),
    pytest.param({"table": frame(t=[5, -1, 7, 9, 11])}, tl.InvalidFile,
                 "data frame:3:1: not a time: '-1'", id="a time below 0"),
    pytest.param({"table": frame(t=[5, float("inf"), 7, 9, 11])}, tl.InvalidFile, "'inf'",
                 id="no finite time"),
    pytest.param({"table": frame(e=[1, None, 1, 1, 0])}, tl.InvalidFile,
                 "data frame:3:2: not an event: ''", id="no event"),
    pytest.param({"table": frame(arm=["A", None, "B", "B", "B"])}, tl.InvalidFile,
                 "data frame:3:3: no group, and other rows have one", id="no group"),
    pytest.param({"table": frame(), "strata": "sex"}, tl.InvalidFile, "no column 'sex'",
                 id="no such column of strata"),
    pytest.param({"table": frame(sex=["f", "m", "", "f", "m"]), "strata": "sex"}, tl.InvalidFile,
                 "data frame:4:4: no stratum", id="no stratum"),
    pytest.param({"table": frame(), "by": "treatment"}, tl.InvalidFile, "no column 'treatment'",
                 id="no such group"),
    pytest.param({"table": frame(t=[date(2021, 3, d) for d in range(1, 6)])}, tl.InvalidFile,
                 "give the date that it counts from as well: start='COLUMN'", id="dates alone"),
    pytest.param({"table": None}, ValueError, "no table (give a data frame", id="nothing"),
    pytest.param({"table": {"t": TIMES}}, TypeError, "not a table: dict", id="a dict"),
    pytest.param({"table": frame(), "by": [1, 2]}, ValueError,
                 "columns of different lengths: t 5, e 5, group 2", id="lengths"),
    pytest.param({"table": frame(), "event": EVENTS, "by": "treatment"}, ValueError,
                 "no column 'treatment' (known: t, e, arm)", id="a column beside a sequence"),
    pytest.param({"table": frame(), "reference": "C"}, ValueError, "no group 'C' (known: A, B)",
                 id="no such reference"),
    pytest.param({"table": frame(), "by": None, "reference": "A"}, ValueError,
                 "'A', and no column of groups", id="a reference without groups"),
    pytest.param({"table": frame(), "at": [6, -1], "tau": 0, "interval": "wald"}, ValueError,
                 "interval: unknown: 'wald' (known: log-log, log, plain); at: a time below 0: -1 "
                 "(write 6,12,24); tau: not the end of a mean: 0", id="every wrong option"),
    pytest.param({"table": frame(), "quantiles": [0.5]}, ValueError,
                 "not a percentile: 0.5 (write 1 to 99", id="a share for a percentile"),
    pytest.param({"table": frame(), "level": 0.95}, ValueError, "not a level in percent: 0.95",
                 id="a share for a level"),
    pytest.param({"table": frame(), "unit": "fortnights"}, ValueError, "not a unit of time",
                 id="no unit"),
]  # fmt: skip


@pytest.mark.parametrize(("given", "kind", "words"), REFUSED)
def test_what_is_not_clear_is_refused(given, kind, words):
    with pytest.raises(kind) as raised:
        statistics(**given)
    assert words in str(raised.value)
    assert "--" not in str(raised.value), "an option of the command, in Python"


def test_a_column_of_many_values_is_no_column_of_groups():
    many = pandas.DataFrame({"t": range(1, 61), "e": 1, "arm": [f"P{n}" for n in range(60)]})
    with pytest.raises(tl.InvalidFile, match="60 groups in 'arm', at most 50"):
        statistics(table=many)


def test_only_a_column_that_is_named_is_the_group():
    """TRTP is the treatment in ADaM; whether it is compared is for the user to say."""
    table = pandas.DataFrame({"AVAL": TIMES, "CNSR": EVENTS, "TRTP": ARMS})
    with pytest.warns(UserWarning, match="'TRTP' is not read .*by='TRTP' makes it the group"):
        found = tl.survival(table)
    assert (found.groups, found.unit) == ((), "")
    with pytest.warns(UserWarning, match="read as CNSR of ADaM: 0 is the event"):
        assert tl.survival(table, by="TRTP").groups == ("A", "B")


def test_times_are_converted_where_the_table_states_their_unit():
    """2 months of 30.4375 days are 60.875 days."""
    table = pandas.DataFrame({"OS_MONTHS": [2.0, 4.0], "OS_STATUS": ["1:DECEASED", "0:LIVING"]})
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        found, other = tl.survival(table), tl.survival(table, unit="days")
    assert (found.variable, found.unit, other.unit) == ("OS", "months", "days")
    assert found.find("survival_quantile", "estimate", level=50) == 3  # flat at one half to its end
    assert other.find("counts", "longest") == 121.75


def test_several_columns_of_strata():
    table = frame(sex=list("fmfmf"), site=[1, 1, 2, 2, 1])
    one = statistics(table=table, strata=["sex", "site"])
    other = statistics(table=table, strata=[table["sex"], table["site"]])
    joined = statistics(table=table, strata=table["sex"] + table["site"].astype(str))
    key = ("log_rank_stratified", "statistic")
    assert one.find(*key) == other.find(*key) == joined.find(*key)
    assert one.strata == other.strata == ("sex", "site")


ADTTE = [
    {"STUDYID": "S", "USUBJID": f"P{n}", "PARAMCD": code, "PARAM": code, "AVAL": time, "AVALU":
     "MONTHS", "CNSR": 1 - event, "TRTP": arm}
    for code, factor in (("PFS", 1), ("OS", 2))
    for n, (time, event, arm) in enumerate(zip([factor * t for t in TIMES], EVENTS, ARMS,
                                               strict=True))
]  # fmt: skip


@pytest.mark.parametrize("suffix", ["csv", "xpt", "json", "parquet", ""])
def test_adtte_in_every_format_of_cdisc(tmp_path, suffix):
    """PFS in B: the median is 9 months; of OS every time is twice as long."""
    from timeline.cdisc import read_dataset, write_dataset

    path = tmp_path / f"adtte.{suffix or 'xpt'}"
    write_dataset(ADTTE, path, "ADTTE")
    table = path if suffix else read_dataset(path)
    for endpoint, median in (("PFS", 9), ("OS", 18)):
        with pytest.warns(UserWarning, match="CNSR of ADaM"):
            found = tl.survival(table, endpoint=endpoint, by="TRTP")
        assert (found.variable, found.unit) == (endpoint, "months")
        assert found.find("survival_quantile", "estimate", group="B", level=50) == median
    with pytest.raises(tl.InvalidFile, match=r"PARAMCD holds 'PFS', 'OS': which one\?"):
        tl.survival(table)


def test_a_file_that_is_no_dataset_is_named(tmp_path):
    (tmp_path / "adtte.xpt").write_bytes(b"no transport file")
    with pytest.raises(tl.InvalidFile, match=r"adtte\.xpt"):
        tl.survival(tmp_path / "adtte.xpt")


def test_equal_rows_are_named_only_where_more_columns_are_equal():
    """Two patients of one arm, stratum, time and event are usual; with equal notes they are not."""
    twice = pandas.DataFrame({"t": [5, 5], "e": [1, 1], "sex": ["f", "f"]})
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        tl.survival(twice, time="t", event="e", strata="sex")
    with pytest.warns(UserWarning, match="is equal in every column to line 2"):
        tl.survival(twice.assign(note="x"), time="t", event="e", strata="sex")


def test_the_command_and_the_function_have_the_same_arguments():
    """Each row of ``ARGUMENTS`` is a keyword with its default, and an option of the command."""
    keywords = {name: each.default for name, each in inspect.signature(tl.survival).parameters
                .items() if name != "table"}  # fmt: skip
    assert keywords == {row.name: row.default for row in ARGUMENTS.values()}
    command = get_command(app_of(["survival"])).commands["survival"]
    options = {each.name: each for each in command.params}
    for row in ARGUMENTS.values():
        option = options[row.name]
        assert (option.opts, option.help, option.multiple) == ([row.option], row.help,
                                                               row.repeatable)  # fmt: skip
        assert option.default == (None if row.default is None else str(row.default))


def test_the_difference_of_restricted_means():
    """Up to 10, by hand.

    A: of 2 one leaves at 4, mean 4 + 6 / 2 = 7, variance 3 ** 2 * 1 / (2 * 1) = 4.5.
    B: of 3 one leaves at 2 and one at 8, mean 2 + 6 * 2 / 3 + 2 / 3 = 20 / 3; after 2 the area is
    14 / 3, after 8 it is 2 / 3: variance (14 / 3) ** 2 / (3 * 2) + (2 / 3) ** 2 / (2 * 1).
    """
    table = pandas.DataFrame({"t": [4, 12, 2, 8, 12], "e": [1, 0, 1, 1, 0], "arm": list("AABBB")})
    found = statistics(table=table, tau=10)
    place = {"group": "B", "level": 10}
    gap = found.find("restricted_mean_difference", "estimate", **place)
    error = found.find("restricted_mean_difference", "std.error", **place)
    assert gap == pytest.approx(20 / 3 - 7)
    assert error == pytest.approx((4.5 + 196 / 54 + 4 / 18) ** 0.5)
    low = found.find("restricted_mean_difference", "conf.low", **place)
    assert low == pytest.approx(gap - 1.959963984540054 * error)
    assert "Difference of means up to 10, B less A: -0.33 (-" in found.text()
    alone = statistics(table=table.assign(e=[0, 0, 1, 1, 0]), tau=10)
    assert alone.find("restricted_mean_difference", "conf.low", **place) is None
    assert "limits not defined" in alone.text(200)
