#!/usr/bin/env bash
# One would guess: mammoth, which renders cells over several columns and rows right, keeps each
# cell under its heading.
# What happens: a row that begins one or more columns further in (w:gridBefore, as where its left
# edge was dragged in Word) loses the gap: its cells move left, under the wrong headings, without
# a message.
# Versions: mammoth 1.13.0; python-docx 1.2.0, which reads the gap, as the witness.
# Why it matters here: in a table of levels the wording of "exceeds" becomes that of "meets".
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv env
env/bin/pip install --quiet --no-compile --disable-pip-version-check \
  mammoth==1.13.0 python-docx==1.2.0 \
  >install.log 2>&1 || { cat install.log; exit 2; }

cat >look.py <<'PY'
import io

import mammoth
from docx import Document
from docx.oxml import OxmlElement
from docx.oxml.ns import qn

document = Document()
table = document.add_table(rows=2, cols=3)
for cell, text in zip(table.rows[0].cells, ["Below", "Meets", "Exceeds"]):
    cell.text = text
second = table.rows[1]
second.cells[1].text = "Explains a plan"
second.cells[2].text = "Compares two plans"
first_cell = second.cells[0]._tc
second._tr.remove(first_cell)
gap = OxmlElement("w:gridBefore")
gap.set(qn("w:val"), "1")
second._tr.get_or_add_trPr().append(gap)
file = io.BytesIO()
document.save(file)

witness = Document(io.BytesIO(file.getvalue())).tables[0].rows[1]
texts = [cell.text for cell in witness.cells]
print("python-docx, second row:", witness.grid_cols_before, "column free, then", texts)
result = mammoth.convert_to_html(file)
print("mammoth:", result.value.replace("<p>", "").replace("</p>", ""))
print("messages:", [message.message for message in result.messages])
PY

seen=$(env/bin/python look.py) || exit 2
expected="python-docx, second row: 1 column free, then ['Explains a plan', 'Compares two plans']
mammoth: <table><tr><td>Below</td><td>Meets</td><td>Exceeds</td></tr>\
<tr><td>Explains a plan</td><td>Compares two plans</td></tr></table>
messages: []"
echo "$seen"
if [ "$seen" != "$expected" ]; then
  printf 'changed: expected\n%s\n' "$expected"
  exit 1
fi
echo "same: cells after a gap move one column to the left, without a message"
