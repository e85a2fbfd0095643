// Pages with little on them, with much, and with words of any length: no sideways scrolling, no
// zeros, no abbreviations, no holes. Sites are written here, built by the program, looked at in
// Chromium. Run by scripts/test.

import assert from "node:assert/strict";
import { after, describe, it } from "node:test";
import { cpSync, mkdirSync, rmSync, readdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { chromium } from "playwright-core";
import * as look from "./look.mjs";
import { addressOf, kindOf, run, serve, siteIn } from "./site.mjs";

const here = dirname(fileURLToPath(import.meta.url));
const root = join(here, "..", "..");
const target = process.env.CARGO_TARGET_DIR ?? join(root, "target");
const program = process.env.QUESTFOLIO ?? join(target, "debug", "questfolio");
const folder = join(target, "browser", "looks");

const PHONES = [390, 320];
const WORD = "Donaudampfschifffahrtselektrizitaetenhauptbetriebswerkbauunterbeamtengesellschaft";
const PATH = "com/fasterxml/jackson/databind/exc/UnrecognizedPropertyException/Companion/Objects";
const LINK = `https://example.org/${PATH}`;

const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
  args: ["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--no-first-run"],
});
const servers = [];
after(async () => {
  await browser.close();
  for (const server of servers) server.stop();
});
rmSync(folder, { recursive: true, force: true });

/** Builds a site of these files (JSON is YAML too), or of a folder, and serves it. */
async function site(name, files) {
  const source = join(folder, name);
  if (typeof files === "string") {
    cpSync(join(root, files), source, { recursive: true });
  } else {
    for (const [path, content] of Object.entries(files)) {
      mkdirSync(dirname(join(source, path)), { recursive: true });
      const text = typeof content === "string" ? content : JSON.stringify(content);
      writeFileSync(join(source, path), text);
    }
  }
  return shown(name, source);
}

/** Builds a site that lies in a folder, and serves it. */
async function shown(name, source) {
  const out = join(folder, "out", name);
  const address = ["--url", "https://example.org/", "--date", "2026-11-28"];
  await run(program, ["build", source, "--out", out, ...address], {
    env: { ...process.env, QUESTFOLIO_CACHE: join(target, "browser", "cache") },
  });
  const built = siteIn(out, "/");
  const server = await serve(built);
  servers.push(server);
  return { pages: built.pages.map(addressOf), origin: server.origin };
}

async function at({ origin }, address, width, use) {
  const context = await browser.newContext({
    reducedMotion: "reduce",
    viewport: { width, height: 900 },
  });
  try {
    const { page } = await look.open(context, origin, `/${address}`);
    return await use(page);
  } finally {
    await context.close();
  }
}

/** A profile with this word in every text. */
function wordy(word) {
  const dates = { startDate: "2020-01", endDate: "2021-02" };
  return {
    name: word,
    label: word,
    summary: `${word} ${LINK}`,
    about: `## ${word}\n\n${word} \`${word}\`\n\n- ${LINK}`,
    url: LINK,
    email: `${word.slice(0, 60)}@${word.slice(0, 60)}.example`,
    publish: ["email", "phone", "references"],
    phone: word,
    location: { city: word, region: word },
    profiles: [{ network: word, username: word, url: LINK }, { network: "GitHub", username: word }],
    availability: { from: "2027-01", roles: [word], places: [word] },
    class: { [word]: 3, [`${word}en`]: 2 },
    skills: [
      { name: word, level: 7, keywords: [word, LINK], evidence: [LINK], endorsed: [{ by: word }] },
      { name: `A${word}`, level: 6, requires: [word], rarity: "epic" },
      { name: `B${word}`, level: 5 },
    ],
    work: [
      { name: word, position: word, url: LINK, location: word, description: word, ...dates,
        summary: word, highlights: [LINK, `\`${word}\``], skills: [word] },
      { name: word, position: word, ...dates },
    ],
    volunteer: [{ organization: word, position: word, ...dates, summary: word, highlights: [word] }],
    education: [{ institution: word, url: LINK, area: word, studyType: word, ...dates, score: word, courses: [word] }],
    projects: [{ name: word, url: LINK, description: word, highlights: [LINK], keywords: [word], roles: [word], entity: word }],
    certificates: [{ name: word, issuer: word, url: LINK, date: "2020-01" }],
    awards: [{ title: word, awarder: word, summary: word, date: "2020-01" }],
    publications: [{ name: word, publisher: word, url: LINK, summary: word, releaseDate: "2020-01" }],
    languages: [{ language: word, fluency: word }],
    interests: [{ name: word, keywords: [word, word] }],
    references: [{ name: word, reference: word }],
    log: [{ date: "2026-01-01", xp: 5000, for: `${word} ${LINK}`, skill: word }],
    quests: [{ quest: word.slice(0, 60).toLowerCase(), status: "passed", score: 90, date: "2026-01-01", evidence: LINK }],
    badges: [{ badge: word.slice(0, 60).toLowerCase(), date: "2026-01-01", evidence: LINK }],
    journeys: [{ name: word, stages: [{ name: word, date: "2026-01-01", note: word, status: "done" }] }],
  };
}

const TEXT = `# ${WORD}\n\n${WORD} ${LINK} \`${WORD}\` [${WORD}](${LINK})\n\n## ${WORD}\n\n### ${WORD}\n\n` +
  `## Two\n\n> ${WORD}\n\n- ${WORD}\n\n| ${WORD} | b |\n| - | - |\n| ${WORD} | \`${WORD}\` |\n\n` +
  `> [!NOTE]\n> ${WORD}\n\nA note.[^1]\n\n[^1]: ${WORD}\n\n\`\`\`rust\n${WORD}\n\`\`\`\n`;
const FRONT = `title: ${WORD}\ndescription: ${WORD}\ntags: [${WORD}, ${PATH.replaceAll("/", ".")}]\n`;
const TEXTS = {
  "content/pages/long.md": `---\n${FRONT}---\n${TEXT}`,
  "content/posts/2026-01-01-long.md": `---\n${FRONT}---\n${TEXT}`,
  "content/posts/2026-01-02-longer.md": `---\n${FRONT}---\n${TEXT}`,
};

const long = {
  solo: await site("long-solo", {
    "site.yaml": { title: WORD, nav: { [WORD]: "/long/", Posts: "/posts/" } },
    "content/profile.yaml": wordy(WORD),
    ...TEXTS,
  }),
  guild: await site("long-guild", {
    "site.yaml": { title: WORD },
    "guild.yaml": { name: WORD, description: WORD, founder: "a", parties: { [WORD]: ["a"] }, leaderboard: { by: "xp", show: "everyone" } },
    "rules.yaml": { radar: { axes: ["a", "b", "c"].map((id) => ({ id, name: `${id}${WORD}` })) } },
    "content/profiles/a.yaml": { ...wordy(WORD), skills: { X: { level: 3, axis: "a" }, Y: { level: 9, axis: "b" }, Z: { level: 4, axis: "c" } }, work: [], projects: [], log: [] },
    "content/profiles/b.yaml": { name: WORD, class: WORD },
    ...TEXTS,
  }),
  reported: await site("long-reported", "tests/cases/long-words-on-a-phone"),
};

// Built before any test begins: the browser is closed when those that were known have ended.
const whole = {
  solo: await site("solo-whole", "examples/solo"),
  guild: await site("guild", "examples/guild"),
  own: await shown("own", root),
};

/** Skills in groups of these sizes. */
function grouped(sizes) {
  const skills = sizes.flatMap((size, group) => Array.from({ length: size }, (_, index) => [`Skill ${group + 1}.${index + 1}`, group + 1]));
  return {
    "content/profile.yaml": { name: "Ada", skills: Object.fromEntries(skills.map(([name, group]) => [name, Math.max(1, 9 - group)])) },
    "content/skills.yaml": Object.fromEntries(skills.map(([name, group]) => [name, { category: `Group ${group}` }])),
  };
}

const wild = [];
for (const name of readdirSync(join(root, "tests/cases/wild-shapes")).filter((name) => name !== "README")) {
  wild.push([name, await site(`wild-${name}`, `tests/cases/wild-shapes/${name}`)]);
}

const groups = [];
for (const sizes of [[7], [1, 1], [8, 1], [3, 3, 2], [9, 2, 1], [5, 1, 1, 1], [12, 1, 1, 1], [2, 2, 2, 2], [6, 5, 4, 3, 2, 1], [20, 1, 1, 1, 1, 1]]) {
  groups.push([sizes, await site(`groups-${sizes.join("-")}`, grouped(sizes))]);
}

describe("no word makes a phone scroll sideways", { concurrency: 2 }, () => {
  for (const [name, built] of Object.entries(long)) {
    for (const address of built.pages) {
      it(`${name}: /${address}`, async () => {
        for (const width of PHONES) {
          const wide = await at(built, address, width, (page) => look.sidewaysScroll(page));
          assert.deepEqual({ width, wide }, { width, wide: [] });
        }
      });
    }
  }
});

const zeros = await site("zeros", "tests/cases/zeros");
const few = await site("few", "examples/minimal");

describe("a sparse sheet", { concurrency: 2 }, () => {
  for (const [name, built] of Object.entries({ zeros, few })) {
    it(`${name}: has neither zeros nor abbreviations`, async () => {
      const text = await at(built, "", 1440, (page) => page.evaluate(() => document.body.textContent));
      assert.doesNotMatch(text, /\b0\s*(\/|of)\s*10\b/);
      assert.doesNotMatch(text, /\b(FRO|BAC|CLO|MOB|TOO|RUS|LIN|POS|DOC)\b/);
    });
  }
  it("says with its bar what the words say", async () => {
    const [words, share] = await at(zeros, "", 1440, (page) =>
      page.evaluate(() => {
        const [bar] = document.getElementsByClassName("xpbar");
        const inner = bar.clientWidth - 6;
        return [document.querySelector(".xp p").textContent, bar.firstElementChild.offsetWidth / inner];
      }),
    );
    const [, gained, stretch] = words.match(/([\d,]+) of ([\d,]+)/).map((it) => Number(it.replace(",", "")));
    assert.ok(Math.abs(gained / stretch - share) < 0.02, `${words}, and a bar ${share} full`);
  });
});

/** Things that stand in rows: those alone in a last row that they do not fill, by the list's class. */
function orphans() {
  const lists = document.querySelectorAll(".attrs ul, .cards, .wall, .rail.below, .roster.rows, .parties, .book:not(.many) ul");
  return [...lists].flatMap((list) => {
    const boxes = [...list.children].map((child) => child.getBoundingClientRect()).filter((box) => box.width);
    const last = boxes.filter((box) => Math.abs(box.top - boxes.at(-1).top) < 2);
    const room = list.getBoundingClientRect().width;
    const taken = last.at(-1).right - last[0].left;
    return taken < room - 2 ? [`${list.className || list.parentElement.className}: ${boxes.length} leave ${Math.round(room - taken)} px`] : [];
  });
}

const rows = [];
for (const n of [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13]) {
  const each = (make) => Array.from({ length: n }, (_, index) => make(index + 1));
  const axes = Array.from({ length: Math.max(3, Math.min(n, 12)) }, (_, index) => `axis-${index + 1}`);
  rows.push([n, await site(`rows-${n}`, {
    "rules.yaml": { radar: { axes } },
    "content/profile.yaml": {
      name: "Ada",
      skills: Object.fromEntries(axes.map((axis) => [axis, { level: 5, axis }])),
      projects: each((index) => ({ name: `Project ${index}`, description: "What it is." })),
      certificates: each((index) => ({ name: `Certificate ${index}`, issuer: "Somebody" })),
    },
  })]);
}

describe("rows are full", { concurrency: 2 }, () => {
  for (const [n, built] of rows) {
    it(`${n} cards, medals and plaques`, async () => {
      for (const width of look.WIDTHS) {
        const alone = await at(built, "", width, (page) => page.evaluate(orphans));
        assert.deepEqual({ width, alone }, { width, alone: [] });
      }
    });
  }
});

/** By how much the panels beside the story reach below it. */
function overhang() {
  const bottom = (list) => Math.max(...[...document.querySelectorAll(list)].map((it) => it.getBoundingClientRect().bottom));
  const beside = ".cols > .rail:not(.below) > *";
  if (!document.querySelector(".story") || !document.querySelector(beside)) return 0;
  return bottom(beside) - bottom(".story > *");
}

const sheets = { zeros, few, solo: await site("solo", "examples/solo") };
const person = {
  name: "Ada",
  skills: { Rust: 7, Go: 5, C: 4, HTML: 3 },
  education: Array.from({ length: 3 }, () => ({ institution: "University of Somewhere", studyType: "BSc", area: "Computing", startDate: "2010", endDate: "2014" })),
  languages: ["English", "Yoruba", "German"].map((language) => ({ language, fluency: "Fluent" })),
  interests: ["Chess", "Bees"].map((name) => ({ name, keywords: ["one", "two"] })),
};
for (const jobs of [0, 1, 2, 4]) {
  const job = { name: "Kelp", position: "Engineer", startDate: "2020-01", highlights: ["Made one thing.", "Made another."] };
  const work = Array.from({ length: jobs }, () => job);
  sheets[`${jobs} jobs`] = await site(`jobs-${jobs}`, { "content/profile.yaml": { ...person, work } });
  sheets[`${jobs} jobs, no skills`] = await site(`jobs-${jobs}-bare`, { "content/profile.yaml": { ...person, skills: {}, work } });
}

describe("no void under the story", { concurrency: 2 }, () => {
  for (const [name, built] of Object.entries(sheets)) {
    it(name, async () => {
      const below = await at(built, "", 1440, (page) => page.evaluate(overhang));
      assert.ok(below < 220, `the panels reach ${Math.round(below)} px below the story`);
    });
  }
});

describe("no void beside the story", { concurrency: 2 }, () => {
  for (const [name, built] of wild) {
    it(name, async () => {
      const [rail, story] = await at(built, "", 1440, (page) =>
        page.evaluate(() =>
          [".rail:not(.below) > *", ".story > *"].map((list) => {
            const boxes = [...document.querySelectorAll(list)].map((it) => it.getBoundingClientRect());
            return Math.max(...boxes.map((it) => it.bottom)) - Math.min(...boxes.map((it) => it.top));
          }),
        ),
      );
      assert.ok(rail > story * 0.5, `${Math.round(rail)} px of panels beside ${Math.round(story)} px of story`);
    });
  }
});

/** By how much the skills end higher in one place of the width than in another. */
function unevenness() {
  const skills = [...document.querySelectorAll(".book li")].map((it) => it.getBoundingClientRect());
  const ends = skills.map(({ left, right }) => {
    const x = (left + right) / 2;
    return Math.max(...skills.filter((it) => it.left < x && x < it.right).map((it) => it.bottom));
  });
  return Math.max(...ends) - Math.min(...ends);
}

describe("no void among skills", { concurrency: 2 }, () => {
  for (const [sizes, built] of groups) {
    it(`groups of ${sizes.join(", ")}`, async () => {
      for (const width of look.WIDTHS.filter((width) => width > 700)) {
        const uneven = await at(built, "", width, (page) => page.evaluate(unevenness));
        assert.ok(uneven < 280, `at ${width} px they end ${Math.round(uneven)} px higher in one place`);
      }
    });
  }
});

describe("a full sheet on a phone", () => {
  it("is not endless", async () => {
    const height = await at(sheets.solo, "", 390, (page) => page.evaluate(() => document.documentElement.scrollHeight));
    assert.ok(height < 12_400, `${height} px`);
  });
});

describe("words stay whole on a phone", { concurrency: 2 }, () => {
  for (const [name, { pages, origin }] of Object.entries(whole)) {
    const kinds = pages.map((address) => kindOf(address, name !== "solo"));
    // Pages of one kind share a template.
    for (const address of pages.filter((_, index) => kinds.indexOf(kinds[index]) >= index - 1)) {
      it(`${name}: /${address}`, async () => {
        for (const width of PHONES) {
          const broken = await at({ origin }, address, width, look.brokenWords);
          assert.deepEqual({ width, broken }, { width, broken: [] });
        }
      });
    }
  }
});
