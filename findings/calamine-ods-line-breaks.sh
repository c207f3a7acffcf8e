#!/usr/bin/env bash
# One would guess: a line break or a tab inside a cell of an ODS file comes out of python-calamine
# as white space, as a second paragraph in the cell does (it comes as a line break).
# What happens: text:line-break and text:tab are dropped, so that the words on both sides become
# one. pyexcel-ods3 writes a cell's line breaks that way, and reads them back.
# Versions: python-calamine 0.9.1, pyexcel-ods3 0.6.1.
# Why it matters here: rubrics come as ODS; "Joins groups" over "Leads talks" becomes "Joins
# groupsLeads talks", and a word search finds neither "groups" nor "Leads".
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv env
env/bin/pip install --quiet --no-compile --disable-pip-version-check \
  python-calamine==0.9.1 pyexcel-ods3==0.6.1 \
  >install.log 2>&1 || { cat install.log; exit 2; }

cat >look.py <<'PY'
import zipfile
from pathlib import Path

from pyexcel_ods3 import get_data, save_data
from python_calamine import CalamineWorkbook


def second_paragraph(source, target):
    """Copies an ODS file, the line breaks in its cells written as paragraphs."""
    with zipfile.ZipFile(source) as old, zipfile.ZipFile(target, "w") as new:
        for name in old.namelist():
            data = old.read(name)
            if name == "content.xml":
                data = data.replace(b"<text:line-break/>", b"</text:p><text:p>")
            new.writestr(name, data)


def calamine(path):
    return [row[0] for row in CalamineWorkbook.from_path(path).get_sheet_by_index(0).to_python()]


cells = ["Joins groups\nLeads talks", "Level\t3"]
save_data("breaks.ods", {"Rubric": [[cell] for cell in cells]})
second_paragraph(Path("breaks.ods"), Path("paragraphs.ods"))
print("written:              ", cells)
print("pyexcel-ods3:         ", [row[0] for row in get_data("breaks.ods")["Rubric"]])
print("calamine:             ", calamine("breaks.ods"))
print("calamine, paragraphs: ", calamine("paragraphs.ods"))
PY

seen=$(env/bin/python look.py) || exit 2
expected="written:               ['Joins groups\nLeads talks', 'Level\t3']
pyexcel-ods3:          ['Joins groups\nLeads talks', 'Level\t3']
calamine:              ['Joins groupsLeads talks', 'Level3']
calamine, paragraphs:  ['Joins groups\nLeads talks', 'Level3']"
echo "$seen"
if [ "$seen" != "$expected" ]; then
  printf 'changed: expected\n%s\n' "$expected"
  exit 1
fi
echo "same: words around a line break or a tab become one"
