"""Libraries that only some formats need: imported when used, named where they are missing."""

from __future__ import annotations

from importlib import import_module
from typing import Any

_DISTRIBUTIONS = {
    "openpyxl": "openpyxl",
    "docx": "python-docx",
    "dask.dataframe": "dask",
    "pandas": "pandas",
    "pyreadstat": "pyreadstat",
    "pyspark": "pyspark",
    **dict.fromkeys(("pyarrow", "pyarrow.parquet", "pyarrow.types"), "pyarrow"),
    **dict.fromkeys(("weasyprint", "weasyprint.urls"), "WeasyPrint"),
}


def import_extra(module: str, extra: str) -> Any:
    """A library of an extra of this package.

    Raises:
        ImportError: it is not installed; the message states what to install.
    """
    try:
        return import_module(module)
    except ImportError:
        raise ImportError(
            f"needs {_DISTRIBUTIONS[module]} (install it, or the extra: oncology-timeline[{extra}])"
        ) from None
