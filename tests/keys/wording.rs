//! The words of `i18n/` reach every page: nothing on it is left in English.

use crate::support::{SiteTest, assert_no_errors, root};
use std::collections::{BTreeMap, BTreeSet};

/// Content in Greek, and something in every section of a sheet.
const PROFILE: &str = "
name: Άλφα Βήτα
label: Γάμμα
location: { city: Αθήνα, countryCode: GR }
class: [Δέλτα, Έψιλον]
availability: { from: 2027-02, roles: [Α, Β], places: [Γ] }
skills:
  Ζήτα: { level: 7, since: 2015 }
  Ήτα: { level: 4, requires: [Ζήτα], endorsed: [{ by: Θήτα, date: 2020-01-02 }] }
  Κάπα: { level: 3, merges: [Ζήτα, Ήτα], at: 5 }
work:
  - { name: Ιώτα, position: Λάμδα, startDate: 2012-03, endDate: 2015-05, skills: [Ζήτα] }
  - { name: Μι, position: Νι, startDate: 2016-01, skills: [Ήτα] }
education: [{ institution: Ξι, area: Όμικρον, startDate: 2008, endDate: 2012 }]
projects: [{ name: Πι, startDate: 2019-01, skills: [Ζήτα] }, { name: Ρο, skills: [Ζήτα] }]
certificates: [{ name: Σίγμα, date: 2020-04-05, issuer: Ταυ }]
awards: [{ title: Ύψιλον, date: 2021-01 }]
publications: [{ name: Φι, releaseDate: 2022-02-03 }]
languages: [{ language: Χι, fluency: Ψι }]
interests: [{ name: Ωμέγα }]
references: [{ name: Άλφα, reference: Βήτα }]
publish: [references]
badges: [{ badge: a, date: 2020-01-01 }]
quests: [{ quest: b, status: passed, date: 2020-01-01, score: 90 }, { quest: c, status: accepted }]
journeys: [{ name: Γάμμα, stages: [{ name: Δέλτα, date: 2020-01, status: done }, { name: Έψιλον, status: active }] }]
log: [{ date: 2021-02-03, xp: 12000, skill: Ζήτα, for: Ζήτα }]
";

/// A text with an alert and a table.
const TEXT: &str = "> [!NOTE]\n> Α\n\n> [!WARNING]\n> Β\n\n| | |\n|-|-|\n| Γ | Δ |\n";

/// The built-in words with other letters, as a pseudo-locale.
fn translated() -> String {
    let english = std::fs::read_to_string(root().join("themes/codex/i18n/en.yaml")).unwrap();
    let lines = english.lines().filter(|line| !line.starts_with('#'));
    let line = |line: &str| match line.split_once(':') {
        Some((key, value)) => format!("{key}:{}\n", in_other_letters(value)),
        None => format!("{line}\n"),
    };
    lines.map(line).collect::<String>() + "country_gr: Ελλάδα\n"
}

/// Keeps places for values (`{name}`) and keys of plural forms.
fn in_other_letters(value: &str) -> String {
    let mut text = String::new();
    let mut rest = value;
    while let Some(first) = rest.chars().next() {
        let is_name = |it: char| it.is_ascii_lowercase() || it == '_';
        let name = rest.strip_prefix('{').map_or("", |it| it.trim_start_matches(is_name));
        let len = rest.find(|it: char| !it.is_ascii_alphabetic()).unwrap_or(rest.len());
        if name.starts_with('}') {
            let end = rest.len() - name.len() + 1;
            text.push_str(&rest[..end]);
            rest = &rest[end..];
        } else if len == 0 {
            text.push(first);
            rest = &rest[first.len_utf8()..];
        } else {
            let is_key = ["one", "other"].contains(&&rest[..len]) && rest[len..].starts_with(": ");
            let other = |it: char| char::from_u32('а' as u32 + it as u32 % 32).unwrap();
            text.extend(rest[..len].chars().map(|it| if is_key { it } else { other(it) }));
            rest = &rest[len..];
        }
    }
    text
}

/// The words of three Latin letters and more that a reader of a page meets, in its text and in the
/// attributes that are read aloud or shown.
fn latin(html: &str) -> BTreeSet<String> {
    let mut shown = String::new();
    let mut rest = html;
    while let Some(start) = rest.find('<') {
        shown.push_str(&rest[..start]);
        shown.push(' ');
        let end = rest[start..].find('>').map_or(rest.len(), |end| start + end + 1);
        let tag = &rest[start..end];
        for attribute in [" alt=\"", " title=\"", " aria-label=\"", " placeholder=\""] {
            for (at, _) in tag.match_indices(attribute) {
                let value = &tag[at + attribute.len()..];
                shown.push_str(value.split('"').next().unwrap_or_default());
                shown.push(' ');
            }
        }
        let is_meta = ["description", "og:title", "og:image:alt"];
        if tag.starts_with("<meta") && is_meta.iter().any(|it| tag.contains(&format!("{it}\""))) {
            shown.push_str(tag.split("content=\"").nth(1).unwrap_or_default());
        }
        rest = &rest[end..];
        for element in ["script", "style"] {
            if tag.starts_with(&format!("<{element}")) {
                rest = rest.split_once(&format!("</{element}>")).map_or("", |(_, rest)| rest);
            }
        }
    }
    shown.push_str(rest);
    let words = shown.split(|it: char| !it.is_ascii_alphabetic()).filter(|word| word.len() > 2);
    // The name of a format, and what HTML writes for a sign.
    let others = ["JSON", "Resume", "amp", "quot"];
    words.filter(|word| !others.contains(word)).map(str::to_owned).collect()
}

fn pages(site: &SiteTest) -> BTreeMap<String, String> {
    assert_no_errors(&site.clean().0.report);
    let files = site.clean_bytes().into_iter().filter(|(path, _)| path.ends_with(".html"));
    files.map(|(path, bytes)| (path, String::from_utf8(bytes).unwrap())).collect()
}

#[test]
fn a_translated_site_has_no_english_left() {
    let own = ("content/posts/2026-01-02-a.md", format!("# Α\n\n{TEXT}"));
    let page = ("content/pages/b.md", "# Β\n".to_owned());
    let words = ("i18n/de.yaml", translated());
    let rules = ("rules.yaml", "skills: { proficiency: { Αρχή: 1, Τέλος: 8 } }\n".to_owned());
    let config = ("site.yaml", "languages: [de]\n".to_owned());
    let solo = ("content/profile.yaml", PROFILE.to_owned());
    let guild = ("guild.yaml", "name: Ομάδα\nleaderboard: { show: everyone }\n".to_owned());
    let member = ("content/profiles/a.yaml", format!("{PROFILE}party: Π\n"));
    let newcomer = ("content/profiles/b.yaml", "name: Β\n".to_owned());
    let rest = [own, page, words, rules, config];
    for files in [vec![solo], vec![guild, member, newcomer]] {
        let files: Vec<_> =
            files.iter().chain(&rest).map(|(path, text)| (*path, &**text)).collect();
        let site = SiteTest::of(&files);
        for (path, page) in pages(&site) {
            assert!(page.contains("<html lang=\"de\"") || page.contains("http-equiv"), "{path}");
            assert_eq!(latin(&page), BTreeSet::new(), "{path}");
        }
    }
}

#[test]
fn dates_and_numbers_are_written_as_in_the_language() {
    let site = SiteTest::of(&[
        ("content/profile.yaml", PROFILE),
        ("content/posts/2026-03-02-a.md", "# Α\n"),
        ("site.yaml", "languages: [de]\n"),
    ]);
    let words = "date_months: [Jan., Feb., März, Apr., Mai, Juni, Juli, Aug., Sep., Okt., Nov., Dez.]\n\
        date_day: \"{day}. {month} {year}\"\nperiod_present: heute\nnumber_thousands: .\n\
        count_years: { one: \"{count} Jahr\", other: \"{count} Jahre\" }\n";
    site.write("i18n/de.yaml", words);
    let pages = pages(&site);
    let sheet = &pages["index.html"];
    for told in ["März 2012", "heute", "+12.000", "5. Apr. 2020", "3 Jahre 3 months", "2 projects"]
    {
        assert!(sheet.contains(told), "{told}");
    }
    assert!(pages["posts/a/index.html"].contains("2. März 2026"));
}
