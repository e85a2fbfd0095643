// Whatever is written is printed, or the manual says why not. The site with a word of its own in
// every key (tests/conservation) is opened as paper; each word is looked for in what is printed.

import assert from "node:assert/strict";
import { after, it } from "node:test";
import { copyFileSync, cpSync, readFileSync, rmSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { chromium } from "playwright-core";
import { addressOf, run, serve, siteIn } from "./site.mjs";

const here = dirname(fileURLToPath(import.meta.url));
const root = join(here, "..", "..");
const target = process.env.CARGO_TARGET_DIR ?? join(root, "target");
const program = process.env.QUESTFOLIO ?? join(target, "debug", "questfolio");
const folder = join(target, "browser", "conservation");

const fixture = join(root, "tests", "fixtures", "conservation");
const manual = join(root, "content", "pages", "manual", "shown.md");

// The headings of the manual's page, with the files their tables are about.
const SECTIONS = {
  "## The profile": "profile",
  "## Private entries": "private",
  "## Pages and posts": "page",
  "## guild.yaml": "guild",
  "## skills.yaml": "skills",
  "## classes.yaml": "classes",
  "## site.yaml": "site",
};

/** Every row of the manual's tables: the file, its keys, and whether they are printed. */
function rows() {
  const found = [];
  let file;
  for (const line of readFileSync(manual, "utf8").split("\n")) {
    if (line.startsWith("## ")) file = SECTIONS[line];
    if (!file || !line.startsWith("| `")) continue;
    const [, keys, , paper] = line.split("|").map((cell) => cell.trim());
    found.push({ file, keys: [...keys.matchAll(/`([^`]+)`/g)].map(([, key]) => key), paper });
  }
  return found;
}

const covers = (row, key) => (row.endsWith(".*") ? key.startsWith(row.slice(0, -1)) : row === key);

const folded = (text) => text.toLowerCase().replaceAll(/\s+/g, " ");

/** What is printed of a page: its words, what its styles write, and what its pictures show. */
function printed() {
  const parts = [document.body.innerText];
  for (const element of document.querySelectorAll("body *")) {
    if (element.getClientRects().length === 0) continue;
    if (element.tagName === "IMG") parts.push(element.alt);
    for (const where of ["::before", "::after"]) {
      const { content, display } = getComputedStyle(element, where);
      if (display !== "none" && content.includes("attr(href)")) parts.push(element.href);
      if (display !== "none" && content.startsWith('"')) parts.push(content);
    }
  }
  return parts.join(" ");
}

rmSync(folder, { recursive: true, force: true });
cpSync(fixture, join(folder, "site"), { recursive: true });
for (const place of ["content/profiles/zed", "content/pages", "content/posts"]) {
  const picture = join(root, "examples", "solo", "content", "avatar.webp");
  copyFileSync(picture, join(folder, "site", place, "avatar.webp"));
}
copyFileSync(join(root, "examples", "guild", "crest.svg"), join(folder, "site", "crest.svg"));
const out = join(folder, "out");
await run(program, ["build", join(folder, "site"), "--out", out, "--date", "2026-11-20"]);
const site = siteIn(out, "/");
const server = await serve(site);
const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
  args: ["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--no-first-run"],
});
after(async () => {
  await browser.close();
  server.stop();
});

it("prints whatever is written, but for what the manual lists", async () => {
  const page = await browser.newPage();
  await page.emulateMedia({ media: "print" });
  let paper = "";
  for (const file of site.pages) {
    await page.goto(`${server.origin}/${addressOf(file)}`);
    paper += ` ${folded(await page.evaluate(printed))} `;
  }
  const table = rows();
  assert.ok(table.length > 5, "the manual's tables are read");
  const row = (file, key) =>
    table.find((row) => row.file === file && row.keys.some((it) => covers(it, key)));
  const wrong = [];
  for (const leaf of JSON.parse(readFileSync(join(fixture, "leaves.json"), "utf8"))) {
    const file = leaf.file === "post" ? "page" : leaf.file;
    const own = leaf.private ? row("private", leaf.key) ?? row("private", "private") : row(file, leaf.key);
    const meant = own ? own.paper === "yes" : true;
    const found = paper.includes(folded(leaf.shown));
    const kind = leaf.private ? " (private)" : "";
    const told = found ? "is printed, against the manual" : "is not printed";
    if (found !== meant) wrong.push(`${leaf.file}: ${leaf.key}${kind} ${told}`);
  }
  assert.deepEqual([...new Set(wrong)], []);
});
