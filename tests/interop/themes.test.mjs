// Every published resume.json is taken by the strictest validator and rendered by the three themes
// that are used most. QUESTFOLIO names the program; without it, the debug build's is taken.

import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdtempSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { fileURLToPath } from "node:url";
import Ajv from "ajv";
import addFormats from "ajv-formats";

const root = fileURLToPath(new URL("../..", import.meta.url));
const program = process.env.QUESTFOLIO ?? join(root, "target/debug/questfolio");
const require = createRequire(import.meta.url);
const THEMES = ["elegant", "even", "stackoverflow"];

// What a profile may be without losing its form: the README's eight lines, and every oddity at once.
const WRITTEN = {
  smallest: { "profile.yaml": "name: Ada Okafor\n" },
  odd: {
    "profile.json": JSON.stringify({
      basics: {
        name: "Jürgen",
        email: "jürgen@münchen.example",
        url: "https://münchen.example/über",
        location: { countryCode: "Deutschland" },
        profiles: [{ network: "Mastodon", url: "/about" }],
      },
      work: [
        { name: "Mill", startDate: "Oct 2012", endDate: "some summer" },
        { name: "Dam", startDate: "2016-6", endDate: "Present" },
      ],
      skills: [{ name: "Rust", level: 9 }, { name: "Go", level: "9/10" }],
      awards: [{}, { title: "First", date: "3014" }],
      languages: [{ language: "Deutsch" }],
    }),
  },
};

const folder = mkdtempSync(join(tmpdir(), "questfolio-interop-"));
after(() => rmSync(folder, { recursive: true, force: true }));

const resumes = {};

before(() => {
  const wild = join(root, "tests/cases/wild-shapes");
  for (const entry of readdirSync(wild, { withFileTypes: true }).filter((it) => it.isDirectory())) {
    build(entry.name, join(wild, entry.name));
  }
  for (const [name, files] of Object.entries(WRITTEN)) {
    const site = join(folder, "written", name);
    mkdirSync(join(site, "content"), { recursive: true });
    for (const [file, text] of Object.entries(files)) writeFileSync(join(site, "content", file), text);
    build(name, site);
  }
});

function build(name, site) {
  const out = join(folder, "out", name);
  const options = ["--out", out, "--cache", join(folder, "cache"), "--date", "2026-11-28"];
  execFileSync(program, ["build", site, ...options, "--url", "https://x.example"], { stdio: "pipe" });
  resumes[name] = JSON.parse(readFileSync(join(out, "resume.json"), "utf8"));
}

async function theme(name) {
  const id = `jsonresume-theme-${name}`;
  let module;
  try {
    module = require(id);
  } catch {
    module = await import(id);
  }
  return module.render ?? module.default.render ?? module.default;
}

test("the schema is kept, addresses and dates by their formats", () => {
  const schema = JSON.parse(readFileSync(join(root, "tests/fixtures/jsonresume/schema.json"), "utf8"));
  delete schema.$schema;
  const ajv = new Ajv({ strict: false, allErrors: true });
  addFormats(ajv);
  const validate = ajv.compile(schema);
  assert.ok(Object.keys(resumes).length >= 8);
  for (const [name, resume] of Object.entries(resumes)) {
    assert.ok(validate(resume), `${name}: ${JSON.stringify(validate.errors)}`);
  }
});

for (const name of THEMES) {
  test(`${name} renders every résumé`, async () => {
    const render = await theme(name);
    for (const [of, resume] of Object.entries(resumes)) {
      const html = await render(structuredClone(resume));
      assert.ok(html.includes(resume.basics.name), `${of}: the name is not on the page`);
      const picture = resume.basics.image;
      assert.ok(!picture || picture.startsWith("https://"), `${of}: ${picture} leads nowhere`);
    }
  });
}
