//! Profiles as people write them.

use super::*;
use crate::diagnostic::Diagnostic;
use crate::model::profile::{PrivateField, QuestStatus, StageStatus};
use jiff::civil::date;

/// The profile in the first of these files, and the reports, each as `code line: message`.
fn read(files: &[(&str, &str)]) -> (Option<Profile>, Vec<String>) {
    let bytes = files.iter().map(|(path, text)| (*path, text.as_bytes()));
    let snapshot = Snapshot::of_files(date(2026, 3, 20), bytes);
    let path = SitePath::new(files[0].0).unwrap();
    let mut report = Report::default();
    let profile = profile(&snapshot, &path, &Ruleset::default(), &mut report);
    let line = |it: &Diagnostic| format!("{}: {}", it.code, it.message);
    (profile, report.iter().map(line).collect())
}

fn sound(files: &[(&str, &str)]) -> Profile {
    let (profile, mistakes) = read(files);
    assert_eq!(mistakes, [""; 0]);
    profile.unwrap()
}

/// MODEL.md's full profile.
const FULL: &str = r#"
name: Ada Okafor
label: Backend Engineer
image: { src: me.jpg, focus: [0.5, 0.3], alt: Ada laughing }
email: ada@example.org
phone: "+49 30 0000000"
url: https://ada.example.org
summary: I make slow things fast, and I write down **how**.
location: { city: Berlin, countryCode: DE }
profiles: { GitHub: ada-okafor, Mastodon: "@ada@hachyderm.io" }
publish: [email]
class: { Artificer: 5, Ranger: 2 }
guild: ferris-forge
party: storage
theme: parchment
skills:
  Rust: 8
  Docker: 6
  Linux: 7
  PostgreSQL: 6
  Kubernetes:
    level: 4
    since: 2022-03
    axis: cloud
    requires: [Docker, Linux]
    evidence: https://github.com/ada-okafor/k8s-homelab
    endorsed: [{ by: grace, date: 2026-01-05, url: https://example.org/pull/1 }]
  Platform Engineering: { merges: [Kubernetes, PostgreSQL], at: 4, rarity: epic }
  Go: learning
log:
  - { date: 2026-02-11, xp: 150, skill: Rust, for: First merge, evidence: https://example.org/1 }
  - { date: 2026-02-12, xp: -20, for: Broke the build, private: true }
quests:
  - { quest: lru-cache, status: passed, date: 2026-03-20, score: 92, evidence: https://example.org/2 }
  - { quest: ship-a-release }
badges:
  - { badge: conference-speaker, date: 2025-10-04, evidence: https://example.org/3 }
work:
  - name: Nimbus Storage
    positions:
      - { position: Staff Engineer, startDate: 2024-01, highlights: [Cut p99 latency by 61 %], skills: [Rust] }
      - { position: Senior Engineer, start: 2021-05, end: 2023-12, tags: [backend] }
education: []
journeys:
  - { name: EU Blue Card, stages: [{ name: Applied, date: 2020-11-02, status: done }, { name: Permanent residence, date: 2026-12 }] }
following: [grace, "https://lin.example.org"]
"#;

#[test]
fn every_key_of_the_full_profile_is_read() {
    let it =
        sound(&[("content/profiles/ada/profile.yaml", FULL), ("content/profiles/ada/me.jpg", "")]);
    assert_eq!((it.slug.as_str(), it.name.as_str()), ("ada", "Ada Okafor"));
    let image = it.image.unwrap();
    assert_eq!(image.file.unwrap().as_str(), "content/profiles/ada/me.jpg");
    assert_eq!((image.focus, image.alt.as_deref()), (Some((500, 300)), Some("Ada laughing")));
    let accounts: Vec<_> = it.accounts.iter().filter_map(|it| it.url.as_deref()).collect();
    assert_eq!(accounts, ["https://github.com/ada-okafor", "https://hachyderm.io/@ada"]);
    assert!(it.publish.contains(&PrivateField::Email) && it.publish.len() == 1);
    let classes: Vec<_> = it.class.iter().map(|it| (it.class.as_str(), it.level)).collect();
    assert_eq!(classes, [("Artificer", Some(5)), ("Ranger", Some(2))]);
    let skills: Vec<_> = it.skills.iter().map(|it| (it.slug.as_str(), it.level)).collect();
    assert_eq!(
        skills[4..],
        [("kubernetes", Some(4)), ("platform-engineering", None), ("go", Some(1))]
    );
    assert_eq!(it.skills[4].requires, ["docker", "linux"]);
    assert_eq!(it.skills[4].endorsed[0].by, "grace");
    assert_eq!(it.skills[5].merges, ["kubernetes", "postgresql"]);
    assert_eq!(it.skills[6].word.as_deref(), Some("learning"));
    assert_eq!(
        it.log.iter().map(|it| (it.xp, it.private)).collect::<Vec<_>>(),
        [(150, false), (-20, true)]
    );
    assert_eq!(it.log[0].skill.as_deref(), Some("rust"));
    assert_eq!(
        (it.quests[0].status, it.quests[1].status),
        (QuestStatus::Passed, QuestStatus::Accepted)
    );
    assert_eq!(it.badges[0].badge, "conference-speaker");
    let positions = &it.work[0].positions;
    assert!(it.work[0].grouped && positions.len() == 2);
    assert_eq!(positions[1].start.as_ref().unwrap().to_string(), "2021-05");
    assert_eq!(positions[0].skills, ["rust"]);
    let stages: Vec<_> = it.journeys[0].stages.iter().map(|it| it.status).collect();
    assert_eq!(stages, [StageStatus::Done, StageStatus::Planned]);
    assert_eq!(it.following, ["grace", "https://lin.example.org"]);
}

#[test]
fn a_profile_lies_where_its_author_puts_it() {
    let name = "name: Ada Okafor\n";
    let slug = |path, text| sound(&[(path, text)]).slug;
    assert_eq!(slug("content/profile.yaml", name), "ada-okafor");
    assert_eq!(slug("content/profile.json", r#"{"basics": {"name": "Ada Okafor"}}"#), "ada-okafor");
    assert_eq!(slug("content/profiles/Ada.yaml", name), "ada");
    assert_eq!(slug("content/profiles/grace-h/profile.yaml", name), "grace-h");
}

#[test]
fn what_lies_beside_it_belongs_to_it() {
    let about = |it: &Profile| it.about.as_ref().map(|about| about.text.trim().to_owned());
    let picture = |it: &Profile| it.image.as_ref().map(|image| image.src.clone());
    let folder = sound(&[
        ("content/profiles/ada/profile.yaml", "name: Ada\nimage: { alt: Ada laughing }\n"),
        ("content/profiles/ada/about.md", "I grew up among looms.\n"),
        ("content/profiles/ada/avatar.webp", ""),
    ]);
    assert_eq!(about(&folder).as_deref(), Some("I grew up among looms."));
    assert_eq!(picture(&folder).as_deref(), Some("avatar.webp"));
    assert_eq!(folder.image.unwrap().alt.as_deref(), Some("Ada laughing"));
    let file = sound(&[
        ("content/profiles/ada.md", "---\nname: Ada\n---\nI grew up among looms.\n"),
        ("content/profiles/about.md", "not hers"),
        ("content/profiles/ada.png", ""),
    ]);
    assert_eq!(about(&file).as_deref(), Some("I grew up among looms."));
    assert_eq!(picture(&file).as_deref(), Some("ada.png"));
}

#[test]
fn basics_may_be_written_out() {
    let flat = sound(&[(
        "content/profiles/ada.yaml",
        "name: Ada\nurl: https://a.example\nlocation: {city: B}\n",
    )]);
    let text = "basics:\n  name: Ada\n  url: https://a.example\n  location: {city: B}\n";
    let written_out = sound(&[("content/profiles/ada.yaml", text)]);
    assert_eq!(written_out, Profile { places: written_out.places.clone(), ..flat });
}

#[test]
fn one_mistake_does_not_hide_another() {
    let text = "name: Ada\nlabel: 5\nskills: { Rust: 80, Go: 3 }\nlog: [{ xp: 5 }, { date: 2026-01-01, xp: 7 }]\n";
    let (profile, mistakes) = read(&[("content/profiles/ada.yaml", text)]);
    let profile = profile.unwrap();
    assert_eq!(mistakes.len(), 3, "{mistakes:?}");
    assert_eq!((profile.skills.len(), profile.log.len()), (2, 1));
    assert_eq!(profile.skills[0].level, None);
}

#[test]
fn a_private_entry_that_cannot_be_read_stays_private() {
    let (profile, mistakes) =
        read(&[("content/profiles/ada.yaml", "name: Ada\nwork: [{ name: A, private: yes }]\n")]);
    assert_eq!(mistakes.len(), 1);
    assert!(profile.unwrap().work[0].private);
}

#[test]
fn a_nameless_or_broken_file_is_said_once() {
    let (profile, mistakes) = read(&[("content/profiles/ada.yaml", "label: Engineer\n")]);
    assert_eq!((profile.unwrap().name.as_str(), mistakes.len()), ("ada", 1), "{mistakes:?}");
    for (text, count) in
        [("", 1), ("- a\n", 1), ("name: [\n", 1), ("name: 5\n", 1), ("name: ' '\n", 1)]
    {
        assert_eq!(read(&[("content/profiles/ada.yaml", text)]).1.len(), count, "{text:?}");
    }
}
