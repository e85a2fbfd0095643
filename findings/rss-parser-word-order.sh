#!/usr/bin/env bash
# One would expect: a reader of feeds that takes Atom entries of type="xhtml" gives their text in
# the order in which it was written, as it does for type="html".
#
# What happens: words inside an element are moved behind those around it. The text of a paragraph
# comes first, then all its <b>, then all its <i>: a sentence with one link in it is another
# sentence. Nothing is reported. The same words as type="html" come out right.
#
# Why: the parser below it keeps a paragraph as one text and a list of children for each name, and
# the content is written back from that.
#
# Version: rss-parser 3.13.0 (npm)
# Output seen:
#   html   <p>Ada wrote <b>a parser</b> in <i>one</i> night, <b>alone</b>.</p>
#   xhtml  <p>Ada wrote  in  night, .<b>a parser</b><b>alone</b><i>one</i></p>
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"

npm install --silent --no-audit --no-fund --ignore-scripts --prefix . rss-parser@3.13.0

cat >look.mjs <<'JS'
import assert from "node:assert/strict";
import Parser from "rss-parser";

const written = "<p>Ada wrote <b>a parser</b> in <i>one</i> night, <b>alone</b>.</p>";
const escaped = written.replaceAll("<", "&lt;").replaceAll(">", "&gt;");
const entry = (id, content) => `<entry>
    <id>urn:example:${id}</id><title>One night</title><updated>2026-11-01T00:00:00Z</updated>${content}
  </entry>`;
const feed = `<feed xmlns="http://www.w3.org/2005/Atom">
  <id>urn:example:journal</id><title>Journal</title><updated>2026-11-01T00:00:00Z</updated>
  <author><name>Ada Okafor</name></author>
  ${entry("html", `<content type="html">${escaped}</content>`)}
  ${entry("xhtml", `<content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml">${written}</div></content>`)}
</feed>`;

const { items } = await new Parser().parseString(feed);
const paragraph = (item) => item.content.match(/<p>.*<\/p>/s)[0];
const [html, xhtml] = items.map(paragraph);
console.log("html  ", html);
console.log("xhtml ", xhtml);

assert.equal(html, written);
assert.equal(xhtml, "<p>Ada wrote  in  night, .<b>a parser</b><b>alone</b><i>one</i></p>");
JS
node look.mjs
