//! `guild.yaml`: if it exists, the site is a guild.

use crate::diagnostic::{Diagnostic, Report, did_you_mean};
use crate::load::document;
use crate::load::fields::Fields;
use crate::load::portrait;
use crate::load::read::Reader;
use crate::model::profile::Portrait;
use crate::source::snapshot::Snapshot;
use crate::source::yaml::Node;
use crate::span::{Markdown, Span};
use jiff::civil::Date;
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet};

/// `guild.yaml`.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Guild {
    /// Ferris Forge
    pub name: String,
    /// A description, a sentence or two.
    pub description: Option<Markdown>,
    /// Slug of the founder.
    pub founder: Option<String>,
    /// The crest.
    pub crest: Option<Portrait>,
    /// Minimum level to join.
    pub join_level: Option<u32>,
    /// Party → slugs of its members.
    pub parties: BTreeMap<String, Vec<String>>,
    /// Seasons.
    pub seasons: Vec<Season>,
    /// The leaderboard's settings.
    pub leaderboard: Leaderboard,
}

/// A season.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[expect(missing_docs, reason = "the words are the documentation")]
pub struct Season {
    pub name: String,
    pub start: Date,
    pub end: Date,
}

/// Who is ranked, and by what.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Leaderboard {
    /// `xp`, `quests` or `badges`.
    pub by: String,
    /// The number of ranks shown.
    pub top: u32,
    /// `opt-in`, `everyone` or `parties`.
    pub show: String,
}

/// A guild as read, with the source positions of members' names.
#[derive(Debug)]
pub(super) struct Read {
    pub(super) guild: Guild,
    /// Every slug that must belong to a member.
    members: Vec<(String, Span)>,
}

/// Reads `guild.yaml`, if it exists.
pub(super) fn guild(snapshot: &Snapshot, report: &mut Report) -> Option<Read> {
    let (file, node) = document::yaml(snapshot, "guild.yaml", report)?;
    let mut fields = Fields::new(&node, file, "`guild.yaml`", report);
    let mut members = Vec::new();
    let guild = Guild {
        name: fields.text("name").unwrap_or_default(),
        description: fields.markdown("description"),
        founder: fields.optional("founder", |read, node| member(read, node, &mut members)),
        crest: fields
            .optional("crest", |read, node| portrait::whole(read, "crest", node, snapshot)),
        join_level: join(&mut fields),
        parties: parties(&mut fields, &mut members),
        seasons: fields.optional("seasons", seasons).unwrap_or_default(),
        leaderboard: leaderboard(&mut fields),
    };
    fields.not_yet("seasons", "the leaderboard counts everything that was ever earned");
    fields.finish();
    Some(Read { guild, members })
}

impl Read {
    /// Reports every name in the guild's file that belongs to no profile.
    pub(super) fn check(&self, slugs: &BTreeSet<String>, report: &mut Report) {
        for (slug, at) in &self.members {
            if slugs.contains(slug) {
                continue;
            }
            let known = slugs.iter().map(String::as_str);
            let diagnostic =
                Diagnostic::error("unknown-member", format!("there is no member `{slug}`"))
                    .at(at.clone())
                    .help(did_you_mean(slug, known).unwrap_or_else(|| {
                        "write the name of the member's file in `content/profiles/`".into()
                    }));
            report.push(diagnostic);
        }
    }
}

fn member(read: &mut Reader<'_>, node: &Node, members: &mut Vec<(String, Span)>) -> Option<String> {
    let slug = read.text("member", node)?;
    members.push((slug.clone(), read.span(node)));
    Some(slug)
}

fn join(fields: &mut Fields<'_, '_>) -> Option<u32> {
    let mut join = fields.map("join", "`join`")?;
    let level = join.integer("level", 1..=1000).and_then(|level| u32::try_from(level).ok());
    join.finish();
    level
}

fn parties(
    fields: &mut Fields<'_, '_>,
    members: &mut Vec<(String, Span)>,
) -> BTreeMap<String, Vec<String>> {
    let mut parties = BTreeMap::new();
    for (key, node) in fields.entries("parties") {
        let slugs = fields.reader().each(node, |read, node| member(read, node, members));
        parties.insert(key.name.clone(), slugs);
    }
    parties
}

fn seasons(read: &mut Reader<'_>, node: &Node) -> Option<Vec<Season>> {
    Some(read.items("seasons", node).iter().filter_map(|node| season(read, node)).collect())
}

fn season(read: &mut Reader<'_>, node: &Node) -> Option<Season> {
    let mut fields = read.fields(node, "a season");
    let name = fields.text("name");
    let start = fields.required("start", |read, node| read.date("start", node));
    let end = fields.required("end", |read, node| read.date("end", node));
    fields.finish();
    let season = Season { name: name?, start: start?, end: end? };
    if season.end < season.start {
        let message = format!("the season `{}` ends before it begins", season.name);
        let diagnostic = Diagnostic::error("ends-before-start", message)
            .at(read.span(node))
            .help("swap `start` and `end`");
        read.report.push(diagnostic);
        return None;
    }
    Some(season)
}

fn leaderboard(fields: &mut Fields<'_, '_>) -> Leaderboard {
    const BY: [(&str, &str); 3] = [("xp", "xp"), ("quests", "quests"), ("badges", "badges")];
    const SHOW: [(&str, &str); 3] =
        [("opt-in", "opt-in"), ("everyone", "everyone"), ("parties", "parties")];
    let mut leaderboard = Leaderboard { by: "xp".into(), top: 10, show: "opt-in".into() };
    let Some(mut fields) = fields.map("leaderboard", "`leaderboard`") else {
        return leaderboard;
    };
    if let Some(by) = fields.word("by", &BY) {
        leaderboard.by = by.to_owned();
    }
    if let Some(top) = fields.integer("top", 1..=1000) {
        leaderboard.top = u32::try_from(top).unwrap_or(leaderboard.top);
    }
    if let Some(show) = fields.word("show", &SHOW) {
        leaderboard.show = show.to_owned();
    }
    fields.finish();
    leaderboard
}
