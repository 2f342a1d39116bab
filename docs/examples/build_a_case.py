"""Read a case file, name its faults, and print the status of each scan.

Run from the top folder of the project: ``python docs/examples/build_a_case.py``.
"""

from __future__ import annotations

import tempfile
from pathlib import Path

import timeline as tl

CASE = """
case: example2024
lesions: {T1: {organ: liver}, N1: {organ: mediastinum, node: yes}}
events:
  - {scan: 2022-01-10, baseline: 1, lesions: {T1: 24 mm, N1: 18 mm}}
  - {treatment: 2022-01-20/2022-09-30, line: 1, drugs: doxorubicin, stop: progression}
  - {scan: 2022-03-14, lesions: {T1: 12.5 mm, N1: 9 mm}, new: none}
  - {scan: 2022-09-12, lesions: {T1: 19 mm, N1: 16 mm}, new: none}
  - {last contact: 2022-11-01}
"""


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "example2024.yaml"
        path.write_text(CASE.replace("scan: 2022-03-14", "scan: 2022-13-14"))
        for problem in tl.load(path).problems:
            print(problem.what)
        path.write_text(CASE)
        derived = tl.derive(tl.load_case(path))
    # sums: 42, 21.5 (-48.8 %: PR) and 35 mm (+62.8 % and 13.5 mm above the nadir: PD)
    for status in derived.status("RECIST 1.1", line=1):
        print(status.scan.at.text, status.label, status.why)
    print(derived.endpoint("PFS", line=1))


if __name__ == "__main__":
    main()
