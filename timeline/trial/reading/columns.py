"""The columns of the tables of a trial: one row each, with the names that CDISC gives them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from timeline.core.frozen_class import frozen
from timeline.core.problem import near

TABLES = ("responses", "subjects", "lesions")


@frozen(kw_only=True)
class ColumnRole:
    """One column: the tables that have it, its standard names, and what its values are.

    Of several standard names the first that a table has is taken. ``values`` is ``text``,
    ``date``, ``number`` or ``flag``.
    """

    name: str
    tables: tuple[str, ...]
    standard: tuple[str, ...]
    values: str
    required: tuple[str, ...] = ()  # the tables that must have it
    description: str
    source: str


_SDTM_RS, _ADSL = "SDTMIG 3.4, 6.3.9.3 (RS)", "ADaMIG 1.3, ADSL"
_SDTM_TR = "SDTMIG 3.4, 6.3.12.2 (TR)"
_RESPONSE_USE = "SDTMIG 3.4, 6.3.9.3.1 (disease response use case)"
COLUMNS = (
    ColumnRole(
        name="subject",
        tables=TABLES,
        standard=("USUBJID", "SUBJID"),
        values="text",
        required=TABLES,
        description="identifier of the subject",
        source="SDTMIG 3.4, DM",
    ),
    ColumnRole(
        name="date",
        tables=("responses", "lesions"),
        standard=("RSDTC", "RSDT", "TRDTC", "TRDT", "ADT"),
        values="date",
        required=("responses", "lesions"),
        description="day of the assessment; as text it may lack the day or the month",
        source=_SDTM_RS,
    ),
    ColumnRole(
        name="day",
        tables=("responses",),
        standard=(),
        values="number",
        description="study day of the assessment in place of a date: 1 is the day that times "
        "count from, -1 the day before; RSDY counts from the first dose, so that it is taken "
        "where columns names it",
        source="SDTMIG 3.4, 4.4.4",
    ),
    ColumnRole(
        name="response",
        tables=("responses",),
        standard=("RSSTRESC", "AVALC", "RSORRES"),
        values="text",
        required=("responses",),
        description="overall response in words of the criterion",
        source=_SDTM_RS,
    ),
    ColumnRole(
        name="target_response",
        tables=("responses",),
        standard=("TRGRESP",),
        values="text",
        description="target response, where one row has all parts of an assessment; in SDTM it is "
        "a row of its own (RSTESTCD TRGRESP)",
        source=_RESPONSE_USE,
    ),
    ColumnRole(
        name="non_target_response",
        tables=("responses",),
        standard=("NTRGRESP",),
        values="text",
        description="non-target response, where one row has all parts; NA where there is no "
        "non-target lesion at baseline",
        source=_RESPONSE_USE,
    ),
    ColumnRole(
        name="new_lesion",
        tables=("responses",),
        standard=("NEWLIND", "NEWLPROG"),
        values="text",
        description="Y or UNEQUIVOCAL where a lesion is seen that was not there before, N where "
        "none is, EQUIVOCAL where one may be, NE where it was not looked for",
        source=_RESPONSE_USE,
    ),
    ColumnRole(
        name="test",
        tables=("responses", "lesions"),
        standard=("RSTESTCD", "TRTESTCD", "PARAMCD"),
        values="text",
        description="what was assessed: OVRLRESP or OVR an overall response, TRGRESP, NTRGRESP, "
        "NEWLIND and NEWLPROG its parts, SYMPTDTR symptomatic deterioration; LDIAM a longest "
        "diameter, LPERP a short axis, DIAMETER the one that counts, TUMSTATE or LNSTATE the state "
        "of a lesion; other rows are left alone",
        source="SDTMIG 3.4, 6.3.9.3.1 and 6.3.12.2",
    ),
    ColumnRole(
        name="category",
        tables=("responses",),
        standard=("RSCAT",),
        values="text",
        description="the criterion that the row was assessed by: RECIST 1.1, iRECIST; rows of "
        "another one are left out and named, and a category that is no criterion says nothing",
        source="SDTMIG 3.4, 6.3.9.3; CDISC controlled terminology, ONCRSCAT (C124298)",
    ),
    ColumnRole(
        name="sequence",
        tables=("responses", "lesions"),
        standard=("RSSEQ", "TRSEQ", "ASEQ"),
        values="number",
        description="number of the row within its subject",
        source=_SDTM_RS,
    ),
    ColumnRole(
        name="visit",
        tables=("responses", "lesions"),
        standard=("VISITNUM", "AVISITN"),
        values="number",
        description="number of the visit",
        source=_SDTM_RS,
    ),
    ColumnRole(
        name="evaluator",
        tables=("responses", "lesions"),
        standard=("RSEVAL", "TREVAL"),
        values="text",
        description="role of who assessed: INVESTIGATOR, INDEPENDENT ASSESSOR",
        source=_SDTM_RS,
    ),
    ColumnRole(
        name="reader",
        tables=("responses", "lesions"),
        standard=("RSEVALID", "TREVALID"),
        values="text",
        description="which of several readers: RADIOLOGIST 1",
        source=_SDTM_RS,
    ),
    ColumnRole(
        name="accepted",
        tables=("responses", "lesions"),
        standard=("RSACPTFL", "TRACPTFL"),
        values="flag",
        description="Y where the assessment of this reader is the accepted one",
        source=_SDTM_RS,
    ),
    ColumnRole(
        name="lesion",
        tables=("lesions",),
        standard=("TRLNKID",),
        values="text",
        required=("lesions",),
        description="identifier of the lesion, the same at every assessment",
        source=_SDTM_TR,
    ),
    ColumnRole(
        name="group",
        tables=("lesions",),
        standard=("TRGRPID", "TUSTRESC"),
        values="text",
        description="TARGET, NON-TARGET or NEW; without the column every lesion is a target",
        source=_SDTM_TR,
    ),
    ColumnRole(
        name="result",
        tables=("lesions",),
        standard=("TRSTRESC",),
        values="text",
        description="state of the lesion: ABSENT, PRESENT, EQUIVOCAL, UNEQUIVOCAL",
        source="SDTMIG 3.4, 6.3.12.2",
    ),
    ColumnRole(
        name="original_result",
        tables=("lesions",),
        standard=("TRORRES",),
        values="text",
        description="result as collected; TOO SMALL TO MEASURE without a length is 5 mm",
        source="SDTMIG 3.4, 6.3.12.2, example 2; Eisenhauer 2009, 4.3.2",
    ),
    ColumnRole(
        name="status",
        tables=("lesions",),
        standard=("TRSTAT",),
        values="text",
        description="NOT DONE where the lesion was not assessed; such a row needs no date",
        source="SDTMIG 3.4, 6.3.12.2, example 2",
    ),
    ColumnRole(
        name="baseline",
        tables=("lesions",),
        standard=("TRBLFL", "ABLFL", "TRLOBXFL"),
        values="flag",
        description="Y at the baseline; without it the last visit up to the day that times count "
        "from is the baseline",
        source="SDTMIG 3.4, TR; ADaMIG 1.3, baseline record flag",
    ),
    ColumnRole(
        name="length",
        tables=("lesions",),
        standard=("TRSTRESN",),
        values="number",
        required=("lesions",),
        description="length; empty where it was not measured",
        source=_SDTM_TR,
    ),
    ColumnRole(
        name="unit",
        tables=("lesions",),
        standard=("TRSTRESU",),
        values="text",
        required=("lesions",),
        description="unit of the length, mm or cm; it is never assumed",
        source=_SDTM_TR,
    ),
    ColumnRole(
        name="location",
        tables=("lesions",),
        standard=("TULOC",),
        values="text",
        description="site of the lesion; of a LYMPH NODE the short axis counts",
        source="SDTMIG 3.4, 6.3.12.1 (TU)",
    ),
    ColumnRole(
        name="randomisation",
        tables=("subjects",),
        standard=("RANDDT",),
        values="date",
        description="day of randomisation",
        source=_ADSL,
    ),
    ColumnRole(
        name="first_dose",
        tables=("subjects",),
        standard=("TRTSDT", "RFXSTDTC", "TRTSDTM"),
        values="date",
        description="day of the first dose",
        source=_ADSL,
    ),
    ColumnRole(
        name="registration",
        tables=("subjects",),
        standard=("ENRLDT",),
        values="date",
        description="day of registration",
        source=_ADSL,
    ),
    ColumnRole(
        name="death",
        tables=("subjects",),
        standard=("DTHDTC", "DTHDT"),
        values="date",
        description="day of death; as text it may lack the day or the month",
        source="SDTMIG 3.4, DM",
    ),
    ColumnRole(
        name="last_alive",
        tables=("subjects",),
        standard=("LSTALVDT",),
        values="date",
        description="day last known alive",
        source="ADaMIG 1.3, ADSL (sponsor variable); admiral derive_vars_extreme_event",
    ),
    ColumnRole(
        name="new_therapy",
        tables=("subjects",),
        standard=("NACTDT",),
        values="date",
        description="day on which new anticancer therapy began",
        source="admiralonco, ADSL.NACTDT",
    ),
    ColumnRole(
        name="clinical_progression",
        tables=("subjects",),
        standard=(),
        values="date",
        description="day on which progression was called that no scan documents; rows SYMPTDTR of "
        "the table of responses state it too",
        source="SDTMIG 3.4, 6.3.9.3.1; FDA 2018, Appendix 3, table C",
    ),
    ColumnRole(
        name="treatment_end",
        tables=("subjects",),
        standard=("TRTEDT",),
        values="date",
        description="day of the last dose",
        source=_ADSL,
    ),
    ColumnRole(
        name="stop_reason",
        tables=("subjects",),
        standard=("DCTREAS",),
        values="text",
        description="why treatment was stopped; PROGRESSIVE DISEASE is a claim of progression",
        source="ADaMIG 1.3, ADSL; CDISC controlled terminology, NCOMPLT (C66727)",
    ),
)
ROLES = {row.name: row for row in COLUMNS}


def roles_of(table: str) -> tuple[ColumnRole, ...]:
    """The columns that a table may have."""
    return tuple(row for row in COLUMNS if table in row.tables)


def check_names(columns: Mapping[str, Any]) -> dict[str, str]:
    """The user's names of columns by role. ValueError for an unknown role."""
    for role in columns:
        if role not in ROLES:
            raise ValueError(f"columns: unknown column {role!r} ({near(str(role), ROLES)})")
    return {str(role): str(name) for role, name in columns.items()}
