#!/usr/bin/env bash
# One would expect: a year is a date in microformats, where dates may be as short as that. A job from
# 1998 to 2003 comes out with these two years.
#
# What happens: a year whose last two digits could be minutes is read as a time of day, 2003 as three
# minutes past eight in the evening, and is written with a colon. Years that end in 60 to 99 stay
# years, and so do those with a month. Nothing is reported: the job began in 1998 and ended at 20:03.
#
# Why: a value is tried as a time before it is tried as a year, and the colon in a time may be left out.
#
# Version: microformats 0.19.0, with microformats-types 0.15.0 (crates.io)
# Output seen:
#   1998     "1998"
#   2003     "20:03"
#   2026     "20:26"
#   2060     "2060"
#   2003-05  "2003-05"
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
microformats = { version = "=0.19.0", default-features = false }
microformats-types = { version = "=0.15.0", default-features = false }
serde_json = "1"

[workspace]
TOML

cat >src/main.rs <<'RUST'
fn main() {
    let page = "https://ada.example/".parse().unwrap();
    let read = ["1998", "2003", "2026", "2060", "2003-05"].map(|written| {
        let html = format!(
            r#"<p class="h-event"><span class="p-name">Smith of tools</span>
            <span class="dt-end">{written}</span></p>"#
        );
        let found = microformats::from_html(&html, &page).unwrap();
        let found = serde_json::to_value(&found).unwrap();
        let end = found["items"][0]["properties"]["end"][0].as_str().unwrap().to_string();
        println!("{written:7}  {end:?}");
        end
    });
    assert_eq!(read, ["1998", "20:03", "20:26", "2060", "2003-05"]);
}
RUST
cargo run --quiet
