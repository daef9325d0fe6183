"""Checks that readers of a PDF find the words of the document, in the order of reading.

For each FILE.pdf there is a FILE.words: what the template says, block by block (see
examples/words.rs). The structure tree, as poppler reads it, has the same blocks in the same
order with the same words, headings, labels and figures with their text; pdftotext, mutool
and pdfium find the same words, and besides them only what stands in the margins.
"""

import difflib
import json
import re
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pypdfium2

# Words in the margins of a page: number, marking line, catchword.
MARGIN = 16
# Samples with amounts, braces or notes at the side of their lines.
SIDES = ["business-letter-en", "general-orders-en"]
# Samples with columns side by side, or an addressee at the foot of the first of two pages:
# what is read after the text stands before a part of it.
BESIDE = ["parallel", "telegram-en", "first-person-note-en"]
# What a typewriter has for a sign of print, and what readers make of ligatures.
SIGNS = {
    "“": '"', "”": '"', "‘": "'", "’": "'", "–": "-", "—": "--", "…": "...",
    "\u2002": " ", "\u3000": " ", "\u00a0": " ", "\u202f": " ", "\u2009": " ",
    "ﬁ": "fi", "ﬂ": "fl", "\u200b": "", "\u2060": "", "\u200d": "",
}


def plain(text):
    """The text with what differs between typewriter and print, and line ends, made alike."""
    text = re.sub("[\u00ad\ufffe\u0002]\\s*", "", text)
    for sign, key in SIGNS.items():
        text = text.replace(sign, key)
    return " ".join(text.split())


def tokens(text):
    """Words; of Chinese and Korean every character, for lines end within words."""
    own = "\u3000-\u303f\u3400-\u9fff\uac00-\ud7af\uff00-\uffef"
    return re.findall(f"[{own}]|[^\\s{own}]+", text)


def plain_file(pdf):
    return subprocess.run(
        ["qpdf", "--qdf", str(pdf), "-"], capture_output=True, check=True
    ).stdout


def letters(words):
    return "".join(words).replace("-", "")


def run(*command):
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout


def structure(pdf):
    """The blocks of the structure tree: kind and words."""
    blocks = []
    open_blocks = []
    for line in run("pdfinfo", "-struct-text", str(pdf)).splitlines():
        indent = len(line) - len(line.lstrip(" "))
        line = line.strip()
        said = re.match(r'"(.*)"$', line, re.S)
        while open_blocks and open_blocks[-1][0] >= indent:
            open_blocks.pop()
        if said:
            if open_blocks:
                open_blocks[-1][1][1] += said.group(1)
            continue
        kind = line.split(" ")[0].rstrip(":")
        if kind == "Span" and open_blocks:
            open_blocks.append((indent, open_blocks[-1][1]))
            continue
        if re.match(r"H\d?$", kind):
            kind = "H"
        if kind in ("H", "P", "Lbl", "Figure"):
            blocks.append([kind, ""])
            open_blocks.append((indent, blocks[-1]))
    return [(kind, plain(text)) for kind, text in blocks]


def faults(pdf):
    lines = pdf.with_suffix(".words").read_text().splitlines()
    wanted = [json.loads(line) for line in lines]
    said = [(b["kind"], "" if b["kind"] == "Figure" else plain(b["text"])) for b in wanted]
    found = [(kind, "" if kind == "Figure" else text) for kind, text in structure(pdf)]
    said = [block for block in said if block[0] == "Figure" or block[1]]
    found = [block for block in found if block[0] == "Figure" or block[1]]
    if said != found:
        matcher = difflib.SequenceMatcher(None, said, found, autojunk=False)
        for what, a, b, c, d in matcher.get_opcodes():
            if what != "equal":
                yield f"structure: {what} {str(said[a:b])[:300]} / {str(found[c:d])[:300]}"
                break
    words = [word for word in tokens(" ".join(text for _, text in said)) if word.strip(".")]
    pages = len(pypdfium2.PdfDocument(pdf))
    readers = {
        "pdftotext": run("pdftotext", "-raw", str(pdf), "-"),
        "mutool": run("mutool", "draw", "-q", "-F", "txt", str(pdf)),
        "pdfium": "\n".join(
            page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(pdf)
        ),
    }
    vertical = b"/Identity-V" in plain_file(pdf)
    for reader, text in readers.items():
        # The dots of leaders are no words.
        got = [word for word in tokens(plain(text)) if word.strip(".")]
        # Texts side by side go on from page to page together; and pdfium reads columns of
        # vertical lines, and what stands at the side, in an order of its own. Then no
        # letter may be missing.
        own_order = vertical or pdf.stem in SIDES
        if pdf.stem in BESIDE or (own_order and reader == "pdfium"):
            lost = Counter("".join(words)) - Counter("".join(got))
            # The hyphens at line ends.
            del lost["-"]
            if lost:
                yield f"{reader}: lost {lost}"
            continue
        matcher = difflib.SequenceMatcher(None, words, got, autojunk=False)
        more = 0
        for what, a, b, c, d in matcher.get_opcodes():
            # A line end may part a word after a hyphen that is its own, and pdfium drops
            # the hyphen; mutool parts letters that are set wide apart, also behind a margin.
            if what == "replace" and letters(words[a:b]) in letters(got[c:d]):
                continue
            if what in ("delete", "replace"):
                yield f"{reader}: {' '.join(words[a:b])[:120]!r} is {' '.join(got[c:d])[:120]!r}"
                break
            if what == "insert":
                more += d - c
        if more > MARGIN * pages:
            yield f"{reader}: {more} words too many"


def main():
    failed = 0
    for name in sys.argv[1:]:
        found = list(faults(Path(name)))
        print(("FAIL" if found else "ok  "), name)
        for fault in found:
            print("    ", fault)
        failed += bool(found)
    sys.exit(1 if failed or len(sys.argv) < 2 else 0)


main()
