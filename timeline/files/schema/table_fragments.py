"""The fragments of tables as printed: their kinds, headings and rows."""

from __future__ import annotations

from timeline.core.schema import schema_of
from timeline.files.claim_tables import TABLES
from timeline.files.schema.key_descriptions import DESCRIPTIONS
from timeline.files.schema.key_fragments import (
    definition_name,
)
from timeline.files.yaml.text_forms import (
    SCALARS,
    Fragment,
    any_of,
    in_any_case,
)
from timeline.report.claims import Claim


def table() -> Fragment:
    """A table as printed: its kind, its columns, its rows, and keys for every cell."""
    refs = {key: {"$ref": f"#/definitions/{definition_name(Claim, key)}"}
            for key, (_, spec) in schema_of(Claim).items()}  # fmt: skip
    rules = [
        {
            "if": {"properties": {"table": {"enum": [name]}}},
            "then": {"properties": {"columns": {"items": _heading([c.heading for c in columns])}}},
        }
        for name, columns in TABLES.items()
    ]
    return {
        "title": "a table",
        "type": "object",
        "required": ["table", "columns", "rows"],
        "properties": {
            "table": {"description": DESCRIPTIONS["table.table"].text, "enum": list(TABLES)},
            "columns": {"description": DESCRIPTIONS["table.columns"].text, "type": "array"},
            "rows": {"$ref": "#/definitions/rows"},
            **refs,
        },
        "patternProperties": {},
        "additionalProperties": False,
        "allOf": rules,
    }


def _heading(headings: list[str]) -> Fragment:
    spelled = any_of(in_any_case(each).replace("-", "[-\u2013]") for each in headings)
    own = {"type": "object", "minProperties": 1}
    return {"anyOf": [{"enum": headings}, {"type": "string", "pattern": f"^{spelled}$"}, own]}


def rows() -> Fragment:
    """The rows of a table: cells, or further rows below a heading."""
    cells = {"type": "array", "items": {"type": [*SCALARS, "null"]}}
    return {
        "description": DESCRIPTIONS["table.rows"].text,
        "type": "object",
        "additionalProperties": {"anyOf": [cells, {"$ref": "#/definitions/rows"}]},
    }
