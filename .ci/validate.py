"""Checks PDF files with tools that know nothing of this program.

qpdf finds no fault; every font is embedded, subset and has ToUnicode; poppler, mupdf,
pdfium, ghostscript and pdf.js draw the same; there is text, and no character of it is
unknown.
"""

import multiprocessing
import os
import re
import subprocess
import sys
import tempfile
from concurrent.futures import ProcessPoolExecutor
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


def poppler(pdf, folder):
    run("pdftoppm", "-r", str(PPI), "-gray", pdf, str(folder / "poppler")).check_returncode()
    return [gray(path) for path in sorted(folder.glob("poppler-*.pgm"))]


def mupdf(pdf, folder):
    run("mutool", "draw", "-q", "-r", str(PPI), "-o", str(folder / "mupdf-%04d.png"), pdf).check_returncode()
    return [gray(path) for path in sorted(folder.glob("mupdf-*.png"))]


def pdfium(pdf, folder):
    return [
        np.asarray(page.render(scale=PPI / 72).to_pil().convert("L"), dtype=float)
        for page in pypdfium2.PdfDocument(pdf)
    ]


def ghostscript(pdf, folder):
    # It paints every pixel that an outline touches: finer ones, or letters look bold.
    run(
        "gs", "-q", "-dBATCH", "-dNOPAUSE", "-dSAFER", "-sDEVICE=png16m", "-dUseCropBox",
        f"-r{PPI * 3}", "-dDownScaleFactor=3",
        "-o", str(folder / "gs-%04d.png"), pdf,
    ).check_returncode()
    return [gray(path) for path in sorted(folder.glob("gs-*.png"))]


def pdfjs(pdf, folder):
    name = Path(pdf).stem
    pages = DRAWN.glob(f"{name}-*.png")
    own = re.compile(re.escape(name) + r"-(\d+)\.png")
    numbered = sorted((int(m[1]), path) for path in pages if (m := own.fullmatch(path.name)))
    return [gray(path) for _, path in numbered]


# The first is the one with which the others are compared.
RENDERERS = [poppler, mupdf, pdfium, ghostscript]
# Where pdf.js has drawn, if it has.
DRAWN = None


def draw_with_pdfjs(pdfs, folder):
    """Draws all files with pdf.js at once; its modules lie in the folder PDFJS."""
    global DRAWN
    modules = os.environ.get("PDFJS")
    if not modules:
        print("pdf.js is not here: not compared")
        return
    script = Path(__file__).with_name("pdfjs.mjs")
    drawn = run("node", str(script), modules, str(PPI), folder, *pdfs)
    if drawn.returncode != 0:
        sys.exit("pdf.js: " + drawn.stderr.strip())
    DRAWN = Path(folder)
    RENDERERS.append(pdfjs)


def blocks(picture, side=12):
    height, width = (n // side * side for n in picture.shape)
    cut = picture[:height, :width]
    return cut.reshape(height // side, side, width // side, side).mean(axis=(1, 3))


def differences(pdf):
    """Where renderers differ; notes how much at most."""
    with tempfile.TemporaryDirectory() as name:
        drawn = [(r.__name__, r(pdf, Path(name))) for r in RENDERERS]
    first = drawn[0][1]
    for who, pages in drawn[1:]:
        if len(pages) != len(first):
            yield f"{who} draws {len(pages)} pages, poppler {len(first)}"
            continue
        for number, (one, other) in enumerate(zip(first, pages), 1):
            height = min(one.shape[0], other.shape[0])
            width = min(one.shape[1], other.shape[1])
            if max(abs(one.shape[0] - other.shape[0]), abs(one.shape[1] - other.shape[1])) > 1:
                yield f"page {number}: poppler and {who} differ in size"
            one, other = one[:height, :width], other[:height, :width]
            mean = np.abs(blocks(one, 4) - blocks(other, 4)).mean()
            block = np.abs(blocks(one) - blocks(other)).max()
            WORST[who] = max(WORST.get(who, (0, 0, "")), (mean, block, f"{pdf} page {number}"))
            if mean > MEAN_LIMIT or block > BLOCK_LIMIT:
                yield f"page {number}: poppler and {who} differ (mean {mean:.1f}, block {block:.1f})"


# The page of each renderer that differs most from poppler's.
WORST = {}


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


def check(pdf):
    """The faults of a file, and the page of each renderer that differs most."""
    WORST.clear()
    return pdf, list(faults(pdf)), dict(WORST)


def main():
    failed = 0
    worst = {}
    folder = tempfile.TemporaryDirectory()
    draw_with_pdfjs(sys.argv[1:], folder.name)
    with ProcessPoolExecutor(mp_context=multiprocessing.get_context("fork")) as pool:
        for pdf, found, differing in pool.map(check, sys.argv[1:]):
            print(("FAIL" if found else "ok  "), pdf)
            for fault in found:
                print("    ", fault)
            failed += bool(found)
            for who, page in differing.items():
                worst[who] = max(worst.get(who, page), page)
    for who, (mean, block, page) in sorted(worst.items()):
        print(f"most unlike poppler, {who}: mean {mean:.1f}, block {block:.1f}, {page}")
    sys.exit(1 if failed or len(sys.argv) < 2 else 0)


main()
