"""The checks, a row each, and running them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from timeline.cdisc.checks import contents, structure
from timeline.cdisc.checks.check import Check, Finding, Severity, Study
from timeline.cdisc.dataset import Dataset

_SAS = "SAS TS-140, transport files of version 5"
_CORE = "SDTMIG 3.4, 4.1.5, SDTM core designations"
_ERROR, _WARNING = Severity.ERROR, Severity.WARNING
_ROWS = (
    ("C01", "Names of variables have at most 8 letters, digits and _.", _ERROR, _SAS,
     structure.names),
    ("C02", "Labels of variables have at most 40 characters.", _ERROR, _SAS, structure.labels),
    ("C03", "Texts have at most 200 bytes.", _ERROR, _SAS, structure.texts),
    ("C04", "Texts are ASCII.", _WARNING, "FDA Study Data Technical Conformance Guide",
     structure.ascii_texts),
    ("C05", "Required variables are there.", _ERROR, _CORE, structure.required_variables),
    ("C06", "Expected variables are there.", _WARNING, _CORE, structure.expected_variables),
    ("C07", "Required variables have a value.", _ERROR, _CORE, structure.required_values),
    ("C08", "DOMAIN is the name of the dataset.", _ERROR, "SDTMIG 3.4, 4.1",
     structure.domains),
    ("C09", "--SEQ and ASEQ number the records of a subject, each once.", _ERROR,
     "SDTMIG 3.4, notes of --SEQ, such as TRSEQ in 6.3.12.2; ADaMIG 1.3, ASEQ",
     structure.sequence_numbers),
    ("C10", "A subject has one record in DM and in ADSL.", _ERROR,
     "SDTMIG 3.4, DM; ADaMIG 1.3, ADSL", structure.one_record_a_subject),
    ("C11", "Every subject is in DM, or in ADSL.", _ERROR, "SDTMIG 3.4, 4.1; ADaMIG 1.3, ADSL",
     structure.known_subjects),
    ("C12", "All datasets are of one study.", _WARNING, "SDTMIG 3.4, STUDYID",
     structure.one_study),
    ("C13", "Terms of a codelist that is not extensible are its terms.", _ERROR,
     "SDTMIG 3.4, 4.3, coding and controlled terminology", structure.terms),
    ("C14", "Dates --DTC are of ISO 8601 and on the calendar.", _ERROR,
     "SDTMIG 3.4, 4.4.1 and 4.4.2", contents.iso_dates),
    ("C15", "An end does not lie before its start.", _ERROR, "SDTMIG 3.4, 4.4",
     contents.ends_after_starts),
    ("C16", "Study days are there where the dates are complete, and are right.", _ERROR,
     "SDTMIG 3.4, 4.4.4; CDISC CORE-000321 and CORE-000793", contents.study_days),
    ("C17", "EPOCH is there where the date is known.", _WARNING, "CDISC CORE-000701",
     contents.epochs),
    ("C18", "Nothing begins and nothing is assessed after death.", _WARNING,
     "SDTMIG 3.4, DM, DTHDTC", contents.nothing_after_death),
    ("C19", "DTHFL is Y where there is a date of death.", _ERROR, "SDTMIG 3.4, DM, DTHFL",
     contents.death_flags),
    ("C20", "The first study treatment of DM is the first of EX.", _ERROR,
     "SDTMIG 3.4, DM, RFXSTDTC; CDISC CORE-000739", contents.exposure),
    ("C21", "A lesion with results is identified in TU.", _ERROR,
     "SDTMIG 3.4, TU and TR, --LNKID", contents.links),
    ("C22", "Sizes of lesions have a unit.", _ERROR, "SDTMIG 3.4, TR, TRSTRESU",
     contents.result_units),
    ("C23", "TRSTRESC and TRSTRESN are the same value.", _ERROR, "SDTMIG 3.4, TR, TRSTRESN",
     contents.results_agree),
    ("C24", "Overall responses are terms of the criterion that RSCAT names.", _ERROR,
     "CDISC controlled terminology, Oncology Response Assessment Result (C96785)",
     contents.responses),
    ("C25", "A reader gives one overall response at a visit.", _WARNING,
     "SDTMIG 3.4, RS, structure", contents.one_response_a_visit),
    ("C26", "PARAM and PARAMCD name each other.", _ERROR, "ADaMIG 1.3, PARAM and PARAMCD",
     contents.parameters),
    ("C27", "CNSR is 0 of an event, and the event or censoring is named.", _ERROR,
     "ADaM BDS for Time-to-Event Analyses 1.0, CNSR and EVNTDESC", contents.censoring),
    ("C28", "AVAL of ADTTE is the days from STARTDT to ADT, counted alike.", _ERROR,
     "ADaM BDS for Time-to-Event Analyses 1.0, AVAL", contents.durations),
    ("C29", "An imputation flag has its date.", _ERROR, "ADaMIG 1.3, date imputation flags",
     contents.imputation_flags),
    ("C30", "The record that SRCSEQ names exists.", _ERROR,
     "ADaMIG 1.3, datapoint traceability", contents.sources),
)  # fmt: skip
CHECKS = tuple(
    Check(code=code, description=description, severity=severity, source=source, find=find)
    for code, description, severity, source, find in _ROWS
)


def check_datasets(datasets: Mapping[str, Dataset]) -> tuple[Finding, ...]:
    """What the checks find in SDTM and ADaM datasets that belong together.

    Args:
        datasets: the datasets by name, as `timeline.cdisc.read_folder` gives them.

    Returns:
        The findings in the order of the checks, and of each in the order of the records.
    """
    study = Study(datasets=datasets)
    return tuple(_findings(study))


def _findings(study: Study) -> Iterator[Finding]:
    for check in CHECKS:
        for where, what in check.find(study):
            yield Finding(check=check, where=where, what=what)
