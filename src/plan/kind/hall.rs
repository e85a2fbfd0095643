//! The guild hall: members, parties, the guild's strengths, and its leaderboard.

use super::super::content::Content;
use super::super::context::Context;
use super::super::directory::{Entry, PageKind};
use super::super::link_resolver::LinkResolver;
use super::super::pictures::{PictureUse, Role};
use super::super::planned_page::PlannedPage;
use super::super::texts::beginning;
use super::super::views::{GuildView, MemberView, PageLink, PartyView};
use crate::diagnostic::Report;
use crate::load::{Guild, Page, Site};
use crate::model::board::{self, BoardEntry, Measure};
use crate::model::grammar::Shape;
use crate::model::roster::{self, Row};
use crate::model::sheet::Prose;
use crate::path::SitePath;
use crate::render::json_ld::{self, Organization};
use crate::render::markdown;
use crate::span::Span;
use crate::theme::Var;
use std::collections::BTreeMap;
use std::sync::Arc;

/// The hall of a guild.
pub(crate) fn entries(site: &Site) -> impl Iterator<Item = Entry> {
    site.guild.iter().map(|guild| Entry {
        source: SitePath::new("guild.yaml").as_ref().map(Span::file),
        ..Entry::new(PageKind::Hall, "", route(site).to_owned(), &guild.name)
    })
}

/// The hall is the front page, unless the guild wrote one.
fn route(site: &Site) -> &'static str {
    if site.pages.iter().any(Page::is_front) { "/guild/" } else { "/" }
}

/// The pictures in the hall.
pub(crate) fn pictures(guild: &Guild) -> impl Iterator<Item = PictureUse<'_>> {
    let crest = guild.crest.iter().map(|it| PictureUse::Named(Role::Crest, it));
    let description = guild.description.iter();
    crest.chain(description.map(|it| PictureUse::InText(it, Shape::Field)))
}

/// The guild's description, rendered.
pub(crate) fn description(
    guild: &Guild,
    resolver: &LinkResolver<'_>,
    report: &mut Report,
) -> Option<Prose> {
    let source = guild.description.clone()?;
    let rendered = markdown::render_field(&source, Shape::Field, resolver, report);
    Some(Prose { html: rendered.html, text: rendered.text, ..Prose::new(source) })
}

/// The hall's page.
pub(crate) fn job<'a>(
    context: &Context<'a>,
    content: &'a Content<'_>,
    entry: &'a Entry,
) -> Option<PlannedPage<'a>> {
    let guild = context.site.guild.as_ref()?;
    let members = &content.members.all;
    let description = content.guild_description.clone();
    let wording = &context.edition.wording;
    let summary = match &description {
        Some(prose) => beginning(&prose.text),
        None => {
            let values = [("name", guild.name.as_str())];
            wording.counted(&wording.hall_description, members.len(), &values)
        }
    };
    let rows: Vec<_> = members.iter().map(|member| member.row.clone()).collect();
    let view = GuildView {
        name: guild.name.clone(),
        description,
        crest: content.crest.clone(),
        founder: guild.founder.as_deref().and_then(|slug| {
            let profile = context.site.profiles.get(slug)?;
            let sheet = context.directory.find(PageKind::Sheet, slug)?;
            let url = context.directory.href(&sheet.route);
            Some(PageLink { title: profile.name.clone(), url })
        }),
        totals: roster::totals(content.sheets.values().map(Arc::as_ref), wording),
        parties: parties(context, guild, members),
        coverage: roster::coverage(&rows, &context.site.ruleset),
        board: standings(context, guild, &rows),
        board_by: guild.leaderboard.by.clone(),
        board_of: guild.leaderboard.show.clone(),
        urls: members.iter().map(|it| (it.row.slug.clone(), it.url.clone())).collect(),
        join_level: guild.join_level,
    };
    let title = if entry.route == "/" { &context.title } else { &guild.name };
    let mut page = context.head(entry, title, summary);
    page.json_ld = Some(organization(context, entry, &view, members));
    let items: Vec<_> = content.posts.iter().take(4).map(|text| text.item(context)).collect();
    let more = [
        ("guild", Arc::new(Var::new(view))),
        ("members", Arc::new(Var::new(members.clone()))),
        ("posts", Arc::new(Var::new(items))),
    ];
    let job = context.page(context.theme(), entry, "hall.html", page, more)?;
    // The position of a guild's name is not known.
    Some(PlannedPage { title_at: None, ..PlannedPage::new(context, entry, job) })
}

/// The guild's leaderboard. Members with `leaderboard: false` are left out; unless `guild.yaml`
/// shows everyone, only those with `leaderboard: true` are included.
fn standings(context: &Context<'_>, guild: &Guild, rows: &[Row]) -> Vec<BoardEntry> {
    let Some(measure) = Measure::parse(&guild.leaderboard.by) else { return Vec::new() };
    let top = guild.leaderboard.top as usize;
    let is_shown = guild.leaderboard.show != "opt-in";
    let wants = |row: &&Row| {
        let said = context.site.profiles.get(&row.slug).and_then(|profile| profile.leaderboard);
        said.unwrap_or(is_shown)
    };
    let rows = rows.iter().filter(wants);
    match guild.leaderboard.show.as_str() {
        "parties" => board::parties(rows, measure, top, &context.edition.wording),
        _ => board::members(rows, measure, top, &context.edition.wording),
    }
}

/// Parties by name, with their members.
fn parties(context: &Context<'_>, guild: &Guild, members: &[Arc<MemberView>]) -> Vec<PartyView> {
    let mut parties: BTreeMap<&str, Vec<String>> =
        guild.parties.keys().map(|name| (name.as_str(), Vec::new())).collect();
    for member in members {
        if let Some(party) = &member.row.party {
            parties.entry(party).or_default().push(member.row.slug.clone());
        }
    }
    let view = |(name, members): (&str, _)| PartyView { name: name.to_owned(), members };
    let mut parties: Vec<PartyView> = parties.into_iter().map(view).collect();
    parties.sort_by_cached_key(|party| context.name_key(&party.name));
    parties
}

/// Linked data of the hall.
fn organization(
    context: &Context<'_>,
    entry: &Entry,
    guild: &GuildView,
    members: &[Arc<MemberView>],
) -> String {
    json_ld::guild(&Organization {
        url: context.directory.full(&entry.route),
        name: guild.name.clone(),
        description: guild.description.as_ref().map(|prose| prose.text.clone()),
        logo: guild.crest.as_ref().and_then(|it| context.preview(it)).map(|it| it.url),
        members: members
            .iter()
            .filter_map(|member| {
                let sheet = context.directory.find(PageKind::Sheet, &member.row.slug)?;
                Some((member.row.name.clone(), context.directory.full(&sheet.route)))
            })
            .collect(),
    })
}
