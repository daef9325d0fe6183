#!/usr/bin/env bash
# How many letters of one page and 300 words the whole command makes in a second of processor
# time: benches/command.sh [BINARY] [ROWS] [more arguments for `engross batch letter` …]
#
# One thread, then all; user and system time together; the table is made first and not counted.
set -euo pipefail
binary=$(realpath "${1:-target/release/engross}")
rows=${2:-1000}
shift $(($# < 2 ? $# : 2))
# In memory where it can be: what files cost on a disk depends on what was done to it before
# (ext4 looks for inodes among those of files deleted in the last minutes).
memory=/dev/shm
[[ -w $memory ]] || memory=${TMPDIR:-/tmp}
folder=$(mktemp -d -p "$memory")
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 - "$rows" <<'PYTHON' >rows.csv
import csv, random, sys

words = """the of and to in a that was it for on with as his be at by which have from had this
not are but were one all they will when there been would their has an if more so she him what who
letter volume carrier Thursday order weather season account printer impression history price
country friend market harbour captain garden window winter daughter parcel morning answer""".split()
chance = random.Random(1)
out = csv.writer(sys.stdout)
out.writerow(["date", "to", "salutation", "paragraphs", "close", "signature"])
for row in range(int(sys.argv[1])):
    parts = [" ".join(chance.choice(words) for _ in range(56)) for _ in range(5)]
    text = "\n\n".join(part.capitalize() + "." for part in parts)
    name = f"Mrs. {chance.choice(['Lyle', 'Boone', 'Ames'])} {row}"
    day = f"1925-03-{row % 28 + 1:02}"
    first, last = chance.choice("Anna Clara Edith Grace Ida Kate Nora Olive".split()), name.split()[1]
    out.writerow([day, name, "Madam,", text, "Your obedient servant,", f"{first} {last}"])
PYTHON
measure() {
    local threads=$1
    shift
    # Each run in a folder of its own: none waits for the files of another to be deleted.
    local TIMEFORMAT='%R %U %S' times out=out-$threads
    times=$({ time RAYON_NUM_THREADS=$threads "$binary" batch letter rows.csv --style office-1920 --out "$out" \
        --made 2026-01-01 "$@" >/dev/null 2>errors; } 2>&1)
    awk -v n="$rows" -v t="$threads" '{
        printf "%d thread(s): %.1f s, %.0f letters a second of processor time\n", t, $1, n / ($2 + $3)
    }' <<<"$times"
}
measure 1 "$@"
measure "$(nproc)" "$@"
