"""The patients of a study, whom a report is audited against (``audit --study``)."""

from __future__ import annotations

import warnings
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from timeline.cli.common import (
    TITLE_OF,
    criterion_key,
    exit_with_problems,
    print_problems,
    split_setting,
)


def study_patients(
    source: Path,
    subjects: Path | None,
    compare: str,
    strata: str,
    setting_texts: Sequence[str] | None,
    criteria: Sequence[str],
) -> tuple[Any, list[str]]:
    """The patients, and the settings that are of a case as well; exit with 2 where one is wrong.

    Args:
        source: a folder of case files, of SDTM or of ADaM datasets, or a table of responses.
        subjects: the table of subjects beside a table of responses.
        compare: the variable of two groups; empty: the arm or the regimen.
        strata: the variable that ratios and tests are stratified by.
        setting_texts: ``NAME=VALUE``: of the analysis, and of the derivation.
        criteria: the criterion of the responses, one at most.
    """
    from timeline.core.problem import InvalidFile
    from timeline.settings.response import SETTINGS
    from timeline.study import Cohort
    from timeline.study.printed.claims import PrintedClaims

    texts = [each for each in setting_texts or () if not each.startswith("also_judged_by=")]
    settings = dict(map(split_setting, texts))
    if len(criteria) > 1:
        exit_with_problems(["--criterion: several, and a study has one (write it once)"])
    title = TITLE_OF[criterion_key(criteria[0] if criteria else "recist11")]
    name = source.resolve().name
    try:
        with warnings.catch_warnings(record=True) as noticed:
            warnings.simplefilter("always")
            if subjects is None:
                cohort = Cohort.of(source, name=name, criterion=title, settings=settings)
            else:
                cohort = Cohort.of_tables(
                    source, subjects=subjects, name=name, criterion=title, settings=settings
                )
        told = [line for each in noticed for line in str(each.message).splitlines()]
        print_problems(told, "note: ")
        patients = PrintedClaims.of(cohort, compare=compare, strata=strata)
    except InvalidFile as fault:
        exit_with_problems(fault.problems)
        raise
    except (ValueError, ImportError, OSError) as fault:
        exit_with_problems(str(fault).splitlines())
        raise
    return patients, [each for each in texts if each.partition("=")[0].strip() in SETTINGS]
