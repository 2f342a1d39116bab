"""What files tell a reader who cannot see: read back by pypdf and by an XML parser."""

import io
from pathlib import Path
from xml.etree import ElementTree

import attrs
import pypdf
import pytest

from renderers.backends.accessible import tagged_pdf
from renderers.backends.save import files_of
from renderers.timeline.figure import timeline_figure
from tests.renderers.patients import exact, vague

SVG = "{http://www.w3.org/2000/svg}"
ALT = 'Lanes <of> 2 & "more" patients; Ärztin 患者 \U0001f9ec (a) \\ b'


def file_of(scene, suffix):
    ((_, content),) = files_of(scene, Path(f"figure{suffix}"))
    return content


@pytest.fixture(scope="module")
def scene():
    return attrs.evolve(timeline_figure([exact()]), alt=ALT, language="de")


def test_a_pdf_is_one_figure_with_its_words(scene):
    """ISO 32000-1, 14.7 and 14.8: a structure tree, a marked document, one Figure with Alt."""
    content = file_of(scene, ".pdf")
    reader = pypdf.PdfReader(io.BytesIO(content), strict=True)
    catalog, page = reader.trailer["/Root"], reader.pages[0]
    assert catalog["/Lang"] == "de"
    assert catalog["/MarkInfo"]["/Marked"].value
    assert catalog["/ViewerPreferences"]["/DisplayDocTitle"].value
    (document,) = catalog["/StructTreeRoot"]["/K"]
    (figure,) = document.get_object()["/K"]
    found = figure.get_object()
    assert (found["/S"], found["/Alt"], found["/T"]) == ("/Figure", ALT, scene.name)
    assert found["/Pg"] == page
    assert found["/A"]["/BBox"] == page["/MediaBox"]
    (of_page,) = catalog["/StructTreeRoot"]["/ParentTree"]["/Nums"][1]
    assert of_page.get_object() == found
    drawn = page.get_contents().get_data()
    assert drawn.startswith(b"/Figure << /MCID 0 >> BDC")
    assert drawn.rstrip().endswith(b"EMC")
    assert (drawn.count(b"BDC"), drawn.count(b"EMC")) == (1, 1)
    assert "doxorubicin" in page.extract_text()
    assert reader.metadata.title == scene.name
    assert content == file_of(scene, ".pdf")


def test_a_pdf_of_another_form_stays_as_it_is(scene):
    assert tagged_pdf(b"%PDF-1.7 with an object stream", scene) == b"%PDF-1.7 with an object stream"


def test_an_svg_is_an_image_with_a_name_and_a_description(scene):
    root = ElementTree.fromstring(file_of(scene, ".svg"))  # noqa: S314 - written here
    assert root.get("role") == "img"
    assert root.get("{http://www.w3.org/XML/1998/namespace}lang") == "de"
    words = {
        each.get("id"): each.text for each in root if each.tag in (f"{SVG}title", f"{SVG}desc")
    }
    assert [words[name] for name in root.get("aria-labelledby").split()] == [scene.name, ALT]


def test_figures_on_one_page_have_ids_of_their_own(scene):
    other = ElementTree.fromstring(file_of(timeline_figure([vague()]), ".svg"))  # noqa: S314
    mine = ElementTree.fromstring(file_of(scene, ".svg"))  # noqa: S314
    assert not set(other.get("aria-labelledby").split()) & set(mine.get("aria-labelledby").split())
