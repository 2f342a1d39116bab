"""The machine drawn: every state, every row, a path in order, and nothing across anything."""

from itertools import takewhile

import attrs
import pytest

import renderers
from renderers.backends.legend import entries, legend
from renderers.backends.matplotlib import paint
from renderers.backends.save import pages
from renderers.gallery.entries import journal_pages
from renderers.scene.journals import page_of
from renderers.scene.marks import DiagramBox, DiagramLink
from renderers.scene.scene import Frame, Label, Row, Scene
from renderers.scene.styles import STYLES
from renderers.state_diagram.figure import row_text, state_diagram
from renderers.state_diagram.grouping import diagram_arrows, groups, label_of
from renderers.state_diagram.labels import pills
from renderers.state_diagram.path import DiagramPath, PathStep, path_of
from tests.renderers.crossing import crossings
from tests.renderers.overlap import faults
from tests.renderers.patients import report
from timeline.core.state_machine import ANY, SAME_STATE, Column, Machine, Transition
from timeline.response.criteria import CRITERIA
from timeline.terminology.response_codes import Code

IRECIST = CRITERIA["irecist"]


def hand(*steps):
    """A path by iRECIST made by hand: for each scan its moves, as words."""
    words = [tuple(tuple(change.split()) for change in step.split(", ")) for step in steps]
    return DiagramPath(
        patient="made",
        line=1,
        regimen="none",
        criterion="iRECIST",
        steps=tuple(
            PathStep(number=n, when=f"2022-{n:02}", labels=("x",), changes=changes)
            for n, changes in enumerate(words, 1)
        ),
    )


_ROUND = ("CLEAR R4 CLEAR", "CLEAR R3 TNL", "TNL R7 TNL", "TNL R9 CLEAR")
OPEN = hand(
    "CLEAR R4 CLEAR",
    "CLEAR R3 T, CLEAR R3 TL, CLEAR R4 CLEAR",
    "T R7 T, TL R9 CLEAR, CLEAR R4 CLEAR",
    "T R6 CONFIRMED, CLEAR R4 CLEAR",
)
LONG = hand(
    *_ROUND * 4, "CLEAR R3 L", "L R5L TL", "TL R6 CONFIRMED", *["CONFIRMED R1 CONFIRMED"] * 9
)
WALKS = {
    "none": lambda _: None,
    **{
        f"wang2023-{n}": lambda criterion, n=n: path_of(
            report("wang2023", criterion.title), n, criterion
        )
        for n in (1, 2, 3, 4)
    },
    "jin2025-1": lambda criterion: path_of(report("jin2025"), 1, criterion),
    "open": lambda _: OPEN,
    "long": lambda _: LONG,
}
FIGURES = [
    *((key, "none") for key in CRITERIA),
    *(("irecist", walk) for walk in WALKS if walk != "none"),
    ("recist11", "wang2023-4"),
]


def figure(key, walk):
    criterion = CRITERIA[key]
    return state_diagram(criterion, WALKS[walk](criterion))


def texts(scene, row=None):
    """The texts in order, of one row or of all."""
    labels = [mark for mark in scene.marks if isinstance(mark, Label)]
    return [mark.text for mark in labels if row is None or mark.row == row]


@pytest.mark.parametrize(("key", "walk"), FIGURES)
def test_nothing_overlaps(key, walk):
    scene = figure(key, walk)
    assert faults(scene) == []
    assert crossings(scene) == []
    assert crossings(legend(scene)) == []


HELLO = Label(text="R3 iUPD", shift=20, y=10)
BOX = DiagramBox(style="state", left=15, right=45, height=10, y=10)
CHECKED = [
    pytest.param((HELLO, BOX), "", id="a word in a box is fine"),
    pytest.param((HELLO, attrs.evolve(BOX, right=22)), "edge", id="an edge through a word"),
    pytest.param((BOX, attrs.evolve(BOX, left=40, right=60)), "lie across", id="boxes across"),
    pytest.param((BOX, attrs.evolve(BOX, left=45, right=60)), "", id="boxes that touch are fine"),
    pytest.param((HELLO, DiagramLink(style="rule", points=((10, 10), (60, 10)))),
                 "arrow through 'R3",
                 id="an arrow through a word"),
    pytest.param((HELLO, DiagramLink(style="rule", points=((10, 12), (60, 12)))), "",
                 id="an arrow below a word is fine"),
    pytest.param((BOX, DiagramLink(style="rule", points=((10, 12), (60, 12)))),
                 "arrow through 'state'",
                 id="an arrow through a state"),
    pytest.param((BOX, DiagramLink(style="rule", points=((5, 12), (15, 12)))), "",
                 id="an arrow up to a state is fine"),
]  # fmt: skip


FORTH = DiagramLink(style="rule", points=((10, 12), (60, 12)))
CHECKED += [
    pytest.param((FORTH, DiagramLink(style="rule", points=((60, 12), (10, 12)))), "on one another",
                 id="an arrow back on the arrow forth"),
    pytest.param((FORTH, DiagramLink(style="rule", points=((60, 14), (10, 14)))), "",
                 id="arrows side by side are fine"),
]  # fmt: skip


@pytest.mark.parametrize(("marks", "fault"), CHECKED)
def test_the_checker_sees_what_is_wrong(marks, fault):
    frame = Frame(low=0, high=100, left=0, right=100)
    scene = Scene(
        name="small", alt="", width=100, frame=frame, rows=(Row("one", 20.0),), marks=marks
    )
    found = crossings(scene)
    assert bool(found) == bool(fault)
    assert all(fault in words for words in found)


@pytest.mark.parametrize("key", CRITERIA)
def test_every_state_is_drawn_once(key):
    criterion = CRITERIA[key]
    scene = figure(key, "none")
    boxes = [
        m for m in scene.marks if isinstance(m, DiagramBox) and m.style in ("state", "no way out")
    ]
    assert len(boxes) == len(criterion.machine.states)
    words = texts(scene, row=0)
    assert all(words.count(state) == 1 for state in criterion.machine.states if state != "PENDING")
    assert words.count("PENDING") == (CRITERIA[key].confirms)


@pytest.mark.parametrize("key", CRITERIA)
def test_every_row_is_on_an_arrow_and_in_the_table(key):
    criterion = CRITERIA[key]
    scene = figure(key, "none")
    on_arrows = {id_ for text in texts(scene, row=0) for id_ in text.split(", ")}
    names = [row.name for row in scene.rows]
    for rule in criterion.machine.rules:
        assert rule.id in on_arrows
        words = " ".join(texts(scene, row=names.index(rule.id)))
        for part in (rule.id, rule.description, rule.source):
            assert part in words


@pytest.mark.parametrize("key", CRITERIA)
def test_the_arrows_are_the_edges_of_the_machine(key):
    """Each edge lies on exactly one arrow, and no arrow has a row without an edge."""
    criterion = CRITERIA[key]
    place = {s: n for n, each in enumerate(groups(criterion.machine)) for s in each.states}
    drawn = [(way.start, way.end, row) for way in diagram_arrows(criterion) for row in way.rows]
    edges = {(place[a], place[b], row) for a, b, row in criterion.machine.edges()}
    assert set(drawn) == edges
    assert len(drawn) == len(edges)


def test_seven_pending_states_are_one_group():
    found = groups(IRECIST.machine)
    assert [each.name for each in found] == ["CLEAR", "PENDING", "CONFIRMED"]
    assert set(found[1].states) == {"T", "N", "TN", "L", "TL", "NL", "TNL"}
    assert (
        len([mark for mark in figure("irecist", "none").marks if isinstance(mark, DiagramLink)])
        == 8
    )


LABELS = [  # as the rows are written
    pytest.param("irecist", "R3", "iUPD", id="a first PD"),
    pytest.param("irecist", "R6", "iCPD", id="confirmed"),
    pytest.param("irecist", "R8", "NE", id="not evaluable"),
    pytest.param("irecist", "R2", "no label", id="not done"),
    pytest.param("irecist", "R4", "as measured", id="by RECIST 1.1"),
    pytest.param("irecist", "R9", "as measured", id="void"),
    pytest.param("recist11", "P2", "PD", id="RECIST 1.1"),
    pytest.param("recist11", "P5", "as measured", id="for display"),
    pytest.param("imrecist", "B3", "imPD (unconfirmed)", id="in the words of the criterion"),
]


@pytest.mark.parametrize(("key", "row", "label"), LABELS)
def test_the_table_names_the_label_of_a_row(key, row, label):
    assert label_of(CRITERIA[key], row) == label


def rule(id_, at, when, to, emit=Code.SD):
    return Transition(id_, at, when, to, emit, "none", "says", "source")


def three(*rules):
    """RECIST 1.1 with a machine of three states instead of its own."""
    columns = (Column("base", ("CR", "PR")),)
    made = Machine(name="m", source="", states=("A", "B", "C"), columns=columns, rules=rules)
    return attrs.evolve(CRITERIA["recist11"], machine=made)


def _pr(x):
    return x.base == 1


FIRST = rule("1", "A", lambda x: x.base == 0, "B")
REST = rule("3", ANY, lambda x: x.base >= 0, SAME_STATE)


def test_labels_that_are_not_those_of_the_scan_are_listed():
    swapped = rule("3", ANY, lambda x: x.base >= 0, SAME_STATE, lambda x: Code.PR - x.base)
    last = rule("2", "B", lambda x: x.base == 0, "C")
    assert label_of(three(FIRST, last, swapped), "3") == "CR, PR"


def test_an_arrow_over_a_group_is_refused():
    over, back = rule("2", "A", _pr, "C"), rule("B", "B", _pr, "A")
    with pytest.raises(ValueError, match="2 lead from A to C, which are not neighbours"):
        state_diagram(three(FIRST, over, back, REST))


def test_a_state_without_a_description_is_shown_by_its_name():
    last = rule("2", "B", lambda x: x.base == 0, "C")
    scene = state_diagram(three(FIRST, last, REST))
    assert {"A", "B", "C"} <= set(texts(scene, row=0))
    assert faults(scene) == []


def test_the_path_of_the_hard_case_is_listed_in_order():
    scene = figure("irecist", "wang2023-4")
    expected = (
        "Path of wang2023, line 4: penpulimab + lenvatinib: "
        "1: 2022-02 iPR or iSD, R4, CLEAR; 2: 2022-05 iUPD, R3, PENDING L; "
        "3: 2022-08 iCPD, R6, CONFIRMED; 4: 2022-11 iCPD, R1, CONFIRMED."
    )
    assert scene.alt.endswith(expected)
    steps = [n for n, row in enumerate(scene.rows) if row.name.startswith("scan ")]
    assert [texts(scene, row)[0] for row in steps] == ["2022-02", "2022-05", "2022-08", "2022-11"]
    assert [texts(scene, row)[-1] for row in steps] == ["1", "2", "3", "4"]


def on_line(scene, number):
    """The words on the line of each pill of a number in the drawing: those written before it."""
    drawn = [mark for mark in scene.marks if mark.row == 0]
    found = set()
    for n, pill in enumerate(drawn):
        if isinstance(pill, Label) and pill.text == number:
            before = takewhile(
                lambda m: isinstance(m, Label) or getattr(m, "depth", 0) == 2, drawn[n - 1 :: -1]
            )
            line = [m.text for m in before if isinstance(m, Label) and m.y == pill.y]
            found.add(" ".join(reversed(line)))
    return found


@pytest.mark.parametrize(
    ("number", "words"),
    [
        pytest.param("1", {"R4 as measured"}, id="stays clear"),
        pytest.param("2", {"R3 iUPD", "L"}, id="on the arrow and in its state"),
        pytest.param("3", {"R6 iCPD"}, id="confirmed"),
        pytest.param("4", {"R1 iCPD"}, id="for good"),
    ],
)
def test_each_step_is_next_to_the_row_that_applied(number, words):
    assert on_line(figure("irecist", "wang2023-4"), number) == words


def heavy(scene):
    """How many boxes and arrows are drawn as taken, and as perhaps taken."""
    words = [m.variant or m.style for m in scene.marks if isinstance(m, DiagramBox | DiagramLink)]
    return words.count("taken"), words.count("perhaps taken")


@pytest.mark.parametrize(
    ("walk", "boxes_and_arrows"),
    [
        pytest.param("none", (0, 0), id="no path, nothing heavy"),
        # CLEAR, L, CONFIRMED; start, R4, R3, R6, R1
        pytest.param("wang2023-4", (8, 0), id="the hard case is certain"),
        # CLEAR; start, R3; and perhaps each of seven states
        pytest.param("wang2023-3", (3, 7), id="a call alone leaves the category open"),
        # CLEAR; start, R4; and perhaps T, TL, CONFIRMED; R3, R7, R9, R6
        pytest.param("open", (3, 7), id="findings that allow two ways"),
    ],
)
def test_what_is_certain_is_solid(walk, boxes_and_arrows):
    assert heavy(figure("irecist", walk)) == boxes_and_arrows


PILLS = [
    pytest.param([(1, True)], ["1"], id="one"),
    pytest.param([(1, True), (2, True)], ["1", "2"], id="two stay apart"),
    pytest.param([(1, True), (2, True), (3, True)], ["1–3"], id="three share a pill"),
    pytest.param([(1, True), (2, False), (3, True)], ["1", "2", "3"], id="not across looks"),
    pytest.param([(1, True), (3, True), (5, True)], ["1", "3", "5"], id="not across gaps"),
]


@pytest.mark.parametrize(("numbers", "words"), PILLS)
def test_a_run_of_steps_shares_a_pill(numbers, words):
    assert [piece.text for piece in pills(numbers)] == words


@pytest.mark.parametrize(("key", "walk"), FIGURES)
def test_the_legend_has_all_that_is_drawn(key, walk):
    scene = figure(key, walk)
    names = [row.name for row in entries(scene)]
    assert set(names) == {style for style in scene.styles if STYLES[style].description}
    samples = {
        mark.style for mark in legend(scene).marks if isinstance(mark, DiagramBox | DiagramLink)
    }
    assert samples == {name for name in names if STYLES[name].mark in (DiagramBox, DiagramLink)}
    assert ("step" in names) == (walk != "none")


def test_the_page_is_as_wide_as_two_columns():
    assert paint(figure("irecist", "wang2023-4")).get_figwidth() * 25.4 == pytest.approx(183)


def test_on_one_column_sentences_are_below_the_names_of_their_row():
    """86 mm less 67 of names leave the sentences 19 of their 113: too little to stand beside."""
    scene = state_diagram(CRITERIA["recist11"], None, page_of("nature", "single"))
    row = next(n for n, each in enumerate(scene.rows) if each.name == "P4")
    cells = [(m.text, round(m.y)) for m in scene.marks if isinstance(m, Label) and m.row == row]
    assert cells == [
        ("P4", 2),
        ("PROGRESSED", 2),
        ("stays", 2),
        ("PD", 2),
        ("PD is carried on", 4),
        ("Seymour 2017 Table 1, RECIST column", 7),
    ]


@pytest.mark.parametrize("key", CRITERIA)
def test_nothing_overlaps_on_any_page(key):
    drawn = 0
    for on in journal_pages():
        try:
            scene = state_diagram(CRITERIA[key], None, on)
        except ValueError:  # too narrow, which is tested with the pages
            continue
        drawn += 1
        assert crossings(scene) == [], str(on)
    assert drawn


@pytest.mark.parametrize(
    ("preset", "column"),
    [("nature", "single"), ("lancet", "middle"), ("elsevier", "single"), ("nature", "double")],
)
@pytest.mark.parametrize("name", ["wang2023", "jin2025"])
def test_a_path_hides_nothing_on_any_paper(name, preset, column):
    reading, on = report(name), page_of(preset, column)
    path = path_of(reading, reading.case.lines[-1].number, CRITERIA["recist11"])
    for page in pages(state_diagram(CRITERIA["recist11"], path, on), on):
        assert faults(page, on) == []


def test_a_continued_table_repeats_its_head():
    on = page_of("slide")
    first, second = pages(state_diagram(IRECIST, WALKS["wang2023-4"](IRECIST), on), on)
    assert first.rows[0].name == "states"
    assert second.rows[0].name.endswith(", continued")
    assert texts(second, 0) == ["Row", "Read in", "When", "Goes to", "Label", "Source"]
    assert sum(words == "Row" for words in texts(second)) == 2  # of the table, and of the path


@pytest.mark.parametrize("suffix", [".svg", ".pdf", ".png"])
def test_the_same_machine_gives_the_same_bytes(tmp_path, suffix):
    one, two = tmp_path / f"one{suffix}", tmp_path / f"two{suffix}"
    for path in (one, two):
        walk = renderers.path_of(report("wang2023"), 4, IRECIST)
        renderers.draw_machine(IRECIST, walk, path)
    assert one.read_bytes() == two.read_bytes()
    assert len(one.read_bytes()) > 5000


def test_a_path_by_another_criterion_is_refused():
    with pytest.raises(ValueError, match=r"a path by iRECIST, the machine is that of RECIST 1.1"):
        state_diagram(CRITERIA["recist11"], OPEN)


def test_a_step_lists_every_row_and_state_it_allows():
    words = row_text(OPEN.steps[1], IRECIST)
    assert words == "2: 2022-02 x, R3 or R4, CLEAR or PENDING T or PENDING TL"


def test_the_gap_after_the_rows_of_an_arrow_is_as_wide_in_every_face():
    """The rows end 1.2 mm before the label begins, however narrow the letters are."""
    for criterion in CRITERIA.values():
        labels = [m for m in state_diagram(criterion).marks if isinstance(m, Label)]
        ends = {(m.row, m.y, m.shift) for m in labels if m.align == "right" and m.bold}
        starts = {(m.row, m.y, m.shift) for m in labels if m.align == "left" and not m.bold}
        assert len(ends) > 1
        for row, y, end in ends:
            assert any((row, y) == (a, b) and x - end == pytest.approx(1.2) for a, b, x in starts)
