//! The feeds of posts.

use super::context::Context;
use super::directory::file_of;
use super::task::Task;
use super::texts::Text;
use crate::engine::Job;
use crate::load::Config;
use crate::model::publish_time::{DateOrTime, PublishTime};
use crate::render::feed::{self, Entry, Feed};
use crate::render::feed_html;
use jiff::civil::Date;

/// Routes of the feeds.
pub(crate) const ATOM: &str = "/feed.xml";
pub(crate) const JSON: &str = "/feed.json";

/// The routes of the feeds that a site has. They need absolute URLs.
pub(crate) fn routes(config: &Config) -> impl Iterator<Item = &'static str> {
    let wanted = [(config.feeds.atom, ATOM), (config.feeds.json, JSON)];
    let has_url = config.url.is_some();
    wanted.into_iter().filter(move |(is_on, _)| *is_on && has_url).map(|(_, route)| route)
}

/// The jobs of the feeds.
pub(crate) fn jobs(context: &Context<'_>, posts: &[Text<'_>], today: Date) -> Vec<Job<Task>> {
    let Some(feed) = feed(context, posts, today) else { return Vec::new() };
    routes(&context.site.config)
        .filter_map(|route| {
            let text = if route == ATOM { feed::atom(&feed) } else { feed::json(&feed) };
            Some(Job { path: file_of(route)?, task: Task::Text(text) })
        })
        .collect()
}

/// The feed of posts; `None` for a site without a configured address.
fn feed(context: &Context<'_>, posts: &[Text<'_>], today: Date) -> Option<Feed> {
    let entries = posts.iter().filter_map(|text| entry(context, text)).take(30).collect();
    let author = context.site.profiles.values().next().filter(|_| context.site.guild.is_none());
    Some(Feed {
        title: context.title.clone(),
        description: context.site.config.description.clone(),
        home: context.directory.absolute("/")?,
        atom_url: context.directory.absolute(ATOM)?,
        json_url: context.directory.absolute(JSON)?,
        author: author.map_or_else(|| context.title.clone(), |profile| profile.name.clone()),
        language: context.edition.language().to_owned(),
        updated: PublishTime::new(DateOrTime::Date(today.into()), &context.site.config.zone())?,
        entries,
    })
}

fn entry(context: &Context<'_>, text: &Text<'_>) -> Option<Entry> {
    let published = text.page.date?;
    let (home, url) =
        (context.directory.absolute("")?, context.directory.absolute(&text.entry.route)?);
    let origin = home.strip_suffix(context.directory.base()).unwrap_or(&home);
    let place = feed_html::PageUrl { origin, page: &url };
    let view = text.view(context);
    Some(Entry {
        title: text.page.title.clone(),
        url: url.clone(),
        published,
        updated: text.page.updated.unwrap_or(published),
        summary: text.page.description.clone(),
        html: feed_html::standing_alone(text.feed_html(), place),
        authors: view.authors.into_iter().map(|author| author.text).collect(),
        tags: text.page.tags.clone(),
    })
}
