// Sheets on paper: printed by Chromium, and read as machines read a PDF. Run by scripts/test, which
// makes the Python environment that PAPER_PYTHON names from paper.requirements.txt.

import assert from "node:assert/strict";
import { after, describe, it } from "node:test";
import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { chromium } from "playwright-core";
import { run, serve, siteIn } from "./site.mjs";

const here = dirname(fileURLToPath(import.meta.url));
const root = join(here, "..", "..");
const target = process.env.CARGO_TARGET_DIR ?? join(root, "target");
const program = process.env.QUESTFOLIO ?? join(target, "debug", "questfolio");
const python = process.env.PAPER_PYTHON ?? join(target, "paper", "bin", "python");
const folder = join(target, "browser", "paper");

const WILD = [
  "blank-ends-and-score",
  "null-end",
  "old-names-and-big-groups",
  "own-keys",
  "own-sections-and-emoji",
  "same-employer-twice",
];
const SITES = [
  { name: "solo", source: "examples/solo" },
  { name: "minimal", source: "examples/minimal" },
  ...WILD.map((name) => ({ name, source: `tests/cases/wild-shapes/${name}` })),
  { name: "print-drops", source: "tests/cases/print-drops" },
  { name: "print-drops-jobs", source: "tests/cases/print-drops-jobs" },
];

rmSync(folder, { recursive: true, force: true });
mkdirSync(folder, { recursive: true });

/** Builds, prints to both papers, and tells what should be read: facts in the order of the page. */
async function print(browser, { name, source }) {
  const out = join(folder, name);
  const options = ["--url", "https://example.org", "--date", "2026-11-28"];
  await run(program, ["build", join(root, source), "--out", out, ...options], {
    env: { ...process.env, QUESTFOLIO_CACHE: join(target, "browser", "cache") },
  });
  const site = siteIn(out, "/");
  const server = await serve(site);
  const page = await browser.newPage({ colorScheme: "dark" });
  await page.goto(server.origin, { waitUntil: "load" });
  const files = [];
  for (const format of ["A4", "Letter"]) {
    const file = join(folder, `${name}-${format}.pdf`);
    writeFileSync(file, await page.pdf({ format, preferCSSPageSize: true, tagged: true }));
    files.push(file);
  }
  await page.emulateMedia({ media: "print" });
  const facts = await page.evaluate(factsOfThePage);
  await page.close();
  const resume = JSON.parse(readFileSync(join(out, "resume.json"), "utf8"));
  return { name, files, facts, resume, server };
}

/** In the page: what a reader should meet, in order; `entry` numbers what belongs together. */
function factsOfThePage() {
  const facts = [];
  let entry = 0;
  const tell = (element, kind, text) => {
    const words = (text ?? element?.innerText ?? "").trim();
    if (words && element.checkVisibility()) facts.push({ kind, entry, text: words });
  };
  const all = (from, selector) => [...from.querySelectorAll(selector)];
  tell(document.querySelector("h1"), "name");
  all(document, ".cover .role").forEach((it) => tell(it, "label"));
  for (const link of all(document, ".facts a")) {
    const address = link.getAttribute("href");
    tell(link.closest("li, dd"), "contact", address.replace(/^(mailto|tel):/, ""));
  }
  for (const heading of all(document, "main h2:not(.vh)")) {
    entry += 1;
    tell(heading, "heading");
    for (const quest of all(heading.parentElement, ".quest")) {
      entry += 1;
      tell(quest.querySelector("h3"), "title");
      for (const part of all(quest, "h4, .meta > *, .lead, .obj > li")) tell(part, "detail");
    }
  }
  return facts;
}

const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
  args: ["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--no-first-run"],
});
const printed = [];
for (const site of SITES) printed.push(await print(browser, site));
await browser.close();
after(() => printed.forEach(({ server }) => server.stop()));
const { text: told } = await run(python, [
  join(here, "read_pdf.py"),
  ...printed.flatMap(({ files }) => files),
]);
const read = answer(told);

// pdftotext joins a word that a line broke at its hyphen.
const dense = (text) => text.replace(/[\s\u00a0\u00ad-]+/g, "");
const words = (text) => text.split(/[^\p{L}\p{N}]+/u).filter((word) => word.length > 2);

for (const [index, { name, facts, resume, server }] of printed.entries()) {
  for (const [side, paper] of ["A4", "Letter"].entries()) {
    const { texts, pages } = read[index * 2 + side];
    describe(`${name} on ${paper}`, () => {
      for (const [reader, text] of Object.entries(texts)) {
        it(`${reader} reads everything in the order of the page`, () => {
          inOrder(facts, dense(text));
          wholeWords(facts, text);
          for (const fact of factsOfResume(resume)) {
            assert.ok(dense(text).includes(dense(fact)), `«${fact}» is not on paper`);
          }
        });
        it(`${reader} finds no dials and no broken letters`, () => {
          assert.doesNotMatch(text, /\d\/10\b|\bXP\b|127\.0\.0\.1/);
          assert.doesNotMatch(text, /[\ufb00-\ufb06]/);
          // The fonts of emoji tell no reader what they show.
          const isPlain = !/\p{Extended_Pictographic}/u.test(JSON.stringify(resume));
          if (isPlain) assert.doesNotMatch(text, /\ufffd|\(cid:/);
        });
      }
      it("fills its pages, strands no heading and carries no address of the server", () => {
        layout(pages, facts);
        const links = pages.flatMap((page) => page.links);
        assert.deepEqual(links.filter((link) => link.startsWith(server.origin)), []);
      });
    });
  }
}

describe("WeasyPrint", () => {
  it("renders every sheet", async () => {
    const urls = printed.map(({ server }) => server.origin);
    const { text } = await run(python, [join(here, "read_pdf.py"), "--weasyprint", ...urls]);
    const counts = answer(text);
    assert.equal(counts.length, urls.length);
    assert.ok(counts.every((count) => count >= 1));
  });
});

/** The last line of what the reader printed: libraries write notes of their own before it. */
function answer(text) {
  return JSON.parse(text.trim().split("\n").at(-1));
}

/** Each fact after the one before it; what belongs to one entry, close together. */
function inOrder(facts, text) {
  let end = 0;
  let before = { entry: -1 };
  for (const fact of facts) {
    const at = text.indexOf(dense(fact.text), end);
    assert.notEqual(at, -1, `«${fact.text}» (${fact.kind}) does not follow «${before.text}»`);
    if (fact.entry === before.entry && fact.kind !== "contact") {
      assert.ok(at - end < 120, `«${text.slice(end, at)}» stands before «${fact.text}»`);
    }
    [end, before] = [at + dense(fact.text).length, fact];
  }
  assert.ok(text.indexOf(dense(facts[0].text)) < 5, "the name does not come first");
}

/** No word is torn apart: each is a word of the text, or the line was broken within it. */
function wholeWords(facts, text) {
  const seen = new Set(words(text));
  const torn = facts
    .filter(({ kind }) => kind !== "contact")
    .flatMap((fact) => words(fact.text))
    .filter((word) => !seen.has(word));
  assert.deepEqual([...new Set(torn)], []);
}

/** What a résumé says in plain text, that no page may lose. */
function factsOfResume({ basics, work = [], volunteer = [], skills = [], publications = [] }) {
  const positions = [...work, ...volunteer].flatMap((it) => [it.position, ...(it.highlights ?? [])]);
  const names = [...skills, ...publications].map((it) => it.name);
  const plain = (text) => typeof text === "string" && !/[*_`\[<\\&"']|--|\.\.\./.test(text);
  return [basics.name, ...positions, ...names].filter(plain).filter((text) => text.trim());
}

/** No page but the last is half empty, and none ends in a heading. */
function layout(pages, facts) {
  const headings = new Set(facts.filter((it) => it.kind === "heading").map((it) => dense(it.text)));
  for (const [number, { height, lines }] of pages.entries()) {
    assert.notEqual(lines.length, 0, `page ${number + 1} is empty`);
    const last = lines.reduce((one, other) => (other[1] > one[1] ? other : one));
    const isHeading = headings.has(dense(last[3])) && last[2] > 11;
    assert.ok(!isHeading, `page ${number + 1} ends in the heading «${last[3]}»`);
    if (number + 1 < pages.length) {
      const filled = last[1] / height;
      assert.ok(filled > 0.7, `page ${number + 1} is filled to ${Math.round(filled * 100)} % only`);
    }
  }
}
