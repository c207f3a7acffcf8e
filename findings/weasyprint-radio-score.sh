#!/usr/bin/env bash
# One would guess: a form printed by WeasyPrint with pdf_forms, a row of radio buttons with the
# values 1 to 5 and 4 marked, gives 4 back when the PDF is read, as a list of choices gives back
# its value.
# What happens: the marked button is stored by its place, counted from 0, and the value stands
# apart in /Opt (allowed by ISO 32000-2, 12.7.5.2.4). pypdf, pikepdf and PyMuPDF give the place: 3.
# It is a valid score, one too low, and no error.
# Versions: WeasyPrint 70.0 (needs Pango on the system), pypdf 7.1.1, pikepdf 10.18.0, PyMuPDF
# 2.0.
# Why it matters here: a scorecard filled in as PDF and read back would lower every score by one,
# and turn 1 into 0.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv env
env/bin/pip install --quiet --no-compile --disable-pip-version-check \
  weasyprint==70.0 pypdf==7.1.1 pikepdf==10.18.0 pymupdf==2.0 \
  >install.log 2>&1 || { cat install.log; exit 2; }

cat >look.py <<'PY'
import io
import logging

import pikepdf
import pymupdf
import pypdf
from pikepdf.form import Form
from weasyprint import HTML

logging.getLogger("pypdf").setLevel(logging.ERROR)
FORM = """<html lang="en"><title>Scorecard</title><style>input, select { appearance: auto }</style><form>
<p>Score
<input type="radio" name="score" value="1"> 1
<input type="radio" name="score" value="2"> 2
<input type="radio" name="score" value="3"> 3
<input type="radio" name="score" value="4" checked> 4
<input type="radio" name="score" value="5"> 5</p>
<p><select name="level"><option value="3">Three</option><option value="4" selected>Four</option></select></p>
</form></html>"""

data = HTML(string=FORM).write_pdf(pdf_forms=True)
fields = pypdf.PdfReader(io.BytesIO(data)).get_fields()
print("radio buttons, marked 4:")
print("  pypdf   ", fields["score"].value)
with pikepdf.open(io.BytesIO(data)) as pdf:
    names = {name.split(".")[0]: field for name, field in Form(pdf).items()}
    print("  pikepdf ", str(names["score"].value))
    group = next(field for field in pdf.Root.AcroForm.Fields if field.T == "score" and "/Opt" in field)
    print("  /Opt    ", [str(value) for value in group.Opt])
with pymupdf.open(stream=data) as document:
    widgets = [widget for page in document for widget in page.widgets()]
scores = [widget.field_value for widget in widgets if widget.field_name.startswith("score")]
print("  PyMuPDF ", *[value for value in scores if value != "Off"])
print("list of choices, chosen 4:")
print("  pypdf   ", fields["level"].value)
PY

seen=$(env/bin/python -W ignore look.py) || exit 2
expected="radio buttons, marked 4:
  pypdf    /3
  pikepdf  /3
  /Opt     ['1', '2', '3', '4', '5']
  PyMuPDF  3
list of choices, chosen 4:
  pypdf    4"
echo "$seen"
if [ "$seen" != "$expected" ]; then
  printf 'changed: expected\n%s\n' "$expected"
  exit 1
fi
echo "same: a marked 4 reads as 3"
