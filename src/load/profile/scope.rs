//! The context in which a profile is read: its file, the site around it, the rules.

use crate::diagnostic::{Diagnostic, did_you_mean, nearest};
use crate::load::fields::Fields;
use crate::load::read::Reader;
use crate::model::date::{DateOrText, known};
use crate::model::profile::Entry;
use crate::model::ruleset::Ruleset;
use crate::model::slug::slugify;
use crate::path::SitePath;
use crate::source::snapshot::Snapshot;
use crate::source::yaml::Node;
use crate::span::Span;
use serde_json::Value;
use std::cell::{Cell, RefCell};
use std::collections::BTreeMap;
use std::sync::Arc;

/// The profile being read, and what it may refer to.
pub(super) struct Scope<'a> {
    pub(super) snapshot: &'a Snapshot,
    pub(super) file: &'a SitePath,
    pub(super) ruleset: &'a Ruleset,
    /// Names of the skills in the catalogue.
    pub(super) catalogue: &'a Arc<Names>,
    /// Whether it may be another tool's résumé.
    pub(super) is_foreign: bool,
}

impl Scope<'_> {
    /// The file with this name beside a profile that has its own folder.
    pub(super) fn beside(&self, name: &str) -> Option<SitePath> {
        let path = self.file.resolve(name).filter(|_| self.file.stem() == "profile")?;
        self.snapshot.file(path.as_str()).map(|_| path)
    }

    /// The key to read: `new`, or in another tool's résumé also its former name.
    pub(super) fn renamed(
        &self,
        fields: &mut Fields<'_, '_>,
        new: &'static str,
        old: &'static str,
    ) -> &'static str {
        let older = self.is_foreign && fields.take(new).is_none() && fields.take(old).is_some();
        if older { old } else { new }
    }

    /// The start and end dates of an entry; the short key names are ours, so only our own files may
    /// have them.
    pub(super) fn period(
        &self,
        fields: &mut Fields<'_, '_>,
    ) -> (Option<DateOrText>, Option<DateOrText>) {
        let (start_at, end_at) = match self.is_foreign {
            true => (fields.take("startDate"), fields.take("endDate")),
            false => {
                (fields.take_either("startDate", "start"), fields.take_either("endDate", "end"))
            }
        };
        let read = fields.reader();
        let start = start_at.and_then(|node| read.partial_date("startDate", node));
        let end = end_at.and_then(|node| read.end_date("endDate", node));
        if let (Some(start), Some(end), Some(at)) = (known(&start), known(&end), end_at)
            && start.earliest() > end.latest()
        {
            let diagnostic = Diagnostic::warning(
                "ends-before-start",
                format!("it ends in {end}, before it starts"),
            )
            .at(fields.reader().span(at))
            .label(format!("it starts in {start}"))
            .help("swap the two dates, or correct one");
            fields.report().push(diagnostic);
        }
        (start, end)
    }

    /// A word of `rules.rarity`.
    pub(super) fn rarity(&self, fields: &mut Fields<'_, '_>) -> Option<String> {
        let node = fields.take("rarity")?;
        let known = &self.ruleset.rarity;
        let read = fields.reader();
        let written = read.text("rarity", node)?;
        let found = known.iter().find(|word| word.eq_ignore_ascii_case(written.trim()));
        if found.is_none() {
            let message = format!("there is no rarity called `{written}`");
            let diagnostic = Diagnostic::error("unknown-rarity", message)
                .at(read.span(node))
                .help(one_of(&written, known.iter().map(String::as_str)));
            read.report.push(diagnostic);
        }
        found.cloned()
    }
}

/// `did you mean …?`, or a list of all known names.
pub(super) fn one_of<'a>(written: &str, known: impl Iterator<Item = &'a str> + Clone) -> String {
    did_you_mean(written, known.clone()).unwrap_or_else(|| {
        let all: Vec<String> = known.map(|word| format!("`{word}`")).collect();
        format!("write one of {}", all.join(", "))
    })
}

/// The entry, unless it has no content: a blank one is treated as not written.
pub(super) fn unless_blank<T: Entry>(read: &mut Reader<'_>, node: &Node, entry: T) -> Option<T> {
    warn_of_blank(read, node, &entry);
    (!entry.is_blank()).then_some(entry)
}

/// Warns of an entry that contains only unknown keys and so cannot be shown.
pub(super) fn warn_of_blank(read: &mut Reader<'_>, node: &Node, entry: &impl Entry) {
    if entry.is_blank() && !entry.extra().values().all(is_blank) {
        let diagnostic = Diagnostic::warning("empty-entry", "nothing in this entry can be shown")
            .at(read.span(node))
            .help("use the keys that the manual names, or take the entry out");
        read.report.push(diagnostic);
    }
}

/// Whether a value has no content.
fn is_blank(value: &Value) -> bool {
    match value {
        Value::Null => true,
        Value::String(text) => text.trim().is_empty(),
        Value::Array(items) => items.iter().all(is_blank),
        Value::Object(entries) => entries.values().all(is_blank),
        Value::Bool(_) | Value::Number(_) => false,
    }
}

/// Whether an entry is private. An invalid value counts as private: nobody writes this key to show
/// something.
pub(super) fn private(fields: &mut Fields<'_, '_>) -> bool {
    let node = fields.take("private");
    node.is_some_and(|node| fields.reader().flag("private", node).unwrap_or(true))
}

/// Slug of a name → slug of the skill, and its name as its owner writes it.
pub(super) type Names = BTreeMap<String, (String, String)>;

/// Skills by all of their names.
pub(super) struct Known {
    /// The names in the catalogue, shared by all profiles.
    catalogue: Arc<Names>,
    own: Names,
    /// Slug → name of every skill mentioned by an entry.
    mentioned: RefCell<BTreeMap<String, String>>,
    /// How many more names are compared with those that are known.
    comparisons: Cell<usize>,
}

/// The most names of a profile that are compared with all known ones: as many mistakes of a kind as
/// are told.
const MOST_COMPARISONS: usize = 100;

impl Known {
    /// Every name in the catalogue, shared by all profiles.
    pub(super) fn catalogue(ruleset: &Ruleset) -> Arc<Names> {
        let mut names = Names::new();
        for skill in ruleset.catalogue.iter() {
            let own = [&skill.slug, &skill.name];
            for name in own.into_iter().chain(&skill.aliases).filter_map(|name| slugify(name)) {
                names.entry(name).or_insert((skill.slug.clone(), skill.name.clone()));
            }
        }
        Arc::new(names)
    }

    /// Starts with the names in the catalogue.
    pub(super) fn new(catalogue: &Arc<Names>) -> Known {
        Known {
            catalogue: catalogue.clone(),
            own: Names::new(),
            mentioned: RefCell::default(),
            comparisons: Cell::new(MOST_COMPARISONS),
        }
    }

    /// Adds a skill that the profile declares.
    pub(super) fn declare(&mut self, slug: &str, name: &str) {
        let known = (slug.to_owned(), name.to_owned());
        self.own.entry(slug.to_owned()).or_insert(known);
    }

    /// Slug and name of the skill with this name.
    pub(super) fn get(&self, name: &str) -> Option<(&str, &str)> {
        let name = slugify(name)?;
        let (slug, name) = self.catalogue.get(&name).or_else(|| self.own.get(&name))?;
        Some((slug, name))
    }

    /// All known names.
    pub(super) fn all(&self) -> impl Iterator<Item = &str> + Clone {
        self.catalogue.values().chain(self.own.values()).map(|(_, name)| name.as_str())
    }

    /// The name that was probably meant. Many valid names are similar (`Next`, `Nest`), so only a
    /// single wrong letter in a long name counts.
    pub(super) fn almost(&self, name: &str) -> Option<&str> {
        let is_long = name.chars().count() >= 5;
        let near = is_long.then(|| self.nearest(name)).flatten()?;
        (is_slip(name, near) && near != name).then_some(near)
    }

    /// The known name that is nearest.
    pub(super) fn nearest(&self, name: &str) -> Option<&str> {
        self.comparisons.set(self.comparisons.get().checked_sub(1)?);
        nearest(name, self.all())
    }

    /// Slugs of the skills an entry names. An undeclared name is a skill too, unless it is so
    /// similar to a known one that it must be a typo.
    pub(super) fn mentioned(&self, read: &mut Reader<'_>, node: &Node) -> Vec<String> {
        let mut slugs = Vec::new();
        read.each(node, |read, node| {
            slugs.extend(self.mention(read, node));
            Some(())
        });
        slugs
    }

    /// Slug of the skill that an entry names.
    pub(super) fn mention(&self, read: &mut Reader<'_>, node: &Node) -> Option<String> {
        let name = read.text("skill", node)?;
        if let Some((slug, name)) = self.get(&name) {
            self.note(slug, name);
            return Some(slug.to_owned());
        }
        if let Some(near) = self.almost(&name) {
            let message = format!("there is no skill called `{name}`");
            let diagnostic = Diagnostic::warning("unknown-skill", message)
                .at(read.span(node))
                .help(format!("did you mean `{near}`?"));
            read.report.push(diagnostic);
        }
        let at = read.span(node);
        let slug = addressable(read, at, &name)?;
        self.note(&slug, name.trim());
        Some(slug)
    }

    fn note(&self, slug: &str, name: &str) {
        let mut mentioned = self.mentioned.borrow_mut();
        mentioned.entry(slug.to_owned()).or_insert_with(|| name.to_owned());
    }

    /// Slug → name of every skill mentioned by an entry.
    pub(super) fn into_mentioned(self) -> BTreeMap<String, String> {
        self.mentioned.into_inner()
    }
}

/// Whether one letter is missing, added, wrong or swapped with its neighbour. The first letter must
/// match: it is rarely mistyped.
fn is_slip(written: &str, meant: &str) -> bool {
    let [a, b] = [written, meant].map(|text| text.to_lowercase().chars().collect::<Vec<char>>());
    let same = a.iter().zip(&b).take_while(|(a, b)| a == b).count();
    let (a, b) = (&a[same..], &b[same..]);
    let end = a.iter().rev().zip(b.iter().rev()).take_while(|(a, b)| a == b).count();
    let (a, b) = (&a[..a.len() - end], &b[..b.len() - end]);
    let swapped = a.len() == 2 && b.len() == 2 && a[0] == b[1] && a[1] == b[0];
    same > 0 && (swapped || (a.len() <= 1 && b.len() <= 1))
}

/// The slug of a skill's name.
pub(super) fn addressable(read: &mut Reader<'_>, at: Span, name: &str) -> Option<String> {
    let slug = slugify(name);
    if slug.is_none() {
        let diagnostic =
            Diagnostic::error("no-address", format!("no address can be made from `{name}`"))
                .at(at)
                .help("give it a name with letters or digits");
        read.report.push(diagnostic);
    }
    slug
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_letter_is_a_slip_and_two_are_another_skill() {
        for (written, meant) in [
            ("Javascrpt", "JavaScript"),
            ("Kubernetess", "Kubernetes"),
            ("Dokcer", "Docker"),
            ("Typescrypt", "TypeScript"),
        ] {
            assert!(is_slip(written, meant), "{written}");
        }
        for (written, meant) in [("Telegraphy", "Typography"), ("Preact", "React"), ("Godot", "Go")]
        {
            assert!(!is_slip(written, meant), "{written}");
        }
    }
}
