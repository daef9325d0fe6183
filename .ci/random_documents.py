"""Documents of random valid fields: every one is sound.

python3 random_documents.py ENGROSS FOLDER COUNT [SEED]

Makes rows of random values from the schema of each template, lets `engross batch` refuse
those that break a rule, and so writes COUNT documents, evenly over the templates, to
FOLDER. qpdf must find no fault in any; veraPDF is for the caller to run on FOLDER/*/*/*.pdf.
"""

import json
import random
import subprocess
import sys
from pathlib import Path

WORDS = (
    "the of and in to a harbour lamp treaty door umbrella winter, cousin; “bridge” café "
    "Zoë O’Hara Smith & Sons No. 4 1783 (sealed) ship’s fish—salted first-class tea; "
    "Gouverneur æther naïve £3 50% file finest office <b>bold</b> *star* _under_ {{ x }} "
    "[link](#x) $5 #1 `code` ~ \\ fluffy"
).split()


# What the rules of templates ask for beyond the schema: who signs for a party, the years of a
# kingdom; a copy is that of a party there is, and maps are files.
ALWAYS = {"signatories"}
NEVER = {"maps", "copy"}
YEARS = {"korea-royal-treaty": (1877, 1896)}


def words(rng, most, lines):
    text = " ".join(rng.choice(WORDS) for _ in range(rng.choice([1, 2, 3, 5, 8, 30])))
    if lines and rng.random() < 0.3:
        text += "\n" + " ".join(rng.choice(WORDS) for _ in range(6))
    return text[:most].strip() or "x"


def value(schema, rng, years, name=""):
    """A value that the schema allows; what is called a time is one, maps have no files, and
    every party has somebody to sign."""
    if name == "time" or name.startswith("hour_"):
        return f"{rng.randint(0, 23):02}{rng.randint(0, 59):02}"
    if "enum" in schema:
        return rng.choice(schema["enum"])
    if "const" in schema:
        return schema["const"]
    for many in ("anyOf", "oneOf"):
        if many in schema:
            return value(schema[many][0], rng, years, name)
    kind = schema.get("type", "string")
    if isinstance(kind, list):
        kind = kind[0]
    if kind == "object":
        needed = set(schema.get("required", []))
        share = rng.random()
        return {
            name: value(inner, rng, years, name)
            for name, inner in schema.get("properties", {}).items()
            if (name in needed | ALWAYS or rng.random() < share) and name not in NEVER
        }
    if kind == "array":
        least = max(schema.get("minItems", 0), 1 if name in ALWAYS else 0)
        most = min(schema.get("maxItems", least + 4), least + 4)
        count = rng.randint(least, max(least, most))
        return [value(schema["items"], rng, years, name) for _ in range(count)]
    if kind in ("integer", "number"):
        low = schema.get("minimum", 0)
        high = schema.get("maximum", low + 50)
        return rng.randint(int(low), int(max(low, min(high, low + 1000))))
    if kind == "boolean":
        return rng.random() < 0.5
    if schema.get("format") == "date":
        return f"{rng.randint(*years)}-{rng.randint(1, 12):02}-{rng.randint(1, 28):02}"
    return words(rng, schema.get("maxLength", 400), "pattern" not in schema)


def run(*command, **more):
    return subprocess.run(command, capture_output=True, text=True, **more)


def make(engross, name, langs, folder, count, rng):
    """Writes documents of a template until there are so many; gives how many there are."""
    schema = json.loads(run(engross, "fields", name, "--format", "json-schema").stdout)
    folder.mkdir(parents=True)
    made, years = 0, YEARS.get(name, (1750, 1953))
    for attempt in range(12):
        rows = "".join(
            json.dumps(value(schema, rng, years), ensure_ascii=False) + "\n"
            for _ in range((count - made) * 2)
        )
        ended = run(
            engross, "batch", name, "-", "--out", str(folder / str(attempt)),
            "--lang", rng.choice(langs), "--name", "{{ row }}.pdf", "--sheets", "2", "--ppi", "40",
            "--made", "2026-01-01", input=rows,
        )
        if ended.returncode not in (0, 1):
            sys.exit(f"{name}: {ended.stderr[-2000:]}")
        files = sorted(folder.glob("*/*.pdf"))
        for surplus in files[count:]:
            surplus.unlink()
        made = min(len(files), count)
        if made == count:
            break
    return made, ended.stderr


def main():
    engross, folder, count = sys.argv[1], Path(sys.argv[2]), int(sys.argv[3])
    rng = random.Random(int(sys.argv[4]) if len(sys.argv) > 4 else 1)
    templates = json.loads(run(engross, "list", "templates", "--json").stdout)
    share = -(-count // len(templates))
    total = 0
    for template in templates:
        name = template["name"]
        made, said = make(engross, name, template["languages"], folder / name, share, rng)
        print(f"{name}: {made}")
        if made == 0:
            print(said[-1500:])
        total += made
    files = sorted(str(path) for path in folder.glob("*/*/*.pdf"))
    faults = 0
    for file in files:
        checked = run("qpdf", "--check", file)
        if checked.returncode != 0 or "WARNING" in checked.stdout + checked.stderr:
            print(file, checked.stdout, checked.stderr)
            faults += 1
    print(f"{total} documents, {faults} with faults")
    sys.exit(1 if faults or total < count * 0.9 else 0)


main()
