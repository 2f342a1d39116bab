"""Commands for tables of one patient: the table of lines, and cases from tables."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from timeline.cli.common import (
    AsJson,
    CriterionNames,
    OneFile,
    SettingTexts,
    exit_with_problems,
    open_files,
    print_json,
    refuse_overwrite,
    unwritable,
    with_criteria,
)


def lines(
    file: OneFile,
    out: Annotated[
        Path | None,
        typer.Option("-o", "--out", help="A file: .md, .csv, .xlsx or .docx; else printed."),
    ] = None,
    criterion: CriterionNames = None,
    setting_texts: SettingTexts = None,
    as_json: AsJson = False,
) -> None:
    """Print the lines of therapy as papers do: regimen, dates, best response, PFS, toxicity.

    Ranges hold every value that the dates allow. What is vague has a footnote.
    """
    from timeline.exchange.lines_files import print_lines, write_lines
    from timeline.exchange.lines_table import lines as lines_of

    if out is not None:
        refuse_overwrite(out, [file], pairs=[file])
    derived = open_files([file], with_criteria(setting_texts, criterion))[0].derived
    if derived is None:
        exit_with_problems([f"{file}: describes no single patient, so it has no lines"])
        return
    table = lines_of(derived)
    if out is None and as_json:
        print_json({"case": table.name, "lines": table.records(), "notes": list(table.notes)})
    elif out is None:
        print_lines(table)
    else:
        try:
            write_lines(out, table)
        except ImportError as fault:
            exit_with_problems([f"{out}: {fault}"])
        except (ValueError, OSError) as fault:
            exit_with_problems([unwritable(out, fault)])
        typer.echo(f"{out}: written")
