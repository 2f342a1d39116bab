"""A case in which every free text is markup that would run a script if it were not escaped."""

from __future__ import annotations

MARKUP = (
    "<img src=x onerror=window.attacked=1>",
    "<script>window.attacked=1</script>",
    "</svg></style></script><svg onload=window.attacked=1>",
    '"><iframe srcdoc="<script>parent.attacked=1</script>">',
    "{{ constructor.constructor('window.attacked=1')() }}",
    "${window.attacked=1}`${window.attacked=1}`",
    "javascript:window.attacked=1",
)
FIELDS = 14


def texts(number: int) -> list[str]:
    """So many quoted texts of YAML, each with the next markup."""
    found = (MARKUP[(number + n) % len(MARKUP)] for n in range(FIELDS))
    return ["'" + each.replace("'", "''") + "'" for each in found]


def case(number: int = 0) -> str:
    """The case; another number gives each field the next markup."""
    t = texts(number)
    drug = t[9].translate(str.maketrans("", "", "{}"))  # braces are no part of a drug
    return f"""\
case: {t[0]}
report: {{title: {t[1]}, citation: {t[2]}}}
patient: {{sex: female, age: 61, diagnosis: {t[3]}, site: {t[4]}, note: {t[5]}}}
events:
  {t[6]}:
    - {{diagnosis: 2021-03, what: {t[7]}}}
    - {{scan: 2022-01, baseline: 1, sum: 30 mm, what: {t[8]}}}
    - {{treatment: 2022-02/2022-08, line: 1, drugs: {drug},
       printed: {{PFS: 8.4 months, place: {t[10]}}}}}
    - {{scan: 2022-05, sum: 20 mm, called: PR, note: {t[11]}}}
    - {{scan: 2022-08, new: 'other: {t[12][1:]}, called: PD}}
    - {{surgery: 2022-09, what: {t[13]}}}
    - {{last contact: 2022-11, what: {t[7]}}}
"""


def broken(number: int = 0) -> str:
    """The same with faults, whose messages repeat what is written."""
    text = case(number)
    quoted = texts(number)[0]
    return text.replace("baseline: 1", f"baseline: {quoted}").replace("2022-05", quoted)
