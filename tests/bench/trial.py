"""What a derivation from Parquet to Parquet costs, and how the cost grows.

Run as ``python tests/bench/trial.py [subjects ..]``. Each row is a process of its own: seconds from
its start to the last derived file, seconds of processor, and the most memory. Derived are PFS, the
best response, that with confirmation, and the progression of iRECIST. The last two rows are of
100,000 subjects, once with one of them seen 200 times, and the ratio of the two.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

SCANS = 5
SIZES = (10_000, 100_000, 1_000_000)
RECIST = (("CR", "PR", "SD", "PD", "NE", "NON-CR/NON-PD"), (0.08, 0.22, 0.4, 0.2, 0.07, 0.03))
IRECIST = (
    ("iCR", "iPR", "iSD", "iUPD", "iCPD", "NE", "NON-iCR/NON-iUPD"),
    (0.08, 0.22, 0.35, 0.2, 0.07, 0.05, 0.03),
)
WORK = """
import resource, sys, time
import timeline as tl
folder = sys.argv[1]
rs, adsl = f"{folder}/rs.parquet", f"{folder}/adsl.parquet"
def kept(name, found):
    found.parameters.to_parquet(f"{folder}/{name}_adrs.parquet")
    found.times.to_parquet(f"{folder}/{name}_adtte.parquet")
kept("recist", tl.trial.derive(rs, subjects=adsl, parameters=["PFS", "BOR", "CBOR"]))
kept("irecist", tl.trial.derive(rs, subjects=adsl, criterion="irecist",
     columns={"response": "IRESP"}, parameters=["IPFS", "ICPD"]))
most = resource.getrusage(resource.RUSAGE_SELF)
print(most.ru_utime + most.ru_stime, most.ru_maxrss / 1e6)
"""


def write_tables(folder: Path, subjects: int, longest: int = SCANS) -> None:
    """Invented tables; the first subject has ``longest`` scans, all others five."""
    draw = np.random.default_rng(2024)
    ids = np.array([f"TRIAL-{place:08d}" for place in range(subjects)])
    start = 18_000 + draw.integers(0, 700, subjects)
    death = np.where(draw.random(subjects) < 0.4, start + draw.integers(50, 900, subjects), 0)
    alive = np.where(death > 0, death, start + draw.integers(300, 900, subjects))
    count = np.full(subjects, SCANS)
    count[0] = longest
    who = np.repeat(np.arange(subjects), count)
    number = np.arange(len(who)) - np.repeat(np.cumsum(count) - count, count) + 1
    day = start[who] + number * 56 + draw.integers(-5, 6, len(who))

    def dates(days: np.ndarray, missing: np.ndarray | None = None) -> pa.Array:
        return pa.array(days.astype(np.int32), mask=missing).cast(pa.date32())

    def words(of: tuple[tuple[str, ...], tuple[float, ...]]) -> np.ndarray:
        return np.array(of[0])[draw.choice(len(of[0]), len(who), p=of[1])]

    subject = {"USUBJID": ids, "RANDDT": dates(start), "DTHDT": dates(death, death == 0)}
    pq.write_table(pa.table(subject | {"LSTALVDT": dates(alive)}), folder / "adsl.parquet")
    response = {"USUBJID": ids[who], "RSDT": dates(day), "RSSEQ": number}
    found = {"RSSTRESC": words(RECIST), "IRESP": words(IRECIST)}
    pq.write_table(pa.table(response | found), folder / "rs.parquet")


def cost(subjects: int, longest: int = SCANS) -> tuple[float, float, float]:
    """Seconds, seconds of processor, and gigabytes of one process."""
    import time

    with tempfile.TemporaryDirectory() as name:
        write_tables(Path(name), subjects, longest)
        begun = time.perf_counter()
        done = subprocess.run(
            [sys.executable, "-W", "ignore", "-c", WORK, name],
            capture_output=True, text=True, check=True,
        )  # fmt: skip
        seconds = time.perf_counter() - begun
    processor, memory = map(float, done.stdout.split())
    return seconds, processor, memory


def main() -> None:
    sys.stdout.write(f"{'subjects':>10} {'seconds':>8} {'processor':>10} {'GB':>6}\n")
    for subjects in [int(word) for word in sys.argv[1:]] or SIZES:
        found = "{:>10,} {:>8.2f} {:>10.2f} {:>6.2f}".format(subjects, *cost(subjects))
        sys.stdout.write(f"{found}\n")
    plain, longest = cost(100_000), cost(100_000, longest=200)
    ratio = longest[1] / plain[1]
    sys.stdout.write(f"one of 100,000 with 200 scans: {ratio:.2f} times the processor time\n")


if __name__ == "__main__":
    main()
