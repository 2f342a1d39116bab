"""The kinds of faults in the tables of a trial: one row each, with its severity and its reason."""

from __future__ import annotations

from collections.abc import Mapping

from timeline.core.frozen_class import frozen


@frozen(kw_only=True)
class ProblemKind:
    """One kind of fault: what it is, its default severity, and what is done where it is let pass.

    ``handling`` is empty where nothing sensible can be done, so that the kind is always rejected.
    """

    name: str
    description: str
    severity: str
    handling: str = ""
    reason: str


_KINDS = (
    ProblemKind(
        name="unreadable_table",
        description="a file or a frame that cannot be read",
        severity="reject",
        reason="nothing is known of its rows",
    ),
    ProblemKind(
        name="missing_column",
        description="a column that is needed and is not there",
        severity="reject",
        reason="another column may hold it; only the user knows which",
    ),
    ProblemKind(
        name="wrong_type",
        description="a column of another type than its values need: a number for a response, true "
        "or false for Y",
        severity="reject",
        reason="a cast would give a value that nobody wrote",
    ),
    ProblemKind(
        name="no_subject",
        description="a row that names no subject",
        severity="reject",
        handling="the row does not count",
        reason="its findings may belong to any patient",
    ),
    ProblemKind(
        name="duplicate_subject",
        description="a subject with two rows in the table of subjects",
        severity="reject",
        reason="two dates of randomisation or of death cannot both hold",
    ),
    ProblemKind(
        name="unknown_subject",
        description="a subject of another table that the table of subjects does not have",
        severity="reject",
        handling="the rows of the subject do not count",
        reason="without a row in the table of subjects there is no day to count from",
    ),
    ProblemKind(
        name="no_origin",
        description="a subject without the day that times count from",
        severity="warn",
        handling="no assessment of the subject counts, and no time is derived",
        reason="screen failures are in the table of subjects and were never randomised",
    ),
    ProblemKind(
        name="unreadable_date",
        description="a date that is none",
        severity="reject",
        handling="the value counts as missing",
        reason="a misread date shifts every time that ends at it",
    ),
    ProblemKind(
        name="partial_date",
        description="a date without its day or its month, where the settings impute none",
        severity="reject",
        handling="an assessment does not count; a death or another date counts as missing",
        reason="which day to take is for the protocol to say (scan_date_imputation, "
        "death_date_imputation)",
    ),
    ProblemKind(
        name="no_date",
        description="a response, a measurement, or the end of a treatment that was stopped for "
        "progression, without a date",
        severity="reject",
        handling="it does not count",
        reason="a progression may be among them",
    ),
    ProblemKind(
        name="unknown_response",
        description="a response that is no word of the criterion",
        severity="reject",
        handling="the assessment does not count",
        reason="a misspelt PD would be lost",
    ),
    ProblemKind(
        name="never_unconfirmed",
        description="a confirmed progression by imRECIST or irRECIST without an unconfirmed one "
        "before it",
        severity="warn",
        handling="it counts, or not, by setting icpd_without_iupd",
        reason="readers may write imPD at the first sight as well, which a later scan may void",
    ),
    ProblemKind(
        name="duplicate_sequence",
        description="two rows of one subject with the same number (RSSEQ)",
        severity="reject",
        handling="both rows are kept, and of one day the later row counts as the last",
        reason="a derived record could not name the row that it came from",
    ),
    ProblemKind(
        name="no_response",
        description="an assessment without a response",
        severity="warn",
        handling="the assessment does not count",
        reason="an assessment that was not done is often a row without a response",
    ),
    ProblemKind(
        name="before_reference",
        description="an assessment before the day that times count from",
        severity="warn",
        handling="the assessment does not count",
        reason="a baseline scan has no response after the start of treatment",
    ),
    ProblemKind(
        name="same_day",
        description="responses of one day that differ",
        severity="warn",
        handling="one counts, by setting one_per_day",
        reason="the rule is fixed by the settings, but the table may also mix readers",
    ),
    ProblemKind(
        name="mixed_evaluators",
        description="responses of several evaluators in one table, and none is chosen",
        severity="reject",
        reason="the progressions of investigator and central reader are different endpoints",
    ),
    ProblemKind(
        name="other_criterion",
        description="responses by another criterion than the one that is derived (RSCAT)",
        severity="warn",
        handling="the rows do not count",
        reason="the progression of one criterion is none of the other; each is derived by itself",
    ),
    ProblemKind(
        name="no_criterion",
        description="a table of responses in which no row is of the criterion that is derived "
        "(RSCAT)",
        severity="reject",
        handling="no row counts",
        reason="PD by RECIST 1.1 is no iCPD, and no iUPD a PD",
    ),
    ProblemKind(
        name="unknown_flag",
        description="a flag that is neither Y, N nor empty",
        severity="reject",
        handling="the flag counts as empty",
        reason="1, yes and TRUE have no meaning that CDISC fixes",
    ),
    ProblemKind(
        name="wrong_unit",
        description="a length without a unit, or in one that is no unit of length",
        severity="reject",
        handling="the length counts as missing",
        reason="centimetres taken for millimetres turn growth of 5 mm into none",
    ),
    ProblemKind(
        name="impossible_length",
        description="a length below 0, or longer than a body",
        severity="reject",
        handling="the length counts as missing",
        reason="the unit or the number is wrong",
    ),
    ProblemKind(
        name="no_lesion",
        description="a measurement that names no lesion",
        severity="reject",
        handling="the measurement does not count",
        reason="without a name it cannot be followed from scan to scan",
    ),
    ProblemKind(
        name="duplicate_measurement",
        description="two lengths of one lesion at one assessment by one evaluator",
        severity="reject",
        reason="the sum would count one lesion twice, or either of the two",
    ),
    ProblemKind(
        name="unknown_state",
        description="a state of a lesion, or a group of lesions, that has no meaning here",
        severity="reject",
        handling="the row counts as not evaluated, or of an unknown group is left aside",
        reason="a misspelt UNEQUIVOCAL would lose a progression",
    ),
    ProblemKind(
        name="no_baseline",
        description="a subject whose targets have no complete baseline: none is on record, one of "
        "them was not measured, or they measure 0 mm",
        severity="warn",
        handling="the target response is NE at every assessment, and a policy that censors such "
        "subjects does",
        reason="there is nothing to compare a sum with (Eisenhauer 2009, 4.3)",
    ),
    ProblemKind(
        name="not_at_baseline",
        description="a target or non-target lesion that the baseline does not have",
        severity="warn",
        handling="the lesion is left aside",
        reason="targets are chosen once, at baseline (Eisenhauer 2009, 4.2); a lesion that "
        "appears later belongs in group NEW, and is a progression",
    ),
    ProblemKind(
        name="different_response",
        description="a response as collected that differs from the one that was derived",
        severity="warn",
        handling="the derived response counts (setting response_from)",
        reason="either the collected response or a measurement is wrong",
    ),
    ProblemKind(
        name="event_before_origin",
        description="a death or a date last known alive before the day that times count from",
        severity="reject",
        handling="it is dated at that day, as admiral does",
        reason="a time below 0 is an error of one of the two dates",
    ),
    ProblemKind(
        name="no_last_alive",
        description="no column of the day last known alive, where a time is censored on that day",
        severity="warn",
        handling="a time without its event is censored at the day that it counts from, as 0 days",
        reason="admiral censors so; a median of times of 0 days says nothing of survival",
    ),
    ProblemKind(
        name="contradiction",
        description="dates of one subject that cannot all be true, such as an assessment after "
        "death",
        severity="warn",
        handling="each date is taken as it stands",
        reason="one of them is wrong, and the table does not tell which",
    ),
)
KINDS: Mapping[str, ProblemKind] = {row.name: row for row in _KINDS}
