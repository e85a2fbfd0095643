#!/usr/bin/env bash
# One would expect: a colour mixed with white in OKLCH is a lighter one of the same hue, since white
# has no hue. A browser does so: color-mix(in oklch, white, blue) stays blue.
#
# What happens: half white and half blue is mint green, and violet becomes pink. White comes out of
# the conversion with a chroma far below any eye and a hue of 90 degrees, left over from the rounded
# numbers of the published matrices, and the mix starts at that hue. No value says that the hue means
# nothing. In Oklab, which has no hue, the mix is right.
#
# Version: palette 0.7.7 (crates.io)
# Output seen:
#   white in OKLCH: chroma 4e-8, hue 90
#   blue    oklch 00c5a5  oklab 74a3ff
#   violet  oklch e78e9b  oklab ab9feb
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
palette = "=0.7.7"

[workspace]
TOML

cat >src/main.rs <<'RUST'
use palette::{IntoColor, LinSrgb, Mix, Oklab, Oklch, Srgb};

fn hex(colour: impl IntoColor<LinSrgb<f64>>) -> String {
    format!("{:x}", Srgb::<f64>::from_linear(colour.into_color()).into_format::<u8>())
}

fn main() {
    let white: Oklch<f64> = Srgb::new(1.0, 1.0, 1.0).into_linear().into_color();
    let hue = white.hue.into_positive_degrees();
    println!("white in OKLCH: chroma {:.0e}, hue {hue:.0}", white.chroma);
    let colours = [("blue", Srgb::new(0.0, 0.0, 1.0)), ("violet", Srgb::new(0.4, 0.2, 0.8))];
    let mixed = colours.map(|(name, colour)| {
        let polar: Oklch<f64> = colour.into_linear().into_color();
        let plain: Oklab<f64> = polar.into_color();
        let bright: Oklab<f64> = white.into_color();
        let both = [hex(white.mix(polar, 0.5)), hex(bright.mix(plain, 0.5))];
        println!("{name:7} oklch {}  oklab {}", both[0], both[1]);
        both
    });
    assert_eq!(mixed, [["00c5a5", "74a3ff"], ["e78e9b", "ab9feb"]]);
}
RUST
cargo run --quiet
