#!/usr/bin/env bash
# One would guess: of a Word form with form fields (Developer tab, "legacy" fields) mammoth keeps
# what was filled in: it keeps a text field's text, and turns a ticked box into a ticked checkbox.
# What happens: a drop-down field's choice is gone, without a message. Word stores it as a number
# in the field's own data (w:ddList, w:result) and writes no text beside it, so nothing is left of
# it in the HTML.
# Version: mammoth 1.13.0.
# Why it matters here: score sheets as Word forms offer 1 to 5 in drop-downs; every score would be
# missing, the comments and ticks beside them would be there.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv env
env/bin/pip install --quiet --no-compile --disable-pip-version-check \
  mammoth==1.13.0 \
  >install.log 2>&1 || { cat install.log; exit 2; }

cat >look.py <<'PY'
import io
import zipfile

import mammoth

WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
KIND = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"


def run(content):
    return f"<w:r>{content}</w:r>"


def field(command, data, result=""):
    begin = run(f'<w:fldChar w:fldCharType="begin"><w:ffData>{data}</w:ffData></w:fldChar>')
    parts = [begin, run(f"<w:instrText> {command} </w:instrText>")]
    if result:
        parts += [run('<w:fldChar w:fldCharType="separate"/>'), run(f"<w:t>{result}</w:t>")]
    return "".join([*parts, run('<w:fldChar w:fldCharType="end"/>')])


def paragraph(label, content):
    return f'<w:p><w:r><w:t xml:space="preserve">{label}: </w:t></w:r>{content}</w:p>'


choices = "".join(f'<w:listEntry w:val="{score}"/>' for score in range(1, 6))
body = (
    paragraph("Comment", field("FORMTEXT", "<w:textInput/>", "Asked first"))
    + paragraph("Seen alone", field("FORMCHECKBOX", "<w:checkBox><w:checked/></w:checkBox>"))
    + paragraph("Score", field("FORMDROPDOWN", f'<w:ddList><w:result w:val="3"/>{choices}</w:ddList>'))
)
parts = {
    "[Content_Types].xml": f'<Types xmlns="{PACKAGE}/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    f'<Override PartName="/word/document.xml" ContentType="{KIND}"/></Types>',
    "_rels/.rels": f'<Relationships xmlns="{PACKAGE}/relationships">'
    f'<Relationship Id="r1" Type="{OFFICE}/officeDocument" Target="word/document.xml"/></Relationships>',
    "word/document.xml": f'<w:document xmlns:w="{WORD}"><w:body>{body}</w:body></w:document>',
}
file = io.BytesIO()
with zipfile.ZipFile(file, "w") as archive:
    for name, text in parts.items():
        archive.writestr(name, text)
result = mammoth.convert_to_html(file)
print(result.value.replace("</p>", "</p>\n"), end="")
print("messages:", [message.message for message in result.messages])
PY

seen=$(env/bin/python look.py) || exit 2
expected='<p>Comment: Asked first</p>
<p>Seen alone: <input checked="checked" type="checkbox" /></p>
<p>Score: </p>
messages: []'
echo "$seen"
if [ "$seen" != "$expected" ]; then
  printf 'changed: expected\n%s\n' "$expected"
  exit 1
fi
echo "same: the score 4 chosen in a drop-down field is gone, without a message"
