// Edits the files of running servers, and measures when an open page in a browser shows each edit.
//
// Its argument is a task as JSON, made by serve.py. Each edit replaces the last mark by a new one,
// such as `body-000017`; the page reports every mark when it shows it for the first time, with the
// time by its own clock. Prints JSON lines: program, kind, turn, milliseconds (null: never).

import { createRequire } from "node:module";
import { readFileSync, renameSync, writeFileSync } from "node:fs";

const task = JSON.parse(process.argv[2]);
const { chromium } = createRequire(task.modules)("playwright-core");
const MARK = /(profile|body|style|template)-\d{6}/g;
const PATIENCE = 30_000;

const now = () => performance.timeOrigin + performance.now();
const sleep = (milliseconds) => new Promise((done) => setTimeout(done, milliseconds));

/** Runs in the page, in every document, before its own scripts. */
function watch(pattern) {
  const known = new Set();
  const look = () => {
    const root = document.documentElement;
    if (!root) return;
    const time = performance.timeOrigin + performance.now();
    const text = root.outerHTML + getComputedStyle(root).getPropertyValue("--mark");
    for (const [mark] of text.matchAll(new RegExp(pattern, "g"))) {
      if (!known.has(mark)) window.shows(mark, time);
      known.add(mark);
    }
  };
  new MutationObserver(look).observe(document, {
    subtree: true, childList: true, characterData: true, attributes: true,
  });
  // When a stylesheet has loaded, no element changes.
  document.addEventListener("load", look, true);
}

/** How far the page's clock is ahead of ours, from the fastest of many round trips. */
async function ahead(page) {
  let best = { took: Infinity, ahead: 0 };
  for (let turn = 0; turn < 30; turn++) {
    const begun = now();
    const theirs = await page.evaluate(() => performance.timeOrigin + performance.now());
    const took = now() - begun;
    if (took < best.took) best = { took, ahead: theirs - begun - took / 2 };
  }
  return best.ahead;
}

async function open(browser, program) {
  const page = await (await browser.newContext()).newPage();
  const waiting = new Map();
  await page.exposeFunction("shows", (mark, time) => waiting.get(mark)?.(time));
  await page.addInitScript(watch, MARK.source);
  await page.goto(program.url, { waitUntil: "load" });
  return { ...program, page, waiting };
}

/** Writes a mark into a file: by renaming, as editors do, or in place. */
function write(file, mark, isAtomic) {
  const kind = mark.split("-")[0];
  const text = readFileSync(file, "utf8").replace(new RegExp(`${kind}-\\d{6}`), mark);
  if (!text.includes(mark)) throw new Error(`${file} has no mark for ${kind}`);
  const begun = now();
  if (isAtomic) {
    writeFileSync(`${file}~`, text);
    renameSync(`${file}~`, file);
  } else {
    writeFileSync(file, text);
  }
  return begun;
}

/** Returns once the server has used no processor time for `pause`. */
async function quiet({ pid }, pause) {
  const used = () => {
    const fields = readFileSync(`/proc/${pid}/stat`, "utf8").split(") ").at(-1).split(" ");
    return Number(fields[11]) + Number(fields[12]);
  };
  const STEP = 100;
  for (let rested = 0, last = used(), left = PATIENCE; rested < pause && left > 0; left -= STEP) {
    await sleep(STEP);
    const next = used();
    rested = next - last > 1 ? 0 : rested + STEP;
    last = next;
  }
}

async function edit(program, kind, mark, isAtomic) {
  const offset = await ahead(program.page);
  const shown = new Promise((resolve) => {
    program.waiting.set(mark, resolve);
    setTimeout(() => resolve(null), PATIENCE);
  });
  const begun = write(program.files[kind], mark, isAtomic);
  const seen = await shown;
  program.waiting.delete(mark);
  return seen === null ? null : seen - offset - begun;
}

const browser = await chromium.launch({
  executablePath: task.chromium,
  args: ["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--no-first-run"],
});
const programs = [];
for (const program of task.programs) programs.push(await open(browser, program));
let count = 0;
for (const kind of task.kinds) {
  for (let turn = -task.warm; turn < task.edits; turn++) {
    for (const program of programs) {
      await quiet(program, task.pause);
      count += 1;
      const mark = `${kind}-${String(count).padStart(6, "0")}`;
      const took = await edit(program, kind, mark, turn % 2 === 0);
      if (turn >= 0) console.log(JSON.stringify({ program: program.name, kind, turn, took }));
    }
  }
}
await browser.close();
process.exit(0);
