#!/usr/bin/env bash
# One would expect: a hyphen that stands at the end of a line of a PDF is read as a hyphen and the
# end of a line, so that a search for «event-driven» in the text of a résumé finds it, or at worst
# «eventdriven», if the program takes the hyphen for one that only divides a word.
#
# What happens: PDFium gives neither. Hyphen and end of line together become one character that is
# no letter, and another one by each of its two calls: U+FFFE for a range of characters, U+0002 for
# a rectangle. Hyphens within a line stay. So the word is found under no spelling at all.
#
# Versions: pypdfium2 5.15.2, beside it pypdf 7.1.1; the PDF is made by reportlab 5.1.0 (PyPI)
# Output seen:
#   pypdf             'Ran the event-\ndriven shop as a well-known team.'
#   PDFium, range     'Ran the event\ufffedriven shop as a well-known team.'
#   PDFium, rectangle 'Ran the event\x02driven shop as a well-known team.'
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"

python3 -m venv env
env/bin/pip install --quiet --disable-pip-version-check pypdfium2==5.15.2 pypdf==7.1.1 reportlab==5.1.0

env/bin/python - <<'PY'
import pypdf
import pypdfium2
from reportlab.pdfgen import canvas

sheet = canvas.Canvas("sheet.pdf", pagesize=(300, 100))
sheet.setFont("Helvetica", 12)
sheet.drawString(20, 70, "Ran the event-")
sheet.drawString(20, 55, "driven shop as a well-known team.")
sheet.save()

page = pypdfium2.PdfDocument("sheet.pdf")[0].get_textpage()
plain = pypdf.PdfReader("sheet.pdf").pages[0].extract_text().strip()
by_range = page.get_text_range()
by_rectangle = page.get_text_bounded()
print("pypdf            ", ascii(plain))
print("PDFium, range    ", ascii(by_range))
print("PDFium, rectangle", ascii(by_rectangle))

assert plain == "Ran the event-\ndriven shop as a well-known team."
assert by_range == "Ran the event\ufffedriven shop as a well-known team."
assert by_rectangle == "Ran the event\x02driven shop as a well-known team."
assert not any(word in text for word in ("event-driven", "eventdriven") for text in (by_range, by_rectangle))
PY
