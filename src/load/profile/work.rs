//! Employers and organisations, with a single position or with `positions:`.

use super::keys::{ProfileKeys, RENAMED};
use super::scope::{Known, Scope, private, warn_of_blank};
use crate::diagnostic::Diagnostic;
use crate::load::fields::Fields;
use crate::load::read::Reader;
use crate::model::profile::{Employment, Entry, Position, Profile};
use crate::source::yaml::Node;

pub(super) fn read(
    scope: &Scope<'_>,
    known: &Known,
    top: &mut ProfileKeys<'_, '_>,
    profile: &mut Profile,
) {
    let sections = [
        ("work", "name", "meta.questfolio.work", &mut profile.work),
        ("volunteer", "organization", "meta.questfolio.volunteer", &mut profile.volunteer),
    ];
    for (key, name, groups, into) in sections {
        let mut entries =
            top.fields.each(key, |read, node| employment(scope, known, read, node, name));
        if let Some(groups) = top.fields.take(groups) {
            let read = top.fields.reader();
            // In reverse, so that merging a group does not shift the indices of earlier ones.
            for node in read.items("groups", groups).iter().rev() {
                group(read, node, &mut entries);
            }
        }
        // Not earlier, because groups refer to entries by index.
        entries.retain(|entry| !entry.is_blank());
        *into = entries;
    }
}

fn employment(
    scope: &Scope<'_>,
    known: &Known,
    read: &mut Reader<'_>,
    node: &Node,
    name: &'static str,
) -> Option<Employment> {
    let mut fields = read.fields(node, "an employer").renamed(RENAMED);
    if !fields.is_map() {
        return None;
    }
    let name = scope.renamed(&mut fields, name, "company");
    let url = scope.renamed(&mut fields, "url", "website");
    let mut employment = Employment {
        name: fields.optional_text(name),
        location: fields.optional_text("location"),
        description: fields.optional_text("description"),
        url: fields.url(url),
        tags: fields.texts("tags"),
        private: private(&mut fields),
        ..Employment::default()
    };
    let positions = fields.take("positions").filter(|it| it.as_list() != Some(&[]));
    match positions {
        None => employment.positions.push(held(scope, known, &mut fields)),
        Some(node) => {
            employment.grouped = true;
            let read = fields.reader();
            let items = read.items("positions", node).iter();
            employment.positions =
                items.filter_map(|item| position(scope, known, read, item)).collect();
        }
    }
    employment.extra = fields.finish_keeping();
    if employment.positions.is_empty() {
        (employment.grouped, employment.positions) = (false, vec![Position::default()]);
    }
    warn_of_blank(read, node, &employment);
    Some(employment)
}

/// An entry of `positions:`.
fn position(
    scope: &Scope<'_>,
    known: &Known,
    read: &mut Reader<'_>,
    node: &Node,
) -> Option<Position> {
    let mut fields = read.fields(node, "a position");
    if !fields.is_map() {
        return None;
    }
    let mut position = held(scope, known, &mut fields);
    position.tags = fields.texts("tags");
    position.private = private(&mut fields);
    position.extra = fields.finish_keeping();
    Some(position)
}

/// The fields of a position, in either form.
fn held(scope: &Scope<'_>, known: &Known, fields: &mut Fields<'_, '_>) -> Position {
    let title = fields.optional_text("position");
    let (start, end) = scope.period(fields);
    let skills = fields.optional("skills", |read, node| Some(known.mentioned(read, node)));
    Position {
        title,
        start,
        end,
        summary: fields.markdown("summary"),
        highlights: fields.markdowns("highlights"),
        skills: skills.unwrap_or_default(),
        ..Position::default()
    }
}

/// Merges the entries of one employer, which JSON Resume keeps apart.
fn group(read: &mut Reader<'_>, node: &Node, entries: &mut Vec<Employment>) {
    let mut fields = read.fields(node, "a group");
    let most = i64::try_from(entries.len()).unwrap_or(i64::MAX);
    let first = fields.required("first", |read, node| read.integer("first", node, 0..=most));
    let count = fields.required("count", |read, node| read.integer("count", node, 1..=most));
    let tags = fields.texts("tags");
    let hidden = private(&mut fields);
    let extra = fields.take("extra").and_then(|node| node.to_json().as_object().cloned());
    fields.finish();
    let (Some(first), Some(count)) = (first, count) else { return };
    let (first, end) = (first as usize, (first + count) as usize);
    let one = |entries: &[Employment]| {
        let same = |other: &Employment| {
            let of = |it: &Employment| {
                (it.name.clone(), it.location.clone(), it.description.clone(), it.url.clone())
            };
            of(other) == of(&entries[0]) && !other.grouped && other.positions.len() == 1
        };
        !entries.is_empty() && entries.iter().all(same)
    };
    if !entries.get(first..end).is_some_and(one) {
        let diagnostic =
            Diagnostic::error("broken-group", "this group contains entries of several employers")
                .at(read.span(node))
                .help("export the résumé again, or remove the group");
        read.report.push(diagnostic);
        return;
    }
    let positions = entries.drain(first..end).collect::<Vec<_>>();
    let employer = Employment { positions: Vec::new(), ..positions[0].clone() };
    let positions = positions.into_iter().filter_map(|entry| {
        let position = entry.positions.into_iter().next()?;
        Some(Position { tags: entry.tags, private: entry.private, extra: entry.extra, ..position })
    });
    let group = Employment {
        positions: positions.collect(),
        grouped: true,
        tags,
        private: hidden,
        extra: extra.unwrap_or_default(),
        ..employer
    };
    entries.insert(first, group);
}
