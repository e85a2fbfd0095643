#!/usr/bin/env bash
# One would expect: a library that changes one value of a YAML file and keeps all else as it was
# written does so in a mapping in braces as in one by lines.
#
# What happens: in braces the new value is written under the first key, and the other keys are
# gone, without an error: points are changed, and the name of a skill is overwritten. One key by
# name is asked for in both cases.
#
# Version: yamlpatch 1.24.0 (crates.io), with the crates it came out with. The function that does it
# is the same text in 1.32.0, which wants Rust 1.97 and was read, not run.
# Output seen:
#   by lines   "skill:\n  name: Go\n  xp: 60\n"
#   in braces  "skill: { name: 60 }\n"
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"

mkdir src
cat >Cargo.toml <<'TOML'
[package]
name = "look"
version = "0.0.0"
edition = "2024"
rust-version = "1.90"

[dependencies]
serde_yaml = "=0.9.34"
subfeature = "=1.24.0"
tree-sitter-iter = "=1.24.0"
yamlpatch = "=1.24.0"
yamlpath = "=1.24.0"

[workspace]
TOML

cat >src/main.rs <<'RUST'
use yamlpatch::{Op, Patch, apply_yaml_patches};
use yamlpath::{Document, Route};

fn with_more_points(source: &str) -> String {
    let patch = Patch {
        route: Route::from(vec!["skill".into(), "xp".into()]),
        operation: Op::Replace(serde_yaml::Value::from(60)),
    };
    let document = Document::new(source).unwrap();
    apply_yaml_patches(&document, &[patch]).unwrap().source().to_string()
}

fn main() {
    let lines = with_more_points("skill:\n  name: Go\n  xp: 10\n");
    let braces = with_more_points("skill: { name: Go, xp: 10 }\n");
    println!("by lines   {lines:?}\nin braces  {braces:?}");
    assert_eq!(lines, "skill:\n  name: Go\n  xp: 60\n");
    assert_eq!(braces, "skill: { name: 60 }\n");
}
RUST
cargo run --quiet
