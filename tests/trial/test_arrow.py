"""Arrays of pyarrow by their buffers are those that pyarrow itself makes."""

import subprocess
import sys

import numpy as np
import pyarrow as pa
import pytest

from timeline.trial.reading.arrow import array_of, booleans_of, nulls_of, numpy_of, strings_of

VALUES = [
    pytest.param(np.arange(11, dtype=np.int8), id="int8"),
    pytest.param(np.arange(11, dtype=np.int32)[::2], id="every second int32"),
    pytest.param(np.linspace(0, 1, 9), id="float64"),
    pytest.param(np.zeros(0, dtype=np.int64), id="none"),
]


@pytest.mark.parametrize("values", VALUES)
@pytest.mark.parametrize("missing", [0, 3], ids=["all known", "some missing"])
def test_there_and_back(values, missing):
    where = np.arange(len(values)) % 4 == missing
    made = array_of(values, where if missing else None)
    assert made.equals(pa.array(values, mask=where if missing else None))
    assert made.to_pylist() == pa.array(values, mask=where if missing else None).to_pylist()
    back = numpy_of(made, 9)
    assert back.tolist() == np.where(where & bool(missing), 9, values).tolist()


def test_a_slice_has_its_own_values_and_nulls():
    whole = pa.array([1, None, 3, 4, None, 6, 7, 8, 9, 10], pa.int32())
    assert numpy_of(whole.slice(3, 5), -1).tolist() == [4, -1, 6, 7, 8]
    assert nulls_of(whole.slice(1, 2)).tolist() == [True, False]


def test_true_false_and_null():
    assert booleans_of(pa.array([True, False, None, False]).slice(1)).tolist() == [
        False, True, False,
    ]  # fmt: skip


def test_words():
    words = ["CR", "", "Remissão", "iUPD"]
    assert strings_of(words).equals(pa.array(words, pa.string()))
    assert strings_of([]).to_pylist() == []


def test_a_derivation_from_files_imports_no_pandas():
    """It takes longer to import than ten thousand subjects to derive."""
    code = (
        "import sys, timeline as tl; "
        "found = tl.trial.derive('tests/data/trial/synthetic/rs_recist.csv', "
        "subjects='tests/data/trial/synthetic/subjects.csv', settings='admiral'); "
        "found.parameters.to_arrow(), found.times.to_arrow(); "
        "print([name for name in ('pandas', 'polars', 'narwhals') if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
