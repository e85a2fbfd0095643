//! Pictures: the site's own, those of a trusted host, and external ones, which become links.

use super::address::{Address, classify};
use super::context::Context;
use super::escape::{href, text as escape_text};
use super::link::{place_of, refusal};
use super::piece::Piece;
use super::plain_text;
use crate::diagnostic::Diagnostic;
use pulldown_cmark::{CowStr, Event, LinkType, Tag, TagEnd};
use std::ops::Range;

/// A picture as written.
struct Picture<'a> {
    dest: CowStr<'a>,
    title: CowStr<'a>,
    alt: String,
    at: Range<usize>,
    /// Whether it is inside a link, which must not contain another one.
    is_linked: bool,
}

/// Replaces every picture by the HTML for it.
pub(super) fn place<'a>(events: Vec<Piece<'a>>, context: &mut Context<'_>) -> Vec<Piece<'a>> {
    replace(events, |picture, out| place_one(picture, context, out))
}

/// The addresses of the site's own pictures.
pub(super) fn targets(events: &[Piece<'_>]) -> Vec<String> {
    let target = |event: &Event<'_>| match event {
        Event::Start(Tag::Image { dest_url, .. }) => match classify(dest_url) {
            Address::Site(target) => Some(target.into_owned()),
            _ => None,
        },
        _ => None,
    };
    events.iter().filter_map(|(event, _)| target(event)).collect()
}

/// Every picture in the form of CommonMark.
pub(super) fn plain(events: Vec<Piece<'_>>) -> Vec<Piece<'_>> {
    replace(events, |picture, out| {
        let html = img(&picture.dest, &picture.alt, &picture.title, "");
        out.push((Event::InlineHtml(html.into()), picture.at));
    })
}

fn replace<'a>(
    events: Vec<Piece<'a>>,
    mut place: impl FnMut(Picture<'a>, &mut Vec<Piece<'a>>),
) -> Vec<Piece<'a>> {
    let mut out = Vec::with_capacity(events.len());
    let mut links = 0usize;
    let mut events = events.into_iter();
    while let Some((event, at)) = events.next() {
        match event {
            Event::Start(Tag::Image { dest_url: dest, title, .. }) => {
                let alt = plain_text::of_inline(&rest_of_image(&mut events));
                place(Picture { dest, title, alt, at, is_linked: links > 0 }, &mut out);
            }
            event => {
                match event {
                    Event::Start(Tag::Link { .. }) => links += 1,
                    Event::End(TagEnd::Link) => links = links.saturating_sub(1),
                    _ => {}
                }
                out.push((event, at));
            }
        }
    }
    out
}

/// The contents of a picture that has just started, which may include pictures.
fn rest_of_image<'a>(events: &mut impl Iterator<Item = Piece<'a>>) -> Vec<Piece<'a>> {
    let mut depth = 1;
    let mut inside = Vec::new();
    for piece in events {
        match piece.0 {
            Event::Start(Tag::Image { .. }) => depth += 1,
            Event::End(TagEnd::Image) => depth -= 1,
            _ => {}
        }
        if depth == 0 {
            break;
        }
        inside.push(piece);
    }
    inside
}

fn place_one<'a>(picture: Picture<'a>, context: &mut Context<'_>, out: &mut Vec<Piece<'a>>) {
    if picture.alt.trim().is_empty() {
        context.push(
            Diagnostic::warning(
                "missing-alt",
                format!("`{}` has no alternative text", picture.dest),
            )
            .help("describe the picture between the brackets"),
            &picture.at,
        );
    }
    let place = place_of(context.md, &picture.at, &picture.dest);
    let refused = match classify(&picture.dest) {
        Address::Foreign { url, host } => return place_foreign(picture, &url, &host, context, out),
        Address::Site(target) => {
            match context.resolver.picture(context.file(), &target, &picture.alt, &picture.title) {
                Ok(html) => return out.push((Event::InlineHtml(html.into()), picture.at)),
                Err(diagnostic) => diagnostic,
            }
        }
        Address::Mail(_) | Address::Anchor(_) => {
            refusal(&picture.dest, "is no picture", "write the path of a picture on this site")
        }
        Address::Refused(refused) => refusal(&picture.dest, refused.what, refused.help),
    };
    context.push(refused, &place);
    push_text(picture.alt, picture.at, out);
}

fn place_foreign<'a>(
    picture: Picture<'a>,
    url: &str,
    host: &str,
    context: &mut Context<'_>,
    out: &mut Vec<Piece<'a>>,
) {
    if context.resolver.is_trusted_host(host) {
        let more = " loading=\"lazy\" referrerpolicy=\"no-referrer\"";
        let html = img(url, &picture.alt, &picture.title, more);
        return out.push((Event::InlineHtml(html.into()), picture.at));
    }
    let place = place_of(context.md, &picture.at, &picture.dest);
    let help = format!(
        "put a copy next to this file, or add `{host}` to `markdown: image_hosts:` in `site.yaml`"
    );
    context.push(
        Diagnostic::warning("foreign-picture", format!("this picture comes from `{host}`"))
            .label(if picture.is_linked { "left out" } else { "a link to it is shown" })
            .help(help),
        &place,
    );
    if picture.is_linked {
        return push_text(picture.alt, picture.at, out);
    }
    let shown = if picture.alt.trim().is_empty() { url.to_owned() } else { picture.alt };
    let tag = Tag::Link {
        link_type: LinkType::Inline,
        dest_url: url.to_owned().into(),
        title: picture.title,
        id: CowStr::Borrowed(""),
    };
    out.push((Event::Start(tag), picture.at.clone()));
    push_text(shown, picture.at.clone(), out);
    out.push((Event::End(TagEnd::Link), picture.at));
}

fn push_text(text: String, at: Range<usize>, out: &mut Vec<Piece<'_>>) {
    if !text.is_empty() {
        out.push((Event::Text(text.into()), at));
    }
}

fn img(src: &str, alt: &str, title: &str, more: &str) -> String {
    let mut html = String::from("<img src=\"");
    href(&mut html, src);
    html.push_str("\" alt=\"");
    escape_text(&mut html, alt);
    html.push('"');
    if !title.is_empty() {
        html.push_str(" title=\"");
        escape_text(&mut html, title);
        html.push('"');
    }
    html.push_str(more);
    html.push('>');
    html
}
