#!/usr/bin/env bash
# One would expect: a month of a year at medium length is a word, shortened where the language does
# so. In English it is "Jun 2020", and in French, whose full date of that length is a word too.
#
# What happens: in German and in the Portuguese of Portugal it is a number, 06/2020, and two lines of
# one résumé that differ by their language only look like two kinds of thing. At long length it is a
# word in all of them, and there is no length between: what `Intl.DateTimeFormat` calls a short
# month, "Juni 2020" in German, cannot be asked for.
#
# Why: the length is that of a full date, which is all numbers in these languages, and not the month's.
#
# Version: icu_datetime 2.4.0, with icu_datetime_data 2.4.0 (crates.io)
# Output seen:
#   en     Jun 2020   June 2020
#   fr     juin 2020  juin 2020
#   de     06/2020    Juni 2020
#   pt-PT  06/2020    junho de 2020
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
icu_calendar = "=2.4.0"
icu_datetime = "=2.4.0"
icu_datetime_data = "=2.4.0"
icu_locale_core = "=2.4.0"

[workspace]
TOML

cat >src/main.rs <<'RUST'
use icu_calendar::Date;
use icu_datetime::{DateTimeFormatter, fieldsets::YM};
use icu_locale_core::Locale;

fn main() {
    let day = Date::try_new_iso(2020, 6, 1).unwrap();
    let months = ["en", "fr", "de", "pt-PT"].map(|language| {
        let locale: Locale = language.parse().unwrap();
        let [medium, long] = [YM::medium(), YM::long()].map(|fields| {
            let formatter = DateTimeFormatter::try_new(locale.clone().into(), fields).unwrap();
            formatter.format(&day).to_string()
        });
        println!("{language:5}  {medium:9}  {long}");
        [medium, long]
    });
    let expected = [
        ["Jun 2020", "June 2020"],
        ["juin 2020", "juin 2020"],
        ["06/2020", "Juni 2020"],
        ["06/2020", "junho de 2020"],
    ];
    assert_eq!(months, expected);
}
RUST
cargo run --quiet
