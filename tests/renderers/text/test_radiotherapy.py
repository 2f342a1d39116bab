"""What a figure prints of radiotherapy."""

import pytest

from renderers.text.events import irradiated
from timeline.record.events import Radiotherapy


@pytest.mark.parametrize(
    ("event", "expected"),
    [
        (Radiotherapy(at="2017-03", dose="18 Gy", fractions="1"), "18 Gy in 1 fraction"),
        (Radiotherapy(at="2017-03", dose="60 Gy in 30 fractions"), "60 Gy in 30 fractions"),
    ],
)
def test_one_fraction_is_in_the_singular(event, expected):
    assert irradiated(event) == expected
