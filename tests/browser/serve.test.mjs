// The dev server with a browser on it: what an author sees while the key is still going down.
// Run by scripts/test. QUESTFOLIO names the program, CHROMIUM the browser, if they are elsewhere.

import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { after, before, describe, it } from "node:test";
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
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
      // Until its first build is done a page may be one that says so.
      if (address && /Built|Mend/.test(said)) resolve(address[0]);
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
    read: (name) => readFileSync(path(name), "utf8"),
    has: (name) => existsSync(path(name)),
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

  it("keeps what is selected, typed and chosen, and the animations of style sheets", async () => {
    const base = readFileSync(join(root, "themes/codex/templates/base.html"), "utf8");
    const fields = "<input id=line><textarea id=lines></textarea><select id=list><option>a<option>b</select>";
    mkdirSync(join(site.folder, "templates"));
    site.write("templates/base.html", base.replace("</body>", `${fields}</body>`));
    await page.goto(site.origin + "/");
    await page.waitForSelector("#list", { state: "attached" });
    await open("/");
    await page.locator("input[type=radio][value=dark]").check({ force: true });
    await page.evaluate(() => {
      const sheet = new CSSStyleSheet();
      sheet.replaceSync("@keyframes fade { from { opacity: .9 } } h1 { animation: fade 60s }");
      document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];
      for (const id of ["line", "lines"]) document.getElementById(id).value = `my ${id}`;
      document.getElementById("list").value = "b";
      const text = document.querySelector("h1").firstChild;
      getSelection().setBaseAndExtent(text, 1, text, 5);
      window.fade = document.querySelector("h1").getAnimations()[0];
    });
    const state = () =>
      page.evaluate(() => ({
        selected: getSelection().toString(),
        values: ["line", "lines", "list"].map((id) => document.getElementById(id).value),
        ink: getComputedStyle(document.body).color,
        isFading: document.querySelector("h1").getAnimations()[0] === window.fade,
      }));
    const before = await state();
    assert.deepEqual([before.selected, before.values], ["amsi", ["my line", "my lines", "b"]]);
    assert.ok(before.isFading);
    site.edit("content/profile.yaml", "label: Staff", "label: Stoff");
    await page.waitForSelector("text=Stoff Platform Engineer");
    assert.deepEqual(await state(), before);
    site.edit("content/profile.yaml", "label: Stoff", "label: Staff");
    await page.waitForSelector("text=Staff Platform Engineer");
    assert.deepEqual(await state(), before);
    await isStill();
    await page.locator("input[type=radio][value=auto]").check({ force: true });
    rmSync(join(site.folder, "templates"), { recursive: true });
    await page.waitForFunction(() => !document.querySelector("#list"));
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
    await page.emulateMedia({ media: "print" });
    assert.ok(await report.locator("section").isHidden(), "it is not printed");
    await page.emulateMedia({ media: null });
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

describe("editing a sheet in a browser", () => {
  let browser, site, page;
  const profile = "content/profile.yaml";
  before(async () => {
    browser = await chromium.launch({
      executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
      args: ["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--no-first-run"],
    });
    site = await serve("solo");
    page = await browser.newPage({ viewport: { width: 1000, height: 700 } });
    page.setDefaultTimeout(PATIENCE);
    await page.goto(site.origin + "/", { waitUntil: "load" });
    await page.evaluate(() => (window.mark = "still here"));
  });
  after(async () => {
    await browser?.close();
    site?.stop();
  });

  const source = () => page.getAttribute("img.u-photo", "src");
  const isFinished = (before) =>
    page.waitForFunction((before) => {
      const it = document.querySelector("img.u-photo");
      const src = it.getAttribute("src");
      return !src.startsWith("data:") && src !== before && it.complete && it.naturalWidth > 0;
    }, before);
  /** Drops a file on the portrait, as a hand does. */
  const drop = (name, type, bytes) =>
    page.evaluate(
      ({ name, type, bytes }) => {
        const dataTransfer = new DataTransfer();
        const content = Uint8Array.from(atob(bytes), (it) => it.charCodeAt(0));
        dataTransfer.items.add(new File([content], name, { type }));
        const send = (kind) =>
          document.querySelector("img.u-photo").dispatchEvent(
            new DragEvent(kind, { dataTransfer, bubbles: true, cancelable: true }),
          );
        send("dragover");
        send("drop");
      },
      { name, type, bytes: Buffer.from(bytes).toString("base64") },
    );
  const note = () => page.locator("questfolio-edit[data-for=portrait] [role=alert]");
  const card = (host) => page.locator(`${host} form`);
  const isStill = async () => assert.equal(await page.evaluate(() => window.mark), "still here");

  it("shows a dropped portrait at once, and the finished one in its place", async () => {
    const [old, text] = [await source(), site.read(profile)];
    const photo = readFileSync(join(root, "examples/guild/content/profiles/wren/avatar.jpg"));
    await drop("me.jpg", "image/jpeg", photo);
    await page.waitForFunction(() =>
      document.querySelector("img.u-photo").getAttribute("src").startsWith("data:image/jpeg"),
    );
    await isFinished(old);
    assert.match(await source(), /avatar-\d+\.\w+\.\w+$/);
    assert.deepEqual(readFileSync(join(site.folder, "content/avatar.jpg")), photo);
    assert.ok(site.has("content/avatar.webp"), "the old picture is its author's");
    assert.equal(site.read(profile), text.replace("src: avatar.webp", "src: avatar.jpg"));
    assert.match(await note().innerText(), /focus and alt are still/);
    await page.keyboard.press("Enter");
    await note().waitFor({ state: "hidden" });
    await isStill();
  });

  it("takes a picked portrait as well", async () => {
    const old = await source();
    const button = page.getByRole("button", { name: "Change portrait" });
    const [picker] = await Promise.all([page.waitForEvent("filechooser"), button.press("Enter")]);
    await picker.setFiles(join(root, "examples/solo/content/posts/towpath.jpg"));
    await page.waitForFunction(() => document.querySelector("img.u-photo").getAttribute("src").startsWith("data:"));
    await isFinished(old);
    assert.ok(!site.has("content/avatar-2.jpg"), "a picture of its kind replaces the portrait");
    await page.keyboard.press("Enter");
    await note().waitFor({ state: "hidden" });
  });

  it("says what is no picture, and shows the old one again", async () => {
    const [old, text] = [await source(), site.read(profile)];
    for (const [name, type, bytes, words] of [
      ["me.txt", "text/plain", "just words", /me\.txt/],
      ["me.jpg", "image/jpeg", "<html>just words", /me\.jpg/],
      ["me.svg", "image/svg+xml", "<svg xmlns='http://www.w3.org/2000/svg'/>", /SVG/],
    ]) {
      await drop(name, type, bytes);
      await page.waitForFunction(
        (name) => {
          const host = document.querySelector("questfolio-edit[data-for=portrait]");
          return host.shadowRoot.querySelector("[role=alert]")?.textContent.includes(name);
        },
        name,
      );
      assert.match(await note().innerText(), words);
      assert.equal(await source(), old);
      await page.keyboard.press("Escape");
      await note().waitFor({ state: "hidden" });
    }
    await page.evaluate(() => {
      const dataTransfer = new DataTransfer();
      dataTransfer.items.add(new File([new Uint8Array(200_000_000)], "huge.jpg", { type: "image/jpeg" }));
      const drop = new DragEvent("drop", { dataTransfer, bubbles: true, cancelable: true });
      document.querySelector("img.u-photo").dispatchEvent(drop);
    });
    assert.match(await note().innerText(), /huge\.jpg is 200000000 bytes long, at most 10000000/);
    assert.equal(await source(), old);
    await page.keyboard.press("Escape");
    assert.equal(site.read(profile), text);
    assert.ok(!site.has("content/avatar.txt") && !site.has("content/me.txt"));
    await isStill();
  });

  it("writes a name and a label into the file, with comments and order kept", async () => {
    const text = site.read(profile);
    await page.locator("h1").hover();
    await page.getByRole("button", { name: "Change the name" }).click();
    const input = card("h1 questfolio-edit").locator("input");
    assert.equal(await input.inputValue(), "Tamsin Oyelaran");
    await input.fill("Tamsin #1: <b>Oyelaran</b>");
    await page.keyboard.press("Enter");
    await page.waitForFunction(() => document.querySelector("h1").textContent === "Tamsin #1: <b>Oyelaran</b>");
    assert.equal(
      site.read(profile),
      text.replace("name: Tamsin Oyelaran", 'name: "Tamsin #1: <b>Oyelaran</b>"'),
    );
    await page.getByRole("button", { name: "Change the name" }).press("Enter");
    await input.fill("Tamsin Oyelaran");
    await page.keyboard.press("Enter");
    await page.waitForFunction(() => document.querySelector("h1").textContent === "Tamsin Oyelaran");

    await page.getByRole("button", { name: "Change the label" }).press("Enter");
    await card(".p-job-title questfolio-edit").locator("input").fill("");
    await page.keyboard.press("Enter");
    await page.waitForFunction(() => !document.querySelector(".h-card > header .p-job-title"));
    await page.getByRole("button", { name: "Add a label" }).press("Enter");
    await card("h1 questfolio-edit[data-for=label]").locator("input").fill("Lamplighter");
    await page.keyboard.press("Enter");
    await page.waitForSelector("text=Lamplighter");
    const written = site.read(profile).replace(/^name: .*\n/m, "").replace(/^label: .*\n/m, "");
    assert.equal(written, text.replace(/^name: .*\n/m, "").replace(/^label: .*\n/m, ""));
    await isStill();
  });

  it("writes a level, and says what is none", async () => {
    const text = site.read(profile);
    const button = page.getByRole("button", { name: "Change the level of Rust" });
    await button.press("Enter");
    const input = card("#_skill-rust questfolio-edit").locator("input");
    await input.fill("often");
    await page.keyboard.press("Enter");
    await page.waitForSelector("#_skill-rust questfolio-edit [role=alert] >> text=no level is called often");
    assert.equal(site.read(profile), text);
    await input.fill("9");
    await page.keyboard.press("Enter");
    await page.waitForFunction(() => document.querySelector("#_skill-rust .sv b").textContent === "9");
    assert.equal(site.read(profile), text.replace("Rust: { level: 7", "Rust: { level: 9"));
    await card("#_skill-rust questfolio-edit").waitFor({ state: "hidden" });
    await isStill();
  });

  it("writes nothing after Escape, and nothing over what was changed meanwhile", async () => {
    const text = site.read(profile);
    const button = page.getByRole("button", { name: "Change the level of Go" });
    const input = card("#_skill-go questfolio-edit").locator("input");
    await button.press("Enter");
    await input.fill("1");
    await page.keyboard.press("Escape");
    await input.waitFor({ state: "hidden" });
    assert.equal(site.read(profile), text);
    await page.keyboard.press("Enter");
    await input.fill("1");
    const meanwhile = text.replace("Go: { level: 8", "Go: { level: 3");
    site.write(profile, meanwhile);
    await page.waitForFunction(() => document.querySelector("#_skill-go .sv b").textContent === "3");
    assert.equal(await input.inputValue(), "1", "what is being written stays");
    await page.keyboard.press("Enter");
    await page.waitForSelector("#_skill-go questfolio-edit [role=alert] >> text=the page showed 8");
    assert.equal(site.read(profile), meanwhile);
    await isStill();
  });

  it("hangs a portrait where there was none", async () => {
    const bare = await serve("minimal");
    const other = await browser.newPage({ viewport: { width: 390, height: 700 } });
    try {
      rmSync(join(bare.folder, "content/avatar.jpg"));
      bare.edit(profile, "image: avatar.jpg\n", "");
      const text = bare.read(profile);
      await other.goto(bare.origin + "/");
      await other.waitForFunction(() => !document.querySelector("img.u-photo"));
      const [picker] = await Promise.all([
        other.waitForEvent("filechooser"),
        other.getByRole("button", { name: "Add a portrait" }).press("Enter"),
      ]);
      await picker.setFiles(join(root, "examples/solo/content/posts/towpath.jpg"));
      await other.waitForSelector("img.u-photo[src*='avatar-']");
      await other.getByRole("button", { name: "Change portrait" }).waitFor();
      assert.ok(bare.has("content/avatar.jpg"));
      assert.equal(bare.read(profile), text, "it is found by its name");
      const overflow = () => document.documentElement.scrollWidth - innerWidth;
      assert.ok((await other.evaluate(overflow)) <= 0, "nothing scrolls sideways");
    } finally {
      await other.close();
      bare.stop();
    }
  });

  it("is no part of other pages, nor of paper", async () => {
    const other = await browser.newPage();
    await other.goto(site.origin + "/posts/");
    assert.equal(await other.locator("questfolio-edit").count(), 0);
    await other.close();
    await page.emulateMedia({ media: "print" });
    assert.ok(await page.locator("h1 questfolio-edit").first().isHidden());
    await page.emulateMedia({ media: null });
  });
});
