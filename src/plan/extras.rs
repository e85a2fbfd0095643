//! Output files other than pages: `resume.json`, feeds, sitemap, robots.txt and linked data; and
//! redirect pages.

use super::cards;
use super::routes::{Layout, Routes};
use super::stage::Stage;
use super::task::Task;
use super::texts::Text;
use super::views::{GuildView, ImageView, MemberView, PageView, ProfileView};
use crate::engine::Job;
use crate::load::Site;
use crate::model::json_resume::published;
use crate::model::stamp::{Stamp, Written};
use crate::path::SitePath;
use crate::render::feed::{self, Entry, Feed};
use crate::render::feed_html;
use crate::render::image::PictureView;
use crate::render::json_ld::{self, Organization, Person, Posting};
use crate::render::sitemap::{self, Place};
use crate::render::xml;
use jiff::civil::Date;
use rayon::prelude::*;
use std::collections::BTreeMap;
use std::sync::Arc;

/// Jobs of every file that is neither a page nor a picture.
pub(crate) fn jobs(
    stage: &Stage<'_>,
    portraits: &BTreeMap<String, PictureView>,
    texts: &[&[Text<'_>]],
    today: Date,
) -> Vec<Job<Task>> {
    let mut jobs = Vec::new();
    let layout = stage.routes.layout();
    let resumes = stage.site.profiles.par_iter().filter_map(|(_, profile)| {
        let image = portraits.get(&profile.slug).and_then(|it| preview(stage.routes, it));
        let image = image.map(|image| image.url);
        let resume = published(profile, &stage.site.ruleset.skills, image.as_deref());
        let json = serde_json::to_string_pretty(&resume).expect("JSON is written as JSON");
        text(&layout.resume(&profile.slug), json + "\n")
    });
    jobs.par_extend(resumes);
    let is_ours = |path: &str| !stage.site.statics.iter().any(|it| it.as_str() == path);
    if is_ours("static/.nojekyll") {
        jobs.extend(text("/.nojekyll", String::new()));
    }
    let sitemap_url = stage.routes.absolute("/sitemap.xml");
    if is_ours("static/robots.txt") {
        jobs.extend(text("/robots.txt", sitemap::robots(sitemap_url.as_deref())));
    }
    if sitemap_url.is_some() {
        jobs.extend(text("/sitemap.xml", sitemap::sitemap(&places(stage, texts))));
        let posts = texts.last().copied().unwrap_or_default();
        if let Some(feed) = feed(stage, posts, today) {
            let feeds = stage.site.config.feeds;
            if feeds.atom {
                jobs.extend(text("/feed.xml", feed::atom(&feed)));
            }
            if feeds.json {
                jobs.extend(text("/feed.json", feed::json(&feed)));
            }
        }
    }
    jobs
}

/// URLs of files other than pages, for links in content.
pub(crate) fn addresses(site: &Site) -> Vec<String> {
    let layout = Layout::of(site);
    let mut addresses: Vec<String> = site.profiles.keys().map(|slug| layout.resume(slug)).collect();
    addresses.extend(["/robots.txt".to_owned()]);
    if site.config.url.is_some() {
        addresses.push("/sitemap.xml".to_owned());
        addresses.extend(site.config.feeds.atom.then(|| "/feed.xml".to_owned()));
        addresses.extend(site.config.feeds.json.then(|| "/feed.json".to_owned()));
    }
    addresses
}

/// The variable `page` of a sheet.
pub(crate) fn sheet_page(stage: &Stage<'_>, route: &str, view: &ProfileView) -> PageView {
    let sheet = &view.sheet;
    let mut page = stage.head(route, "sheet", &sheet.name, sheet.description.clone());
    if let (false, Some(label)) = (stage.site.guild.is_some(), &sheet.label) {
        page.full_title = format!("{} · {label}", sheet.name);
    }
    if let Some(image) = &mut page.image {
        image.alt = cards::sheet_alt(sheet, stage.site.config.words);
    }
    page.edit_url = stage
        .site
        .profiles
        .get(&sheet.slug)
        .and_then(|profile| profile.file.as_ref())
        .and_then(|file| stage.edit_url(file));
    page.json_ld = Some(json_ld::profile_page(&person(stage, route, view)));
    page
}

fn person(stage: &Stage<'_>, route: &str, view: &ProfileView) -> Person {
    let sheet = &view.sheet;
    let absolute =
        |route: &str| stage.routes.absolute(route).unwrap_or_else(|| stage.routes.href(route));
    let current = sheet.work.iter().find(|line| line.when.current);
    let skills = || sheet.skills.iter().flat_map(|group| &group.skills);
    let keywords = skills().flat_map(|line| &line.keywords).map(|word| &word.name);
    let known = skills().map(|line| &line.name).chain(keywords);
    let place = &sheet.address;
    Person {
        page_url: absolute(route),
        name: sheet.name.clone(),
        job_title: sheet.label.clone(),
        description: sheet.description.clone(),
        image: view.picture.as_ref().and_then(|it| preview(stage.routes, it)).map(|it| it.url),
        url: sheet.url.clone(),
        email: sheet.email.clone(),
        locality: place.city.clone(),
        region: place.region.clone(),
        country: place.country_code.clone(),
        same_as: sheet.accounts.iter().filter_map(|account| account.url.clone()).collect(),
        knows_about: known.take(40).cloned().collect(),
        knows_language: sheet.languages.iter().map(|line| line.language.clone()).collect(),
        works_for: current.map(|line| line.name.clone()),
        alumni_of: sheet.education.iter().map(|line| line.institution.clone()).collect(),
        awards: sheet
            .honours
            .iter()
            .filter(|line| line.kind == "award")
            .map(|line| line.name.clone())
            .collect(),
        member_of: view
            .guild
            .as_ref()
            .map(|guild| (guild.title.clone(), absolute(stage.routes.layout().hall()))),
    }
}

/// The preview picture of a page: needs an absolute URL and a format that all sites can read.
pub(crate) fn preview(routes: &Routes, picture: &PictureView) -> Option<ImageView> {
    let path = picture.src.strip_prefix(routes.base())?;
    Some(ImageView {
        url: routes.absolute(path)?,
        width: picture.src_width,
        height: picture.src_height,
        mime: mime(&picture.src).to_owned(),
        alt: picture.alt.clone(),
    })
}

fn mime(path: &str) -> &'static str {
    match path.rsplit_once('.').map(|(_, extension)| extension) {
        Some("png") => "image/png",
        Some("webp") => "image/webp",
        Some("avif") => "image/avif",
        _ => "image/jpeg",
    }
}

/// Linked data of a post.
pub(crate) fn post_json_ld(stage: &Stage<'_>, text: &Text<'_>, view: &PageView) -> String {
    let full = |url: &str| {
        let route = url.strip_prefix(stage.routes.base()).unwrap_or(url);
        stage.routes.absolute(route).unwrap_or_else(|| url.to_owned())
    };
    json_ld::posting(&Posting {
        url: full(&view.url),
        headline: text.page.title.clone(),
        description: view.description.clone(),
        published: view.date.as_ref().map(|date| date.iso.clone()),
        modified: view.updated.as_ref().or(view.date.as_ref()).map(|date| date.iso.clone()),
        image: view.image.as_ref().map(|image| image.url.clone()),
        authors: view
            .authors
            .iter()
            .map(|author| (author.text.clone(), author.url.as_deref().map(full)))
            .collect(),
        keywords: text.page.tags.clone(),
    })
}

/// Linked data of the hall.
pub(crate) fn guild_json_ld(
    stage: &Stage<'_>,
    guild: &GuildView,
    members: &[Arc<MemberView>],
) -> String {
    let routes = stage.routes;
    let absolute = |route: &str| routes.absolute(route).unwrap_or_else(|| routes.href(route));
    json_ld::guild(&Organization {
        url: absolute(routes.layout().hall()),
        name: guild.name.clone(),
        description: guild.description.as_ref().map(|prose| prose.text.clone()),
        logo: guild.crest.as_ref().and_then(|it| preview(routes, it)).map(|it| it.url),
        members: members
            .iter()
            .filter_map(|member| {
                Some((member.row.name.clone(), absolute(routes.profile(&member.row.slug)?)))
            })
            .collect(),
    })
}

/// A page that redirects from an old address to the current one.
pub(crate) fn redirect(stage: &Stage<'_>, route: &str, title: &str) -> String {
    let href = xml::escape(&stage.routes.href(route));
    let canonical =
        stage.routes.absolute(route).map_or_else(|| href.clone(), |it| xml::escape(&it));
    let title = xml::escape(title);
    format!(
        "<!DOCTYPE html>\n<html lang=\"{}\">\n<head>\n<meta charset=\"utf-8\">\n<title>{title}</title>\n\
         <meta http-equiv=\"refresh\" content=\"0; url={href}\">\n<link rel=\"canonical\" href=\"{canonical}\">\n\
         <meta name=\"robots\" content=\"noindex\">\n</head>\n<body>\n<p><a href=\"{href}\">{title}</a></p>\n</body>\n</html>\n",
        xml::escape(&stage.site.config.languages[0]),
    )
}

fn text(route: &str, content: String) -> Option<Job<Task>> {
    let path = SitePath::new(route.strip_prefix('/')?)?;
    Some(Job { path, task: Task::Text(content) })
}

/// Every page with its absolute URL, in route order.
fn places(stage: &Stage<'_>, texts: &[&[Text<'_>]]) -> Vec<Place> {
    let dated = texts.iter().copied().flatten().filter_map(|text| {
        Some((text.route.as_str(), text.page.updated.or(text.page.date)?.day()))
    });
    let updated: BTreeMap<&str, Date> = dated.collect();
    let mut routes: Vec<&str> = stage.routes.all().collect();
    let has_posts = !stage.site.posts.is_empty();
    routes.extend(has_posts.then_some("/posts/"));
    routes.extend(stage.routes.skills().next().map(|_| "/skills/"));
    routes.sort_unstable();
    routes.dedup();
    routes
        .into_iter()
        .filter_map(|route| {
            Some(Place { url: stage.routes.absolute(route)?, updated: updated.get(route).copied() })
        })
        .collect()
}

/// The feed of posts; `None` for a site without a configured address.
fn feed(stage: &Stage<'_>, posts: &[Text<'_>], today: Date) -> Option<Feed> {
    let entries = posts.iter().filter_map(|text| entry(stage, text)).take(30).collect();
    let author = stage.site.profiles.values().next().filter(|_| stage.site.guild.is_none());
    Some(Feed {
        title: stage.title.clone(),
        description: stage.site.config.description.clone(),
        home: stage.routes.absolute("/")?,
        atom_url: stage.routes.absolute("/feed.xml")?,
        json_url: stage.routes.absolute("/feed.json")?,
        author: author.map_or_else(|| stage.title.clone(), |profile| profile.name.clone()),
        language: stage.site.config.languages[0].clone(),
        updated: Stamp::new(Written::Date(today.into()), &stage.site.config.zone())?,
        entries,
    })
}

fn entry(stage: &Stage<'_>, text: &Text<'_>) -> Option<Entry> {
    let published = text.page.date?;
    let (home, url) = (stage.routes.absolute("")?, stage.routes.absolute(&text.route)?);
    let origin = home.strip_suffix(stage.routes.base()).unwrap_or(&home);
    let place = feed_html::Place { origin, page: &url };
    let view = text.view(stage, "post");
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
