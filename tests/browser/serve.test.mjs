// The dev server with a browser on it: what an author sees while the key is still going down.
// Run by scripts/test. QUESTFOLIO names the program, CHROMIUM the browser, if they are elsewhere.

import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { after, before, describe, it } from "node:test";
import { cpSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { chromium } from "playwright-core";

const root = join(dirname(fileURLToPath(import.meta.url)), "..", "..");
const target = process.env.CARGO_TARGET_DIR ?? join(root, "target");
const program = process.env.QUESTFOLIO ?? join(target, "debug", "questfolio");
const PATIENCE = 20_000;

/** A copy of an example, served on a free port. */
async function serve(example) {
  const folder = mkdtempSync(join(tmpdir(), "questfolio-serve-"));
  cpSync(join(root, "examples", example), folder, { recursive: true });
  const cache = join(target, "browser", "cache");
  const args = ["serve", folder, "--port", "0", "--cache", cache, "--date", "2026-11-20"];
  const child = spawn(program, [...args, "--editor", "code"], { stdio: ["ignore", "pipe", "pipe"] });
  const origin = await new Promise((resolve, reject) => {
    let said = "";
    const hear = (part) => {
      said += part;
      const address = said.match(/http:\/\/localhost:\d+/);
      if (address) resolve(address[0]);
    };
    child.stdout.on("data", hear);
    child.stderr.on("data", hear);
    child.on("close", () => reject(new Error(`serve ended: ${said}`)));
  });
  const path = (name) => join(folder, name);
  return {
    origin,
    folder,
    edit: (name, from, to) => {
      const text = readFileSync(path(name), "utf8");
      assert.ok(text.includes(from), `${name} has no ${from}`);
      writeFileSync(path(name), text.replace(from, to));
    },
    write: (name, text) => writeFileSync(path(name), text),
    rename: (from, to) => renameSync(path(from), path(to)),
    stop: () => {
      child.kill();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

describe("the dev server in a browser", () => {
  let browser, site, page;
  before(async () => {
    browser = await chromium.launch({
      executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
      args: ["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--no-first-run"],
    });
    site = await serve("solo");
    page = await browser.newPage({ viewport: { width: 1000, height: 700 } });
    page.setDefaultTimeout(PATIENCE);
  });
  after(async () => {
    await browser?.close();
    site?.stop();
  });

  /** Opens a page and marks it: a reload would lose the mark. */
  const open = async (address) => {
    await page.goto(site.origin + address, { waitUntil: "load" });
    await page.evaluate(() => (window.mark = "still here"));
  };
  const isStill = async () => assert.equal(await page.evaluate(() => window.mark), "still here");

  it("changes a text where it stands: scroll, focus, panels and ticks survive", async () => {
    await open("/");
    const state = () =>
      page.evaluate(() => ({
        scroll: Math.round(scrollY),
        focus: document.activeElement?.outerHTML,
        panels: [...document.querySelectorAll("details")].map((it) => it.open),
        ticks: [...document.querySelectorAll("input")].map((it) => it.checked),
      }));
    await page.evaluate(() => {
      document.querySelectorAll("details").forEach((it, index) => (it.open = index % 2 === 0));
      const radios = [...document.querySelectorAll("input[type=radio]")];
      radios.at(-1).checked = true;
      [...document.querySelectorAll("main a[href]")].at(-1).focus();
      scrollTo({ top: 900, behavior: "instant" });
    });
    const before = await state();
    assert.ok(before.scroll > 500 && before.panels.length > 0, JSON.stringify(before));
    site.edit("content/profile.yaml", "label: Staff", "label: Stoff");
    await page.waitForSelector("text=Stoff Platform Engineer");
    assert.deepEqual(await state(), before);
    await isStill();
  });

  it("lets a running animation run", async () => {
    await open("/");
    await page.evaluate(() => {
      const heading = document.querySelector("h1");
      window.animation = heading.animate([{ opacity: 1 }, { opacity: 0.5 }], 60_000);
    });
    site.edit("content/profile.yaml", "label: Stoff", "label: Staff");
    await page.waitForSelector("text=Staff Platform Engineer");
    const running = await page.evaluate(
      () => window.animation.playState === "running" && window.animation.effect.target.isConnected,
    );
    assert.ok(running);
  });

  it("swaps a style sheet without a reload", async () => {
    const style = join("themes", "mine", "static", "css", "codex.css");
    mkdirSync(dirname(join(site.folder, style)), { recursive: true });
    site.write(join("themes", "mine", "theme.yaml"), "name: mine\nextends: codex\n");
    const codex = readFileSync(join(root, "themes", "codex", "static", "css", "codex.css"), "utf8");
    site.write(style, `${codex}\nh1 { outline: 1px solid rgb(1, 2, 3) }\n`);
    site.edit("site.yaml", "theme: codex", "theme: mine");
    const isOutlined = (color) =>
      getComputedStyle(document.querySelector("h1")).outlineColor === color;
    await page.goto(`${site.origin}/posts/`);
    await page.waitForFunction(isOutlined, "rgb(1, 2, 3)");
    await open("/posts/");
    site.edit(style, "rgb(1, 2, 3)", "rgb(3, 2, 1)");
    await page.waitForFunction(isOutlined, "rgb(3, 2, 1)");
    await isStill();
  });

  it("explains a mistake over the page, and takes it away once it is mended", async () => {
    await open("/");
    const report = page.locator("questfolio-report");
    site.edit("site.yaml", "theme:", "themes:");
    await page.waitForFunction(() => document.querySelector("questfolio-report"));
    const overlay = await report.evaluate((it) => ({
      text: it.shadowRoot.textContent,
      link: it.shadowRoot.querySelector("a")?.href,
    }));
    assert.match(overlay.text, /themes/);
    assert.match(overlay.link, /^vscode:\/\/file\/.*site\.yaml:\d+:\d+$/);
    assert.match(await page.textContent("h1"), /Oyelaran/, "the last good page stays");
    site.edit("site.yaml", "themes:", "theme:");
    await page.waitForFunction(() => !document.querySelector("questfolio-report"));
    await isStill();
  });

  it("follows a page to its new address", async () => {
    site.write("content/posts/2026-01-02-early.md", "# Early\n\nWords.\n");
    await page.goto(site.origin + "/posts/");
    await page.waitForSelector("text=Early");
    await open("/posts/early/");
    site.rename("content/posts/2026-01-02-early.md", "content/posts/2026-01-02-late.md");
    await page.waitForURL("**/posts/late/");
  });
});
