// Every example and the repository's own site, built by the program and looked at in Chromium.
// Run by scripts/test. QUESTFOLIO names the program, CHROMIUM the browser, if they are elsewhere.

import assert from "node:assert/strict";
import { after, describe, it } from "node:test";
import { mkdirSync, rmSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { chromium } from "playwright-core";
import * as look from "./look.mjs";
import { addressOf, brokenLinks, kindOf, run, serve, siteIn } from "./site.mjs";

const here = dirname(fileURLToPath(import.meta.url));
const root = join(here, "..", "..");
const target = process.env.CARGO_TARGET_DIR ?? join(root, "target");
const program = process.env.QUESTFOLIO ?? join(target, "debug", "questfolio");
const folder = join(target, "browser");

const SITES = [
  { name: "minimal", source: "examples/minimal", isGuild: false },
  { name: "solo", source: "examples/solo", isGuild: false },
  { name: "guild", source: "examples/guild", isGuild: true },
  { name: "own", source: ".", isGuild: true },
];

// Pages of one kind share a template: so many of each are looked at in every scheme and width.
const OF_EACH_KIND = 2;
const AT_ONCE = { concurrency: 2 };

/** Builds a site for an address with this base path: `/` as on a host of its own, or a folder. */
async function build({ name, source }, base) {
  const out = join(folder, "out", name + base.replaceAll("/", "-"));
  const address = ["--url", `https://example.org${base}`, "--date", "2026-11-20"];
  await run(program, ["build", join(root, source), "--out", out, ...address], {
    env: { ...process.env, QUESTFOLIO_CACHE: join(folder, "cache") },
  });
  return siteIn(out, base);
}

/** The first pages of each kind, with the kind. */
function samples(site, isGuild, count) {
  const seen = new Map();
  const chosen = [];
  for (const file of site.pages) {
    const kind = kindOf(addressOf(file), isGuild);
    seen.set(kind, (seen.get(kind) ?? 0) + 1);
    if (seen.get(kind) <= count) chosen.push({ file, kind });
  }
  return chosen;
}

rmSync(join(folder, "out"), { recursive: true, force: true });
mkdirSync(folder, { recursive: true });
const sites = [];
for (const { name, source, isGuild } of SITES) {
  const [top, below] = [await build({ name, source }, "/"), await build({ name, source }, "/repo/")];
  sites.push({ name, isGuild, top, below, server: await serve(top), repo: await serve(below) });
}
const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
  args: ["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--no-first-run"],
});
after(async () => {
  await browser.close();
  for (const { server, repo } of sites) [server, repo].forEach((one) => one.stop());
});

/** Opens a page in a context of its own, lets `use` look at it, and expects that nothing went wrong. */
async function visit(origin, address, settings, use) {
  const context = await browser.newContext({ reducedMotion: "reduce", ...settings });
  try {
    const { page, wrong } = await look.open(context, origin, address);
    await use(page);
    assert.deepEqual(wrong, []);
  } finally {
    await context.close();
  }
}

describe("the Nu HTML checker", () => {
  it("finds no error in HTML, CSS and SVG", async () => assert.equal(await checkMarkup(), ""));
});

const narrow = { viewport: { width: 390, height: 844 } };

for (const { name, isGuild, top, below, server, repo } of sites) {
  describe(`${name}: every page`, AT_ONCE, () => {
    for (const file of top.pages) {
      it(`${addressOf(file) || "/"} loads, and fits a phone`, async () => {
        await visit(server.origin, `/${addressOf(file)}`, narrow, async (page) => {
          assert.deepEqual(await look.sidewaysScroll(page), []);
          assert.deepEqual(await look.emptyPictures(page), []);
        });
      });
    }
    it("links lead somewhere", () => assert.deepEqual(brokenLinks(top), []));
  });

  describe(`${name}: in a folder, as on GitHub Pages`, AT_ONCE, () => {
    it("links lead somewhere", () => assert.deepEqual(brokenLinks(below), []));
    for (const { file } of samples(below, isGuild, 1)) {
      it(`/repo/${addressOf(file)}`, async () => {
        await visit(repo.origin, `/repo/${addressOf(file)}`, narrow, async (page) => {
          assert.deepEqual(await look.emptyPictures(page), []);
        });
      });
    }
  });

  describe(`${name}: every kind of page, in both schemes and at three widths`, AT_ONCE, () => {
    for (const { file, kind } of samples(top, isGuild, OF_EACH_KIND)) {
      it(`${kind}: ${addressOf(file) || "/"}`, async () => {
        await visit(server.origin, `/${addressOf(file)}`, {}, async (page) => {
          for (const colorScheme of look.SCHEMES) {
            await page.emulateMedia({ colorScheme });
            for (const width of look.WIDTHS) {
              await page.setViewportSize({ width, height: 900 });
              const seen = { colorScheme, width };
              const wide = await look.sidewaysScroll(page);
              assert.deepEqual({ ...seen, wide }, { ...seen, wide: [] });
              const axe = look.CLOSELY.includes(width) ? await look.axe(page) : [];
              assert.deepEqual({ ...seen, axe }, { ...seen, axe: [] });
            }
          }
        });
      });
    }
  });

  describe(`${name}: without JavaScript`, AT_ONCE, () => {
    const [sheet] = top.pages.filter((file) => kindOf(addressOf(file), isGuild) === "sheet");
    it("the text is there, and the controls work", async () => {
      const settings = { javaScriptEnabled: false, viewport: { width: 1440, height: 900 } };
      await visit(server.origin, `/${addressOf(sheet)}`, settings, async (page) => {
        await look.choose(page, "light");
        const light = await look.inkColour(page);
        await look.choose(page, "dark");
        assert.notEqual(await look.inkColour(page), light, "the scheme does not change");
        const game = await look.visibleText(page);
        assert.ok(game.length > 100, "there is hardly any text");
        await look.choose(page, "resume");
        assert.notEqual(await look.visibleText(page), game, "the view does not change");
      });
    });
  });
}

/** Checks all files of all sites in one run of Java; resolves with what it found. */
async function checkMarkup() {
  const jar = join(here, "node_modules", "vnu-jar", "build", "dist", "vnu.jar");
  const options = ["--errors-only", "--stdout", "--also-check-css", "--also-check-svg"];
  const filter = ["--filterfile", join(here, "vnu.filter")];
  const checked = sites.flatMap(({ top, below }) => [top, below]).flatMap((site) => {
    const files = [...site.files].filter((file) => /\.(html|css|svg)$/.test(file));
    return files.map((file) => join(site.folder, file));
  });
  const args = ["-Xss4m", "-jar", jar, ...options, ...filter, ...checked];
  const { text } = await run("java", args, { anyway: true });
  return text.trim();
}
