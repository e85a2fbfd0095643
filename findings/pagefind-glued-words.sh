#!/usr/bin/env bash
# One would expect: words of two elements that stand below each other on a page are two words to a
# search, however closely the HTML is written.
#
# What happens: without white space between the tags, the name and the value of a description list
# are one word, and so are the label of a <details> and what follows it. Items of a list are kept
# apart in the same page. A reader who types the value finds nothing.
#
# Version: pagefind 1.6.0 (npm)
# Output seen:
#   text           Ada Ada Okafor. Worksremotely Morewriting Kafka. Postgres.
#   remotely       0 pages
#   worksremotely  1 page
#   writing        0 pages
#   postgres       1 page
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"

echo '{ "type": "module" }' >package.json
npm install --silent --no-audit --no-fund --ignore-scripts --prefix . pagefind@1.6.0

cat >look.js <<'JS'
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { close, createIndex } from "pagefind";

const { index } = await createIndex();
await index.addHTMLFile({
  url: "/ada/",
  content: `<!doctype html><html lang="en"><title>Ada</title><main><h1>Ada Okafor</h1>
<dl><dt>Works</dt><dd>remotely</dd></dl>
<details><summary>More</summary>writing</details>
<ul><li>Kafka</li><li>Postgres</li></ul></main></html>`,
});
const folder = `${process.cwd()}/index`;
await index.writeFiles({ outputPath: folder });
await close();

// What the search asks of a browser: files by their address, and the language of the page.
globalThis.fetch = async (address) => new Response(await readFile(address.split("?")[0]));
globalThis.window = globalThis;
globalThis.location = { origin: "", href: "file:///" };
globalThis.document = { querySelector: () => ({ getAttribute: () => "en" }) };
const search = await import(`${folder}/pagefind.js`);
await search.options({ basePath: `${folder}/`, baseUrl: "/" });

const pages = async (word) => (await search.search(word)).results;
const [page] = await pages("Ada");
const text = (await page.data()).content;
console.log("text          ", text);
for (const [word, count] of Object.entries({ remotely: 0, worksremotely: 1, writing: 0, postgres: 1 })) {
  const found = (await pages(word)).length;
  console.log(word.padEnd(14), found === 1 ? "1 page" : `${found} pages`);
  assert.equal(found, count);
}
assert.match(text, /Worksremotely Morewriting Kafka\. Postgres\./);
JS
node look.js
