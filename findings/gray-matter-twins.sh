#!/usr/bin/env bash
# One would expect: a function that takes the text of a page and gives back its front matter gives
# every caller values of its own. A generator can then add the page's address to them.
#
# What happens: two pages with the same text, such as two members who have not filled in theirs yet,
# are given one object for both. The address of the second is the address of the first too. Results
# are kept by the text that was read, and only the outermost object of a result is copied. With an
# empty object of options, which changes nothing else, nothing is kept, and each has its own.
#
# Version: gray-matter 4.0.3 (npm)
# Output seen:
#   without options  /bo/ /bo/
#   with {}          /ada/ /bo/
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"

npm install --silent --no-audit --no-fund --ignore-scripts --prefix . gray-matter@4.0.3

cat >look.mjs <<'JS'
import assert from "node:assert/strict";
import matter from "gray-matter";

const text = "---\nclass: Novice\nlevel: 1\n---\nStill to be written.\n";
const files = { "/ada/": text, "/bo/": text };
const addresses = (...options) => {
  const members = Object.entries(files).map(([address, source]) => {
    const { data } = matter(source, ...options);
    data.address = address;
    return data;
  });
  return members.map((member) => member.address).join(" ");
};

const without = addresses();
const empty = addresses({});
console.log("without options ", without);
console.log("with {}         ", empty);

assert.equal(without, "/bo/ /bo/");
assert.equal(empty, "/ada/ /bo/");
JS
node look.mjs
