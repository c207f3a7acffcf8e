#!/usr/bin/env bash
# One would guess: what mammoth and python-docx do not know about how a word looks they leave out,
# and the word itself stays.
# What happens: the word goes too. Word keeps the direction of a Hebrew or Arabic name that was
# typed between directional marks as an element around it (w:dir, w:bdo), the reading above a
# Japanese name beside the name itself (w:ruby with w:rubyBase), and a number that it counts as a
# field (w:fldSimple). "Interviewer: " is followed by nothing in both. mammoth's message says that an
# element was ignored, not that text went with it. docx2txt keeps the first and the last, and writes
# the reading in front of the Japanese name.
# Versions: mammoth 1.13.0, python-docx 1.2.0, docx2txt 0.9.
# Why it matters here: a panel's list, or a scorecard, loses exactly the people that are written in
# another script than their neighbours, and the levels' numbers.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv env
env/bin/pip install --quiet --no-compile --disable-pip-version-check \
  mammoth==1.13.0 python-docx==1.2.0 docx2txt==0.9 \
  >install.log 2>&1 || { cat install.log; exit 2; }

cat >look.py <<'PY'
import io
import zipfile

import docx
import docx2txt
import mammoth

WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
KIND = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"


def run(text):
    return f'<w:r><w:t xml:space="preserve">{text}</w:t></w:r>'


def file_of(content):
    body = f"<w:p>{run('Interviewer: ')}{content}{run('.')}</w:p>"
    parts = {
        "[Content_Types].xml": f'<Types xmlns="{PACKAGE}/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Override PartName="/word/document.xml" ContentType="{KIND}"/></Types>',
        "_rels/.rels": f'<Relationships xmlns="{PACKAGE}/relationships">'
        f'<Relationship Id="r1" Type="{OFFICE}/officeDocument" Target="word/document.xml"/></Relationships>',
        "word/document.xml": f'<w:document xmlns:w="{WORD}"><w:body>{body}</w:body></w:document>',
    }
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, text in parts.items():
            archive.writestr(name, text)
    return out.getvalue()


WRITTEN = {
    "plain": run("Dana Levi"),
    "w:dir": f'<w:dir w:val="rtl">{run("דנה לוי")}</w:dir>',
    "w:bdo": f'<w:bdo w:val="rtl">{run("דנה לוי")}</w:bdo>',
    "w:ruby": f"<w:r><w:ruby><w:rubyPr/><w:rt>{run('さとう')}</w:rt>"
    f"<w:rubyBase>{run('佐藤')}</w:rubyBase></w:ruby></w:r>",
    "w:fldSimple": f'<w:fldSimple w:instr=" SEQ Seat ">{run("3")}</w:fldSimple>',
}
for name, content in WRITTEN.items():
    data = file_of(content)
    read = {
        "mammoth": mammoth.extract_raw_text(io.BytesIO(data)).value,
        "python-docx": docx.Document(io.BytesIO(data)).paragraphs[0].text,
        "docx2txt": docx2txt.process(io.BytesIO(data)),
    }
    print(name)
    for library, text in read.items():
        print(f"  {library:12}{text.strip()}")
PY

seen=$(env/bin/python -W ignore look.py) || exit 2
expected="plain
  mammoth     Interviewer: Dana Levi.
  python-docx Interviewer: Dana Levi.
  docx2txt    Interviewer: Dana Levi.
w:dir
  mammoth     Interviewer: .
  python-docx Interviewer: .
  docx2txt    Interviewer: דנה לוי.
w:bdo
  mammoth     Interviewer: .
  python-docx Interviewer: .
  docx2txt    Interviewer: דנה לוי.
w:ruby
  mammoth     Interviewer: .
  python-docx Interviewer: .
  docx2txt    Interviewer: さとう佐藤.
w:fldSimple
  mammoth     Interviewer: .
  python-docx Interviewer: .
  docx2txt    Interviewer: 3."
echo "$seen"
if [ "$seen" != "$expected" ]; then
  printf 'changed: expected\n%s\n' "$expected"
  exit 1
fi
echo "same: the names and the number are gone in mammoth and python-docx"
