#!/usr/bin/env bash
# One would expect: the date of a <time> is its `datetime`, and its text where it has none. HTML says
# so for Microdata, and HTML+RDFa for RDFa, so that a library which reads both finds the same date in
# an element that bears both.
#
# What happens: each syntax has one half of it. In Microdata a <time> without `datetime` has "" for a
# date, in RDFa one with `datetime` has its text, "June". Nothing is reported. Only a date that is
# written twice, in both places, is found by both.
#
# Version: extruct 0.18.0, with pyRdfa3 3.6.5 (PyPI)
# Output seen (of <time itemprop="startDate" property="startDate" …>):
#   >2020-06</time>                     microdata ''         rdfa '2020-06'
#   datetime="2020-06">June</time>      microdata '2020-06'  rdfa 'June'
#   datetime="2020-06">2020-06</time>   microdata '2020-06'  rdfa '2020-06'
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"

python3 -m venv env
env/bin/pip install --quiet --disable-pip-version-check extruct==0.18.0 pyRdfa3==3.6.5

env/bin/python - <<'PY'
import extruct


def read(rest):
    time = f'<time itemprop="startDate" property="startDate" {rest}'
    page = f"""<!doctype html><html lang="en"><head><title>Talk</title></head><body>
      <p itemscope itemtype="https://schema.org/Event" vocab="https://schema.org/" typeof="Event">
      <b itemprop="name" property="name">A talk on parsers</b> {time}</p></body></html>"""
    found = extruct.extract(page, base_url="https://ada.example/", syntaxes=["microdata", "rdfa"])
    microdata = found["microdata"][0]["properties"]["startDate"]
    dates = (thing.get("https://schema.org/startDate") for thing in found["rdfa"])
    rdfa = next(date for date in dates if date)[0]["@value"]
    print(f"{rest:34}  microdata {microdata!r:9}  rdfa {rdfa!r}")
    return microdata, rdfa


assert read(">2020-06</time>") == ("", "2020-06")
assert read('datetime="2020-06">June</time>') == ("2020-06", "June")
assert read('datetime="2020-06">2020-06</time>') == ("2020-06", "2020-06")
PY
