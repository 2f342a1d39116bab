"""Fonts of a text, by those that matplotlib brings, so that every machine agrees."""

import re

import pytest
from fontTools.fontBuilder import FontBuilder
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.ttLib import TTFont
from matplotlib.font_manager import FontEntry, FontProperties, findfont, fontManager

from renderers.backends import fonts
from renderers.backends.fonts import families_for, substitute_note
from renderers.backends.save import save
from renderers.scene.fonts import font_named, letter_width
from renderers.scene.journals import page_of
from renderers.scene.scene import Frame, Label, Row, Scene
from renderers.scene.text_metrics import MM_PER_POINT, measured_in, width

NOWHERE = "\U0010fffd"  # for private use: no font has it but those of boxes


def by_fonttools(name, text, *, bold=False):
    """The advance widths of a text in thousandths of its size, read by another program."""
    path = findfont(FontProperties(family=[name], weight="bold" if bold else "normal"))
    font = TTFont(path)
    glyphs, advances, units = font.getBestCmap(), font["hmtx"], font["head"].unitsPerEm
    return [advances[glyphs[ord(letter)]][0] / units * 1000 for letter in text]


@pytest.mark.parametrize("bold", [False, True], ids=["plain", "bold"])
@pytest.mark.parametrize("name", ["DejaVu Sans", "STIXGeneral"])
def test_a_letter_is_as_wide_as_its_font_states(name, bold):
    text = "iPFS 16.6+ m²≥µé"
    found = [letter_width(name, letter, bold=bold) for letter in text]
    assert found == pytest.approx(by_fonttools(name, text, bold=bold), abs=0.5)
    assert letter_width(name, NOWHERE, bold=bold) is None


def test_texts_are_measured_in_a_named_font_within_the_block_alone():
    table = width("PFS, months", 10)
    with measured_in("STIXGeneral"):
        expected = sum(by_fonttools("STIXGeneral", "PFS, months")) / 1000 * 10 * MM_PER_POINT
        assert width("PFS, months", 10) == pytest.approx(expected, rel=1e-3)
        assert width(NOWHERE, 10) == pytest.approx(10 * MM_PER_POINT)  # the widest, as ever
    assert width("PFS, months", 10) == table > expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("Arm A", ("cmr10",), id="ASCII is in every font"),
        pytest.param("Γιώργος", ("cmr10", "DejaVu Sans"), id="Greek letters are not in cmr10"),
        pytest.param("محمد", ("cmr10", "DejaVu Sans"), id="nor Arabic ones"),
        pytest.param(NOWHERE, ("cmr10",), id="in no font: not in one of boxes either"),
    ],
)
def test_letters_that_a_font_lacks_are_drawn_in_one_that_has_them(text, expected):
    assert families_for(("cmr10",), text) == expected


def test_a_font_is_named_without_regard_to_case_and_must_be_installed():
    assert page_of("nature", font=" stixgeneral ").font == "STIXGeneral"
    with pytest.raises(ValueError, match=r"'DejaVu Sanz' \(did you mean DejaVu Sans\?"):
        font_named("DejaVu Sanz")


def scene(text="P0001"):
    frame, rows = Frame(low=0, high=70, left=30, right=100), (Row("one", 20.0),)
    label = Label(text=text, at=35, y=10)
    return Scene(name="small", alt="", width=100, frame=frame, rows=rows, marks=(label,))


@pytest.mark.parametrize(
    ("text", "fonts"),
    [pytest.param("P0001", 1, id="one"), pytest.param("P0001 Γ", 2, id="one for what it lacks")],
)
def test_a_pdf_embeds_the_fonts_that_it_uses(tmp_path, text, fonts):
    path = tmp_path / "figure.pdf"
    save(scene(text), path, page_of(font="cmr10"))
    names = set(re.findall(rb"/FontName /[A-Z]{6}\+([A-Za-z0-9]+)", path.read_bytes()))
    assert len(names) == fonts
    assert b"Cmr10" in names


ARIAL = FontEntry(name="Arial", fname="arial.ttf")
DEJAVU = FontEntry(name="DejaVu Sans", fname="dejavu.ttf")


@pytest.mark.parametrize(
    ("installed", "preset", "font", "expected"),
    [
        pytest.param([DEJAVU], "nature", "", "texts are in DejaVu Sans", id="none like Arial"),
        pytest.param([DEJAVU, ARIAL], "nature", "", "", id="Arial"),
        pytest.param([DEJAVU, FontEntry(name="Liberation Sans")], "nature", "", "",
                     id="one as wide as Arial"),
        pytest.param([DEJAVU], "nature", "DejaVu Sans", "", id="another one is wanted"),
        pytest.param([DEJAVU], "lancet", "", "", id="a face like Times is always there"),
    ],
)  # fmt: skip
def test_a_substitute_for_arial_is_named(monkeypatch, installed, preset, font, expected):
    page = page_of(preset, font=font)
    monkeypatch.setattr(fontManager, "ttflist", installed)
    note = substitute_note(page)
    assert note.startswith(expected)
    assert bool(note) == bool(expected)


def test_a_font_that_was_installed_later_is_found(tmp_path, monkeypatch):
    """Matplotlib keeps its list of fonts on disk, and looks for no new ones by itself."""
    letter = "\U000f1234"  # for private use
    glyphs = (".notdef", "new")
    builder = FontBuilder(1000)
    builder.setupGlyphOrder(list(glyphs))
    builder.setupCharacterMap({ord(letter): "new"})
    builder.setupGlyf(dict.fromkeys(glyphs, TTGlyphPen(None).glyph()))
    builder.setupHorizontalMetrics(dict.fromkeys(glyphs, (600, 0)))
    builder.setupHorizontalHeader(ascent=800, descent=-200)
    builder.setupNameTable({"familyName": "Installed Later", "styleName": "Regular"})
    builder.setupOS2()
    builder.setupPost()
    path = tmp_path / "later.ttf"
    builder.save(path)
    monkeypatch.setattr(fontManager, "ttflist", list(fontManager.ttflist))
    monkeypatch.setattr(fonts, "findSystemFonts", lambda: [str(path)])
    for each in (fonts.families_for, fonts._family_with, fonts._add_new_fonts):
        each.cache_clear()
    assert families_for(("DejaVu Sans",), letter) == ("DejaVu Sans", "Installed Later")
