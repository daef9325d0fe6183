"""A batch on a Dask cluster: python letters.py TABLE FOLDER SHARDS [SCHEDULER]

Without a scheduler it starts workers on this machine. A worker that is lost has its shard made
again by another, which goes on where it was. Needs `pip install distributed`, and the program and
both paths on every worker.
"""

import datetime
import os
import subprocess
import sys

from dask.distributed import Client, as_completed


def make(table: str, folder: str, shard: int, shards: int, made: str) -> int:
    """Makes one shard; the exit code of the program: 0, or 1 when some rows failed."""
    program = os.environ.get("ENGROSS", "engross")
    command = [program, "batch", "letter", table, "--out", folder, "--resume"]
    command += ["--shard", f"{shard}/{shards}", "--made", made]
    done = subprocess.run(command, capture_output=True, text=True)
    # 4: the run of a lost worker is still at work. Dask tries again.
    if done.returncode not in (0, 1):
        raise RuntimeError(f"shard {shard}/{shards}: {done.stderr[-2000:]}")
    return done.returncode


def main() -> None:
    table, folder, shards, *rest = sys.argv[1:]
    made = os.environ.get("MADE", datetime.date.today().isoformat())
    os.makedirs(folder, exist_ok=True)
    paths = os.path.abspath(table), os.path.abspath(folder)
    with Client(rest[0]) if rest else Client(processes=True, threads_per_worker=1) as client:
        runs = [
            client.submit(make, *paths, shard, int(shards), made, pure=False, retries=5)
            for shard in range(1, int(shards) + 1)
        ]
        codes = [run.result() for run in as_completed(runs)]
    sys.exit(max(codes))


if __name__ == "__main__":
    main()
