// What a page should say on paper, and how to see that it does. For the tests of printed pages.

import assert from "node:assert/strict";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { run } from "./site.mjs";

const here = dirname(fileURLToPath(import.meta.url));
export const root = join(here, "..", "..");
export const target = process.env.CARGO_TARGET_DIR ?? join(root, "target");
const program = process.env.QUESTFOLIO ?? join(target, "debug", "questfolio");
const python = process.env.PAPER_PYTHON ?? join(target, "paper", "bin", "python");

export const PAPERS = ["A4", "Letter"];
export const WILD = [
  "blank-ends-and-score",
  "null-end",
  "old-names-and-big-groups",
  "own-keys",
  "own-sections-and-emoji",
  "same-employer-twice",
];

/** Builds a site on the same day wherever it is built. */
export function build(source, out) {
  const options = ["--url", "https://x.example/", "--date", "2026-11-28"];
  return run(program, ["build", source, "--out", out, ...options], {
    env: { ...process.env, QUESTFOLIO_CACHE: join(target, "browser", "cache") },
  });
}

/** What each reader makes of each file. */
export const read = (files) => ask(files);

/** The number of pages that WeasyPrint makes of each address. */
export const weasyprint = (urls) => ask(["--weasyprint", ...urls]);

/** The answer is the last line: libraries write notes of their own before it. */
async function ask(args) {
  const { text } = await run(python, [join(here, "read_pdf.py"), ...args]);
  return JSON.parse(text.trim().split("\n").at(-1));
}

/** In a sheet or a hall, laid out for paper: what a reader should meet, in order. What has the same
    number as `entry` belongs together; if it is `whole`, it stands on one page. */
export function factsOfThePage() {
  const facts = [];
  let entry = 0;
  let whole = false;
  const tell = (element, kind, text) => {
    const words = (text ?? element?.innerText ?? "").trim();
    if (words && element.checkVisibility()) facts.push({ kind, entry, whole, text: words });
  };
  const all = (from, selector) => [...from.querySelectorAll(selector)];
  const isShown = (element) => element.checkVisibility();
  tell(document.querySelector("h1"), "name");
  all(document, ".cover .role").forEach((it) => tell(it, "label"));
  for (const link of all(document, ".facts a")) {
    const address = link.getAttribute("href");
    const isContact = /^(https?|mailto|tel):/.test(address);
    const words = isContact ? address.replace(/^(mailto|tel):/, "") : link.innerText;
    tell(link.closest("li, dd"), "contact", words);
  }
  all(document, ".hall .attrs li").forEach((it) => tell(it, "contact"));
  const entries = ".quest, .card, .stack > *, .roster > li, .wall > li, .posts > li, figure, tbody tr";
  for (const heading of all(document, "main h2:not(.vh)")) {
    [entry, whole] = [entry + 1, false];
    tell(heading, "heading");
    for (const part of all(heading.parentElement, `.pt, caption, thead tr, ${entries}`)) {
      [entry, whole] = [entry + 1, false];
      if (part.matches(".pt, caption")) tell(part, part.matches("caption") ? "caption" : "heading");
      else if (part.matches("tr")) {
        whole = true;
        for (const cell of all(part, "th, td span:not(.vh)")) tell(cell, "cell");
      } else {
        const isLong = (list) => all(list, ":scope > li").filter(isShown).length > 3;
        whole = !part.querySelector(".held") && !all(part, ".obj").some(isLong);
        tell(part.querySelector("h3"), "title");
        const details =
          "h4, .meta > *, .lead, .stackless, .obj > li, .p-job-title, .tl, :scope > b, blockquote";
        for (const detail of all(part, details)) tell(detail, "detail");
      }
    }
  }
  return facts;
}

// pdftotext joins a word that a line broke at its hyphen.
export const dense = (text) => text.replace(/[\s\u00a0\u00ad-]+/g, "");
const words = (text) => text.split(/[^\p{L}\p{N}]+/u).filter((word) => word.length > 2);

/** These go by where words stand, and may read a table by its columns. */
const GEOMETRIC = ["pdftotext", "pdfminer"];

/** Each fact after the one before it; what belongs to one entry, close together. */
export function inOrder(all, text, reader) {
  const facts = all.filter(({ kind }) => kind !== "cell" || !GEOMETRIC.includes(reader));
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
export function wholeWords(facts, text) {
  const seen = new Set(words(text));
  const torn = facts
    .filter(({ kind }) => kind !== "contact")
    .flatMap((fact) => words(fact.text))
    .filter((word) => !seen.has(word));
  assert.deepEqual([...new Set(torn)], []);
}

/** What a résumé says in plain text, that no page may lose. */
export function factsOfResume({ basics, work = [], volunteer = [], skills = [], publications = [] }) {
  const positions = [...work, ...volunteer].flatMap((it) => [it.position, ...(it.highlights ?? [])]);
  const names = [...skills, ...publications].map((it) => it.name);
  const plain = (text) => typeof text === "string" && !/[*_`\[<\\&"']|--|\.\.\./.test(text);
  return [basics.name, ...positions, ...names].filter(plain).filter((text) => text.trim());
}

/** No page but the last is half empty, and none ends in a heading. */
export function fillsItsPages(pages, facts) {
  const headings = new Set(facts.filter((it) => it.kind === "heading").map((it) => dense(it.text)));
  for (const [number, { height, lines }] of pages.entries()) {
    assert.notEqual(lines.length, 0, `page ${number + 1} is empty`);
    const last = lines.reduce((one, other) => (other[1] > one[1] ? other : one));
    const isHeading = headings.has(dense(last[3])) && last[2] > 10;
    assert.ok(!isHeading, `page ${number + 1} ends in the heading «${last[3]}»`);
    if (number + 1 < pages.length) {
      const filled = last[1] / height;
      assert.ok(filled > 0.7, `page ${number + 1} is filled to ${Math.round(filled * 100)} % only`);
    }
  }
}

/** What stays whole stands on one page. */
export function tearsNothing(pages, facts) {
  const text = dense(pages.map((page) => page.text).join("\n"));
  let length = 0;
  const ends = pages.map((page) => (length += dense(page.text).length));
  const pageAt = (at) => ends.findIndex((end) => at < end);
  let end = 0;
  let first;
  for (const fact of facts) {
    const at = text.indexOf(dense(fact.text), end);
    end = at + dense(fact.text).length;
    if (first?.entry !== fact.entry) first = { entry: fact.entry, page: pageAt(at), text: fact.text };
    if (!fact.whole) continue;
    assert.equal(pageAt(end - 1), first.page, `«${first.text}» is torn before «${fact.text}»`);
  }
}

/** Nothing that is drawn goes on from the end of one page to the start of the next. */
export function cutsNoFrame(pages, margin) {
  for (const [index, { height, drawings }] of pages.entries()) {
    const isFirst = index === 0;
    const isLast = index + 1 === pages.length;
    const cut = drawings.filter(
      ([, top, , bottom]) =>
        (!isFirst && top < margin + 1) || (!isLast && bottom > height - margin - 1),
    );
    assert.deepEqual(cut, [], `a drawing reaches the edge of page ${index + 1}`);
  }
}
