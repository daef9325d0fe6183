"""Checks that our PDFs of the same glyph runs look as krilla's do and are no larger: FOLDER
holds NAME-ours.pdf and NAME-krilla.pdf (see examples/krilla.rs). The mean difference of a
page drawn by pdfium at 100 pixels to the inch is at most 0.6 of 255."""

import sys
from pathlib import Path

import numpy
import pypdfium2

ALIKE = 0.6


def pages(path):
    for page in pypdfium2.PdfDocument(path):
        yield numpy.asarray(page.render(scale=100 / 72, grayscale=True).to_pil(), float)


failed = 0
for ours in sorted(Path(sys.argv[1]).glob("*-ours.pdf")):
    theirs = ours.with_name(ours.name.replace("-ours", "-krilla"))
    sizes = [path.stat().st_size for path in (ours, theirs)]
    differ = [abs(a - b).mean() for a, b in zip(pages(ours), pages(theirs), strict=True)]
    sound = sizes[0] <= sizes[1] and max(differ) <= ALIKE
    print("ok  " if sound else "FAIL", ours, f"{sizes[0]} and {sizes[1]} bytes,",
          f"pages differ by {max(differ):.2f} at most")
    failed += not sound
sys.exit(1 if failed else 0)
