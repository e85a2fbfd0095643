// Looking at pages in a browser: what a visitor would see go wrong.

import { AxeBuilder } from "@axe-core/playwright";

export const WIDTHS = [390, 820, 1440];
/** The widths at which axe looks too: between them only columns move. */
export const CLOSELY = [390, 1440];
export const SCHEMES = ["light", "dark"];

/** Opens a page and gathers everything that went wrong while it loaded, as lines of text. */
export async function open(context, origin, address) {
  const page = await context.newPage();
  const wrong = [];
  const gather = (line) => wrong.push(line);
  page.on("console", (message) => {
    if (["error", "warning"].includes(message.type())) gather(`console: ${message.text()}`);
  });
  page.on("pageerror", (error) => gather(`script: ${error.message}`));
  page.on("requestfailed", (request) => {
    gather(`request failed: ${request.url()} (${request.failure()?.errorText})`);
  });
  page.on("request", (request) => {
    const url = request.url();
    if (!url.startsWith(origin) && !url.startsWith("data:")) gather(`foreign request: ${url}`);
  });
  page.on("response", (response) => {
    if (response.status() >= 400 && response.url() !== origin + address) {
      gather(`status ${response.status()}: ${response.url()}`);
    }
  });
  await page.goto(origin + address, { waitUntil: "load" });
  return { page, wrong };
}

/** Elements that make the page wider than the window, or nothing. */
export async function sidewaysScroll(page) {
  return page.evaluate(() => {
    const root = document.documentElement;
    if (root.scrollWidth <= root.clientWidth) return [];
    const wide = [...document.querySelectorAll("body *")].filter(
      (element) => element.getBoundingClientRect().right > root.clientWidth + 1,
    );
    const names = wide.map((element) => `${element.localName}.${element.className}`);
    return [`${root.scrollWidth} > ${root.clientWidth}`, ...names.slice(-3)];
  });
}

/** Words of ordinary length that stand on two lines; where a page may hyphenate it says so. */
export async function brokenWords(page) {
  return page.evaluate(() => {
    const broken = [];
    const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    for (let node = texts.nextNode(); node; node = texts.nextNode()) {
      const style = getComputedStyle(node.parentElement);
      if (style.hyphens === "auto" || node.parentElement.closest(".vh, script")) continue;
      for (const { 0: word, index } of node.data.matchAll(/(?<!\S)[\p{L}\p{N},.]{2,14}(?!\S)/gu)) {
        const range = document.createRange();
        range.setStart(node, index);
        range.setEnd(node, index + word.length);
        const tops = [...range.getClientRects()].map((it) => Math.round(it.top / 4));
        if (new Set(tops).size > 1) broken.push(`${node.parentElement.localName}: ${word}`);
      }
    }
    return broken;
  });
}

/** Pictures that are in view and show nothing. */
export async function emptyPictures(page) {
  return page.evaluate(async () => {
    const shown = [...document.images].filter((image) => image.getClientRects().length > 0);
    for (const image of shown) image.loading = "eager";
    await Promise.all(shown.map((image) => image.decode().catch(() => {})));
    return shown.filter((image) => !image.naturalWidth).map((image) => image.currentSrc);
  });
}

/** What axe finds, one line for each rule with the first element it names. */
export async function axe(page) {
  const { violations } = await new AxeBuilder({ page }).analyze();
  return violations.map(
    ({ id, nodes }) => `${id} (${nodes.length}): ${nodes[0].target} ${nodes[0].html.slice(0, 120)}`,
  );
}

/** Chooses one of the page's controls by its value, as a visitor would. */
export async function choose(page, value) {
  await page.locator(`input[type=radio][value="${value}"]`).check({ force: true });
}

/** The colour of the text, which tells a light page from a dark one. */
export async function inkColour(page) {
  return page.evaluate(() => getComputedStyle(document.body).color);
}

/** How much text can be read on the page as it is set now. */
export async function visibleText(page) {
  return page.evaluate(() => document.body.innerText);
}
