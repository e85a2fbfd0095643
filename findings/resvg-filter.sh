#!/usr/bin/env bash
# One would expect: a shape that asks for a filter which the drawing does not have is drawn without
# it. So it is with a mask and with a clip path that are not there, and so the Filter Effects module
# of CSS has it for filters: then none is applied. Chromium 156 draws the shape.
#
# What happens: the shape is gone. A missing mask and a missing clip path leave a warning in the log
# and the shape in the picture; the missing filter takes the shape and leaves no word. A crest that
# is cut out of a larger drawing, whose glow stays behind in it, is an empty picture.
#
# Version: resvg 0.49.0 (crates.io)
# Output seen:
#   mask       warnings: 1, drawn: true
#   clip-path  warnings: 1, drawn: true
#   filter     warnings: 0, drawn: false
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

[dependencies]
log = "0.4"
resvg = { version = "=0.49.0", default-features = false }

[workspace]
TOML

cat >src/main.rs <<'RUST'
use resvg::tiny_skia::{Pixmap, Transform};
use resvg::usvg::{Options, Tree};
use std::sync::atomic::{AtomicUsize, Ordering::SeqCst};

static WORDS: AtomicUsize = AtomicUsize::new(0);

struct Count;

impl log::Log for Count {
    fn enabled(&self, _: &log::Metadata) -> bool {
        true
    }
    fn log(&self, _: &log::Record) {
        WORDS.fetch_add(1, SeqCst);
    }
    fn flush(&self) {}
}

fn main() {
    log::set_logger(&Count).unwrap();
    log::set_max_level(log::LevelFilter::Trace);
    let seen = ["mask", "clip-path", "filter"].map(|name| {
        let svg = format!(
            r##"<svg xmlns="http://www.w3.org/2000/svg" width="8" height="8">
            <path d="M0 0h8v4l-4 4-4-4z" fill="#b08d57" {name}="url(#glow)"/></svg>"##
        );
        let tree = Tree::from_str(&svg, &Options::default()).unwrap();
        let mut picture = Pixmap::new(8, 8).unwrap();
        resvg::render(&tree, Transform::identity(), &mut picture.as_mut());
        let drawn = picture.pixel(4, 2).unwrap().alpha() == 255;
        let words = WORDS.swap(0, SeqCst);
        println!("{name:9}  warnings: {words}, drawn: {drawn}");
        (words, drawn)
    });
    assert_eq!(seen, [(1, true), (1, true), (0, false)]);
}
RUST
cargo run --quiet
