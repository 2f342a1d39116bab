"""Examples of each command, which end its ``--help``. They run in the folder of the project."""

from __future__ import annotations

EXAMPLES: dict[str, tuple[str, ...]] = {
    "check": ("timeline check cases/wang2023.yaml",),
    "show": ("timeline show cases/wang2023.yaml --criterion Choi",),
    "explain": ("timeline explain cases/wang2023.yaml iPFS --line 4",),
    "audit": ("timeline audit seeds/wang2023.yaml --verbose",),
    "draw": (
        "timeline draw cases/wang2023.yaml --preset nature -o wang2023.pdf",
        "timeline draw cases/*.yaml --figure swimmer --option unit=months -o swimmer.svg",
    ),
    "watch": ("timeline watch cases/wang2023.yaml",),
    "app": ("timeline app cases",),
    "gallery": ("timeline gallery cases/jin2025.yaml --preset nature -o gallery",),
    "machine": ("timeline machine iRECIST --path cases/wang2023.yaml --line 4 -o irecist.svg",),
    "settings": ("timeline settings",),
    "rules": ("timeline rules C01 K04",),
    "conformance": ("timeline conformance tests/vectors/response_vectors.json",),
    "interval": ('timeline interval 2021-12 2022-08 --printed "8.4 months"',),
    "percent": ("timeline percent 42.9 --of 7",),
    "recist": ("timeline recist 25.5 30.6 --nadir 24",),
    "survival": (
        "timeline survival docs/examples/remission.csv --time weeks --event relapse --by arm",
    ),
    "draft": ("timeline draft report.txt -o author2024.yaml",),
    "new": (
        'timeline new smith2024 --sex female --line "2022-02/2022-08 | doxorubicin"',
        "timeline new synthetic-study --study 15",
    ),
    "import": ("timeline import events.csv --lesions lesions.csv -o smith2024.yaml",),
    "export": (
        "timeline export cases/wang2023.yaml --to rows -o wang2023.csv",
        "timeline export cases/wang2023.yaml cases/jin2025.yaml --to cbioportal -o portal",
    ),
    "sdtm": ("timeline sdtm cases/wang2023.yaml cases/jin2025.yaml -o sdtm --format xpt",),
    "adam": (
        "timeline adam tests/data/cdisc/sdtm --preset admiral --evaluator INVESTIGATOR -o adam",
    ),
    "derive": ("timeline derive registry.parquet --preset admiral -o derived.parquet",),
    "lines": ("timeline lines cases/wang2023.yaml -o lines.md",),
    "report": ("timeline report cases/wang2023.yaml -o wang2023.html",),
    "study": ("timeline study cases -o study.html",),
    "deidentify": ("timeline deidentify cases/wang2023.yaml -o shared.yaml",),
    "schema": ("timeline schema case -o case.schema.json",),
}


def example_text(name: str) -> str:
    """The examples of a command as the end of its help; empty if it has none.

    A blank line keeps each on a line of its own.
    """
    rows = EXAMPLES.get(name, ())
    return "\n\n".join((f"Example{'s' if len(rows) > 1 else ''}:", *rows)) if rows else ""
