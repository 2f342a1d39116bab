"""PNG files: a reader finds the same pixels and the same texts in them."""

from io import BytesIO

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from matplotlib import rc_context
from PIL import Image

from renderers.backends.matplotlib import paint
from renderers.backends.raster import bands, pixels, png
from renderers.backends.save import save
from renderers.timeline.figure import timeline_figure
from tests.renderers.patients import exact

WORDS = {"Title": "swimmer of 36 patients", "Description": "100 mg/m² – „a“, ≥ 2 × 肉"}


def opened(data):
    """What Pillow reads, every checksum checked."""
    Image.open(BytesIO(data)).verify()
    picture = Image.open(BytesIO(data))
    picture.load()
    return picture


@given(arrays(np.uint8, st.tuples(st.integers(1, 9), st.integers(1, 9), st.just(3))))
def test_every_dot_is_read_back(drawn):
    assert (np.asarray(opened(png([drawn], 300))) == drawn).all()


def test_size_and_description_are_in_the_file():
    picture = opened(png([np.zeros((2, 5, 3), np.uint8)], 450, **WORDS))
    assert (picture.mode, picture.size) == ("RGB", (5, 2))
    assert picture.info["dpi"] == pytest.approx(
        (450, 450), abs=0.0127
    )  # a dot a metre is 0.0254 an inch
    assert {key: picture.info[key] for key in WORDS} == WORDS


def test_pixels_are_those_that_matplotlib_writes():
    """Its own PNG, of the same figure at the same dots an inch, without its transparency."""
    figure, theirs = paint(timeline_figure([exact()])), BytesIO()
    figure.savefig(theirs, format="png", dpi=200)
    expected = np.asarray(Image.open(theirs).convert("RGB"))
    assert (pixels(figure, 200) == expected).all()


@pytest.mark.parametrize(
    ("dpi", "rows"),
    [(150, 7), (300, 92), (300, 10_000)],
    ids=["narrow bands", "lines on the edges of bands", "one band"],
)
def test_bands_together_are_the_whole_figure(dpi, rows):
    """Matplotlib's own picture; to two of 255 levels, which a last digit of a place decides."""
    figure, theirs = paint(timeline_figure([exact()]), outlined=True), BytesIO()
    figure.savefig(theirs, format="png", dpi=dpi)
    expected = np.asarray(Image.open(theirs).convert("RGB")).astype(int)
    width = expected.shape[1]
    found = [band.copy() for band in bands(figure, dpi, rows * width + width // 2)]
    assert all(len(band) == min(rows, len(expected)) for band in found[:-1])
    assert np.abs(np.concatenate(found) - expected).max() <= 2
    assert figure.bbox.bounds[:2] == (0.0, 0.0)  # the figure is where it was


def test_the_ground_is_white_whatever_the_user_has_set(tmp_path):
    path = tmp_path / "figure.png"
    with rc_context({"figure.facecolor": "black", "savefig.facecolor": "none"}):
        save(timeline_figure([exact()]), path)
    assert np.asarray(Image.open(path))[0, 0].tolist() == [255, 255, 255]


def test_a_tiff_and_a_png_show_the_same(tmp_path):
    for suffix in ("png", "tiff"):
        save(timeline_figure([exact()]), tmp_path / f"figure.{suffix}")
    one, two = (np.asarray(Image.open(path)) for path in sorted(tmp_path.iterdir()))
    assert (one == two).all()
