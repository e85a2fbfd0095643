#!/usr/bin/env bash
# One would expect: og:image:width and og:image:height belong to the og:image above them, as the Open
# Graph protocol says, so that a picture without a size has none.
#
# What happens: sizes are handed out by their place in a list. Where the first picture has no size,
# it is given the second one's, and the second one is left without: a wide card is told to be a
# square. Nothing is reported.
#
# Version: open-graph-scraper 6.12.0 (npm)
# Output seen (a page that gives portrait.png alone a size, 400 × 400):
#   card.png 400 × 400
#   portrait.png undefined × undefined
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"

npm install --silent --no-audit --no-fund --ignore-scripts --prefix . open-graph-scraper@6.12.0

cat >look.mjs <<'JS'
import assert from "node:assert/strict";
import scrape from "open-graph-scraper";

const html = `<!doctype html><html prefix="og: https://ogp.me/ns#"><head><title>Ada Okafor</title>
<meta property="og:title" content="Ada Okafor"><meta property="og:type" content="profile">
<meta property="og:url" content="https://ada.example/">
<meta property="og:image" content="https://ada.example/card.png">
<meta property="og:image" content="https://ada.example/portrait.png">
<meta property="og:image:width" content="400"><meta property="og:image:height" content="400">
</head><body></body></html>`;

const { result } = await scrape({ html });
const seen = result.ogImage.map(
  ({ url, width, height }) => `${url.split("/").pop()} ${width} × ${height}`,
);
console.log(seen.join("\n"));
assert.deepEqual(seen, ["card.png 400 × 400", "portrait.png undefined × undefined"]);
JS
node look.mjs
