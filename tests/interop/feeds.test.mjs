// Every published feed is read by feedparser, which takes away what it does not know: nothing of an
// entry may be among that. PAPER_PYTHON names the Python that scripts/test makes; QUESTFOLIO names the
// program, or the debug build is taken.

import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { after, describe, it } from "node:test";
import { fileURLToPath } from "node:url";

const here = dirname(fileURLToPath(import.meta.url));
const root = join(here, "..", "..");
const program = process.env.QUESTFOLIO ?? join(root, "target/debug/questfolio");
const python = process.env.PAPER_PYTHON ?? join(root, "target/paper/bin/python");
const folder = mkdtempSync(join(tmpdir(), "questfolio-feeds-"));

after(() => rmSync(folder, { recursive: true }));

describe("feedparser keeps every entry whole", () => {
  const sites = { solo: "examples/solo", guild: "examples/guild", component: "tests/cases/component-in-feed", own: "." };
  for (const [name, site] of Object.entries(sites)) {
    it(name, () => {
      const out = join(folder, name);
      const options = ["--out", out, "--url", "https://x.example/sub/", "--date", "2026-11-28", "--quiet"];
      execFileSync(program, ["build", join(root, site), ...options, "--cache", `${out}-cache`]);
      const files = ["feed.xml", "feed.json"].map((name) => join(out, name));
      const read = JSON.parse(execFileSync(python, [join(here, "read_feed.py"), ...files]));
      const { items } = JSON.parse(readFileSync(files[1]));
      assert.deepEqual([read.bozo, read.version, read.entries.length], [false, "atom10", items.length]);
      assert.ok(items.length > 0);
      for (const entry of read.entries) {
        assert.deepEqual(entry.read, entry.published, entry.link);
        assert.ok(entry.hasDate && entry.hasAuthor && entry.title, entry.link);
        assert.ok(entry.link.startsWith("https://x.example/sub/"), entry.link);
      }
    });
  }
});
