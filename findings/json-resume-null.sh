#!/usr/bin/env bash
# One would expect: what a library for JSON Resume writes is a JSON Resume. A valid one that it reads
# and writes back is valid.
#
# What happens: most of what the file does not say is written as null, the end of a job that goes on as
# "endDate": null. The schema lets these keys be away, and none of them be null. Of a file with three
# values, 17 nulls are refused by the schema's own validator. The library has a validation too, which
# has nothing to say against them.
#
# Versions: json-resume 0.2.0 (crates.io); @jsonresume/schema 1.3.1 (npm)
# Output seen:
#   read     nulls: 0, refused: 0
#   written  nulls: 17, refused: 17
#   the last two: work[0].endDate is not of a type(s) string, meta is not of a type(s) object
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"

npm install --silent --no-audit --no-fund --ignore-scripts --prefix . @jsonresume/schema@1.3.1

mkdir src
cat >Cargo.toml <<'TOML'
[package]
name = "look"
version = "0.0.0"
edition = "2024"

[dependencies]
json-resume = "=0.2.0"
serde_json = "1"
serde_valid = "=0.13.0"

[workspace]
TOML

cat >src/main.rs <<'RUST'
use json_resume::Resume;
use serde_valid::Validate;

fn main() {
    let resume: Resume = serde_json::from_reader(std::io::stdin()).unwrap();
    resume.validate().unwrap();
    println!("{}", serde_json::to_string(&resume).unwrap());
}
RUST

cat >look.mjs <<'JS'
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { validate } from "@jsonresume/schema";

const look = (name, file) => {
  const text = readFileSync(file, "utf8");
  let refused;
  validate(JSON.parse(text), (errors) => (refused = errors ?? []));
  const nulls = text.match(/\bnull\b/g) ?? [];
  console.log(name.padEnd(8), `nulls: ${nulls.length}, refused: ${refused.length}`);
  assert.equal(refused.length, nulls.length);
  return refused.map(({ stack }) => stack.replace("instance.", ""));
};
assert.deepEqual(look("read", "before.json"), []);
const refused = look("written", "after.json");
const last = refused.slice(-2).join(", ");
console.log("the last two:", last);
assert.equal(refused.length, 17);
assert.equal(last, "work[0].endDate is not of a type(s) string, meta is not of a type(s) object");
JS
cat >before.json <<'JSON'
{
  "basics": { "name": "Ada Okafor" },
  "work": [{ "name": "Example Forge", "startDate": "2022-04" }]
}
JSON
cargo run --quiet <before.json >after.json
node look.mjs
