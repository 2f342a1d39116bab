"""The style table: one meaning a hue, one shape a sign, and all of it legible in grey."""

from itertools import combinations, pairwise

import pytest

from renderers.scene.colours import (
    ADVERSE,
    BLACK,
    COMPLETE,
    PARTIAL,
    PROGRESSIVE,
    STABLE,
    WHITE,
    tint,
)
from renderers.scene.markers import SHAPES
from renderers.scene.marks import Marker
from renderers.scene.palette import HUES
from renderers.scene.styles import GROUPS, STYLES, Style, line_style
from renderers.swimmer.tables.event_markers import FREE
from timeline.terminology.criteria import meaning
from timeline.terminology.response_codes import Code

BARS = [row for row in STYLES.values() if row.is_treatment]
SIGNS = [row for row in STYLES.values() if row.mark is Marker and row.description]  # of legends
LINES = [STYLES[line_style(n)] for n in range(1, 8)]


def luminance(colour):
    """Relative luminance, WCAG 2.1."""
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return sum(share * part for share, part in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


def contrast(one, other):
    """Contrast ratio, WCAG 2.1: 3 for graphics, 4.5 for text."""
    high, low = sorted((luminance(one), luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def test_the_ruler_of_contrast_is_right():
    assert contrast("#000000", "#FFFFFF") == pytest.approx(21)  # WCAG 2.1, the two ends


@pytest.mark.parametrize("row", BARS, ids=lambda row: row.name)
def test_a_marker_contrasts_with_every_bar(row):
    """By its edge or, on a dark bar, by its white face and rim."""
    assert max(contrast(BLACK, row.fill), contrast(WHITE, row.fill)) >= 3


def test_no_hue_has_two_meanings():
    assert len({row.fill for row in BARS}) == len(BARS)


def look_of(style):
    """A marker as it looks at any size: lanes draw it larger or smaller where there is no room."""
    shape = SHAPES[style.shape]
    parts = (shape.outline, *shape.filled, *shape.strokes)
    size = max(max(abs(x), abs(y)) for part in parts for x, y in part)
    plain = tuple(
        tuple((round(x / size, 1), round(y / size, 1)) for x, y in part) for part in parts
    )
    return plain, style.fill


def test_the_markers_of_labels_without_a_meaning_differ_at_any_size():
    """No label of a table has the sign of another, nor that of a stop too small for its letter."""
    known = ("stop", "death", "alive", "end unknown", "either", "CR", "PR", "SD", "PD", "NE")
    looks = [look_of(STYLES[name]) for name in (*FREE, *known)]
    assert len(set(looks)) == len(looks)


def test_no_marker_has_two_meanings():
    """Of one shape are only progression and its confirmation, which differ in face and ink."""
    looks = [(SHAPES[row.shape], row.fill) for row in SIGNS]
    assert len(set(looks)) == len(looks)
    for one, other in combinations(SIGNS, 2):
        if SHAPES[one.shape] == SHAPES[other.shape]:
            assert contrast(one.fill, other.fill) >= 3, (one.name, other.name)


def test_a_colour_of_a_sign_has_one_meaning():
    """Blues are responses, yellow is stable, orange red is progression, violet an adverse event."""
    expected = {COMPLETE: {Code.CR, Code.NED}, PARTIAL: {Code.PR}, PROGRESSIVE: {Code.PD},
                STABLE: {Code.SD, Code.NON_CR_NON_PD}, ADVERSE: {None}}  # fmt: skip
    found = {colour: set() for colour in expected}
    for row in SIGNS:
        if len({row.fill[i : i + 2] for i in (1, 3, 5)}) > 1:
            found[row.fill].add(meaning(row.name))
    assert found == expected
    assert not set(expected) & {row.fill for row in BARS} | set(expected) & set(HUES)


def test_a_response_line_can_be_seen_on_white():
    lines = [row for row in STYLES.values() if row.use == "along" and row.description]
    assert len(lines) == 5
    assert all(contrast(row.edge, WHITE) >= 3 for row in lines)
    complete, partial = STYLES["complete response"], STYLES["partial response"]
    assert contrast(complete.edge, partial.edge) >= 3


def test_red_is_never_next_to_green():
    greens = [c for c in (row.fill for row in BARS) if int(c[3:5], 16) > int(c[1:3], 16) + 40]
    assert all(int(c[5:7], 16) > int(c[3:5], 16) for c in greens)  # more blue than green


@pytest.mark.parametrize(("one", "next_"), list(pairwise(LINES)), ids=lambda row: row.name)
def test_neighbouring_lines_part_in_grey(one, next_):
    assert contrast(one.fill, next_.fill) >= 1.3


def test_every_style_has_a_group_and_every_named_one_a_description():
    for row in STYLES.values():
        assert row.group in GROUPS
        assert bool(row.description) == bool(row.group), row.name


def test_a_line_beyond_the_table_is_a_later_line():
    assert line_style(6) == "line 6"
    assert line_style(7) == "later line"


def test_a_tint_mixes_with_white():
    assert tint("#000000", 0.2) == "#CCCCCC"  # 255 - 0.2 * 255 = 204 = 0xCC
    assert tint("#0072B2", 1.0) == "#0072B2"


@pytest.mark.parametrize(
    ("style_row", "description"),
    [
        pytest.param({"group": "Colours"}, "unknown group: 'Colours'", id="no such group"),
        pytest.param({"shape": "emoji"}, "unknown shape: 'emoji'", id="no such shape"),
    ],
)
def test_a_wrong_row_is_refused(style_row, description):
    row = {"group": "Events", "shape": "star", **style_row}
    with pytest.raises(ValueError, match=description):
        Style("new", Marker, description="new", **row)
