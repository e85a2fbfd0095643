#!/usr/bin/env bash
# One would expect: a date that a page gives as a month, which is what a résumé has, is the same
# whether it stands in an attribute or, by the value class pattern, in an element of class «value»;
# and that a parser which cannot read it leaves the property out or gives its text.
#
# What happens: mf2py finds the property and gives it no value. A reader that sees «start» is there
# and takes the first of its values gets an error. The parser in JavaScript gives 2020-06. With a day
# both agree.
#
# Versions: mf2py 2.0.2 (PyPI), microformats-parser 2.0.6 (npm)
# Output seen:
#   Python      {"attribute": ["2020-06"], "month": [], "day": ["2020-06-15"]}
#   JavaScript  {"attribute": ["2020-06"], "month": ["2020-06"], "day": ["2020-06-15"]}
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"

python3 -m venv env
env/bin/pip install --quiet --disable-pip-version-check mf2py==2.0.2
npm install --silent --no-audit --no-fund --ignore-scripts --prefix . microformats-parser@2.0.6

cat >page.html <<'HTML'
<div class="h-event"><p class="p-name">Engineer at the mill</p>
<time class="dt-attribute" datetime="2020-06">June 2020</time>
<p class="dt-month">from <span class="value">2020-06</span> on</p>
<p class="dt-day">from <span class="value">2020-06-15</span> on</p></div>
HTML

cat >look.py <<'PY'
import json
import mf2py

found = mf2py.parse(doc=open("page.html").read(), url="https://ada.example/")["items"][0]["properties"]
print(json.dumps({key: found[key] for key in ("attribute", "month", "day")}))
PY

cat >look.mjs <<'JS'
import { readFileSync } from "node:fs";
import { mf2 } from "microformats-parser";

const page = mf2(readFileSync("page.html", "utf8"), { baseUrl: "https://ada.example/" });
const { attribute, month, day } = page.items[0].properties;
console.log(JSON.stringify({ attribute, month, day }).replace(/([:,])/g, "$1 "));
JS

python=$(env/bin/python look.py)
javascript=$(node look.mjs)
echo "Python      $python"
echo "JavaScript  $javascript"
[[ $python == '{"attribute": ["2020-06"], "month": [], "day": ["2020-06-15"]}' ]]
[[ $javascript == '{"attribute": ["2020-06"], "month": ["2020-06"], "day": ["2020-06-15"]}' ]]
