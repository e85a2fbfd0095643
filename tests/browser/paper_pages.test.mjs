// A sheet that asks for a number of pages takes that number of pages of either paper: no page more,
// and none less unless there is nothing left to print.

import assert from "node:assert/strict";
import { it } from "node:test";
import { cpSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { chromium } from "playwright-core";
import { PAPERS, build, read, root, target } from "./paper.mjs";
import { serve, siteIn } from "./site.mjs";

const folder = join(target, "browser", "paper-pages");
const SOURCES = [
  "examples/solo",
  "tests/cases/wild-shapes/old-names-and-big-groups",
  "tests/cases/wild-shapes/blank-ends-and-score",
];

rmSync(folder, { recursive: true, force: true });
mkdirSync(folder, { recursive: true });

/** Builds a copy of a site whose profile asks for so many pages, or for all of them. */
async function built(source, wanted) {
  const copy = join(folder, `${nameOf(source)}-${wanted}`);
  cpSync(join(root, source), copy, { recursive: true });
  const content = join(copy, "content");
  const file = join(content, readdirSync(content).find((name) => name.startsWith("profile.")));
  const text = readFileSync(file, "utf8").replace(/^paper: .*\n/m, "");
  writeFileSync(file, wanted === "all" ? text : asking(text, wanted));
  await build(copy, join(copy, "public"));
  return siteIn(join(copy, "public"), "/");
}

function asking(text, pages) {
  if (text.startsWith("{")) return text.replace("{", `{ "paper": { "pages": ${pages} },`);
  return `paper: { pages: ${pages} }\n${text}`;
}

const nameOf = (source) => source.split("/").at(-1);

/** Prints a sheet once for each number of pages: the files, by number and paper. */
async function print(browser, source) {
  const files = {};
  for (const wanted of ["all", 1, 2, 3]) {
    const server = await serve(await built(source, wanted));
    const page = await browser.newPage();
    await page.goto(server.origin, { waitUntil: "load" });
    for (const paper of PAPERS) {
      const file = join(folder, `${nameOf(source)}-${wanted}-${paper}.pdf`);
      writeFileSync(file, await page.pdf({ format: paper, preferCSSPageSize: true }));
      files[`${wanted} ${paper}`] = file;
    }
    await page.close();
    server.stop();
  }
  return files;
}

const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
  args: ["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--no-first-run"],
});
const printed = [];
for (const source of SOURCES) printed.push({ source, files: await print(browser, source) });
await browser.close();
const files = printed.flatMap((it) => Object.values(it.files));
const readings = await read(files);
const pagesOf = (file) => readings[files.indexOf(file)].pages;

for (const { source, files } of printed) {
  for (const paper of PAPERS) {
    const all = pagesOf(files[`all ${paper}`]).length;
    for (const wanted of [1, 2, 3]) {
      it(`${nameOf(source)} takes ${wanted} of its ${all} pages of ${paper}`, () => {
        const pages = pagesOf(files[`${wanted} ${paper}`]);
        assert.equal(pages.length, Math.min(wanted, all));
        const ends = pages.map(({ height, lines }) => Math.max(0, ...lines.map((it) => it[1])) / height);
        if (wanted < all) assert.ok(ends.every((end) => end > 0.5), `pages are filled to ${ends}`);
      });
    }
  }
}

it("is about sheets that are longer", () => {
  for (const { source, files } of printed) {
    for (const paper of PAPERS) assert.ok(pagesOf(files[`all ${paper}`]).length >= 3, source);
  }
});
