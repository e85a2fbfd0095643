#!/usr/bin/env bash
# One would expect: a badge takes any colour of CSS, as its manual says, and one that it does not know
# is refused, or is the light grey that the manual calls the default.
#
# What happens: colours in oklch(), hwb() or color() and words with a slip in them are painted in the
# bright green of all that went well. A red one says "failing" in green. Nothing is reported. The
# same red in rgb() is kept.
#
# Version: badge-maker 6.0.0 (npm)
# Output seen:
#   critical              #dd4343
#   rgb(255, 0, 0)        rgb(255, 0, 0)
#   hwb(0 0% 0%)          #4b0
#   oklch(0.63 0.26 29)   #4b0
#   color(srgb 1 0 0)     #4b0
#   critcal               #4b0
#   brightgreen           #4b0
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"

npm install --silent --no-audit --no-fund --ignore-scripts --prefix . badge-maker@6.0.0

cat >look.mjs <<'JS'
import assert from "node:assert/strict";
import { makeBadge } from "badge-maker";

const painted = (color) => {
  const svg = makeBadge({ label: "quest", message: "failing", labelColor: "#123", color });
  const [label, message] = [...svg.matchAll(/<rect [^>]*fill="([^"]*)"/g)].map(([, fill]) => fill);
  assert.equal(label, "#123");
  console.log(color.padEnd(21), message);
  return message;
};

assert.equal(painted("critical"), "#dd4343");
assert.equal(painted("rgb(255, 0, 0)"), "rgb(255, 0, 0)");
for (const color of ["hwb(0 0% 0%)", "oklch(0.63 0.26 29)", "color(srgb 1 0 0)", "critcal"])
  assert.equal(painted(color), "#4b0");
assert.equal(painted("brightgreen"), "#4b0");
JS
node look.mjs
