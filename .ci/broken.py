"""Tests the test: a good PDF with one thing taken away must fail in veraPDF.

python3 broken.py VERAPDF FILE.pdf   (FILE with a figure and a list in it)
"""

import subprocess
import sys
import tempfile
from pathlib import Path

import pikepdf
from pikepdf import Name


def elements(node):
    """The nodes of the structure tree."""
    if isinstance(node, pikepdf.Array):
        for kid in node:
            yield from elements(kid)
    elif isinstance(node, pikepdf.Dictionary) and Name.S in node:
        yield node
        if Name.K in node:
            yield from elements(node.K)


def tree(pdf):
    return list(elements(pdf.Root.StructTreeRoot.K))


def without_metadata(pdf):
    del pdf.Root.Metadata


def without_tags(pdf):
    del pdf.Root.StructTreeRoot


def without_language(pdf):
    del pdf.Root.Lang
    for element in tree(pdf):
        if Name.Lang in element:
            del element.Lang


def without_alternative(pdf):
    for element in tree(pdf):
        if element.S == "/Figure":
            del element.Alt


def without_marks(pdf):
    """The text without its marked content."""
    page = pdf.pages[0]
    marks = {"BDC", "BMC", "EMC"}
    kept = [
        i for i in pikepdf.parse_content_stream(page) if str(i.operator) not in marks
    ]
    page.Contents = pdf.make_stream(pikepdf.unparse_content_stream(kept))


def without_title(pdf):
    del pdf.Root.ViewerPreferences


def without_unicode(pdf):
    for object in pdf.objects:
        if isinstance(object, pikepdf.Dictionary) and Name.ToUnicode in object:
            del object.ToUnicode


def without_profile(pdf):
    del pdf.Root.OutputIntents


# What is taken away, and the standard that minds.
BREAKS = [
    (without_metadata, "2u"),
    (without_unicode, "2u"),
    (without_profile, "2u"),
    (without_tags, "ua1"),
    (without_language, "ua1"),
    (without_alternative, "ua1"),
    (without_marks, "ua1"),
    (without_title, "ua1"),
]


def main():
    verapdf, sample = sys.argv[1:]
    passed = 0
    with tempfile.TemporaryDirectory() as folder:
        for break_it, standard in BREAKS:
            broken = Path(folder) / f"{break_it.__name__}.pdf"
            with pikepdf.open(sample) as pdf:
                break_it(pdf)
                pdf.save(broken)
            checked = subprocess.run([verapdf, standard, broken], capture_output=True, text=True)
            failed = checked.returncode == 1 and f"FAIL {standard}" in checked.stdout
            print("fails, as it must:" if failed else "PASSES, and must not:", break_it.__name__, standard)
            passed += not failed
    sys.exit(1 if passed else 0)


main()
