#!/usr/bin/env bash
# One would expect: the URL of a vCard is one address, and a comma in it is part of it, as it is in
# addresses of maps, of picture services and of Wikipedia. RFC 2426 has lists for some properties,
# such as CATEGORIES; URL is a single URI.
#
# What happens: the address is cut at its first comma, without an error, and what is written back
# has lost the rest for good. The same library keeps the same line whole in an iCalendar event.
#
# Version: vobject 0.9.9 (PyPI)
# Output seen:
#   written    https://maps.example/@57.70,11.96,12z
#   calendar   https://maps.example/@57.70,11.96,12z
#   card       https://maps.example/@57.70
#   card, out  URL:https://maps.example/@57.70
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"

python3 -m venv env
env/bin/pip install --quiet --disable-pip-version-check vobject==0.9.9

env/bin/python - <<'PY'
import vobject

written = "https://maps.example/@57.70,11.96,12z"


def lines(*them):
    return "".join(f"{line}\r\n" for line in them)


card = vobject.readOne(lines(
    "BEGIN:VCARD", "VERSION:3.0", "FN:Ada Okafor", "N:Okafor;Ada;;;", f"URL:{written}", "END:VCARD",
))
calendar = vobject.readOne(lines(
    "BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//example//talks//EN",
    "BEGIN:VEVENT", "UID:1@example", "DTSTAMP:20261101T000000Z", f"URL:{written}", "END:VEVENT",
    "END:VCALENDAR",
))
out = next(line for line in card.serialize().splitlines() if line.startswith("URL"))

print("written   ", written)
print("calendar  ", calendar.vevent.url.value)
print("card      ", card.url.value)
print("card, out ", out)

assert calendar.vevent.url.value == written
assert card.url.value == "https://maps.example/@57.70"
assert out == "URL:https://maps.example/@57.70"
PY
