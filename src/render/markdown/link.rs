//! Links: allowed schemes, links of the site's own kinds resolved, anchors checked.

use super::address::{Address, classify, tidy};
use super::context::Context;
use super::document::Heading;
use super::escape::{href, text as escape_text};
use super::heading::{PREFIX, anchor};
use super::parse::MAX_SUGGESTED;
use super::piece::Piece;
use super::resolver::Target;
use crate::diagnostic::{Diagnostic, did_you_mean};
use crate::load::Html;
use crate::span::Markdown;
use pulldown_cmark::{Event, LinkType, Tag, TagEnd};
use std::collections::BTreeSet;
use std::ops::Range;

/// Writes links that have a target; of the others, only the text is kept.
pub(super) fn resolve<'a>(
    events: Vec<Piece<'a>>,
    headings: &[Heading],
    context: &mut Context<'_>,
) -> Vec<Piece<'a>> {
    let ids: BTreeSet<&str> = headings.iter().map(|heading| heading.id.as_str()).collect();
    let mut out = Vec::with_capacity(events.len());
    let mut is_live = false;
    for (event, range) in events {
        match event {
            Event::Start(Tag::Link { link_type, dest_url, title, .. }) => {
                let is_mail = link_type == LinkType::Email;
                let dest =
                    if is_mail { format!("mailto:{dest_url}") } else { dest_url.into_string() };
                let open = open(&dest, &title, &range, &ids, context);
                is_live = open.is_some();
                out.extend(open.map(|html| (Event::InlineHtml(html.into()), range)));
            }
            Event::End(TagEnd::Link) => {
                if is_live {
                    out.push((Event::InlineHtml("</a>".into()), range));
                }
            }
            event => out.push((event, range)),
        }
    }
    out
}

/// `<a …>` for a link; `None` and a diagnostic for one without a target.
fn open(
    dest: &str,
    title: &str,
    range: &Range<usize>,
    ids: &BTreeSet<&str>,
    context: &mut Context<'_>,
) -> Option<String> {
    let mut rel = "";
    let place = place_of(context.md, range, dest);
    let url = match classify(dest) {
        Address::Foreign { url, .. } => {
            rel = context.resolver.rel();
            url
        }
        Address::Mail(url) => url,
        Address::Anchor(name) => match local_anchor(name, ids, context) {
            Ok(url) => url,
            Err(diagnostic) => {
                context.push(*diagnostic, &place);
                return None;
            }
        },
        Address::Site(target) => match context.resolver.link(context.file(), &target) {
            Target::Url(url) => tidy(&url),
            Target::Broken(diagnostic) => {
                context.push(*diagnostic, &place);
                return None;
            }
        },
        Address::Refused(refused) => {
            context.push(refusal(dest, refused.what, refused.help), &place);
            return None;
        }
    };
    Some(element(&url, rel, title))
}

fn element(url: &str, rel: &str, title: &str) -> String {
    let mut html = String::from("<a href=\"");
    href(&mut html, url);
    for (name, value) in [("rel", rel), ("title", title)] {
        if !value.is_empty() {
            html.push_str("\" ");
            html.push_str(name);
            html.push_str("=\"");
            escape_text(&mut html, value);
        }
    }
    html.push_str("\">");
    html
}

/// The diagnostic for an address that may not be linked to.
pub(super) fn refusal(written: &str, what: &str, help: &str) -> Diagnostic {
    let name = if written.is_empty() { "this address" } else { &format!("`{written}`") };
    Diagnostic::warning("bad-link", format!("{name} {what}"))
        .label("only its text is shown")
        .help(help)
}

/// The URL of a heading in this text.
fn local_anchor(
    name: &str,
    ids: &BTreeSet<&str>,
    context: &Context<'_>,
) -> Result<String, Box<Diagnostic>> {
    let id = anchor(context.resolver.id_scope(), name);
    if let Some(id) = [name, &id].into_iter().find(|id| ids.contains(id)) {
        return Ok(format!("#{id}"));
    }
    if matches!(name, "" | "top") || is_trusted_id(name, context) {
        return Ok(format!("#{}", tidy(name)));
    }
    let prefix = format!("{PREFIX}{}", context.resolver.id_scope());
    let written = |id: &&str| format!("#{}", id.strip_prefix(&prefix).unwrap_or(id));
    let names: Vec<String> = ids.iter().take(MAX_SUGGESTED).map(written).collect();
    let near = did_you_mean(&format!("#{name}"), names.iter().map(String::as_str));
    Err(Box::new(
        Diagnostic::warning("broken-anchor", format!("this text has no heading `#{name}`"))
            .label("only its text is shown")
            .help(near.unwrap_or_else(|| list_of(&names))),
    ))
}

fn list_of(names: &[String]) -> String {
    if names.is_empty() {
        return "this text has no headings: write one, or link to a page".to_owned();
    }
    let names: Vec<String> = names.iter().take(8).map(|name| format!("`{name}`")).collect();
    format!("available: {}", names.join(", "))
}

/// Whether trusted HTML in the text defines this id.
fn is_trusted_id(name: &str, context: &Context<'_>) -> bool {
    context.resolver.html() == Html::Trusted
        && ["id=\"", "id='", "name=\""].iter().any(|start| {
            context.md.text.match_indices(start).any(|(at, _)| {
                let value = &context.md.text[at + start.len()..];
                value.strip_prefix(name).is_some_and(|rest| rest.starts_with(['"', '\'']))
            })
        })
}

/// The byte range of an address within its link; the whole link if the address is elsewhere.
pub(super) fn place_of(md: &Markdown, range: &Range<usize>, dest: &str) -> Range<usize> {
    let whole = md.text.get(range.clone()).unwrap_or_default();
    match whole.rfind(dest).filter(|_| !dest.is_empty()) {
        Some(at) => range.start + at..range.start + at + dest.len(),
        None => range.clone(),
    }
}
