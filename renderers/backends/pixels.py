"""A figure as pixels, and pixels as a PNG file: plain colours without transparency.

Most of a figure repeats the line above it, so every line is kept as what it adds to that one
("up", filter 2 of the PNG specification, section 9.2): packed as small as by trying each filter
on each line, in a third of the time.
"""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterator, Mapping
from typing import Any

import numpy as np
import numpy.typing as npt
from matplotlib.figure import Figure

Pixels = npt.NDArray[np.uint8]  # height x width x (red, green, blue)
_HEAD = b"\x89PNG\r\n\x1a\n"
_COLOURS, _DEPTH, _UP = 2, 8, 2  # truecolour, eight bits each; the filter of every line
_LEVEL = 4  # of nine: smaller takes twice as long for a tenth less
_BAND = 256  # lines that are packed at a time, to spare memory at 1200 dots an inch
_INCHES = 39.3701  # in a metre


def pixels(figure: Figure, dpi: int) -> Pixels:
    """What the figure looks like at so many dots an inch; its ground must be opaque."""
    figure.set_dpi(dpi)
    canvas: Any = figure.canvas
    canvas.draw()
    seen = np.asarray(canvas.buffer_rgba())
    plain = np.empty((*seen.shape[:2], 3), np.uint8)
    for colour in range(3):  # a fifth of the time of copying seen[:, :, :3]
        plain[:, :, colour] = seen[:, :, colour]
    return plain


def png(drawn: Pixels, dpi: int, told: Mapping[str, str]) -> bytes:
    """The bytes of a PNG file; ``told``: its texts by keyword, in any language."""
    height, width, _ = drawn.shape
    dots = round(dpi * _INCHES)
    parts = [
        (b"IHDR", struct.pack(">IIBBBBB", width, height, _DEPTH, _COLOURS, 0, 0, 0)),
        (b"pHYs", struct.pack(">IIB", dots, dots, 1)),
        *((b"iTXt", key.encode() + bytes(5) + text.encode()) for key, text in told.items()),
        (b"IDAT", b"".join(_packed(drawn))),
        (b"IEND", b""),
    ]
    return _HEAD + b"".join(_chunk(name, data) for name, data in parts)


def _chunk(name: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))


def _packed(drawn: Pixels) -> Iterator[bytes]:
    height, width, colours = drawn.shape
    packer = zlib.compressobj(_LEVEL)
    above: Any = np.zeros(width * colours, np.uint8)
    for first in range(0, height, _BAND):
        lines = drawn[first : first + _BAND].reshape(-1, width * colours)
        added = np.empty((len(lines), 1 + width * colours), np.uint8)
        added[:, 0] = _UP
        np.subtract(lines[0], above, out=added[0, 1:])
        np.subtract(lines[1:], lines[:-1], out=added[1:, 1:])
        above = lines[-1]
        yield packer.compress(added.data)
    yield packer.flush()
