"""A contact sheet: pictures side by side at one scale, each under its words."""

from __future__ import annotations

from collections.abc import Sequence
from io import BytesIO
from pathlib import Path

import attrs
import numpy as np
from matplotlib import font_manager
from PIL import Image, ImageDraw, ImageFont

from timeline.files.output_files import write_file

_GAP, _WORDS, _SIZE = 24, 20, 14  # pixels: between pictures, of a line of words, of its letters
_COLOURS = 256  # of a sheet, the most frequent: those of areas are among them, and are unchanged
_QUIET = "#5c5c5c"


@attrs.frozen
class Picture:
    """A picture on disk with its words."""

    description: str
    path: Path


@attrs.frozen
class _Placed:
    picture: Picture
    image: Image.Image
    x: int
    y: int


def sheet(pictures: Sequence[Picture], out: Path, width: int = 2400) -> None:
    """Write the contact sheet, at least as wide as its widest picture, as PNG.

    Pictures are in their order, in rows of ``width`` pixels from the top. ValueError where
    there are none.
    """
    if not pictures:
        raise ValueError("no picture to show (draw at least one figure)")
    font = ImageFont.truetype(font_manager.findfont("DejaVu Sans"), _SIZE)
    placed = _in_rows([(each, Image.open(each.path).convert("RGB")) for each in pictures], width)
    right = max(each.x + each.image.width for each in placed) + _GAP
    bottom = max(each.y + each.image.height for each in placed) + _GAP
    whole = Image.new("RGB", (right, bottom), "white")
    pen = ImageDraw.Draw(whole)
    for each in placed:
        pen.text((each.x, each.y - _WORDS), each.picture.description, fill=_QUIET, font=font)
        whole.paste(each.image, (each.x, each.y))
    with BytesIO() as packed:
        _few_colours(whole).save(packed, format="PNG", optimize=True)
        write_file(out, packed.getvalue())


def _few_colours(image: Image.Image) -> Image.Image:
    """The picture in the colours that it has most of; a rare one becomes the nearest of them."""
    red, green, blue = np.moveaxis(np.asarray(image, np.int64), 2, 0)
    found, place, count = np.unique(
        red << 16 | green << 8 | blue, return_inverse=True, return_counts=True
    )
    colours = np.stack([found >> 16, found >> 8 & 255, found & 255], axis=1)
    most = colours[np.argsort(-count, kind="stable")[:_COLOURS]]
    nearest = np.array([np.argmin(((most - each) ** 2).sum(axis=1)) for each in colours], np.uint8)
    few = Image.fromarray(nearest[place].reshape(image.height, image.width), "P")
    few.putpalette(most.astype(np.uint8).tobytes())
    return few


def _in_rows(images: Sequence[tuple[Picture, Image.Image]], width: int) -> list[_Placed]:
    """The place of each picture: to the right of the one before, or in a new row below."""
    placed: list[_Placed] = []
    x, y, height = _GAP, _GAP + _WORDS, 0
    for picture, image in images:
        if x > _GAP and x + image.width + _GAP > width:
            x, y, height = _GAP, y + height + _GAP + _WORDS, 0
        placed.append(_Placed(picture, image, x, y))
        x, height = x + image.width + _GAP, max(height, image.height)
    return placed
