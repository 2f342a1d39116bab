"""The formats, one row each."""

from __future__ import annotations

from timeline.formats.format import Format

_ROWS = (
    Format(
        name="rows",
        title="one row an event",
        module="event_rows",
        suffixes=(".csv", ".xlsx", ".parquet"),
        extra="xlsx of a workbook, parquet of a Parquet file",
        days="as written: vague dates and orders are texts of the column date",
        holds="every kind of event with its keys, the patient, and lesions in a table of their own",
        lacks="what a report prints of an event, the report itself, settings, comments",
        source="docs/tables.md",
    ),
    Format(
        name="cbioportal",
        title="cBioPortal",
        module="cbioportal",
        folder=True,
        options={
            "study": "the identifier of the study",
            "name": "the name of the study",
            "cancer-type": "type_of_cancer, an OncoTree code in lower case (default: mixed)",
            "day-zero": "the date of day 0 of an import; else times are counted from day-0",
        },
        days="days from the diagnosis; the range of a vague date is in a column of its own",
        holds="every kind of event that has a day, as timelines; patient and sample attributes",
        lacks="the calendar, orders, planned events, what a report prints, settings, comments",
        source="docs.cbioportal.org, File Formats",
    ),
    Format(
        name="phenopacket",
        title="GA4GH Phenopacket",
        module="phenopacket",
        suffixes=(".json",),
        days="a day, or an interval of the days that a vague date allows; no order",
        holds="diseases, procedures, regimens with drugs, measurements, features, death",
        lacks="keys of procedures but what and site, the age, orders, claims, comments",
        source="phenopacket-schema 2.0",
    ),
    Format(
        name="fhir",
        title="FHIR R4 with mCODE",
        module="fhir",
        suffixes=(".json",),
        days="a day, a month or a year; how the case file writes it is in an extension",
        holds="every kind of event, as a resource with the profile of mCODE where it has one",
        lacks="planned events, what a report prints, settings, comments",
        source="FHIR 4.0.1; mCODE STU4",
    ),
    Format(
        name="sdtm",
        title="CDISC SDTM",
        module="sdtm",
        folder=True,
        options={"study": "STUDYID", "line": "the line that is study treatment"},
        days="a day, a month, a year or an interval (ISO 8601); no order",
        holds="treatment, scans with lesions and responses, adverse events, disposition",
        lacks="diagnosis, surgery, radiotherapy, laboratory values, places, claims",
        source="CDISC SDTMIG 3.4",
    ),
)
FORMATS: dict[str, Format] = {row.name: row for row in _ROWS}
