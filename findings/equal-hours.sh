#!/usr/bin/env bash
# One would guess: a local time that a zone has twice, as the clocks go back, is read as the first
# of the two, as RFC 5545, 3.3.5, says. An event from 02:30 to 03:30 on the clock, whose first
# 02:30 is meant, lasts two hours; one from 02:30 to the second 02:00, written in UTC, half an hour.
# What happens: ical.js and khal take the second. The first event lasts one hour. The second ends
# before it starts, so khal refuses the file, and with it every other event in it.
# Versions: ical.js 2.2.1, khal 0.14.1 on icalendar 7.3.2. Needs python3 (3.11 or later), node and npm.
# Why it matters here: one interview in one night of the year takes a whole calendar feed away.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv env
{
  env/bin/pip install --quiet --no-compile --disable-pip-version-check \
    khal==0.14.1 icalendar==7.3.2 tzdata==2026.6
  npm install --silent --no-audit --no-fund --prefix . ical.js@2.2.1
} >install.log 2>&1 || { cat install.log; exit 2; }

cat >write.py <<'PY'
from pathlib import Path

RULES = """BEGIN:VTIMEZONE
TZID:Europe/Berlin
BEGIN:DAYLIGHT
DTSTART:20270328T020000
TZOFFSETFROM:+0100
TZOFFSETTO:+0200
END:DAYLIGHT
BEGIN:STANDARD
DTSTART:20271031T030000
TZOFFSETFROM:+0200
TZOFFSETTO:+0100
END:STANDARD
END:VTIMEZONE
"""


def write(name, *ends):
    lines = "BEGIN:VCALENDAR\nVERSION:2.0\nPRODID:-//look//EN\n" + RULES
    for number, (start, end) in enumerate(ends):
        lines += f"BEGIN:VEVENT\nUID:{name}-{number}\nDTSTAMP:20270101T000000Z\nSUMMARY:{name} {number}\n"
        lines += f"DTSTART{start}\nDTEND{end}\nEND:VEVENT\n"
    lines += "END:VCALENDAR\n"
    Path(f"{name}.ics").write_bytes(lines.replace("\n", "\r\n").encode())


berlin = ";TZID=Europe/Berlin:"
write("long", (berlin + "20271031T023000", berlin + "20271031T033000"))
write("short", (berlin + "20271031T023000", ":20271031T010000Z"), (":20271102T100000Z", ":20271102T110000Z"))
PY
cat >read.mjs <<'JS'
import fs from "node:fs";
import ICAL from "ical.js";

for (const name of ["long", "short"]) {
  const calendar = new ICAL.Component(ICAL.parse(fs.readFileSync(`${name}.ics`, "utf8")));
  const zone = new ICAL.Timezone(calendar.getFirstSubcomponent("vtimezone"));
  ICAL.TimezoneService.register(zone);
  const event = new ICAL.Event(calendar.getFirstSubcomponent("vevent"));
  const [start, end] = [event.startDate, event.endDate].map((time) => time.toUnixTime());
  const hour = new Date(start * 1000).toISOString().slice(11, 16);
  console.log(`ical.js, ${name}: starts ${hour}Z, lasts ${(end - start) / 60} minutes`);
}
JS
mkdir calendar
cat >khal.conf <<CONF
[calendars]
[[one]]
path = $work/calendar
[locale]
local_timezone = UTC
default_timezone = UTC
timeformat = %H:%M
dateformat = %Y-%m-%d
longdateformat = %Y-%m-%d
datetimeformat = %Y-%m-%d %H:%M
longdatetimeformat = %Y-%m-%d %H:%M
[sqlite]
path = $work/khal.db
CONF
env/bin/python write.py || exit 2
seen=$(node read.mjs) || exit 2
for name in long short; do
  env/bin/khal -c khal.conf import --batch -a one "$name.ics" >>import.log 2>&1 || true
  shown=$(env/bin/khal -c khal.conf list 2027-10-30 5d --day-format "" --format "{title} {start-time}-{end-time}" \
    2>>import.log | grep "^$name" | tr '\n' ' ' || true)
  seen+=$'\n'"khal, $name: ${shown:-nothing}"
done
expected="ical.js, long: starts 01:30Z, lasts 60 minutes
ical.js, short: starts 01:30Z, lasts -30 minutes
khal, long: long 0 01:30-02:30 
khal, short: nothing"
echo "$seen"
if [ "$seen" != "$expected" ]; then
  printf 'changed: expected\n%s\n' "$expected"
  exit 1
fi
echo "same: a local time that comes twice is read as the second, and an event that so ends before it starts costs the file"
