#!/usr/bin/env bash
# One would guess: icalendar's from_jcal() (RFC 7265) gives the same calendar as from_ical() of the
# same data, and a property with several values keeps them all, as EXDATE, RDATE and CATEGORIES do.
# What happens: of FREEBUSY and RESOURCES only the first value is kept, without a word. The jCal that
# ical.js makes of a FREEBUSY line with three periods comes back as one busy hour; the other two
# count as free. (From text, icalendar makes three FREEBUSY properties of the line and loses none; of
# two resources on a line it makes one, whose name has a comma in it.)
# Versions: icalendar 7.3.2, ical.js 2.2.1. Needs python3 (3.11 or later), node and npm.
# Why it matters here: who plans a loop by an answer in jCal books interviewers who are busy.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv env
env/bin/pip install --quiet --no-compile --disable-pip-version-check icalendar==7.3.2 \
  >install.log 2>&1 || { cat install.log; exit 2; }
npm install --silent --no-audit --no-fund ical.js@2.2.1 >install.log 2>&1 || { cat install.log; exit 2; }

cat >busy.ics <<'ICS'
BEGIN:VCALENDAR
VERSION:2.0
PRODID:-//Example//EN
BEGIN:VFREEBUSY
UID:busy@example.com
DTSTAMP:20261130T080000Z
DTSTART:20261210T000000Z
DTEND:20261211T000000Z
FREEBUSY;FBTYPE=BUSY:20261210T090000Z/PT1H,20261210T110000Z/PT1H,20261210T140000Z/20261210T160000Z
END:VFREEBUSY
BEGIN:VEVENT
UID:event@example.com
DTSTAMP:20261130T080000Z
DTSTART:20261210T090000Z
RESOURCES:ROOM 1,WHITEBOARD
CATEGORIES:INTERVIEW,ONSITE
RDATE:20261217T090000Z,20261224T090000Z
END:VEVENT
END:VCALENDAR
ICS
sed -i 's/$/\r/' busy.ics
cat >jcal.mjs <<'JS'
import { readFileSync } from "node:fs";
import ICAL from "ical.js";

console.log(JSON.stringify(ICAL.parse(readFileSync("busy.ics", "utf8"))));
JS
cat >look.py <<'PY'
import json
from pathlib import Path

from icalendar import Calendar

LISTS = ("FREEBUSY", "RESOURCES", "CATEGORIES", "RDATE")


def show(title, calendar):
    print(title)
    lines = calendar.to_ical().decode().replace("\r\n ", "").splitlines()
    for line in lines:
        if line.startswith(LISTS):
            print(" ", line)


show("read as text:", Calendar.from_ical(Path("busy.ics").read_bytes()))
show("read as ical.js' jCal:", Calendar.from_jcal(json.loads(Path("busy.json").read_text())))
PY

node jcal.mjs >busy.json || exit 2
seen=$(env/bin/python look.py) || exit 2
expected="read as text:
  FREEBUSY;FBTYPE=BUSY:20261210T090000Z/PT1H
  FREEBUSY;FBTYPE=BUSY:20261210T110000Z/PT1H
  FREEBUSY;FBTYPE=BUSY:20261210T140000Z/20261210T160000Z
  RDATE:20261217T090000Z,20261224T090000Z
  CATEGORIES:INTERVIEW,ONSITE
  RESOURCES:ROOM 1\,WHITEBOARD
read as ical.js' jCal:
  FREEBUSY;FBTYPE=BUSY:20261210T090000Z/PT1H
  RDATE:20261217T090000Z,20261224T090000Z
  CATEGORIES:INTERVIEW,ONSITE
  RESOURCES:ROOM 1"
echo "$seen"
if [ "$seen" != "$expected" ]; then
  printf 'changed: expected\n%s\n' "$expected"
  exit 1
fi
echo "same: two of three busy times are lost on the way through jCal"
