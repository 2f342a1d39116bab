"""Each registry knows all that the others hold: a kind is one row, and a gap is seen at once."""

from __future__ import annotations

import attrs
import pytest

from renderers import scene_of
from renderers.backends.sidecars import data
from renderers.languages import LANGUAGES
from renderers.scene.marks import Marker
from renderers.scene.styles import STYLES, best_fill
from renderers.timeline import sections
from tests.code_texts import CODE, attributes, texts
from tests.renderers.phrases import phrases
from tests.rows import every_row
from timeline.auditing.rules import RULES
from timeline.endpoints.anchors import ANCHORS
from timeline.endpoints.derived_case import derive
from timeline.record.case import Case
from timeline.record.events import EVENTS, PeriodEvent, PointEvent
from timeline.report.claims import CLAIMS
from timeline.response.criteria import BY_TITLE
from timeline.settings.response import SETTINGS, Settings
from timeline.terminology import endpoints
from timeline.terminology.criteria import LABELS, TERMS, CriterionTerms, category_on_line, only_one
from timeline.terminology.endpoints import BY_NAME, ENDPOINTS, SHOWN_FIRST, Censor, Endpoint
from timeline.terminology.response_words import response_called

OTHERS = [language for language in LANGUAGES.values() if language.name != "en"]


# Event kinds and the figures


def test_every_kind_of_event_has_a_view():
    assert sections.EVENT_VIEWS.keys() == set(EVENTS.values())


@attrs.frozen(kw_only=True)
class Vaccination(PointEvent):
    kind = "vaccination"


@pytest.mark.parametrize(
    ("row", "description"),
    [
        pytest.param({}, "no figure shows vaccination", id="no view"),
        pytest.param({"section": "Vaccines"}, "no section for vaccination", id="no such section"),
        pytest.param({"section": "Radiotherapy"}, "a moment a marker: vaccination", id="no bar"),
    ],
)
def test_a_kind_that_no_figure_shows_fails_at_import(row, description, monkeypatch):
    monkeypatch.setitem(EVENTS, "vaccination", Vaccination)
    views = dict(sections.EVENT_VIEWS)
    if row:
        views[Vaccination] = attrs.evolve(next(iter(views.values())), **row)
    with pytest.raises(ImportError, match=description):
        sections.checked(views)


def test_a_new_kind_with_a_view_is_drawn(monkeypatch):
    view = attrs.evolve(next(iter(sections.EVENT_VIEWS.values())), section=sections.PROCEDURES)
    monkeypatch.setitem(EVENTS, "vaccination", Vaccination)
    monkeypatch.setitem(sections.EVENT_VIEWS, Vaccination, view)
    case, problems = Case.of("c", (Vaccination(at="2020-01-01", what="influenza"),))
    assert not problems
    reading, _ = derive(case)
    assert any("influenza" in row.text for row in data(scene_of([reading], "timeline")))


@every_row("kind", EVENTS)
def test_every_kind_of_event_is_drawn(kind):
    """One of the kind, with its least fields: its date is in the data of the timeline."""
    cls = EVENTS[kind]
    needs = {"treatment": {"line": 1, "drugs": "docetaxel"}, "performance": {"ecog": 1},
             "lab": {"values": (("CA-125", "35 U/mL"),)}}  # fmt: skip
    at = "2020-01-01/2020-02-01" if issubclass(cls, PeriodEvent) else "2020-01-01"
    case, problems = Case.of("c", (cls(at=at, **needs.get(kind, {})),))
    assert not problems, problems
    reading, _ = derive(case)
    rows = data(scene_of([reading], "timeline"))
    assert any("2020-01-01" in (row.at, row.start) for row in rows), rows


@pytest.mark.parametrize("language", OTHERS, ids=lambda row: row.name)
def test_every_kind_of_event_is_named_in_every_language(language):
    known = phrases(language.name)
    missing = [kind for kind in EVENTS if kind not in known]
    missing += [title for title in sections.SECTIONS if title not in known
                and title not in ("Laboratory values", "End of record")]  # fmt: skip
    assert not missing


# Endpoints, anchors, words and claims


@pytest.mark.parametrize("row", ENDPOINTS, ids=lambda row: f"{row.name} {row.origin}")
def test_every_endpoint_has_its_anchors_words_and_claims(row):
    assert set(row.anchors) <= ANCHORS.keys()
    assert row.name in CLAIMS
    assert all(name in CLAIMS for name in row.names if " " not in name)
    for language in OTHERS:
        known = phrases(language.name)
        assert row.description in known
        assert row.origin == "line start" or row.origin in known


def test_an_endpoint_without_an_anchor_fails_at_import(monkeypatch):
    row = attrs.evolve(ENDPOINTS[0], events=("deterioration",))
    monkeypatch.setattr(endpoints, "ENDPOINTS", (*ENDPOINTS, row))
    with pytest.raises(ValueError, match="PFS: deterioration"):
        endpoints.checked(ANCHORS)


@pytest.mark.parametrize(
    ("missing", "description"),
    [
        ({"event": ""}, "event must be stated"),
        ({"description": ""}, "description must be stated"),
        ({"origin": "", "events": ()}, "origin, events must be stated"),
        ({"censors": ()}, "neither a policy nor an anchor censors it"),
    ],
)
def test_an_endpoint_without_a_word_fails_when_built(missing, description):
    whole = {
        "name": "TTD", "description": "time to deterioration", "origin": "line start",
        "events": ("death",), "event": "deterioration", "censors": (Censor("last contact"),),
        "source": "x",
    }  # fmt: skip
    assert Endpoint(**whole)
    with pytest.raises(ValueError, match=description):
        Endpoint(**{**whole, **missing})


def test_what_is_shown_first_is_derived():
    assert set(SHOWN_FIRST) <= {row.name for row in ENDPOINTS}


# Criteria, markers, fills, words and labels


@pytest.mark.parametrize("terms", TERMS.values(), ids=lambda row: row.title)
def test_every_criterion_has_its_tables_words_markers_and_fills(terms):
    assert BY_TITLE[terms.title].terms is terms
    assert terms.responses
    assert terms.progressions
    for label in terms.labels:
        assert STYLES[label].mark is Marker
        assert STYLES[best_fill(label)].use == "fill"
        assert category_on_line(response_called(label), terms.title) == label
    assert f"{terms.title} progression" in ANCHORS
    assert (f"{terms.title} confirmation" in ANCHORS) is terms.confirms
    assert terms.endpoint("PFS") in BY_NAME


@pytest.mark.parametrize(
    ("missing", "description"),
    [
        ({"words": ("-", "CR")}, "no word for PR, SD"),
        ({"progression": ""}, "no words for progression"),
        ({"unconfirmed": "", "confirmation": ""}, "no words for unconfirmed, confirmation"),
    ],
)
def test_a_criterion_without_a_word_fails_when_built(missing, description):
    whole = attrs.asdict(TERMS["iRECIST"], recurse=False)
    with pytest.raises(ValueError, match=description):
        CriterionTerms(**{**whole, **missing})


def test_no_two_criteria_name_an_endpoint_alike():
    names = [name for row in ENDPOINTS if row.by_criterion for name in row.names]
    assert len(set(names)) == len(TERMS) * len({r.name for r in ENDPOINTS if r.by_criterion})


def constants():
    """Every string of the code, with its place; the rows that own the words are left out."""
    owners = ("criteria.py", "response_codes.py", "findings.py", "labels.py")
    for path in CODE:
        if path.name in owners or {"criteria", "languages"} & set(path.parts):
            continue
        for line, text in texts(path):
            yield f"{path.name}:{line}", text


def test_no_criterion_is_identified_by_its_name_outside_its_row():
    """A branch on a criterion, on a label that one alone has, or on iPFS is a row not written."""
    prefixed = {name for name, (endpoint, _) in BY_NAME.items() if name != endpoint}
    own = {label for label in LABELS if only_one(label)} | set(TERMS) | prefixed
    assert not [f"{place}: {text}" for place, text in constants() if text in own]


# Settings and rules


def test_every_setting_is_read_somewhere():
    read_there = {name for path in CODE for name in attributes(path)}
    assert not set(SETTINGS) - read_there


def test_a_rule_that_names_a_setting_names_one_that_is():
    words = {word.strip("().,;") for rule in RULES for word in rule.formula.split() if "_" in word}
    assert {word for word in words if word.startswith("icpd")} <= set(SETTINGS)


def test_every_setting_has_its_default_if_not_set():
    assert not Settings().changed
