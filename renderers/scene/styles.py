"""The style table: how each mark is drawn, its words in the legend, in the order of the legend.

The hue of a bar encodes its drug or arm (``palette``), or its line of therapy by the hues of
Okabe and Ito (Wong, Nature Methods 2011;8:441, doi:10.1038/nmeth.1618). The bluish green is left
out, so that no figure contrasts red with green.
"""

from __future__ import annotations

from collections.abc import Iterable

from renderers.scene.colours import (
    ADVERSE,
    BLACK,
    COMPLETE,
    FAINT,
    GRADE_HATCHES,
    GRADES,
    GREY,
    PARTIAL,
    PROGRESSIVE,
    STABLE,
    WHITE,
)
from renderers.scene.mark import Mark
from renderers.scene.marks import (
    Area,
    Arrow,
    AxisBreak,
    Band,
    Bar,
    DiagramBox,
    DiagramLink,
    Marker,
    Polyline,
    RangeMark,
    Separator,
    VerticalLine,
)
from renderers.scene.palette import Palette
from renderers.scene.response_colours import DASH, DOTS, EITHER, RESPONSE_COLOURS, UNKNOWN
from timeline.core.frozen_class import frozen
from timeline.terminology.criteria import TERMS, meaning
from timeline.terminology.response_codes import Code

GROUPS = (
    "Treatment",
    "State",
    "Patients",
    "Response",
    "Best response",
    "Change",
    "Curves",
    "Events",
    "Status",
    "Dates",
    "Machine",
    "Path",
    "",
)


@frozen
class Style:
    """One row: how a mark is drawn, its words in the legend, and its group there.

    ``mark`` is the class that draws it in the legend, ``use`` the way in which the class draws
    it (one of its ``uses``, or nothing).
    """

    name: str
    mark: type[Mark]
    group: str
    description: str
    fill: str = WHITE
    edge: str = BLACK
    stroke: float = 0.6  # points
    dash: tuple[float, ...] = ()  # points on, points off
    shape: str = ""
    use: str = ""
    stripe: str = ""  # the colour of a stripe along a bar
    ink: str = ""  # the colour of what is inside a marker; nothing: that of its edge
    hatch: float = 0.35  # points: the strokes of a pale bar
    hatched: str = "/"  # of a variant of a bar: how its hatches run, one of `geometry.HATCHED`
    named: str = ""  # the name whose colour a line has, for a palette file

    def __attrs_post_init__(self) -> None:
        if self.group not in GROUPS:
            raise ValueError(f"unknown group: {self.group!r} (known: {', '.join(GROUPS)})")
        self.mark.check_style(self)

    @property
    def is_treatment(self) -> bool:
        """Whether it is a bar of treatment: neither a variant nor a fill of one."""
        return self.mark is Bar and not self.use

    @property
    def is_named(self) -> bool:
        """Whether it has the colour of a name: a bar of treatment, or a line with a fill."""
        return self.is_treatment or (self.mark is Polyline and self.fill != WHITE)

    @property
    def has_colour_of_name(self) -> bool:
        """Whether it is one of `named_bars`."""
        return self.is_treatment and self.name.startswith(_NAMED)


_NAMED = "bar of "
_LINE_HUES = {  # neighbours differ in lightness, so that they part in grey as well
    "line 1": "#56B4E9",
    "line 2": "#D55E00",
    "line 3": "#F0E442",
    "line 4": "#0072B2",
    "line 5": "#E69F00",
    "line 6": "#CC79A7",
}


def named_bars(
    names: Iterable[str], palette: Palette, group: str = "Treatment"
) -> dict[str, Style]:
    """The style of the bars of each drug, arm or state, coloured by its name.

    Args:
        names: each once or more, in the order of the legend.
        palette: the colours of the project.
        group: the group of the legend.

    Returns:
        A style for each name. They belong into ``Scene.own``.

    """
    return {
        name: Style(
            f"{_NAMED}{name}".replace("|", "/"), Bar, group, name,
            fill=swatch.fill, edge=GREY, stroke=0.5, stripe=swatch.stripe,
        )
        for name, swatch in palette.swatches(names).items()
    }  # fmt: skip


def _bar(name: str, description: str, fill: str) -> Style:
    return Style(name, Bar, "Treatment", description, fill=fill, edge=GREY, stroke=0.5)


def _marker(
    name: str, group: str, description: str, shape: str, fill: str = WHITE, ink: str = ""
) -> Style:
    return Style(name, Marker, group, description, shape=shape, stroke=0.7, fill=fill, ink=ink)


# The marker of a status by what its label means: outline, face, and what is inside the outline to
# tell the criterion. Every word of a criterion has its own marker.
_SIGNS: dict[Code, tuple[str, str, str]] = {
    Code.CR: ("star", COMPLETE, WHITE),
    Code.PR: ("up", PARTIAL, WHITE),
    Code.SD: ("diamond", STABLE, BLACK),
    Code.NON_CR_NON_PD: ("hexagon", STABLE, BLACK),
    Code.NED: ("ring, ring", COMPLETE, WHITE),
    Code.UPD: ("down", WHITE, PROGRESSIVE),
    Code.PD: ("down", PROGRESSIVE, WHITE),
    Code.NE: ("ring, bar", WHITE, BLACK),
}
# Labels that every criterion has.
_COMMON = {"NED": "no evidence of disease", "NE": "NE, not evaluable"}


def _statuses() -> tuple[Style, ...]:
    """A marker for each label of each criterion, better responses first."""
    found: dict[str, Style] = {}
    for code, (outline, face, ink) in _SIGNS.items():
        for row in TERMS.values():
            if code < len(row.words) and row.words[code] not in found:
                word = row.words[code]
                shape = (
                    f"{outline}, {row.marker}" if row.marker and word not in _COMMON else outline
                )
                description = _COMMON.get(word, word)
                found[word] = _marker(word, "Response", description, shape, face, ink)
    return tuple(found.values())


def best_fill(label: str) -> str:
    """The style of a bar by its best response; of no category that of NE."""
    code = meaning(label)
    return f"best {(Code.NE if code is None or code not in RESPONSE_COLOURS else code).name}"


_ROWS = (
    *(_bar(name, name, fill) for name, fill in _LINE_HUES.items()),
    _bar("later line", "line 7 or later", "#333333"),
    _bar("setting", "outside the lines", "#B3B3B3"),
    _bar("radiotherapy", "radiotherapy", "#707070"),
    _bar("supportive", "supportive", "#EFEFEF"),
    Style("complete response", RangeMark, "Response", "in complete response", edge=COMPLETE,
          stroke=1.8, use="along"),
    Style("partial response", RangeMark, "Response", "in partial response", edge=PARTIAL,
          stroke=1.1, use="along"),
    Style("response", RangeMark, "Response", "in response (CR or PR)", edge=PARTIAL, stroke=1.8,
          use="along"),
    Style("possible response", RangeMark, "Response", "response possible", edge=PARTIAL,
          stroke=1.8, dash=(2.0, 1.2), use="along"),
    Style("response between", RangeMark, "Response",
          "response possible, but neither begins nor ends here", edge=PARTIAL, stroke=0.5,
          use="along"),
    *_statuses(),
    _marker("-", "Response", "scan disregarded or not done", "ring, two bars"),
    _marker("MISSING", "Response", "scan missing", "ring, cross"),
    _marker("unmarked scan", "Response", "other scan", "short tick"),
    Style("unmarked scan range", RangeMark, "", "", edge=GREY, stroke=0.4, use="along"),
    _marker("either", "Response", "two or more categories possible", "half"),
    _marker("baseline", "Response", "baseline", "small square"),
    _marker("called", "Response", "as reported", "house"),
    *(Style(f"best {name}", Bar, "Best response", row.description, fill=row.fill, stroke=0.6,
            dash=row.dash, use="fill")
      for name, row in (*((code.name, row) for code, row in RESPONSE_COLOURS.items()),
                        ("either", EITHER), ("unknown", UNKNOWN))),
    Style("plain bar", Bar, "", "", fill="#8FA3B5", stroke=0.6, use="fill"),
    _marker("measured", "Change", "measured", "point"),
    _marker("new lesion", "Change", "new lesion", "asterisk"),
    _marker("non-target progression", "Change", "progression of non-target lesions", "hash"),
    Style("value range", Polyline, "Change", "range of possible values", use="upright"),
    Style("threshold", RangeMark, "Change", "thresholds of response and progression", edge=GREY,
          dash=DASH, use="below"),
    Style("cut short", AxisBreak, "Change", "bar truncated, value stated"),
    _marker("censored time", "Curves", "censored", "tick"),
    Style("median", Polyline, "Curves", "median", edge=GREY, stroke=0.5, dash=DOTS),
    Style("confidence", Area, "Curves", "pointwise 95 % confidence limits",
          fill="#EFEFEF"),
    Style("allowed", Area, "Curves", "range of possible curves",
          fill="#E0E0E0"),
    _marker("symptom", "Events", "symptom", "ring"),
    _marker("visit", "Events", "visit", "small diamond"),
    _marker("diagnosis", "Events", "diagnosis", "disc"),
    _marker("biopsy", "Events", "biopsy", "ring, stroke"),
    _marker("surgery", "Events", "surgery", "plus"),
    _marker("local therapy", "Events", "ablation or embolisation", "plus, dot"),
    _marker("radiotherapy begun", "Events", "radiotherapy begun", "ring, wedges"),
    _marker("procedure", "Events", "other procedure", "open plus"),
    _marker("biomarker", "Events", "biomarker", "hourglass"),
    _marker("randomisation", "Events", "randomisation", "pentagon, stroke"),
    _marker("registration", "Events", "registration in a trial", "pentagon, bar"),
    _marker("progression", "Events", "progression stated without a scan", "octagon, stroke"),
    _marker("relapse", "Events", "relapse", "octagon, cross"),
    _marker("metastasis", "Events", "metastasis found", "octagon, two bars"),
    _marker("scan", "Events", "scan", "square"),
    _marker("scan, new lesion", "Events", "scan with a new lesion", "square, plus"),
    _marker("dose held", "Events", "dose held", "pause"),
    _marker("dose reduced", "Events", "dose reduced", "step down"),
    _marker("dose increased", "Events", "dose increased", "step up"),
    _marker("dose resumed", "Events", "dose resumed", "play"),
    _marker("refused", "Events", "treatment refused", "ring, slash"),
    _marker("toxicity", "Events", "adverse event", "small circle", ADVERSE),
    _marker("performance", "Events", "performance status", "pentagon"),
    _marker("lab", "Events", "laboratory value", "dot"),
    _marker("lab limit", "Events", "laboratory value, reported as a limit or in words",
            "small ring"),
    *(Style(name, Bar, "Events", name, fill=fill, edge=GREY, stroke=0.5, use="fill", hatch=hatch)
      for name, fill, hatch in zip(
          ("grade 1", "grade 2", "grade 3", "grade 4", "grade 5"), GRADES, GRADE_HATCHES,
          strict=True)),
    Style("grade not stated", Bar, "Events", "grade not stated", fill="#F7F7F7", edge=GREY,
          stroke=0.5, use="fill"),
    Style("normal", RangeMark, "Events", "limit of normal", edge=GREY, dash=DOTS),
    Style("normal range", Area, "Events", "normal range", fill="#E3EFE9"),
    Style("track", Polyline, "", "", edge=BLACK, stroke=0.6),
    Style("sum threshold", RangeMark, "", "", edge=GREY, stroke=0.4, dash=DOTS, use="below"),
    Style("follow-up", RangeMark, "Status", "known to be alive", edge=GREY, stroke=0.8,
          use="below"),
    Style("unmeasured", RangeMark, "Status", "known to be alive, no longer measured",
          edge=GREY, stroke=0.7, dash=DOTS, use="below"),
    Style("ongoing", Arrow, "Status", "ongoing at last contact", stroke=0.9),
    _marker("alive", "Status", "alive at last contact, censored", "post"),
    _marker("censored", "Status", "censored: no progression up to then", "flag"),
    _marker("undecided", "Status", "progression or censoring, both possible", "half flag"),
    _marker("death", "Status", "death", "ex"),
    *(_marker(name, "Status", description, shape) for name, description, shape in (
        ("stop progression", "treatment stopped: progression", "stop P"),
        ("stop toxicity", "treatment stopped: toxicity", "stop T"),
        ("stop completed", "treatment stopped: completed", "stop C"),
        ("stop choice", "treatment stopped: withdrawal or choice", "stop W"),
        ("stop death", "treatment stopped: death", "stop D"),
        ("stop other", "treatment stopped: other or unnamed reason", "stop O"),
        ("stop", "treatment stopped (reason not shown)", "stop"),
        ("end unknown", "last record: outcome not stated", "open post"),
    )),
    Style("last contact", VerticalLine, "Status", "last contact", edge=BLACK, dash=DASH),
    Style("last contact range", Band, "Status", "last contact, range of possible dates",
          fill="#EDEDED"),
    Style("last record", VerticalLine, "Status", "last dated event (no last contact on record)",
          edge=GREY, dash=DOTS),
    Style("cut-off", VerticalLine, "Status", "data cut-off", edge=BLACK, stroke=0.8,
          dash=(3.0, 1.6)),
    Style("time zero", VerticalLine, "", "", edge=BLACK, stroke=0.5),
    Style("break edge", VerticalLine, "", "", edge=FAINT, stroke=0.5),
    Style("reference", VerticalLine, "Dates", "reference time", edge=GREY, dash=(1.6, 1.6)),
    Style("planned", Bar, "Status", "planned, not done", fill=WHITE, dash=DOTS, use="variant"),
    Style("range", RangeMark, "Dates", "range of possible dates, marker at the midpoint"),
    Style("order", RangeMark, "Dates", "dated by order only, marker at the midpoint", dash=DASH),
    Style("open range", RangeMark, "Dates",
          "range of possible dates with one end not known, marker at the known end"),
    Style("open order", RangeMark, "Dates",
          "dated by order only with one end not known, marker at the known end", dash=DASH),
    Style("one-sided order", RangeMark, "Dates",
          "dated only as after or before an event, marker beside it", dash=DASH),
    Style("late range", RangeMark, "Dates", "range without a known last day, marker at that end"),
    Style("late order", RangeMark, "Dates",
          "dated by order only without a known last day, marker at that end", dash=DASH),
    Style("vague end", Bar, "Dates", "possible start or stop dates", use="variant"),
    Style("by order", Bar, "Dates", "possible start or stop dates, by order only",
          dash=DASH, use="variant"),
    Style("in turn", Bar, "Dates", "given in this order, at dates that are not known",
          dash=DASH, use="variant", hatched="x"),
    Style("known length", RangeMark, "Dates", "possible dates of a bar of known length",
          dash=DASH),
    Style("end not stated", Bar, "Dates", "end not stated: length unknown", dash=DOTS,
          use="variant", hatched="\\"),
    Style("break", AxisBreak, "Dates", "time omitted", stroke=0.7),
    Style("start", DiagramBox, "Machine", "start", fill=BLACK, stroke=0.7, shape="disc"),
    Style("state", DiagramBox, "Machine", "state", stroke=0.7),
    Style("no way out", DiagramBox, "Machine", "final state", stroke=0.7,
          shape="double"),
    Style("group", DiagramBox, "Machine", "states read by the same rows",
          fill="#F2F2F2", edge=GREY, stroke=0.5),
    Style("rule", DiagramLink, "Machine", "rows, with the label they give",
          edge=GREY, stroke=0.7),
    Style("step", DiagramBox, "Path", "scan, by its number", stroke=0.7, shape="round"),
    Style("perhaps step", DiagramBox, "Path", "scan, in one of several readings",
          stroke=0.7, dash=DOTS, shape="round"),
    Style("taken", DiagramLink, "Path", "taken by the patient", stroke=1.6),
    Style("perhaps taken", DiagramLink, "Path", "taken in some readings only",
          stroke=1.6, dash=(2.4, 1.2)),
    *(Style(f"curve {n}", Polyline, "", "", stroke=1.0, dash=dash) for n, dash in enumerate(
        ((), (4.0, 1.6), (1.0, 1.2), (5.0, 1.4, 1.0, 1.4)), start=1)),
    *(Style(f"limit {n}", Polyline, "", "", edge=GREY, stroke=0.4, dash=dash)
      for n, dash in enumerate(((), (4.0, 1.6), (1.0, 1.2), (5.0, 1.4, 1.0, 1.4)), start=1)),
    Style("thread", Polyline, "", "", edge=BLACK, stroke=0.9),
    Style("thread of many", Polyline, "", "", edge=BLACK, stroke=0.7),
    Style("thread of hundreds", Polyline, "", "", edge=GREY, stroke=0.45),
    Style("thread of others", Polyline, "", "", edge="#ADADAD", stroke=0.35),
    Style("bridge", Polyline, "", "", edge=GREY, stroke=0.6, dash=(1.0, 1.0)),
    Style("forest limits", Polyline, "", "", edge=BLACK, stroke=0.8),
    _marker("forest estimate", "", "", "small square"),
    Style("forest diamond", Area, "", "", fill="#4A4A4A"),
    Style("forest reference", VerticalLine, "", "", edge=GREY, stroke=0.5, dash=(1.6, 1.6)),
    Style("gap", Separator, "", "", edge=WHITE, stroke=2.4),
    Style("leader", Separator, "", "", edge=GREY, stroke=0.35),
    Style("same range", RangeMark, "", "", stroke=0.0),
    Style("divide", Separator, "", "", edge=FAINT, stroke=0.4),
    Style("axis", Separator, "", "", edge=BLACK, stroke=0.6),
)  # fmt: skip
STYLES = {row.name: row for row in _ROWS}


def line_style(number: int) -> str:
    """The style of a line of therapy; the table names six, the rest share one."""
    name = f"line {number}"
    return name if name in STYLES else "later line"
