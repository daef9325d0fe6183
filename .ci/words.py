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
from pathlib import Path

import pikepdf
import pypdfium2

# Words in the margins of a page: number, marking line, catchword, and letters that stand
# wide apart there, each of which readers take for a word.
MARGIN = 40
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


# A character of China or Japan, or one of their marks: each is a word of its own, for no
# spaces stand between them.
WIDE = re.compile("([\u2e80-\u2fff\u3000-\u30ff\u3400-\u9fff\uf900-\ufaff\ufe30-\ufe4f\uff00-\uffef])")


# Korean words are divided at line ends without a sign.
HANGUL = re.compile("([\uac00-\ud7a3])")


def words_of(text, divided=False):
    if divided:
        text = HANGUL.sub(r" \1 ", text)
    return WIDE.sub(r" \1 ", text).split()


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
        kind = line.split(" ")[0]
        if kind == "Span" and open_blocks:
            open_blocks.append((indent, open_blocks[-1][1]))
            continue
        if re.match(r"H\d?$", kind):
            kind = "H"
        if kind in ("H", "P", "Lbl"):
            blocks.append([kind, ""])
            open_blocks.append((indent, blocks[-1]))
    return [(kind, plain(text)) for kind, text in blocks]


def fonts(pdf):
    """The fonts of a file, as pdffonts lists them."""
    return run("pdffonts", str(pdf)).encode()


def figures(pdf):
    """The alternative text of the figures, in order."""

    def walk(node):
        if isinstance(node, pikepdf.Array):
            for kid in node:
                yield from walk(kid)
        elif isinstance(node, pikepdf.Dictionary) and "/S" in node:
            if node.S == "/Figure":
                yield str(node.get("/Alt", ""))
            yield from walk(node.get("/K", pikepdf.Array()))

    with pikepdf.open(pdf) as file:
        return list(walk(file.Root.StructTreeRoot.K))


def faults(pdf):
    lines = pdf.with_suffix(".words").read_text().splitlines()
    wanted = [json.loads(line) for line in lines]
    said = [(b["kind"], plain(b["text"])) for b in wanted if b["kind"] != "Figure"]
    said = [block for block in said if block[1]]
    found = [block for block in structure(pdf) if block[1]]
    shown = [plain(b["text"]) for b in wanted if b["kind"] == "Figure"]
    told = [plain(text) for text in figures(pdf)]
    # A seal of which the template says nothing describes itself.
    if len(shown) != len(told) or any(a and a != b or not b for a, b in zip(shown, told)):
        yield f"figures: {shown} / {told}"
    if said != found:
        matcher = difflib.SequenceMatcher(None, said, found, autojunk=False)
        for what, a, b, c, d in matcher.get_opcodes():
            if what != "equal":
                yield f"structure: {what} {str(said[a:b])[:300]} / {str(found[c:d])[:300]}"
                break
    langs = sorted({b["lang"] for b in wanted})
    parallel = len(langs) > 1 and "parallel" in pdf.name
    pages = len(pypdfium2.PdfDocument(pdf))
    readers = {
        "pdftotext": run("pdftotext", "-raw", str(pdf), "-"),
        "mutool": run("mutool", "draw", "-q", "-F", "txt", str(pdf)),
        "pdfium": "\n".join(
            page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(pdf)
        ),
    }
    for reader, text in readers.items():
        got = words_of(plain(text), parallel)
        if parallel:
            # Paragraph by paragraph beside one another: each text by itself is in order.
            for lang in langs:
                own = [b["text"] for b in wanted if b["lang"] == lang and b["kind"] != "Figure"]
                lost, _ = compare(words_of(plain(" ".join(own)), True), got)
                if lost:
                    yield f"{reader}: {lang}: {lost}"
            continue
        if reader == "pdfium" and b"Identity-V" in fonts(pdf):
            # It turns the order round within lines that run downward.
            got, own = sorted("".join(got)), "".join(text for _, text in said)
            missing = set(own.replace(" ", "")) - set(got)
            if missing:
                yield f"pdfium: {missing}"
            continue
        lost, more = compare(words_of(" ".join(text for _, text in said)), got)
        if lost:
            yield f"{reader}: {lost}"
        if more > MARGIN * pages:
            yield f"{reader}: {more} words too many"


def compare(words, got):
    """The first words that a reader does not find, and how many more it finds."""
    matcher = difflib.SequenceMatcher(None, words, got, autojunk=False)
    lost, gained, where = [], [], None
    more = 0
    for what, a, b, c, d in matcher.get_opcodes():
        # A line end may part a word after a hyphen that is its own, or hide the hyphen.
        one, other = ("".join(w).replace("-", "") for w in (words[a:b], got[c:d]))
        if what == "replace" and (one == other or other.startswith(one)):
            more += max(0, (d - c) - (b - a))
        elif what != "equal":
            lost += words[a:b]
            gained += got[c:d]
            if b > a:
                where = where or f"{' '.join(words[a:b])[:120]!r} is {' '.join(got[c:d])[:120]!r}"
    # pdfium reads a small table by rows: the same words in another order.
    moved = len(lost) <= 6 and all(gained.count(w) >= lost.count(w) for w in lost)
    return None if moved else where, more + len(gained) - len(lost)


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
