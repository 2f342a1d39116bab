"""The public interface: ``import timeline as tl``."""

from __future__ import annotations

import inspect
import subprocess
import sys
import warnings
from datetime import date
from pathlib import Path

import pytest
from typer.testing import CliRunner

import timeline as tl
from renderers import FIGURES
from tests.grounding.made_up import TEXT
from timeline.cli.app import app

ROOT = Path(__file__).parents[2]
WANG = ROOT / "cases" / "wang2023.yaml"
REPORT = ROOT / "seeds" / "wang2023.yaml"
ABSTRACT = ROOT / "tests" / "data" / "reports" / "he2022.txt"
PROMISE = """
    CRITERIA ENDPOINTS EVENTS Audit Case Claim Conclusion DerivedCase Draft InvalidFile
    LinesTable Loaded Outcome Problem Report Settings Span Status Verdict audit derive draft
    interval lines load load_case load_report percent plot recist
    BoardReport board_report trial SurvivalStatistics survival cdisc Cohort StudySummary study
    registry MeasureResult measures_of
"""  # removing a name is a breaking change, for the change log
NO_OPTIONS = {"ax", "events", "column_map", "skip_invalid"}  # keywords of data and of the place


@pytest.fixture(scope="module")
def case():
    return tl.load(WANG, strict=True).case


@pytest.fixture(scope="module")
def derived(case):
    return tl.derive(case)


@pytest.fixture(scope="module")
def audit(derived):
    return tl.audit(derived, tl.load_report(REPORT))


def test_all_is_the_promise_and_every_name_is_there():
    assert sorted(tl.__all__) == sorted(PROMISE.split())
    assert set(tl.__all__) <= set(dir(tl))
    assert all(getattr(tl, name) is not None for name in tl.__all__)
    assert set(tl.plot.__all__) - {"OPTIONS", "Figure"} == {
        *tl.plot.OPTIONS, "state_diagram", "forest"
    }  # fmt: skip


def test_an_unknown_name_is_an_attribute_error():
    with pytest.raises(AttributeError, match="no attribute 'nonesuch'"):
        tl.nonesuch  # noqa: B018


@pytest.mark.parametrize(
    ("former", "now"),
    [("Reading", "DerivedCase"), ("Call", "Conclusion"), ("Source", "Report")],
)
def test_a_former_name_is_the_present_one_with_a_warning(former, now):
    with pytest.warns(DeprecationWarning, match=f"timeline.{former} is now timeline.{now}"):
        assert getattr(tl, former) is getattr(tl, now)


def test_the_former_read_still_returns_a_pair(case):
    with pytest.warns(DeprecationWarning, match=r"timeline.read is now timeline.derive"):
        read = tl.read
    derived, problems = read(case)
    assert (derived.case, problems) == (case, ())


def test_present_names_warn_of_nothing(case):
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        assert [getattr(tl, name) for name in tl.__all__]


def test_load_is_a_pair_with_names(case):
    found, problems = tl.load(WANG)
    assert (found, problems) == (case, ())
    loaded = tl.load(REPORT)
    assert (loaded.case, loaded.report, loaded.problems) == (None, loaded[0], ())


def test_a_faulty_file_has_problems_and_strictly_raises_all_of_them(tmp_path):
    faulty = tmp_path / "case.yaml"
    faulty.write_text("case: a\nevents:\n  - {scan: 2021-13}\n  - {deth: 2022}\n")
    loaded = tl.load(faulty)
    assert (loaded.case, loaded.report, len(loaded.problems)) == (None, None, 2)
    with pytest.raises(tl.InvalidFile) as raised:
        tl.load(faulty, strict=True)
    assert raised.value.problems == loaded.problems
    assert str(raised.value).splitlines() == [str(problem) for problem in loaded.problems]


def test_a_case_is_no_report_and_a_report_no_case(case):
    assert tl.load_case(WANG) == case
    with pytest.raises(tl.InvalidFile, match="is a report, not a case"):
        tl.load_case(REPORT)
    with pytest.raises(tl.InvalidFile, match="is a case, not a report"):
        tl.load_report(WANG)


def test_a_draft_is_what_the_command_prints(tmp_path):
    path = tmp_path / "made.txt"
    path.write_text(TEXT, "utf-8")
    made = tl.draft(path)
    done = CliRunner().invoke(app, ["draft", str(path)])
    assert (made.text, done.exit_code) == (done.stdout, 0)
    assert f"{made.events} events, {made.claims} claims; {made.open} × TODO" in done.stderr
    assert made.text.count("case: made") == 1
    assert tl.draft(path, name="other").text == made.text.replace("case: made", "case: other")


@pytest.mark.parametrize("content", [None, b"", b"\xff"], ids=["missing", "empty", "no UTF-8"])
def test_a_report_without_text_raises_with_its_path(tmp_path, content):
    path = tmp_path / "made.txt"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(tl.InvalidFile, match=r"made\.txt"):
        tl.draft(path)


def test_derive_takes_settings_by_name_and_the_rest_from_the_case(case):
    """Over the file's own settings, which stay: nl_shrinkage of the case is kept."""
    own = tl.Settings.of({"nl_shrinkage": "reset", "pfs_policy": "fda_c"})
    import attrs

    derived = tl.derive(attrs.evolve(case, settings=own), pfs_policy="ema")
    assert derived.settings.changed == {"nl_shrinkage": "reset", "pfs_policy": "ema"}
    assert tl.derive(case, own).settings == own
    assert tl.derive(case, {"pfs_policy": "ema"}).settings.changed == {"pfs_policy": "ema"}


@pytest.mark.parametrize(
    ("settings", "message"),
    [
        ({"pfs_polcy": "ema"}, "unknown setting 'pfs_polcy' \\(did you mean pfs_policy"),
        ({"pfs_policy": "emaa"}, "unknown value 'emaa' \\(did you mean ema"),
    ],
)
def test_a_wrong_setting_names_what_is_known(case, settings, message):
    with pytest.raises(ValueError, match=message):
        tl.derive(case, **settings)


def test_what_is_no_case_is_a_type_error():
    with pytest.raises(TypeError, match="takes a Case \\(got NoneType"):
        tl.derive(None)


def test_findings_that_contradict_raise_what_the_pair_would_hold(tmp_path):
    """Two assessments of one day that disagree: the file is sound, the findings are not."""
    path = tmp_path / "case.yaml"
    path.write_text(
        "case: a\nevents:\n"
        "  - {scan: 2021-01-01, baseline: 1}\n"
        "  - {treatment: 2021-01-05/2021-06-01, line: 1, drugs: imatinib 400 mg}\n"
        "  - {scan: 2021-03-01, target: PR}\n  - {scan: 2021-03-01, target: PD}\n"
    )
    case, problems = tl.load(path)
    from timeline.endpoints.derived_case import derive

    assert not problems
    problems = derive(case)[1]
    assert problems
    with pytest.raises(tl.InvalidFile) as raised:
        tl.derive(case)
    assert raised.value.problems == problems


def test_a_derived_case_unpacks_and_answers_for_its_endpoints(derived):
    again, problems = derived
    assert (again is derived, problems) == (True, ())
    assert derived.endpoint("iPFS", line=4) is derived.outcome("iPFS", 4)
    assert derived.endpoint("OS") is derived.outcome("OS", None)


@pytest.mark.parametrize(
    ("name", "line"), [("iPFSS", 4), ("iPFS", None), ("iPFS", 9)], ids=["typo", "no line", "line"]
)
def test_an_endpoint_that_is_not_there_lists_those_that_are(derived, name, line):
    with pytest.raises(ValueError, match=f"no endpoint '{name}.*known: .*iPFS line 4"):
        derived.endpoint(name, line)


def test_an_audit_is_the_tuple_of_its_verdicts(audit, derived):
    from timeline.auditing import audit as verdicts

    assert tuple(audit) == verdicts(derived, tl.load_report(REPORT))
    assert [each.conclusion for each in audit.contradicted] == ["contradicted"] * len(
        audit.contradicted
    )
    assert "PFS line 4: 8.4 months" in map(str, (each.claim for each in audit.contradicted))


def test_the_former_name_of_a_conclusion_still_works(audit):
    explained = next(each.explanations[0] for each in audit if each.explanations)
    for value in (audit[0], explained):
        with pytest.warns(DeprecationWarning, match=r"\.call is now \w+\.conclusion"):
            assert value.call is value.conclusion


def test_every_repr_is_one_line(case, derived, audit):
    figure = tl.plot.swimmer([derived])
    values = [case, derived, audit, audit[0], derived.endpoint("OS"), tl.load(WANG), figure]
    values += [tl.draft(ABSTRACT)]
    for value in values:
        assert repr(value).startswith(f"<{type(value).__name__}")
        assert "\n" not in repr(value)
        assert len(repr(value)) < 200


def test_notebooks_get_tables_that_are_escaped(case, derived, audit):
    import attrs

    html = attrs.evolve(case, name="<script>")._repr_html_()
    assert "&lt;script&gt;" in html
    assert "<script" not in html
    for value in (case, derived, audit, tl.load(WANG), tl.load(REPORT)):
        assert value._repr_html_().startswith("<table>")
    assert "8.4 months" in audit._repr_html_()


class _Pandas:
    """As much of pandas as a frame of ours takes."""

    @staticmethod
    def DataFrame(rows, columns):  # noqa: N802 - pandas calls it so
        assert all(list(row) == columns for row in rows)
        return rows


def test_frames_have_a_row_for_each(case, derived, audit, monkeypatch):
    monkeypatch.setitem(sys.modules, "pandas", _Pandas)
    assert len(case.to_frame()) == len(case.events)
    assert len(audit.to_frame()) == len(audit)
    row = next(r for r in derived.to_frame() if (r["endpoint"], r["line"]) == ("iPFS", 4))
    # start of line 4 in 2021-12, first iUPD in 2022-05: 31 Dec to 1 May is 121 days, 1 Dec to
    # 31 May 181; a month is 30.4375 days
    assert (row["days_low"], row["days_high"]) == (121, 181)
    assert (round(row["months_low"], 2), round(row["months_high"], 2)) == (3.98, 5.95)
    first = case.to_frame()[0]
    assert first["start_earliest"] <= first["start_latest"]


def test_without_pandas_the_message_names_what_to_install(case, monkeypatch):
    monkeypatch.setitem(sys.modules, "pandas", None)
    with pytest.raises(ImportError, match=r"oncology-timeline\[pandas\]"):
        case.to_frame()


@pytest.mark.parametrize("figure", sorted(tl.plot.OPTIONS))
def test_the_keywords_of_a_figure_are_the_rows_of_its_option_tables(figure):
    """Those of cases and of tables, each with its other spelling; and what is no option."""
    parameters = inspect.signature(getattr(tl.plot, figure)).parameters.values()
    keywords = {each.name for each in parameters if each.kind is each.KEYWORD_ONLY}
    kind = FIGURES[figure]
    rows = [*tl.plot.OPTIONS[figure]().values(), *kind.table_options().values()]
    assert keywords - NO_OPTIONS == {name for row in rows for name in row.keywords}
    assert "ax" in keywords
    assert ("column_map" in keywords) == (kind.read_table is not None)


@pytest.mark.parametrize(
    ("figure", "options", "message"),
    [
        ("swimmer", {"unti": "weeks"}, "unknown option: 'unti' .did you mean unit"),
        ("swimmer", {"unit": "wek"}, "unknown unit: 'wek' .did you mean weeks"),
        ("swimmer", {"cycle": "a fortnight", "unit": "cycles"}, "not a number: 'a fortnight'"),
        ("swimmer", {"leave_out": 24}, "leave_out: not a list: 24"),
        ("swimmer", {"leave_out": (24,)}, "leave_out: not a pair"),
        ("swimmer", {"cut_off": "2021-03"}, "write 2021-03-01"),
        ("timeline", {"sections": ["response", "imagin"]}, "no such section: 'imagin' .did you"),
        ("timeline", {"leave_out": "2011"}, "leave_out: not a part of the axis: '2011'"),
        ("timeline", {"criteria": "RECIST"}, "criteria: no such criterion: 'RECIST'"),
        ("spider", {"line": "one"}, "line: not a whole number: 'one'"),
        ("waterfall", {"confirmed": "no"}, "confirmed: neither True nor False: 'no'"),
        (
            "survival",
            {"group": "age"},
            "cannot group by 'age' .known: regimen, diagnosis, site, sex",
        ),
        ("state_diagram", {"criterion": "irecis"}, "did you mean iRECIST"),
    ],
)
def test_a_wrong_option_names_what_is_known(derived, figure, options, message):
    draw = getattr(tl.plot, figure)
    with pytest.raises(ValueError, match=message):
        draw(**options) if figure == "state_diagram" else draw([derived], **options)


@pytest.mark.parametrize(
    ("keywords", "words"),
    [
        ({"unit": "weeks", "sort": ["duration reversed", "name"]},
         ["unit=weeks", "sort=duration reversed, name"]),
        ({"cut_off": date(2023, 1, 1), "both_axes": True}, ["cut-off=2023-01-01", "both-axes=yes"]),
        ({"reference": (6, "half a year"), "leave_out": [(12.5, 14)]},
         ["reference=6 half a year", "leave-out=12.5/14"]),
        ({"reference": [(6, "six"), (9.0, "nine")], "columns": "sex,age"},
         ["reference=6 six", "reference=9 nine", "columns=sex,age"]),
    ],
)  # fmt: skip
def test_keywords_set_what_the_words_of_the_command_set(keywords, words):
    from renderers.options import options_from_values, parse_options

    rows = tl.plot.OPTIONS["swimmer"]()
    assert options_from_values(rows, keywords) == parse_options(words, rows)


def test_a_figure_is_saved_as_the_command_draws_it(derived, tmp_path):
    from renderers import scene_of, write
    from renderers.scene.journals import page_of

    page = page_of("nature", "double")
    figure = tl.plot.swimmer(derived, unit="weeks")
    files = figure.save(tmp_path / "a.svg", journal="nature", column="double", sidecars=True)
    assert sorted(each.name for each in files) == ["a.alt.txt", "a.caption.txt", "a.csv", "a.svg"]
    write(scene_of([derived], "swimmer", page, unit="weeks"), tmp_path / "b.svg", page)
    assert (tmp_path / "a.svg").read_bytes() == (tmp_path / "b.svg").read_bytes()
    assert (tmp_path / "a.alt.txt").read_text() == f"{figure.alt}\n"
    with pytest.raises(ValueError, match="no column 'triple'"):
        figure.save(tmp_path / "c.svg", journal="nature", column="triple")


@pytest.mark.parametrize(
    ("kind", "options", "message"),
    [
        ("swimmer", {"unti": "weeks"}, "unknown option: 'unti' .did you mean unit"),
        ("timeline", {"sort": "best"}, "unknown option: 'sort'"),
        ("swimer", {}, "unknown figure: 'swimer' .did you mean swimmer"),
    ],
)
def test_a_scene_checks_its_kind_and_options(derived, kind, options, message):
    from renderers import scene_of

    with pytest.raises(ValueError, match=message):
        scene_of([derived], kind, **options)


def test_a_grouped_figure_is_the_same_each_time_it_is_laid_out(derived):
    other = tl.derive(tl.load_case(ROOT / "cases" / "jin2025.yaml"))
    figure = tl.plot.survival([derived, other], group="diagnosis", endpoint="OS")
    first, second = figure.scene(), figure.scene()
    assert first == second
    assert all(each.case.patient.diagnosis in first.caption for each in (derived, other))


def test_a_figure_shows_itself_in_a_notebook(derived):
    figure = tl.plot.state_diagram("iRECIST", derived, line=4)
    assert "<svg" in figure._repr_svg_()
    assert figure._repr_html_().startswith('<img alt="State diagram of')


def test_a_cohort_has_names_that_differ(derived, case):
    with pytest.raises(ValueError, match="two patients are named 'wang2023'"):
        tl.plot.swimmer([derived, derived])
    with pytest.raises(TypeError, match=r"takes derived cases, .*use derive\(case\)"):
        tl.plot.swimmer([case])


def test_plot_loads_no_matplotlib():
    code = (
        "import sys, timeline as tl; "
        f"tl.plot.swimmer(tl.derive(tl.load({str(WANG)!r}).case), unit='weeks'); "
        "print('matplotlib' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"


@pytest.mark.parametrize("package", ["timeline", "renderers"])
def test_both_packages_carry_their_types(package):
    assert (ROOT / package / "py.typed").is_file()
    assert f'{package} = ["py.typed"' in (ROOT / "pyproject.toml").read_text()
