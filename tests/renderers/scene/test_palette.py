"""The colour of a name: fixed by the name, and apart from seven others in grey and to every eye."""

from itertools import combinations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from renderers.response.spider import spider
from renderers.scene.colours import BLACK, WHITE, lightness, luminance
from renderers.scene.palette import (
    FAMILIES,
    HUES,
    OWN_HUES,
    UNNAMED,
    Palette,
    Swatch,
    moved,
    name_key,
)
from renderers.scene.palette_file import load_colours, merged, palette_of, palette_text
from renderers.scene.styles import named_bars
from renderers.swimmer.figure import swimmer
from renderers.swimmer.options import SwimmerOptions
from tests.renderers.measured import patient as measured
from tests.renderers.patients import report
from tests.renderers.swimmer.made import lined
from tests.rows import every_row
from timeline.terminology.drugs import drug_table

# How linear RGB is seen without one kind of cone: Machado 2009, doi:10.1109/TVCG.2009.113, table 1.
VISION = {
    "normal": np.eye(3),
    "deuteranopia": np.array(
        [[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413],
         [-0.011820, 0.042940, 0.968881]]
    ),
    "protanopia": np.array(
        [[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216],
         [-0.003882, -0.048116, 1.051998]]
    ),
    "tritanopia": np.array(
        [[1.255528, -0.076749, -0.178779], [-0.078411, 0.930809, 0.147602],
         [0.004733, 0.691367, 0.303900]]
    ),
}  # fmt: skip
TO_XYZ = np.array(
    [[0.4124564, 0.3575761, 0.1804375], [0.2126729, 0.7151522, 0.0721750],
     [0.0193339, 0.1191920, 0.9503041]]
)  # fmt: skip
NAMES = st.lists(
    st.sampled_from((*list(drug_table())[:40], "Arm A", "Arm B", "placebo", "surgery", "x", "y")),
    min_size=1, max_size=8, unique=True,
)  # fmt: skip


def lab(colour, vision):
    """CIE L*a*b* of 1976 for the white of D65, of a colour as it is seen."""
    parts = np.array([int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)])
    linear = np.where(parts <= 0.04045, parts / 12.92, ((parts + 0.055) / 1.055) ** 2.4)
    x, y, z = TO_XYZ @ np.clip(VISION[vision] @ linear, 0, 1) / (0.95047, 1.0, 1.08883)
    fx, fy, fz = (
        t ** (1 / 3) if t > (6 / 29) ** 3 else t / (3 * (6 / 29) ** 2) + 4 / 29 for t in (x, y, z)
    )
    return np.array([116 * fy - 16, 500 * (fx - fy), 200 * (fy - fz)])


def test_the_ruler_of_lightness_is_right():
    """CIE 1976: white 100, black 0; #777777 is 50.0 (18.45 % of the light of white)."""
    assert lightness("#FFFFFF") == pytest.approx(100)
    assert lightness("#000000") == 0
    assert lightness("#777777") == pytest.approx(50, abs=0.1)
    assert lab("#777777", "normal")[0] == pytest.approx(50, abs=0.1)


@every_row(("one", "other"), list(combinations(HUES, 2)))
def test_no_two_of_the_eight_hues_are_alike(one, other):
    """In grey by 7 of lightness, of which 2.3 are just noticeable; in colour by ten times that."""
    assert abs(lightness(one) - lightness(other)) >= 7
    for vision in VISION:
        assert np.linalg.norm(lab(one, vision) - lab(other, vision)) >= 23, vision


@pytest.mark.parametrize("fill", HUES)
def test_a_sign_a_stripe_and_a_line_can_be_seen(fill):
    def contrast(one, other):
        high, low = sorted((luminance(one), luminance(other)), reverse=True)
        return (high + 0.05) / (low + 0.05)

    assert max(contrast(BLACK, fill), contrast(WHITE, fill)) >= 3
    assert contrast(Swatch(fill).line, WHITE) >= 3
    assert not (int(fill[3:5], 16) > max(int(fill[1:3], 16), int(fill[5:7], 16)) + 25)  # green


@given(NAMES)
def test_up_to_eight_names_are_apart_in_grey_and_the_order_of_rows_is_nothing(names):
    found = Palette().swatches(names)
    assert found == Palette().swatches(names[::-1])
    assert len({swatch.fill for swatch in found.values()}) == len(names)
    assert not any(swatch.stripe for swatch in found.values())


@given(NAMES, st.data())
def test_a_name_that_keeps_its_own_hue_keeps_it_among_fewer_names(names, data):
    """Only a name that another one displaced may have another colour in a part of the figure."""
    alone = {name: Palette().swatches([name])[name] for name in names}
    whole = Palette().swatches(names)
    part = Palette().swatches(data.draw(st.lists(st.sampled_from(names), unique=True)))
    for name, swatch in part.items():
        assert whole[name] != alone[name] or swatch == alone[name]


def test_names_beyond_eight_have_a_hue_of_their_class_with_a_stripe():
    """Three kinase inhibitors among ten drugs: one is solid, and two have a stripe on its hue."""
    names = ["doxorubicin", "ifosfamide", "gemcitabine", "docetaxel", "pembrolizumab", "ipilimumab",
             "denosumab", "anlotinib", "pazopanib", "axitinib"]  # fmt: skip
    found = Palette().swatches(names)
    assert len(set(found.values())) == 10
    kinase = {name: found[name] for name in ("anlotinib", "pazopanib", "axitinib")}
    assert {each.fill for each in kinase.values()} == {HUES[5]}
    assert [bool(each.stripe) for each in kinase.values()] == [False, True, True]
    many = Palette().swatches([f"drug number {n}" for n in range(24)])
    assert len(set(many.values())) == 24


def test_arms_follow_their_letters_or_numbers():
    """Two arms never compete for one hue, so that each can also be drawn alone."""
    letters = Palette().swatches([f"Arm {letter}" for letter in "ABCDEFGH"])
    assert [swatch.fill for swatch in letters.values()] == list(HUES)
    numbers = Palette().swatches([f"cohort-{n}" for n in range(1, 9)])
    assert [swatch.fill for swatch in numbers.values()] == list(HUES)


def test_drugs_that_are_not_named_are_grey_and_take_no_colour_of_others():
    names = ("cisplatin", "not stated", "unknown")
    found = Palette().swatches(names)
    assert [found[name] for name in names[1:]] == [UNNAMED, UNNAMED]
    assert found["cisplatin"] == Palette().swatches(["cisplatin"])["cisplatin"]
    stated = Palette.of({"not stated": Swatch("#123456")})
    assert stated.swatches(names)["not stated"] == Swatch("#123456")


def test_spellings_of_a_drug_have_one_colour():
    assert name_key("AK105") == name_key("Penpulimab ") == "penpulimab"
    assert name_key("liposomal doxorubicin") == "liposomal doxorubicin"
    found = Palette().swatches(["AK105", "penpulimab"])
    assert len(set(found.values())) == 1


def test_what_a_project_states_never_moves():
    stated = palette_of({"Penpulimab": "#112233", "placebo": "#F8A469 striped"})
    found = stated.swatches(["placebo", "AK105", "anlotinib"])
    assert found["AK105"] == Swatch("#112233")
    assert found["placebo"] == Swatch("#F8A469", WHITE)
    near = palette_of({"placebo": "#A4D5F9"}).swatches(["anlotinib"])["anlotinib"]
    assert abs(lightness(near.fill) - lightness("#A4D5F9")) >= 5  # its own hue, sky, is as light


def _fills(cases):
    scene = swimmer(cases, options=SwimmerOptions(colour="drug", by="patient"))
    return {row.description: row.fill for row in scene.own}


def test_a_drug_has_one_colour_in_every_figure_of_a_project():
    cases = [report("wang2023"), report("jin2025")]
    both = _fills(cases)
    assert len(both) >= 6
    for part in (cases[::-1], cases[:1], cases[1:]):
        fills = _fills(part)
        assert fills == {name: both[name] for name in fills}


def test_a_drug_has_one_colour_in_every_subset_of_a_cohort():
    made = list(lined(6))
    whole = palette_of(_fills(made))
    options = SwimmerOptions(colour="drug", palette=whole)
    for part in (made[:1], made[2:4], made[::-1]):
        own = {row.description: row.fill for row in swimmer(part, options=options).own}
        assert own == {name: _fills(made)[name] for name in own}


FAULTS = """\
doxorubicin: #A44C4E
Arm B: bleu
arm b: "#123456"
fine: "#123456 striped"
list: [a, b]
"""


def test_a_palette_file_has_every_fault_with_its_place(tmp_path):
    path = tmp_path / "palette.yaml"
    path.write_text(FAULTS)
    colours, problems = load_colours(path)
    assert colours == {"fine": Swatch("#123456", WHITE)}
    expected = (
        '(write "#56B4E9", "#56B4E9 striped", or a name that matplotlib knows, as gold; in quotes)'
    )
    assert list(problems) == [
        f"{path}:1:13: not a colour: doxorubicin: '' {expected}",
        f"{path}:2:8: not a colour: Arm B: 'bleu' {expected}",
        f"{path}:3:1: name twice: 'arm b', the same as 'Arm B' (write it once)",
        f"{path}:5:7: not a colour: list: a list or a table {expected}",
    ]
    with pytest.raises(ValueError, match="Arm B: 'bleu'"):
        palette_of(path)
    with pytest.raises(ValueError, match="no such file"):
        palette_of(tmp_path / "none.yaml")
    with pytest.raises(ValueError, match="not a colour: a: 'rot'; b: 'blau'"):
        palette_of({"a": "rot", "b": "blau"})


@given(st.dictionaries(st.text(st.characters(exclude_categories=("C", "Z")), min_size=1),
                       st.sampled_from([Swatch("#123456"), Swatch("#ABCDEF", WHITE)]),
                       min_size=1))  # fmt: skip
def test_a_palette_file_reads_as_it_was_written(tmp_path_factory, colours):
    path = tmp_path_factory.mktemp("palette") / "palette.yaml"
    path.write_text(palette_text(colours.items()), encoding="utf-8")
    found, problems = load_colours(path)
    assert not problems
    keys = [name_key(name) for name in colours]
    assert found == {n: c for n, c in colours.items() if keys.index(name_key(n)) ==
                     list(colours).index(n)}  # fmt: skip


def test_a_palette_that_is_written_again_keeps_what_it_states(tmp_path):
    path = tmp_path / "palette.yaml"
    path.write_text('penpulimab: "#112233"\n')
    styles = named_bars(["penpulimab", "Arm A"], Palette()).values()
    assert merged(styles, path).splitlines()[1:] == ['penpulimab: "#112233"', 'Arm A: "#305688"']
    path.write_text("penpulimab: rot\n")
    with pytest.raises(ValueError, match=r"palette.yaml:1:13: not a colour"):
        merged(styles, path)


def test_the_lines_of_a_spider_are_named_in_a_palette_file_as_bars_are(tmp_path):
    """Those of regimens; black lines and lines of responses have no name."""
    readings = [measured("A", "80 mm")]
    named = merged(spider(readings, colour="regimen").own, tmp_path / "palette.yaml")
    assert named == palette_text(
        [("doxorubicin", Palette().swatches(["doxorubicin"])["doxorubicin"])]
    )
    with pytest.raises(ValueError, match="nothing is coloured by a name"):
        merged(spider(readings, colour="none").own, tmp_path / "palette.yaml")


def test_the_drugs_of_wang_2023_have_one_colour_in_every_figure():
    """Eight drugs, two taxane-like and two kinase inhibitors: alone, by line and all together."""
    drugs = ["doxorubicin", "ifosfamide", "anlotinib", "gemcitabine", "docetaxel", "eribulin",
             "penpulimab", "lenvatinib"]  # fmt: skip
    together = Palette().swatches(drugs)
    for one in drugs:
        for other in drugs:
            assert Palette().swatches([one, other])[one] == together[one], (one, other)
    assert moved({drug: swatch.fill for drug, swatch in together.items()}) == ()


def test_a_drug_with_a_hue_of_its_own_is_in_the_table_and_leaves_the_hue_of_its_class():
    table = drug_table()
    for name, hue in OWN_HUES.items():
        assert FAMILIES[table[name].kind] != hue, name
