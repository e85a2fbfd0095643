//! The guild hall: members, parties, the guild's strengths, and its leaderboard.

use super::sheets::{Members, Sheets};
use super::stage::Stage;
use super::surroundings::Around;
use super::task::Task;
use super::texts::{Text, beginning};
use super::views::{GuildView, MemberView, PartyView, PlaceView};
use crate::diagnostic::Report;
use crate::engine::Job;
use crate::load::Guild;
use crate::model::board::{self, Measure, Place};
use crate::model::grammar::Shape;
use crate::model::roster::{self, Row};
use crate::model::sheet::Prose;
use crate::path::SitePath;
use crate::render::image::PictureView;
use crate::render::markdown;
use crate::theme::Var;
use std::collections::BTreeMap;
use std::sync::Arc;

/// The guild's description, rendered.
pub(crate) fn description(
    guild: &Guild,
    around: &Around<'_>,
    report: &mut Report,
) -> Option<Prose> {
    let source = guild.description.clone()?;
    let rendered = markdown::render_field(&source, Shape::Field, around, report);
    Some(Prose { html: rendered.html, text: rendered.text, ..Prose::new(source) })
}

/// The hall's page.
pub(crate) fn job(
    stage: &Stage<'_>,
    guild: &Guild,
    description: Option<Prose>,
    crest: Option<PictureView>,
    sheets: &Sheets,
    members: &Members,
    posts: &[Text<'_>],
) -> Option<Job<Task>> {
    let words = description.as_ref().map_or_else(
        || format!("{}: {} members and what they can do.", guild.name, members.all.len()),
        |prose| beginning(&prose.text),
    );
    let rows: Vec<_> = members.all.iter().map(|member| member.row.clone()).collect();
    let view = GuildView {
        name: guild.name.clone(),
        description,
        crest,
        founder: guild.founder.as_deref().and_then(|slug| {
            let profile = stage.site.profiles.get(slug)?;
            let url = stage.routes.href(stage.routes.profile(slug)?);
            Some(PlaceView { title: profile.name.clone(), url })
        }),
        totals: roster::totals(sheets.values().map(Arc::as_ref), &stage.theme().wording),
        parties: parties(stage, guild, &members.all),
        coverage: roster::coverage(&rows, &stage.site.ruleset),
        board: standings(stage, guild, &rows),
        board_by: guild.leaderboard.by.clone(),
        board_of: guild.leaderboard.show.clone(),
        urls: members.all.iter().map(|it| (it.row.slug.clone(), it.url.clone())).collect(),
        join_level: guild.join_level,
    };
    let route = stage.routes.layout().hall();
    let title = if route == "/" { &stage.title } else { &guild.name };
    let mut page = stage.head(route, "hall", title, words);
    page.json_ld = Some(super::extras::guild_json_ld(stage, &view, &members.all));
    let items: Vec<_> = posts.iter().take(4).map(|text| text.item(stage)).collect();
    let more = [
        ("guild", Arc::new(Var::new(view))),
        ("members", Arc::new(Var::new(members.all.clone()))),
        ("posts", Arc::new(Var::new(items))),
    ];
    let job = stage.page(stage.theme(), route, "hall.html", page, more)?;
    Some(Job { task: job.task.made_from(SitePath::new("guild.yaml").as_ref()), ..job })
}

/// The guild's leaderboard. Members with `leaderboard: false` are left out; unless `guild.yaml`
/// shows everyone, only those with `leaderboard: true` are included.
fn standings(stage: &Stage<'_>, guild: &Guild, rows: &[Row]) -> Vec<Place> {
    let Some(measure) = Measure::parse(&guild.leaderboard.by) else { return Vec::new() };
    let top = guild.leaderboard.top as usize;
    let is_shown = guild.leaderboard.show != "opt-in";
    let wants = |row: &&Row| {
        let said = stage.site.profiles.get(&row.slug).and_then(|profile| profile.leaderboard);
        said.unwrap_or(is_shown)
    };
    let rows = rows.iter().filter(wants);
    let wording = &stage.theme().wording;
    match guild.leaderboard.show.as_str() {
        "parties" => board::parties(rows, measure, top, wording),
        _ => board::members(rows, measure, top, wording),
    }
}

/// Parties by name, with their members.
fn parties(stage: &Stage<'_>, guild: &Guild, members: &[Arc<MemberView>]) -> Vec<PartyView> {
    let mut parties: BTreeMap<&str, Vec<String>> =
        guild.parties.keys().map(|name| (name.as_str(), Vec::new())).collect();
    for member in members {
        if let Some(party) = &member.row.party {
            parties.entry(party).or_default().push(member.row.slug.clone());
        }
    }
    let view = |(name, members): (&str, _)| PartyView { name: name.to_owned(), members };
    let mut parties: Vec<PartyView> = parties.into_iter().map(view).collect();
    parties.sort_by_cached_key(|party| stage.name_key(&party.name));
    parties
}
