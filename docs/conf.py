"""The documentation site: ``python3 .ci/make.py docs`` builds it into ``docs/_build/html``.

Nothing is read from the network. Tables of the reference are made from the code, and every command
of a tutorial or guide is run, each time that the site is built.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

DOCS = Path(__file__).parent
sys.path[:0] = [str(DOCS / "_extensions"), str(DOCS.parent)]
os.environ["MPLBACKEND"] = "agg"

import timeline  # noqa: E402 - found by the line above

project = "timeline"
author = "The timeline authors"
copyright = author  # noqa: A001 - the name that Sphinx reads
version = release = timeline.__version__
language = "en"

extensions = [
    "myst_parser",
    "sphinx.ext.autodoc",
    "sphinx.ext.napoleon",
    "site_pages",
    "app_pictures",
]
source_suffix = {".md": "markdown"}
exclude_patterns = ["_build", "examples"]
smartquotes = False  # two hyphens begin an option
suppress_warnings = ["myst.header"]  # the headings of a README begin lower

myst_enable_extensions = ["colon_fence", "deflist", "fieldlist"]
myst_heading_anchors = 4

autodoc_typehints = "description"
autodoc_typehints_description_target = "documented_params"
autodoc_member_order = "bysource"
add_module_names = False
napoleon_numpy_docstring = False

pygments_style = "a11y-high-contrast-light"
pygments_dark_style = "a11y-high-contrast-dark"

html_theme = "furo"
html_title = f"timeline {release}"
html_static_path = ["_static"]
html_css_files = ["site.css"]
html_copy_source = False
html_show_sourcelink = False
html_show_sphinx = False
html_show_search_summary = False  # it would be fetched, which a browser refuses for file://
html_theme_options = {"navigation_with_keys": False, "top_of_page_buttons": []}
