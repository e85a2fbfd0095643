//! A profile's file as a build parses it, with its tree.

use super::change::{Change, Field, Result, normal};
use super::replacement::{PathSegment, Replacement};
use super::text::quoted;
use crate::diagnostic::{Diagnostic, Report, Severity};
use crate::load::{self, document};
use crate::model::profile::Profile;
use crate::model::ruleset::Ruleset;
use crate::path::SitePath;
use crate::source::snapshot::Snapshot;
use crate::source::yaml::{Key, Node};
use crate::span::Span;
use jiff::civil::Date;

/// A parsed profile and its source.
pub(super) struct Reading<'a> {
    pub(super) file: &'a SitePath,
    pub(super) text: &'a str,
    pub(super) root: Node,
    pub(super) profile: Profile,
    pub(super) is_json: bool,
    mistakes: Vec<Diagnostic>,
}

/// A map that may contain keys of a profile, with its path.
type Holder<'n> = (Vec<PathSegment>, &'n Node);

impl<'a> Reading<'a> {
    /// Parses a file with these other files beside it. Mistakes in single values are allowed, as
    /// long as the edit adds none.
    pub(super) fn of(
        file: &'a SitePath,
        text: &'a str,
        beside: &[SitePath],
        ruleset: &Ruleset,
    ) -> Result<Reading<'a>> {
        let others = beside.iter().map(|path| (path.as_str(), b"".as_slice()));
        let files = others.chain([(file.as_str(), text.as_bytes())]);
        let snapshot = Snapshot::of_files(Date::default(), files);
        let mut report = Report::default();
        let root = match file.extension() {
            "md" => document::markdown(&snapshot, file.as_str(), &mut report).map(|it| it.1),
            _ => document::yaml(&snapshot, file.as_str(), &mut report).map(|it| it.1),
        };
        let Some(root) = root.filter(|_| !report.has_errors()) else {
            return Err(report.iter().cloned().collect());
        };
        let profile = load::profile(&snapshot, file, ruleset, &mut report);
        let mistakes = report.iter().filter(|it| it.severity == Severity::Error).cloned().collect();
        let Some(profile) = profile else { return Err(mistakes) };
        let is_json = file.extension() == "json";
        Ok(Reading { file, text, root, profile, is_json, mistakes })
    }

    /// Mistakes that the other reading does not have.
    pub(super) fn mistakes_beyond(&self, before: &Reading<'_>) -> Vec<Diagnostic> {
        let is_known = |it: &&Diagnostic| {
            before.mistakes.iter().any(|old| (old.code, &old.message) == (it.code, &it.message))
        };
        self.mistakes.iter().filter(|it| !is_known(it)).cloned().collect()
    }

    /// The value the page shows; empty if it shows none.
    pub(super) fn shown(&self, field: &Field) -> String {
        match field {
            Field::Name => self.profile.name.clone(),
            Field::Label => self.profile.label.clone().unwrap_or_default(),
            Field::Level(slug) => {
                let skill = self.profile.skills.iter().find(|it| it.slug == *slug);
                let level = skill.and_then(|it| it.level);
                level.map(|it| it.to_string()).unwrap_or_default()
            }
        }
    }

    /// Whether the field has this value. A level may be given by a word.
    pub(super) fn says(&self, field: &Field, value: &str) -> bool {
        let Field::Level(slug) = field else { return self.shown(field) == value };
        let skill = self.profile.skills.iter().find(|it| it.slug == *slug);
        skill.is_some_and(|skill| match (skill.level, &skill.word) {
            (Some(_), Some(word)) => word == value,
            (Some(level), None) => level.to_string() == value,
            (None, _) => value.is_empty(),
        })
    }

    /// The place of a field, or where it would be inserted.
    pub(super) fn place(&self, field: &Field) -> Option<Replacement> {
        match field {
            Field::Name => self.key_of(&["meta.questfolio", "basics", ""], &["name"]),
            Field::Label => self
                .key_of(&["meta.questfolio", "basics", ""], &["label"])
                .or_else(|| self.behind(&["name"], "label")),
            Field::Level(slug) => self.level(slug),
        }
    }

    /// The place of the picture's file name, or where it would be inserted.
    pub(super) fn place_of_image(&self) -> Option<Replacement> {
        let names: &[&str] = if self.is_json { &["image", "picture"] } else { &["image"] };
        let found = self.find(&["basics", ""], names);
        let Some((path, entry)) = found else { return self.behind(&["label", "name"], "image") };
        match entry.1.as_map() {
            None => Replacement::written(self.text, &path, entry),
            Some(_) => {
                let path = [&path[..], &[PathSegment::Key(entry.0.name.clone())]].concat();
                self.key_or_first(&path, &entry.1, "src")
            }
        }
    }

    fn key_of(&self, holders: &[&str], names: &[&str]) -> Option<Replacement> {
        let (path, entry) = self.find(holders, names)?;
        Replacement::written(self.text, &path, entry)
    }

    /// If several maps have the key, the one that is read last wins.
    fn find(&self, holders: &[&str], names: &[&str]) -> Option<(Vec<PathSegment>, &(Key, Node))> {
        holders.iter().find_map(|holder| {
            let (path, map) = self.holder(holder)?;
            let name = names.iter().find_map(|name| entry(map, name))?;
            Some((path, name))
        })
    }

    fn holder(&self, path: &str) -> Option<Holder<'_>> {
        let names = path.split('.').filter(|name| !name.is_empty());
        names.into_iter().try_fold((Vec::new(), &self.root), |(mut path, node), name| {
            path.push(PathSegment::Key(name.to_owned()));
            Some((path, node.get(name)?))
        })
    }

    /// The place of a new key, after the first of these keys that exists, in the same map.
    fn behind(&self, neighbours: &[&str], name: &str) -> Option<Replacement> {
        neighbours.iter().find_map(|neighbour| {
            ["basics", ""].iter().find_map(|holder| {
                let (path, map) = self.holder(holder)?;
                entry(map, neighbour)?;
                Replacement::missing(self.text, &path, map, name, Some(neighbour), self.is_json)
            })
        })
    }

    fn key_or_first(&self, path: &[PathSegment], map: &Node, name: &str) -> Option<Replacement> {
        match entry(map, name) {
            Some(entry) => Replacement::written(self.text, path, entry),
            None => Replacement::missing(self.text, path, map, name, None, self.is_json),
        }
    }

    fn level(&self, slug: &str) -> Option<Replacement> {
        let skill = self.profile.skills.iter().find(|it| it.slug == slug)?;
        let at = skill.place.as_ref()?.range();
        let (path, skills) = self.holder("skills")?;
        let step = |step: PathSegment| [&path[..], &[step]].concat();
        if let Some(items) = skills.as_list() {
            let name = |item: &Node| item.get("name").map_or(item.at.clone(), |it| it.at.clone());
            let index = items.iter().position(|item| name(item) == at)?;
            let (path, item) = (step(PathSegment::Item(index)), &items[index]);
            return self.detail(item.get("name").unwrap_or(item).as_str()?).or_else(|| match item
                .as_map()
            {
                None => Some(self.named(path, item)),
                Some(_) => match entry(item, "level") {
                    Some(entry) => Replacement::written(self.text, &path, entry),
                    None => Replacement::missing(
                        self.text,
                        &path,
                        item,
                        "level",
                        Some("name"),
                        self.is_json,
                    ),
                },
            });
        }
        let entry = skills.as_map()?.iter().find(|(key, _)| key.at == at)?;
        self.detail(&entry.0.name).or_else(|| match entry.1.as_map() {
            None => Replacement::written(self.text, &path, entry),
            Some(_) => {
                self.key_or_first(&step(PathSegment::Key(entry.0.name.clone())), &entry.1, "level")
            }
        })
    }

    /// The level in `meta.questfolio`, which another tool's résumé may have in addition to its own.
    fn detail(&self, name: &str) -> Option<Replacement> {
        let (path, skills) = self.holder("meta.questfolio.skills")?;
        let known = entry(skills, name.trim()).filter(|(_, value)| !value.is_null())?;
        match known.1.as_map() {
            None => Replacement::written(self.text, &path, known),
            Some(_) => {
                let path = [&path[..], &[PathSegment::Key(known.0.name.clone())]].concat();
                let level = entry(&known.1, "level").filter(|(_, value)| !value.is_null())?;
                Replacement::written(self.text, &path, level)
            }
        }
    }

    /// Turns a skill written as a name alone into one with a level.
    fn named(&self, path: Vec<PathSegment>, item: &Node) -> Replacement {
        let raw = self.text.get(item.at.clone()).unwrap_or_default();
        let name = match raw.contains([',', '[', ']', '{', '}', ':', '#']) {
            true => quoted(item.as_str().unwrap_or_default()),
            false => raw.to_owned(),
        };
        let before = match self.is_json {
            true => format!("{{ \"name\": {name}, \"level\": "),
            false => format!("{{ name: {name}, level: "),
        };
        Replacement::around(path, item.at.clone(), before, " }")
    }

    /// The diagnostic for a value written in a form that we do not edit.
    pub(super) fn cannot_edit(&self, change: &Change) -> Diagnostic {
        let what = match &change.field {
            Field::Name => "`name`".to_owned(),
            Field::Label => "`label`".to_owned(),
            Field::Level(slug) => {
                let skill = self.profile.skills.iter().find(|it| it.slug == *slug);
                format!("the level of `{}`", skill.map_or(slug.as_str(), |it| &it.name))
            }
        };
        let value = normal(&change.value);
        let message = format!("{what} cannot be changed to `{value}` from the page");
        let place = self.place(&change.field).map(|it| Span::new(self.file, it.at));
        Diagnostic::error("cannot-edit", message)
            .at(place.unwrap_or_else(|| Span::file(self.file)))
            .help("change it in the file; the page will update")
    }
}

fn entry<'n>(map: &'n Node, name: &str) -> Option<&'n (Key, Node)> {
    map.as_map()?.iter().find(|(key, _)| key.name == name)
}
