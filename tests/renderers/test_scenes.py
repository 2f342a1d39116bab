"""What holds of every figure: marks on the page, dates at midpoints, words and legend that fit."""

import math
import re
from collections import defaultdict
from datetime import date
from itertools import pairwise

import pytest

from renderers.backends.legend import legend
from renderers.scene.mark import SpanningMark
from renderers.scene.scene import (
    BODY,
    SMALL,
    Arrow,
    Bar,
    DiagramBox,
    DiagramLink,
    Label,
    Marker,
    Polyline,
    RangeMark,
    Separator,
)
from renderers.scene.styles import GROUPS, STYLES
from renderers.swimmer.lanes.legend_place import LEGEND_GAP
from tests.renderers.scenes import (
    CURVES,
    MACHINES,
    SCENES,
    SWIMMERS,
    TIMELINES,
    derived,
    scene,
)
from timeline.core.span import Span
from timeline.record.events import PeriodEvent
from timeline.response.criteria import CRITERIA

RANGES = ("range", "same range", "order")
# Jin 2025 states no day of the first operation nor of its pathology, only that the one is after the
# other: of the two the first is at 1/3 of the days they share, the second at 2/3.
# Wang 2023 dates neither the pathology after the operation nor the two treatments that follow it:
# each takes a third of the days they share, and the marker is in the middle of the first.
FIRST_OPERATION = (735234, 736547)  # 2014-01-01 to 2017-08-06
AFTER_SURGERY = (737033, 737210)  # 2018-12-05 to 2019-05-31
SHARES = {
    ("timeline jin2025", "surgery", FIRST_OPERATION): 1 / 3,
    ("timeline jin2025", "diagnosis", FIRST_OPERATION): 2 / 3,
    ("timeline wang2023", "biopsy", AFTER_SURGERY): 1 / 6,
}
HEADINGS = {("swimmer of tables", "State"): "disease_assessment"}  # the column of the bars
MARGIN = 1.5  # mm of the page on either side of the width of a scene
ROOM = 2.4  # mm that the letters of a first or last line may reach over the edge of their row


def of(kind, drawn, *styles):
    return [m for m in drawn.marks if isinstance(m, kind) and (not styles or m.style in styles)]


def rows_named(drawn, name):
    return [number for number, row in enumerate(drawn.rows) if row.name == name]


def place(name, tooltip, low, high):
    """Where the marker of a vague date is: in the middle, unless order puts it elsewhere."""
    kind = tooltip.split(",")[0].lower()
    share = SHARES.get((name, kind, (low, high)), 1 / 2)
    return low + share * (high - low)


def x_of(mark, drawn):
    return mark.shift + (drawn.frame.x(mark.at) if mark.at is not None else 0.0)


@pytest.mark.parametrize("name", SCENES)
def test_every_mark_is_on_the_page_and_in_its_row(name):
    drawn = scene(name)
    assert drawn.height == pytest.approx(sum(row.height for row in drawn.rows))
    assert 0 <= drawn.frame.left < drawn.frame.right <= drawn.width
    for mark in drawn.marks:
        box, row = mark.extent(drawn.frame), drawn.rows[mark.row]
        assert -0.01 <= box.left <= box.right <= drawn.width + 2 * MARGIN, mark
        if not isinstance(mark, SpanningMark):
            assert -ROOM <= box.top <= box.bottom <= row.height + ROOM, mark
        if isinstance(mark, Label):
            assert box.right <= drawn.width + MARGIN, mark
            assert mark.size in (SMALL, BODY), mark
            assert mark.text == mark.text.strip() != "", mark


@pytest.mark.parametrize("name", SCENES)
def test_the_legend_lists_exactly_the_styles_drawn(name):
    """Group by group in the order of the groups, and within one in that of the style table."""
    drawn, key = scene(name), legend(scene(name))
    own = {style: (group, words) for style, group, words in drawn.named if words}
    used = {m.style for m in drawn.marks} | {getattr(m, "variant", "") for m in drawn.marks}
    listed = defaultdict(list)
    for style in (*drawn.own, *STYLES.values()):
        group, words = own.get(style.name, (style.group, style.description))
        if style.name in used and words and style.name not in drawn.in_caption:
            listed[group].append(words)
    names = [row.name for row in key.rows[1:]]
    assert names == [group for group in GROUPS if group in listed]
    for number, group in enumerate(names, 1):
        heading, *words = [m for m in of(Label, key) if m.row == number]
        assert (heading.text, heading.bold, heading.shift) == (
            HEADINGS.get((name, group), group),
            True,
            drawn.legend_left or 0.0,
        )
        words = [m for m in words if m.align == "left"]  # the key of a step has a number in it
        assert " ".join(m.text for m in words) == " ".join(listed[group])


@pytest.mark.parametrize("name", SCENES)
def test_a_marker_is_at_its_place_in_its_possible_dates(name):
    drawn = scene(name)
    markers = {(m.row, m.tooltip): m for m in of(Marker, drawn)}
    for bracket in of(RangeMark, drawn, *RANGES):
        assert bracket.low < bracket.high
        marker = markers[bracket.row, bracket.tooltip]
        expected = place(name, marker.tooltip, bracket.low, bracket.high)
        assert marker.at == pytest.approx(expected)
    for leader in of(Polyline, drawn, "leader"):
        if name in TIMELINES:  # side by side: a leader from each marker to the date they share
            at = {m.at for m in of(Marker, drawn) if m.row == leader.row}
            assert leader.points[0][0] in at


@pytest.mark.parametrize("name", SCENES)
def test_captions_name_ranges_where_they_are_drawn(name):
    drawn, key = scene(name), legend(scene(name))
    words = " ".join(m.text for m in of(Label, key))
    has_range = bool(of(RangeMark, drawn, "range"))
    if name in SWIMMERS:
        has_bracket = bool(of(RangeMark, drawn, "range", "order"))
        assert ("rackets show possible dates" in drawn.caption) == has_bracket
    elif name in TIMELINES:
        has_bracket = bool(of(RangeMark, drawn, "range", "order"))
        assert ("brackets show the range (dashed: order only)" in drawn.conventions) == has_bracket
    else:
        assert ("range of possible dates, marker at the midpoint" in words) == has_range


@pytest.mark.parametrize("name", [n for n in (*SWIMMERS, *CURVES) if "waterfall" not in n])
def test_the_numbers_of_an_axis_are_its_times(name):
    drawn = scene(name)
    (axis,) = drawn.axes
    size = {"Months": 30.4375, "Weeks": 7.0}[axis.title.split()[0]] if name in SWIMMERS else 1.0
    times = [float(tick.text.replace("−", "-")) for tick in axis.ticks]
    assert [tick.at for tick in axis.ticks] == pytest.approx([time * size for time in times])
    steps = {later - earlier for earlier, later in pairwise(times)}
    assert len(steps) == 1
    assert axis.ticks[0].at == drawn.frame.low
    last = axis.ticks[-1].at
    assert last <= drawn.frame.high < last + steps.pop() * size
    assert drawn.frame.high / size == pytest.approx(round(drawn.frame.high / size))
    assert 0.0 in times
    assert drawn.rows[axis.row].name == "axis"
    if axis.title.startswith("Months") and not name.startswith("spider"):
        assert "1 month = 30.4375 days" in drawn.caption


@pytest.mark.parametrize("name", TIMELINES)
def test_a_calendar_has_a_tick_at_the_first_of_a_month_and_a_caption_for_each_year(name):
    drawn = scene(name)
    years, months, since = drawn.axes
    assert since.row == months.row + 1
    low, high = drawn.frame.low, drawn.frame.high
    for axis in (years, months):
        assert [c[0] for c in axis.captions[1:]] == [c[1] for c in axis.captions[:-1]]
        assert axis.captions[0][0] == low
        assert axis.captions[-1][0] < axis.captions[-1][1] <= high
        for start, _, text in axis.captions:
            day = date.fromordinal(int(start))
            assert text in (f"{day.year}", "")  # no space for the year
            assert start == low or (day.month, day.day) == (1, 1)
    assert [t.at for t in years.ticks] == [c[0] for c in years.captions[1:]]
    assert years.plain
    days = [date.fromordinal(int(tick.at)) for tick in months.ticks]
    assert {day.day for day in days} == {1}
    assert [tick.text for tick in months.ticks] == [f"{day:%b}" for day in days]
    assert len({(b.year - a.year) * 12 + b.month - a.month for a, b in pairwise(days)}) == 1


def sections(drawn):
    """The rows of a timeline between the years and the axis: number and name."""
    names = [row.name for row in drawn.rows]
    first, last = names.index("years") + 1, names.index("axis")
    return [(number, names[number]) for number in range(first, last)]


TABLES = ("swimmer of tables",)
# Line 4 of Wang and line 1 of the vague patient are judged by iRECIST, every other by RECIST 1.1.
JUDGED = {
    "exact": {(1, "RECIST 1.1")},
    "vague": {(1, "iRECIST")},
    "wang2023": {*((n, "RECIST 1.1") for n in (1, 2, 3)), (4, "iRECIST")},
    "jin2025": {(1, "RECIST 1.1")},
}
IN_LINES = ("swimmer of 15 on one column", *TABLES)  # no columns with a head
ORDER = ("Procedures", "Systemic treatment", "Radiotherapy", "Supportive care", "Imaging",
         "RECIST 1.1", "iRECIST", "Toxicity", "Performance", "Amylase, lipase (IU/L)",
         "Amylase (IU/L)", "Laboratory")  # fmt: skip


@pytest.mark.parametrize("name", TIMELINES)
def test_sections_are_in_order_each_with_its_name_and_a_line_above(name):
    drawn = scene(name)
    found = sections(drawn)
    places = [ORDER.index(section) for _, section in found]
    assert places == sorted(places)
    for number, section in found:
        title = [m for m in of(Label, drawn) if m.row == number and m.bold]
        assert " ".join(m.text for m in title) == section
        assert {(m.shift, m.size) for m in title} == {(0.0, BODY)}
        (line,) = [m for m in of(Separator, drawn, "divide") if m.row == number]
        assert (line.y, line.left, line.right) == (0.0, 0.0, drawn.frame.right)


@pytest.mark.parametrize("name", TIMELINES)
def test_each_event_is_drawn_once_over_its_possible_dates(name):
    """An event without an end is a marker, a period is bars from its first to its last day."""
    drawn, case = scene(name), derived(name.split()[1]).case
    at = defaultdict(list)
    for mark in of(Marker, drawn):
        at[mark.tooltip.split(",")[0].lower()].append(mark.at)
    extents = defaultdict(list)
    for bar in of(Bar, drawn):
        extents[bar.tooltip].append(bar)
    for kind in ("symptom", "biopsy", "surgery", "diagnosis", "scan", "performance"):
        events = [e for e in case.events if e.kind == kind and not isinstance(e, PeriodEvent)]
        ends = [(e.start.span.low, e.end.span.high if e.end else e.start.span.high)
                for e in events if math.isfinite(e.start.span.low + e.start.span.high)]  # fmt: skip
        places = [place(name, kind, low, high) for low, high in ends]
        assert set(places) <= set(at[kind]), kind
        assert len(at[kind]) >= len(events), kind  # a symptom with its performance status is two
    harms = [event for event in case.events if event.kind == "toxicity"]
    assert sum(tip.startswith("Toxicity") for tip in extents) == len(harms)
    for bars in extents.values():
        bars.sort(key=lambda bar: bar.start)
        assert all(one.end == other.start for one, other in pairwise(bars)), bars
        assert sum(not bar.variant for bar in bars) <= 1
        assert {bar.open_end for bar in bars[:-1]} <= {True, False}
    last = drawn.frame.high
    periods = [e for e in case.events if isinstance(e, PeriodEvent) and e.kind == "treatment"]
    found = [bars for tip, bars in extents.items() if tip.startswith("Treatment")]
    each_drug = [(event, drug.agent) for event in periods for drug in event.drugs]
    assert len(found) == len(each_drug)
    for event, agent in each_drug:
        low, start = event.start.span.low, event.start.span.high
        third = (low + 59, low + 118)  # the second third of the 177 days of `AFTER_SURGERY`
        bars = next(bars for bars in found if bars[0].start in (low, third[0]) and f": {agent};" in
                    bars[0].tooltip and (not event.line or f"Line {event.line}" in
                                         bars[0].tooltip))  # fmt: skip
        if event.start.span == Span(*AFTER_SURGERY):
            assert [(bar.start, bar.end, bar.variant) for bar in bars] == [(*third, "in turn")]
            continue
        solid = [bar for bar in bars if not bar.variant]
        if solid:
            assert solid[0].start == start
        if event.end:
            end = max(event.end.span.high, start)
            assert bars[-1].end == end or (math.isinf(end) and last - 366 < bars[-1].end <= last)
            if not event.at.ongoing:
                assert all(bar.end == event.end.span.low for bar in solid)
        assert {bar.style for bar in bars} == {f"bar of {agent}"}
        ongoing = [m for m in of(Arrow, drawn, "ongoing") if m.tooltip == bars[0].tooltip]
        assert [arrow.at for arrow in ongoing] == [bars[-1].end] * event.at.ongoing


@pytest.mark.parametrize("name", TIMELINES)
def test_the_label_of_a_mark_is_in_its_tooltip(name):
    drawn = scene(name)
    lines = defaultdict(list)
    for label in of(Label, drawn):
        if label.style:
            lines[label.row, label.tooltip, label.style].append(label)
    marked = {(m.row, m.tooltip) for m in drawn.marks if isinstance(m, Marker | Bar)}
    for (row, tooltip, _), labels in lines.items():
        assert len({(m.shift, m.align) for m in labels}) == 1 or row not in dict(sections(drawn))
        text = " ".join(m.text for m in sorted(labels, key=lambda m: m.y))
        if tooltip:
            assert (row, tooltip) in marked or drawn.rows[row].apart  # notes are below the axis
            number = r"\d+ " if drawn.rows[row].apart else ""
            text = re.sub(rf"^{number}(\d{{4}}(-\d\d)*(/\S+)? )?", "", text)
            known = tooltip.casefold().replace("; ", " ")
            is_note = re.fullmatch(r"\d+(–\d+)?", text) and "Imaging" in drawn.rows[row].name
            assert is_note or text.casefold().replace("; ", " ") in known, (text, tooltip)


@pytest.mark.parametrize("name", TIMELINES)
def test_each_status_has_a_marker_at_its_scan_and_its_words_below(name):
    drawn, reading = scene(name), derived(name.split()[1])
    judged = JUDGED[name.split()[1]]
    for criterion in {criterion for _, criterion in judged}:
        (row,) = rows_named(drawn, criterion)
        statuses = [s for s in reading.statuses if (s.line, s.criterion) in judged and s.labels
                    and s.criterion == criterion]  # fmt: skip
        spans = [s.scan.start.span for s in statuses]
        expected = sorted(((p.low + p.high) / 2, s.labels[0] if len(s.labels) == 1 else "either")
                        for p, s in zip(spans, statuses, strict=True))  # fmt: skip
        markers = [m for m in of(Marker, drawn) if m.row == row]
        assert sorted((m.at, m.style) for m in markers) == expected
        words = [m.text for m in of(Label, drawn) if m.row == row and not m.bold]
        assert sorted(words) == sorted(" or ".join(s.labels) for s in statuses)
        below = {m.y for m in of(Label, drawn) if m.row == row and not m.bold}
        crowded = [m for m in drawn.marks if m.style == "leader" and m.row == row]
        first = {round(m.y + 2.9, 6) for m in markers}
        second = {round(y + 2.6, 6) for y in first} if crowded else set()
        assert {round(y, 6) for y in below} == first | second


@pytest.mark.parametrize("name", [n for n in SWIMMERS if n not in IN_LINES])
def test_each_cell_of_a_lane_begins_below_the_head_of_its_column(name):
    drawn = scene(name)
    heads = {m.shift for m in of(Label, drawn) if m.row == 0 and m.bold}
    assert heads
    signs = {x_of(m, drawn) for m in of(Marker, drawn) if x_of(m, drawn) > drawn.frame.right + 1}
    for label in of(Label, drawn):
        is_cell = label.row and not drawn.frame.left <= label.shift <= drawn.frame.right
        if is_cell and label.align == "left" and not label.tooltip:
            after_sign = any(0 < label.shift - x < 3.5 for x in signs)
            assert any(abs(label.shift - head) < 1e-6 for head in heads) or after_sign, label


def test_on_a_narrow_column_a_lane_has_one_line_and_the_caption_names_what_has_no_room():
    drawn = scene("swimmer of 15 on one column")
    for number, row in enumerate(drawn.rows):
        if row.repeats:
            continue
        labels = [m for m in of(Label, drawn) if m.row == number]
        bars = [m for m in of(Bar, drawn) if m.row == number]
        middle = (min(b.y - b.height / 2 for b in bars) + max(b.y + b.height / 2 for b in bars)) / 2
        assert labels[0].text == row.name  # never broken
        assert labels[0].bold
        assert [m.y for m in labels] == pytest.approx([middle] * len(labels))
    assert "Columns without room on this page: PFS, months." in drawn.caption


@pytest.mark.parametrize("name", SWIMMERS)
def test_a_lane_contains_its_bars_and_every_lane_has_one(name):
    drawn = scene(name)
    wide = drawn.width if drawn.legend_left is None else drawn.legend_left - LEGEND_GAP
    for number, row in enumerate(drawn.rows):
        if row.repeats:
            continue
        bars = [m for m in of(Bar, drawn) if m.row == number]
        assert bars
        whole = {round(sum(b.height for b in bars if b.start <= at < b.end), 6)
                 for at in {b.start for b in bars}}  # fmt: skip
        if name not in TABLES:  # where bars of one colour may run side by side
            assert whole == {3.2}  # drugs given together share the height of the bar
        middle = {round(sum(b.y for b in each) / len(each), 6)
                  for at in {b.start for b in bars}
                  for each in [[b for b in bars if b.start == at]]}  # fmt: skip
        assert len(middle) == 1
        for marker in of(Marker, drawn):  # on the bar or about it, within the lane
            if marker.row == number:
                assert marker.y - marker.size / 2 >= 0
                assert marker.y + marker.size / 2 <= row.height
        lines = [m for m in of(Separator, drawn) if m.row == number]
        assert {(m.y, m.left, m.right) for m in lines} <= {(0.0, 0.0, wide)}
        assert bool(lines) == (name not in IN_LINES or number == 1)


def test_a_lane_of_several_drugs_has_a_bar_for_each_and_a_group_its_heading():
    drawn = scene("swimmer by drug")
    groups = [m.text for m in of(Label, drawn) if m.bold and ", n = " in m.text]
    assert [text.split(", n = ")[0] for text in groups] == ["leiomyosarcoma", "liposarcoma"]
    assert sum(int(text.split(" = ")[1]) for text in groups) == 6
    assert len(of(Separator, drawn, "axis")) == len(groups) - 1  # above each but the first
    for bar in of(Bar, drawn):
        words = drawn.style(bar.style).description
        assert words in re.search(r"line \d, (\w+)", bar.tooltip)[1]


def test_a_reference_runs_through_every_lane_and_is_named_above():
    drawn = scene("swimmer in weeks")
    (line,) = [m for m in drawn.marks if m.style == "reference"]
    assert (line.at, line.row, drawn.rows[line.last].name) == (84.0, 1, "01")  # 12 weeks
    (label,) = [m for m in of(Label, drawn) if m.text == "week 12"]
    assert label.row == 0
    assert abs(label.extent(drawn.frame).left - drawn.frame.x(84.0)) < 12


@pytest.mark.parametrize("name", [n for n in CURVES if not n.startswith("survival")])
def test_changes_are_placed_by_the_numbers_of_the_scale(name):
    """Each tooltip states a change: 0 % and −100 % of the scale give where it belongs."""
    drawn = scene(name)
    scale = {m.text: m.y for m in of(Label, drawn) if m.row == 0 and m.align == "right"}
    zero, least = scale["0"], scale["−100"]
    ticks = {m.y for m in of(Separator, drawn, "axis") if m.right < drawn.frame.left + 0.5}
    assert set(scale.values()) == ticks
    for mark in (*of(Bar, drawn), *of(Marker, drawn)):
        found = re.search(r": ([+−]?[\d.]+) % ", mark.tooltip)
        if found and mark.style not in ("new lesion", "stop", "ongoing"):
            change = float(found[1].replace("−", "-"))
            y = zero + (least - zero) * -change / 100
            end = mark.y if isinstance(mark, Marker) else (
                mark.y + mark.height / 2 if change < 0 else mark.y - mark.height / 2)  # fmt: skip
            assert end == pytest.approx(y, abs=0.05), mark
    for line in of(RangeMark, drawn, "threshold"):
        (label,) = [m for m in of(Label, drawn) if m.y == line.y and m.text.endswith("%")]
        change = float(label.text[:-2].replace("−", "-"))
        assert line.y == pytest.approx(zero + (least - zero) * -change / 100)
        assert (line.low, line.high) == (drawn.frame.low, drawn.frame.high)


@pytest.mark.parametrize("vague", ["", " vague"])
def test_the_numbers_below_a_waterfall_are_below_their_bars(vague):
    drawn = scene(f"waterfall{vague}")
    middles = [(bar.start + bar.end) / 2 for bar in of(Bar, drawn)]
    assert middles == pytest.approx([n + 0.5 for n in range(5)])
    for row in ("patient", "best response"):
        (number,) = rows_named(drawn, row)
        title, *cells = [m for m in of(Label, drawn) if m.row == number]
        assert title.text.lower() == row
        assert [cell.at for cell in cells] == pytest.approx(middles)
        assert {cell.align for cell in cells} == {"centre"}
    names = [bar.tooltip.split(":")[0] for bar in of(Bar, drawn)]
    assert [m.text for m in of(Label, drawn) if m.row == rows_named(drawn, "patient")[0]][
        1:
    ] == names


@pytest.mark.parametrize("vague", ["", " vague"])
def test_counts_below_a_survival_curve_are_below_their_ticks(vague):
    drawn = scene(f"survival{vague}")
    times = [tick.at for tick in drawn.axes[0].ticks]
    number = next(n for n, row in enumerate(drawn.rows) if row.name.startswith("at risk"))
    labels = [m for m in of(Label, drawn) if m.row == number]
    titles = [m for m in labels if m.at is None]
    assert [m.text for m in titles] == ["At risk", "Censored", "Events"]
    for title in titles:
        cells = [m for m in labels if m.y == title.y and m.at is not None]
        assert [cell.at for cell in cells] == times


@pytest.mark.parametrize("name", MACHINES)
def test_every_row_of_a_machine_is_in_the_table_and_its_changes_in_the_alternative_text(name):
    drawn, criterion = scene(name), CRITERIA[name.split()[1]]
    names = [row.name for row in drawn.rows]
    rules = [rule.id for rule in criterion.machine.rules]
    first = names.index(rules[0])
    assert names[first : first + len(rules)] == rules
    head = [m for m in of(Label, drawn) if m.row == first - 1]
    assert [m.text for m in head] == ["Row", "Read in", "When", "Goes to", "Label", "Source"]
    assert all(m.bold for m in head)
    for number, rule in enumerate(criterion.machine.rules, first):
        cells = [m for m in of(Label, drawn) if m.row == number]
        assert [m.shift for m in cells] == [m.shift for m in head]
        assert len({m.y for m in cells}) == 1
        assert [m.bold for m in cells] == [True] + [False] * 5
        assert cells[0].text == rule.id
        assert cells[2].text == rule.description
        assert cells[5].text == rule.source
        change = f"{rule.id} from {cells[1].text} to {cells[3].text}"
        assert (change in drawn.alt) == (cells[3].text != "stays")
        line = [m for m in of(Separator, drawn) if m.row == number]
        assert [(m.y, m.left, m.right) for m in line] == [
            (drawn.rows[number].height, 0.0, drawn.width)
        ]
    assert f"State machine of {criterion.title}" in drawn.caption
    first = criterion.machine.source.split(";")[0]
    assert first.removeprefix("E09 ") in drawn.caption  # the key is written out there


@pytest.mark.parametrize("name", MACHINES)
def test_arrows_of_a_machine_run_from_edge_to_edge_of_states(name):
    drawn = scene(name)
    boxes = [m for m in of(DiagramBox, drawn) if m.style != "step"]

    def on_an_edge(point):
        x, y = point
        return any(
            (
                (
                    math.isclose(x, box.left, abs_tol=0.01)
                    or math.isclose(x, box.right, abs_tol=0.01)
                )
                and abs(y - box.y) <= box.height / 2
            )
            or (
                math.isclose(abs(y - box.y), box.height / 2, abs_tol=0.01)
                and box.left <= x <= box.right
            )
            for box in boxes
        )

    for arrow in of(DiagramLink, drawn):
        assert on_an_edge(arrow.points[0]), arrow
        assert on_an_edge(arrow.points[-1]), arrow
    outer = [m for m in boxes if m.style.startswith(("state", "no way out")) and m.height > 10]
    assert len({(m.y, m.height, round(m.right - m.left, 6)) for m in outer}) == 1
    for box in outer:
        inside = [m for m in of(Label, drawn) if m.row == box.row
                  and m.extent(drawn.frame).within(box.extent(drawn.frame))]  # fmt: skip
        assert {m.shift for m in inside} == {(box.left + box.right) / 2}
        assert [m.bold for m in inside] == [True] + [False] * (len(inside) - 1)
