"""Skip what writes a PDF of a report where the library Pango is not on the machine."""

import pytest


def skip_without_pango(*, module: bool = False) -> None:
    """Skip the test, or the module at hand; WeasyPrint needs Pango, which no Python package has."""
    try:
        import weasyprint  # noqa: F401
    except OSError:
        pytest.skip("a PDF of a report needs the library Pango", allow_module_level=module)
