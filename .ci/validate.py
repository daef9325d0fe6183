"""Checks PDF files with tools that know nothing of this program.

qpdf finds no fault; every font is embedded, subset and has ToUnicode; poppler, mupdf and
pdfium draw the same; there is text, and no character of it is unknown.
"""

import subprocess
import sys
import tempfile
from pathlib import Path

import numpy as np
import pypdfium2
from PIL import Image

PPI = 60
# Renderers smooth edges each in their way: squares of 4 pixels of the same content differ
# by 1 to 3 levels of 255 on average (most on a page full of pen strokes); where glyphs or
# pictures are lost, by more.
MEAN_LIMIT = 4.5
# What a lost line of text would do to a block of the page.
BLOCK_LIMIT = 40.0


def run(*command):
    return subprocess.run(command, capture_output=True, text=True)


def gray(path):
    return np.asarray(Image.open(path).convert("L"), dtype=float)


def pictures(pdf, folder):
    """The pages as each renderer draws them."""
    poppler = folder / "poppler"
    run("pdftoppm", "-r", str(PPI), "-gray", pdf, str(poppler)).check_returncode()
    run("mutool", "draw", "-q", "-r", str(PPI), "-o", str(folder / "mupdf-%d.png"), pdf).check_returncode()
    document = pypdfium2.PdfDocument(pdf)
    for index, page in enumerate(document):
        page.render(scale=PPI / 72).to_pil().save(folder / f"pdfium-{index + 1}.png")
    count = len(document)
    first = sorted(folder.glob("poppler-*.pgm"))
    for index in range(count):
        yield index + 1, [
            gray(first[index]),
            gray(folder / f"mupdf-{index + 1}.png"),
            gray(folder / f"pdfium-{index + 1}.png"),
        ]


def blocks(picture, side=12):
    height, width = (n // side * side for n in picture.shape)
    cut = picture[:height, :width]
    return cut.reshape(height // side, side, width // side, side).mean(axis=(1, 3))


def differences(pdf):
    with tempfile.TemporaryDirectory() as name:
        for number, drawn in pictures(pdf, Path(name)):
            height = min(p.shape[0] for p in drawn)
            width = min(p.shape[1] for p in drawn)
            drawn = [p[:height, :width] for p in drawn]
            for other, who in ((drawn[1], "mupdf"), (drawn[2], "pdfium")):
                mean = np.abs(blocks(drawn[0], 4) - blocks(other, 4)).mean()
                block = np.abs(blocks(drawn[0]) - blocks(other)).max()
                if mean > MEAN_LIMIT or block > BLOCK_LIMIT:
                    yield f"page {number}: poppler and {who} differ (mean {mean:.1f}, block {block:.1f})"


def faults(pdf):
    checked = run("qpdf", "--check", pdf)
    if checked.returncode != 0 or "WARNING" in checked.stdout + checked.stderr:
        yield "qpdf: " + (checked.stdout + checked.stderr).strip()
    fonts = run("pdffonts", pdf).stdout.splitlines()[2:]
    if not fonts:
        yield "no fonts"
    for line in fonts:
        if line.split()[-5:-2] != ["yes", "yes", "yes"]:
            yield "font: " + line
    read = run("pdftotext", pdf, "-")
    if read.stderr.strip():
        yield "pdftotext: " + read.stderr.strip()
    text = read.stdout
    if len(text.split()) < 5 and len(text) < 100:
        yield "there is hardly any text"
    if "\ufffd" in text or any(0xE000 <= ord(c) <= 0xF8FF or ord(c) >= 0xF0000 for c in text):
        yield "characters without a meaning in the text"
    yield from differences(pdf)


def main():
    failed = 0
    for pdf in sys.argv[1:]:
        found = list(faults(pdf))
        print(("FAIL" if found else "ok  "), pdf)
        for fault in found:
            print("    ", fault)
        failed += bool(found)
    sys.exit(1 if failed or len(sys.argv) < 2 else 0)


main()
