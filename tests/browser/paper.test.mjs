// Sheets and the hall on paper: printed by Chromium and by Firefox, and read as machines read a PDF.
// Run by scripts/test, which makes the Python environment that PAPER_PYTHON names from
// paper.requirements.txt. Where there is no Firefox, its tests are skipped.

import assert from "node:assert/strict";
import { after, describe, it } from "node:test";
import { cpSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { chromium } from "playwright-core";
import { firefox } from "./firefox.mjs";
import {
  PAPERS, WILD, build, cutsNoFrame, dense, factsOfResume, factsOfThePage, fillsItsPages, inOrder,
  read, root, target, tearsNothing, weasyprint, wholeWords,
} from "./paper.mjs";
import { serve, siteIn } from "./site.mjs";

const FIREFOX = process.env.FIREFOX ?? "/usr/bin/firefox-esr";
const folder = join(target, "browser", "paper");

const SITES = [
  { name: "solo", source: "examples/solo" },
  { name: "minimal", source: "examples/minimal" },
  ...WILD.map((name) => ({ name, source: `tests/cases/wild-shapes/${name}` })),
  { name: "print-drops", source: "tests/cases/print-drops" },
  { name: "print-drops-jobs", source: "tests/cases/print-drops-jobs" },
  { name: "guild", source: "examples/guild", hall: "hall" },
  { name: "crowd", source: "examples/guild", hall: "hall of many", more: 40 },
];

// @page in print.css.
const MARGIN = (14 / 25.4) * 72;

rmSync(folder, { recursive: true, force: true });
mkdirSync(folder, { recursive: true });

const servers = [];
after(() => servers.forEach((server) => server.stop()));

/** The sheets, and the hall, of a site: where each is, and what it says in resume.json. */
async function sheetsOf({ name, source, hall, more }) {
  const out = join(folder, name);
  await build(more ? grown(source, more) : join(root, source), out);
  const site = siteIn(out, "/");
  const server = await serve(site);
  servers.push(server);
  const sheet = (name, path) => {
    const resume = JSON.parse(readFileSync(join(out, path, "resume.json"), "utf8"));
    return { name, url: `${server.origin}/${path}`, resume, server };
  };
  if (!hall) return [sheet(name, "")];
  if (more) return [{ name: hall, url: `${server.origin}/`, server }];
  const members = [...site.files].filter((file) => /^profiles\/[^/]+\/index\.html$/.test(file));
  return [
    { name: hall, url: `${server.origin}/`, server },
    ...members.map((file) => sheet(file.split("/")[1], file.slice(0, -"index.html".length))),
  ];
}

/** A copy of a guild with more members, half of them in a party. */
function grown(source, more) {
  const copy = join(folder, "crowd-source");
  cpSync(join(root, source), copy, { recursive: true });
  const names = Array.from({ length: more }, (_, index) => `member-${index}`);
  for (const [index, name] of names.entries()) {
    const skills = `{ Go: ${index % 9 + 1}, Testing: ${index % 7 + 2}, Mentoring: 4 }`;
    const text = `name: Member ${index} Fjord\nlabel: Engineer\nskills: ${skills}\n`;
    writeFileSync(join(copy, "content", "profiles", `${name}.yaml`), text);
  }
  const file = join(copy, "guild.yaml");
  const party = ["jonas", ...names.slice(0, more / 2)].join(", ");
  const guild = readFileSync(file, "utf8").replace("[jonas]", `[${party}]`);
  writeFileSync(file, guild);
  return copy;
}

const sheets = (await Promise.all(SITES.map(sheetsOf))).flat();

/** Prints with Chromium, and sees what is on the page that it prints. */
async function printInChromium() {
  const browser = await chromium.launch({
    executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
    args: ["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--no-first-run"],
  });
  const page = await browser.newPage({ colorScheme: "dark" });
  const printed = [];
  for (const sheet of sheets) {
    await page.emulateMedia({ media: null });
    await page.goto(sheet.url, { waitUntil: "load" });
    for (const paper of PAPERS) {
      const pdf = await page.pdf({ format: paper, preferCSSPageSize: true, tagged: true });
      printed.push(keep("Chromium", sheet, paper, pdf));
    }
    await page.emulateMedia({ media: "print" });
    sheet.facts = await page.evaluate(factsOfThePage);
  }
  await browser.close();
  return printed;
}

/** Prints with Firefox, and sees which fonts it has asked for before it does. */
async function printInFirefox() {
  const browser = await firefox(FIREFOX, join(folder, "firefox"));
  const printed = [];
  for (const sheet of sheets) {
    await browser.open(sheet.url);
    await browser.evaluate(() => document.fonts.ready.then(() => null));
    sheet.boldBefore = boldFonts(sheet);
    for (const paper of PAPERS) {
      printed.push(keep("Firefox", sheet, paper, await browser.print(paper)));
    }
  }
  await browser.close();
  return printed;
}

/** Fonts of one bold weight that have been asked for so far. */
function boldFonts({ server }) {
  return [...server.asked].filter((path) => /-[67]00\.[^/]*woff2$/.test(path));
}

function keep(browser, sheet, paper, pdf) {
  const file = join(folder, `${sheet.name}-${browser}-${paper}.pdf`);
  writeFileSync(file, pdf);
  return { browser, sheet, paper, file };
}

const hasFirefox = existsSync(FIREFOX);
const printed = [...(await printInChromium()), ...(hasFirefox ? await printInFirefox() : [])];
const readings = await read(printed.map(({ file }) => file));

for (const [index, { browser, sheet, paper }] of printed.entries()) {
  const { facts, resume, server } = sheet;
  const { texts, pages } = readings[index];
  describe(`${sheet.name} on ${paper} from ${browser}`, () => {
    for (const [reader, text] of Object.entries(texts)) {
      it(`${reader} reads everything in the order of the page`, () => {
        inOrder(facts, dense(text), reader);
        wholeWords(facts, text);
        for (const fact of resume ? factsOfResume(resume) : []) {
          assert.ok(dense(text).includes(dense(fact)), `«${fact}» is not on paper`);
        }
      });
      it(`${reader} finds no dials and no broken letters`, () => {
        assert.doesNotMatch(text, /\d\/10\b|\bXP\b|127\.0\.0\.1/);
        assert.doesNotMatch(text, /[\ufb00-\ufb06]/);
        // The fonts of emoji tell no reader what they show.
        const isPlain = !/\p{Extended_Pictographic}/u.test(JSON.stringify(resume ?? facts));
        if (isPlain) assert.doesNotMatch(text, /\ufffd|\(cid:/);
      });
    }
    it("fills its pages, strands no heading and carries no address of the server", () => {
      fillsItsPages(pages, facts);
      const links = pages.flatMap((page) => page.links);
      assert.deepEqual(links.filter((link) => link.startsWith(server.origin)), []);
    });
    it("tears no entry and cuts no frame", () => {
      tearsNothing(pages, facts);
      cutsNoFrame(pages, MARGIN);
    });
  });
}

describe("Firefox", { skip: !hasFirefox && `there is no ${FIREFOX || "Firefox"}` }, () => {
  it("printed every sheet", () => {
    const count = printed.filter(({ browser }) => browser === "Firefox").length;
    assert.equal(count, sheets.length * PAPERS.length);
  });
  it("alone loads fonts of one weight, and only to print", () => {
    const alone = sheets.filter(({ name }) => name === "solo" || name === "minimal");
    assert.deepEqual(alone.map(({ boldBefore }) => boldBefore), [[], []]);
    assert.deepEqual(alone.map((sheet) => boldFonts(sheet).length), [2, 2]);
  });
});

describe("WeasyPrint", () => {
  it("renders every sheet", async () => {
    const counts = await weasyprint(sheets.map(({ url }) => url));
    assert.equal(counts.length, sheets.length);
    assert.ok(counts.every((count) => count >= 1));
  });
});
