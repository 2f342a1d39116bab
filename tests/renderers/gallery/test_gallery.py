"""The gallery: every figure on every page, what is refused and why, and what it has."""

import re
from pathlib import Path
from urllib.parse import unquote

import pytest
from PIL import Image
from typer.testing import CliRunner

from renderers import FIGURES
from renderers.backends.save import pages
from renderers.gallery.build import build_gallery
from renderers.gallery.contact_sheet import Picture, sheet
from renderers.gallery.entries import GalleryEntry, entries_of, journal_pages, machines
from renderers.gallery.page import gallery_index, gallery_pages
from renderers.response.spider import spider
from renderers.scene.journals import PRESETS, page_of
from tests import gallery
from tests.gallery import SHOWN, entries
from tests.renderers.cohort import cohort
from tests.renderers.overlap import faults
from tests.renderers.patients import exact, report
from timeline.cli.app import app
from timeline.response.criteria import CRITERIA

ROOT = Path(__file__).parents[3]
NATURE = (page_of("nature", "single"), page_of("nature", "double"))
PLATES, PAGES = entries(), journal_pages()
BY_NAME = {each.name: each for each in PLATES}


def refusing(on):
    raise ValueError(f"no <room> on {on}")


def small(name="small"):
    return GalleryEntry(name=name, description="a spider", make=lambda on: spider(cohort(3), on))


def test_a_preset_without_a_picture_of_the_contact_sheet_is_drawn(tmp_path, monkeypatch, capsys):
    """No picture of the sheet of the docs is on the page ``generic``: there is no sheet."""
    monkeypatch.setattr(gallery, "entries", lambda: (small(),))
    assert gallery.main(tmp_path, ["generic"]) == 0
    assert capsys.readouterr().out.startswith("2 figures on 2 pages, 0 refused")
    assert [each.name for each in tmp_path.glob("sheet-*.png")] != []
    assert not (tmp_path / "gallery.png").exists()


def test_the_papers_are_all_columns_of_all_presets():
    found = [(each.preset.name, each.column) for each in journal_pages()]
    assert found == [(row.name, name) for row in PRESETS.values() for name, _ in row.columns]


def test_a_preset_that_is_not_there_is_named():
    with pytest.raises(ValueError, match="did you mean nature"):
        journal_pages(["natur"])


def test_the_gallery_has_every_kind_of_figure_for_a_patient():
    """Line 4 is judged by both criteria, so it has a path over the machine of each."""
    names = [each.name for each in entries_of([report("wang2023")])]
    assert {name.split(", ")[1] for name in names} == {
        *FIGURES, "path of line 4 by RECIST 1.1", "path of line 4 by iRECIST"
    }  # fmt: skip


def test_a_gallery_without_patients_is_empty():
    assert entries_of([]) == ()


def test_every_criterion_has_its_machine():
    assert [each.name for each in machines()] == [
        f"machine of {c.title}" for c in CRITERIA.values()
    ]


def test_an_entry_has_its_page_its_sidecars_and_a_preview_of_each_page(tmp_path):
    (one,) = build_gallery([small()], NATURE[:1], tmp_path)
    stem = "01-small-nature-single"
    assert {path.name for path in tmp_path.iterdir()} == {
        f"{stem}{suffix}"
        for suffix in (".svg", ".png", ".html", ".alt.txt", ".caption.txt", ".csv")
    }
    assert (len(one.vectors), len(one.previews), one.refused) == (1, 1, "")


def test_what_cannot_be_drawn_hangs_with_its_reason(tmp_path):
    refused, drawn = build_gallery(
        [GalleryEntry(name="no", description="", make=refusing), small()], NATURE[:1], tmp_path
    )
    assert refused.refused == "no <room> on nature, single column of 89 mm"
    assert (refused.vectors, refused.companions) == ((), ())
    assert drawn.vectors


@pytest.mark.parametrize(
    "name",
    [
        pytest.param("../../up", id="a name that leads out of the folder"),
        pytest.param("a/b: c*?", id="letters that no file may have"),
        pytest.param("肉瘤", id="letters of any language"),
        pytest.param("...", id="nothing but points"),
    ],
)
def test_a_name_of_any_letters_is_a_file_in_the_folder(tmp_path, name):
    (one,) = build_gallery([small(name)], NATURE[:1], tmp_path)
    assert all(path.parent == tmp_path and path.exists() for path in one.companions)


def test_entries_of_one_name_have_separate_files(tmp_path):
    first, second = build_gallery([small(), small()], NATURE[:1], tmp_path)
    assert not set(first.companions) & set(second.companions)


def test_a_reason_is_listed_once_with_the_pages_it_applies_to(tmp_path):
    never = GalleryEntry(name="never", description="", make=lambda _: refusing("any page"))
    (wall,) = gallery_pages(list(build_gallery([never], NATURE, tmp_path)))
    assert wall.refused == (("no <room> on any page", f"{NATURE[0]}; {NATURE[1]}"),)


def test_the_page_shows_what_hangs_and_what_is_refused_and_every_link_leads_somewhere(tmp_path):
    odd = small('50 % <b>"odd" #1</b>')
    outputs = list(
        build_gallery(
            [odd, GalleryEntry(name="no", description="", make=refusing)], NATURE, tmp_path
        )
    )
    page = gallery_index(outputs, tmp_path, "All & more").read_text()
    files = [name for name in re.findall(r'(?:href|src)="([^"#]+)"', page) if name != "data:,"]
    assert len(files) == 2 * 6  # on each page: preview, SVG, page, alt text, caption, data
    assert all((tmp_path / unquote(name)).exists() for name in files)
    assert "2 figures drawn, 2 refused" in page
    assert "no &lt;room&gt; on nature" in page
    assert "<b>" not in page
    assert "http:" not in page
    assert "https:" not in page
    printed = page.partition("@media print {")[2]  # each with its words, and in its real size
    assert "figure { break-inside: avoid" in printed
    assert "img { width: var(--width)" in printed
    assert re.findall(r"--width: (\S+?)mm", page) == ["89.0", "183.0"]


def test_a_contact_sheet_keeps_scale_and_colours(tmp_path):
    for name, size in (("red", (300, 100)), ("blue", (200, 150))):
        Image.new("RGB", size, name).save(tmp_path / f"{name}.png")
    many = Image.new("RGB", (20, 20))  # four hundred colours, each of them once
    many.putdata([(n % 250, n // 2, 255 - n // 2) for n in range(400)])
    many.save(tmp_path / "many.png")
    names = ("red", "blue", "many", "red")
    pictures = [Picture(name, tmp_path / f"{name}.png") for name in names]
    sheet(pictures, tmp_path / "sheet.png", width=600)
    found = Image.open(tmp_path / "sheet.png").convert("RGB")
    # gaps of 24, lines of words of 20: two pictures on the first shelf, two on the second
    assert found.size == (24 + 300 + 24 + 200 + 24, 24 + 20 + 150 + 24 + 20 + 100 + 24)
    for at, colour in (((24, 44), (255, 0, 0)), ((348, 44), (0, 0, 255)), ((68, 238), (255, 0, 0))):
        assert found.getpixel(at) == colour
    assert found.getpixel((0, 0)) == (255, 255, 255)


def test_a_sheet_of_nothing_is_refused(tmp_path):
    with pytest.raises(ValueError, match="no picture"):
        sheet([], tmp_path / "sheet.png")


def wrong(found, on):
    return [fault for page in found for fault in faults(page, on)]


@pytest.mark.parametrize(
    ("name", "preset", "column"), SHOWN, ids=[f"{name} {preset} {c}" for name, preset, c in SHOWN]
)
def test_what_the_docs_show_hides_nothing(name, preset, column):
    on = page_of(preset, column)
    assert wrong(pages(BY_NAME[name].make(on), on), on) == []


# A fair sample of the gallery: every other entry on the first page that takes it, beginning with
# another one each time. All of it is drawn by `python tests/gallery.py --check`, in minutes.
UNMEASURED = {"wang2023 and jin2025, spider", "wang2023 and jin2025, waterfall"}
SAMPLED = [
    pytest.param(entry, PAGES[5 * n % len(PAGES) :] + PAGES[: 5 * n % len(PAGES)], id=entry.name)
    for n, entry in enumerate(PLATES)
    if entry.name not in UNMEASURED
]


@pytest.mark.parametrize(("entry", "turn"), SAMPLED[::2])
def test_a_sample_of_the_gallery_hides_nothing(entry, turn):
    on, found = next(filter(None, (drawn_on(entry, on) for on in turn)))
    assert wrong(found, on) == []


def drawn_on(entry, on):
    try:
        return on, pages(entry.make(on), on)
    except ValueError:
        return None


@pytest.mark.parametrize("name", sorted(UNMEASURED))
def test_what_was_not_measured_is_refused_on_every_paper(name):
    for on in PAGES:
        with pytest.raises(ValueError, match="no measured targets in wang2023, jin2025"):
            BY_NAME[name].make(on)


def run(*words):
    done = CliRunner().invoke(app, [str(word) for word in words])
    return done.exit_code, done.output


def test_the_command_fills_a_folder(tmp_path):
    case = ROOT / "cases" / "wang2023.yaml"
    code, output = run("gallery", case, "-o", tmp_path / "all", "--preset", "slide")
    assert code == 0
    # timeline, swimmer twice, two paths and survival; no target was measured in millimetres
    assert "6 figures drawn, 2 refused" in output
    assert "no measured targets in wang2023" in (tmp_path / "all" / "index.html").read_text()


@pytest.mark.parametrize(
    ("words", "description"),
    [
        pytest.param(("--preset", "natur"), "did you mean nature", id="no such preset"),
        pytest.param(("-o", "{file}/all"), "file/all", id="a folder that cannot be made"),
    ],
)
def test_the_command_names_what_is_wrong(tmp_path, words, description):
    (tmp_path / "file").write_text("")
    out = ("-o", tmp_path / "all") if "-o" not in words else ()
    words = [word.format(file=tmp_path / "file") for word in words]
    code, output = run("gallery", ROOT / "cases" / "jin2025.yaml", *out, *words)
    assert code == 2
    assert description in output.replace("\n", "")


def test_the_gallery_of_a_patient_without_a_line_has_the_other_figures(tmp_path):
    outputs = list(build_gallery(entries_of([exact()]), NATURE[1:], tmp_path))
    assert {bool(each.refused) for each in outputs} == {True, False}
