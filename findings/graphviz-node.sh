#!/usr/bin/env bash
# One would expect: a tree of skills in DOT has a node for every name that is written, and words are
# reserved as they are in most languages, in small letters only: Node is a name, node a keyword.
#
# What happens: keywords of DOT are keywords in any case. A skill called Node, with a label, is no
# skill: it is how every node written from there on looks, and they all bear its label. Go is drawn
# as "Node.js", and neither "Go" nor a third box is there. It is valid, so nothing is reported. A name
# in quotes is a name. (Edge and Graph are words like it.)
#
# Version: @viz-js/viz 3.31.0, which is Graphviz 16.1.0 (npm)
# Output seen:
#   plain   Rust, Node.js
#   quoted  Rust, Go, Node.js
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"

npm install --silent --no-audit --no-fund --ignore-scripts --prefix . @viz-js/viz@3.31.0

cat >look.mjs <<'JS'
import assert from "node:assert/strict";
import { instance } from "@viz-js/viz";

const viz = await instance();
const drawn = (name) => {
  const svg = viz.renderString(
    `digraph skills { Rust; ${name} [label="Node.js"]; Go; Rust -> Go }`,
    { format: "svg" },
  );
  return [...svg.matchAll(/<text[^>]*>([^<]*)/g)].map(([, text]) => text).join(", ");
};

const plain = drawn("Node");
const quoted = drawn('"Node"');
console.log("plain  ", plain);
console.log("quoted ", quoted);

assert.equal(viz.graphvizVersion, "16.1.0");
assert.equal(plain, "Rust, Node.js");
assert.equal(quoted, "Rust, Go, Node.js");
JS
node look.mjs
