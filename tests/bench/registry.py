"""What the derivation of a registry costs, from Parquet to derived Parquet, and how it grows.

Run as ``python -m tests.bench.registry [subjects ..]``. Each row is a process of its own with its
workers: seconds from its start to the derived files of RECIST and of iRECIST, seconds of processor,
and the most memory of one process, all by the system. The last row is the processor time of 100,000
subjects of whom one is seen 200 times, over that without such a one.
"""

from __future__ import annotations

import multiprocessing
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from tests.bench.byte_code import compile_modules
from tests.bench.trial import write_tables

SIZES = (10_000, 100_000, 1_000_000)
GROUP = 500_000  # rows of a row group
WORK = """
import resource, sys
from timeline.registry import derive_file
if __name__ == "__main__":
    folder = sys.argv[1]
    source = f"{folder}/registry.parquet"
    derive_file(source, f"{folder}/recist.parquet", parameters=["PFS", "BOR", "CBOR"])
    derive_file(source, f"{folder}/irecist.parquet", criterion="irecist",
                columns={"response": "IRESP"}, parameters=["IPFS", "ICPD"])
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    print(sum(each.ru_utime + each.ru_stime for each in used))
    print(*(each.ru_maxrss / 1e6 for each in used))
"""


def write_registry(folder: Path, subjects: int, longest: int = 5) -> None:
    """The invented tables of the benchmark of trials as one, a row an assessment."""
    write_tables(folder, subjects, longest)
    rs = pq.read_table(folder / "rs.parquet")
    adsl = pq.read_table(folder / "adsl.parquet")
    ids = np.asarray(rs["USUBJID"].combine_chunks().dictionary_encode().indices)
    dates = {
        name: adsl[name].take(pa.array(ids)) for name in adsl.column_names if name != "USUBJID"
    }
    for name, column in dates.items():
        rs = rs.append_column(name, column)
    pq.write_table(rs, folder / "registry.parquet", row_group_size=GROUP)


def cost(subjects: int, longest: int = 5) -> tuple[float, float, float, float]:
    """Seconds, seconds of processor, gigabytes of the process and of its largest worker."""
    with tempfile.TemporaryDirectory() as name:
        # in a process of its own: a child begins with the most memory that its parent has used
        made = multiprocessing.get_context("spawn").Process(
            target=write_registry, args=(Path(name), subjects, longest)
        )
        made.start()
        made.join()
        script = Path(name) / "work.py"
        script.write_text(WORK)
        begun = time.perf_counter()
        done = subprocess.run(
            [sys.executable, "-W", "ignore", script, name],
            capture_output=True, text=True, check=True,
        )  # fmt: skip
        seconds = time.perf_counter() - begun
    processor, own, worker = map(float, done.stdout.split())
    return seconds, processor, own, worker


def main() -> None:
    compile_modules()
    sys.stdout.write(f"{'subjects':>10} {'seconds':>8} {'processor':>10} {'GB':>6} {'worker':>7}\n")
    for subjects in [int(word) for word in sys.argv[1:]] or SIZES:
        row = "{:>10,} {:>8.2f} {:>10.2f} {:>6.2f} {:>7.2f}".format(subjects, *cost(subjects))
        sys.stdout.write(f"{row}\n")
        sys.stdout.flush()
    plain, longest = cost(100_000), cost(100_000, longest=200)
    ratio = longest[1] / plain[1]
    sys.stdout.write(f"one of 100,000 with 200 scans: {ratio:.2f} times the processor time\n")


if __name__ == "__main__":
    main()
