"""Pictures of dots: a figure drawn in bands, and the bytes of a PNG file made of them.

A page of 183 by 235 mm at 1200 dots an inch is 96 million dots. Drawn as a whole and handed to
Pillow, which holds four bytes for each dot, it took 1 GB; in bands it takes no more than a page at
300 dots an inch. So a PNG file is packed here, as its rows come, by the W3C recommendation
(Portable Network Graphics, third edition).
"""

from __future__ import annotations

import math
import struct
import zlib
from collections.abc import Iterable, Iterator
from typing import Any

import numpy as np
import numpy.typing as npt
from matplotlib.backends.backend_agg import RendererAgg
from matplotlib.figure import Figure

Pixels = npt.NDArray[np.uint8]  # height x width x (red, green, blue)
_BAND = 2_000_000  # dots that are held at a time
_NUDGE = 2.0**-20  # of a dot: a line between two rows of dots is in the same one in each band
_LEVEL = 4  # of 9: a higher level takes longer for a hundredth less
_UNFILTERED = 0  # the filter of each row; lines and flat areas are packed best without one
_SIGNATURE = b"\x89PNG\r\n\x1a\n"
_COLOURS = 3
_EIGHT_BITS, _RGB = 8, 2
_METRE = 1  # the unit of the chunk pHYs
_INCH, _POINTS = 0.0254, 72  # metres in an inch, points in an inch


def bands(figure: Figure, dpi: int, dots: int = _BAND) -> Iterator[Pixels]:
    """The colours of a figure from the top, as many rows at a time as ``dots`` fill.

    Args:
        figure: Its background must be opaque. It must not be changed meanwhile.
        dpi: Dots an inch.
        dots: How many are held at a time, at least one row.

    Returns:
        Bands as wide as the figure. Each is overwritten by the next one.

    """
    figure.set_dpi(dpi)
    width, height = figure.canvas.get_width_height(physical=True)
    rows, margin = min(height, max(1, dots // width)), _margin(figure, dpi)
    untyped: Any = RendererAgg
    renderer = untyped(width, rows + 2 * margin, dpi)
    for top in range(0, height, rows):
        below = height - top - rows - margin  # dots of the figure below what is drawn
        figure.dpi_scale_trans.clear().scale(dpi).translate(0.0, _NUDGE - below)
        renderer.clear()
        figure.draw(renderer)
        drawn = np.asarray(renderer.buffer_rgba())[margin : margin + min(rows, height - top)]
        yield drawn[:, :, :3]
    figure.dpi_scale_trans.clear().scale(dpi)


def _margin(figure: Figure, dpi: int) -> int:
    """Dots above and below a band: a line whose middle is outside of it is not drawn at all."""
    lines: list[Any] = [each for axes in figure.axes for each in axes.collections]
    widths = [width for each in lines for width in each.get_linewidths()]
    return math.ceil(max(widths, default=0.0) / 2 * dpi / _POINTS) + 2


def pixels(figure: Figure, dpi: int) -> Pixels:
    """The colours of a whole figure; its background must be opaque."""
    return np.concatenate([band.copy() for band in bands(figure, dpi)])


def png(drawn: Iterable[Pixels], dpi: int, **texts: str) -> bytes:
    """The bytes of a PNG file.

    Args:
        drawn: Bands of one width, from the top.
        dpi: Dots an inch, as the file states them.
        texts: Texts by their keyword, in any language.

    """
    packer, packed = zlib.compressobj(_LEVEL), list[bytes]()
    height = width = 0
    for band in drawn:
        rows, width, _ = band.shape
        lines = np.empty((rows, 1 + _COLOURS * width), np.uint8)
        lines[:, 0] = _UNFILTERED
        for colour in range(_COLOURS):  # faster than all at once
            lines[:, 1 + colour :: _COLOURS] = band[:, :, colour]
        packed.append(packer.compress(lines.data))
        height += rows
    packed.append(packer.flush())
    per_metre = round(dpi / _INCH)
    chunks = [
        (b"IHDR", struct.pack(">IIBBBBB", width, height, _EIGHT_BITS, _RGB, 0, 0, 0)),
        (b"pHYs", struct.pack(">IIB", per_metre, per_metre, _METRE)),
        *((b"iTXt", _text(keyword, text)) for keyword, text in texts.items()),
        (b"IDAT", b"".join(packed)),
        (b"IEND", b""),
    ]
    return _SIGNATURE + b"".join(_chunk(kind, content) for kind, content in chunks)


def _text(keyword: str, text: str) -> bytes:
    """A text in UTF-8, not packed, of no stated language."""
    return keyword.encode("latin-1") + bytes(5) + text.encode()


def _chunk(kind: bytes, content: bytes) -> bytes:
    check = zlib.crc32(content, zlib.crc32(kind))
    return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", check)
