#!/usr/bin/env bash
# One would guess: a calendar file completed by icalendar's add_missing_timezones() shows the same
# hour in every reader that takes the time zone from the file.
# What happens: the switches of a zone are written as one RDATE line with many dates. That is
# valid (RFC 5545, 3.8.5.2), but ical.js and vobject read the zone from the file and miss all
# dates after the first, so an interview in July is shown in winter time, an hour late. With one
# RDATE line for each date both are right.
# Versions: icalendar 7.3.2, ical.js 2.2.1, vobject 0.9.9. Needs python3 (3.11 or later), node and
# npm.
# Why it matters here: an invitation that carries its zone should be safer than one that does not,
# and it is an hour off.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv env
{
  env/bin/pip install --quiet --no-compile --disable-pip-version-check \
    icalendar==7.3.2 vobject==0.9.9 tzdata==2026.6
  npm install --silent --no-audit --no-fund --prefix . ical.js@2.2.1
} >install.log 2>&1 || { cat install.log; exit 2; }

cat >write.py <<'PY'
import re
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from icalendar import Calendar, Event


def split_dates(match):
    dates = match.group(1).strip().split(",")
    return "\r\n".join(f"RDATE:{date}" for date in dates) + "\r\n"


zone = ZoneInfo("Europe/Berlin")
calendar = Calendar.new()
for month in (1, 7):
    start = datetime(2027, month, 15, 12, tzinfo=zone)
    calendar.add_component(Event.new(summary="Interview", start=start, end=start + timedelta(hours=1)))
calendar.add_missing_timezones()
written = calendar.to_ical()
Path("written.ics").write_bytes(written)
unfolded = written.decode().replace("\r\n ", "")
Path("split.ics").write_bytes(re.sub(r"RDATE:(.*)\r\n", split_dates, unfolded).encode())
starts = [event["DTSTART"].dt.astimezone(ZoneInfo("UTC")) for event in calendar.walk("VEVENT")]
print("meant, 12:00 in Berlin:", *[f"{start:%m-%d %H:%MZ}" for start in starts])
PY
cat >read.py <<'PY'
import sys
from datetime import timezone
from pathlib import Path

import vobject

calendar = vobject.readOne(Path(sys.argv[1]).read_bytes().decode())
starts = [event.dtstart.value.astimezone(timezone.utc) for event in calendar.vevent_list]
print(*[f"{start:%m-%d %H:%MZ}" for start in starts])
PY
cat >read.mjs <<'JS'
import fs from "node:fs";
import ICAL from "ical.js";

const calendar = new ICAL.Component(ICAL.parse(fs.readFileSync(process.argv[2], "utf8")));
for (const zone of calendar.getAllSubcomponents("vtimezone")) {
  ICAL.TimezoneService.register(new ICAL.Timezone(zone));
}
const hours = calendar.getAllSubcomponents("vevent").map((component) => {
  const start = new ICAL.Event(component).startDate;
  return new Date(start.toUnixTime() * 1000).toISOString().slice(5, 16).replace("T", " ") + "Z";
});
console.log(hours.join(" "));
JS

if ! env/bin/python write.py >seen.txt; then exit 2; fi
for file in written split; do
  by_ical_js=$(node read.mjs "$file.ics") || exit 2
  by_vobject=$(env/bin/python read.py "$file.ics") || exit 2
  {
    echo "ical.js, $file.ics:  $by_ical_js"
    echo "vobject, $file.ics:  $by_vobject"
  } >>seen.txt
done
seen=$(cat seen.txt)
expected="meant, 12:00 in Berlin: 01-15 11:00Z 07-15 10:00Z
ical.js, written.ics:  01-15 11:00Z 07-15 11:00Z
vobject, written.ics:  01-15 11:00Z 07-15 11:00Z
ical.js, split.ics:  01-15 11:00Z 07-15 10:00Z
vobject, split.ics:  01-15 11:00Z 07-15 10:00Z"
echo "$seen"
if [ "$seen" != "$expected" ]; then
  printf 'changed: expected\n%s\n' "$expected"
  exit 1
fi
echo "same: two readers of the file show a July interview an hour late"
