//! Footnotes: numbered in the order of their references, collected at the end, each with a
//! backlink.

use super::context::Context;
use super::escape::escaped;
use super::piece::Piece;
use crate::diagnostic::Diagnostic;
use pulldown_cmark::{Event, Tag, TagEnd};
use std::collections::BTreeMap;
use std::ops::Range;

/// How ids and elements are written.
struct Form {
    /// The prefix of the number in an id, as in `fn-1` and `fnref-1`.
    scope: String,
    /// The element around all footnotes.
    element: &'static str,
    /// Attributes of the reference and of the backlink.
    reference: &'static str,
    back: &'static str,
}

/// Moves the footnotes to the end of the page, and reports those without a reference.
pub(super) fn gather<'a>(events: Vec<Piece<'a>>, context: &mut Context<'_>) -> Vec<Piece<'a>> {
    let form = Form {
        scope: format!("-{}", escaped(context.resolver.id_scope())),
        element: "div",
        reference: " role=\"doc-noteref\"",
        back: " role=\"doc-backlink\"",
    };
    let (events, unused) = rearrange(events, &form);
    for (name, range) in unused {
        let start = range.start..range.start + name.len() + "[^]:".len();
        context.push(
            Diagnostic::warning(
                "unused-footnote",
                format!("the footnote `{name}` is never referenced"),
            )
            .label("left out")
            .help(format!("write `[^{name}]` in the text, or remove the footnote")),
            &start,
        );
    }
    events
}

/// In the form of GitHub's own examples.
pub(super) fn plain(events: Vec<Piece<'_>>) -> Vec<Piece<'_>> {
    let form = Form { scope: String::new(), element: "section", reference: "", back: "" };
    rearrange(events, &form).0
}

/// A footnote's text, and where it starts.
struct Note<'a> {
    name: String,
    events: Vec<Piece<'a>>,
    at: Range<usize>,
}

/// The number of each footnote, and how often it is referenced.
#[derive(Default)]
struct Numbers {
    order: Vec<String>,
    uses: Vec<usize>,
    index: BTreeMap<String, usize>,
}

fn rearrange<'a>(
    events: Vec<Piece<'a>>,
    form: &Form,
) -> (Vec<Piece<'a>>, Vec<(String, Range<usize>)>) {
    let (body, mut notes) = separate(events);
    let mut numbers = Numbers::default();
    let mut out = refer(body, form, &mut numbers);
    let mut bodies = Vec::new();
    while let Some(key) = numbers.order.get(bodies.len()) {
        let events = notes.remove(key).map_or_else(Vec::new, |note| note.events);
        bodies.push(refer(events, form, &mut numbers));
    }
    if !bodies.is_empty() {
        write_list(bodies, &numbers, form, &mut out);
    }
    (out, notes.into_values().map(|note| (note.name, note.at)).collect())
}

/// Takes the footnotes out of the text. If two have the same name, the first one counts.
fn separate(events: Vec<Piece<'_>>) -> (Vec<Piece<'_>>, BTreeMap<String, Note<'_>>) {
    let mut body = Vec::with_capacity(events.len());
    let mut notes = BTreeMap::new();
    let mut open: Vec<Note<'_>> = Vec::new();
    for (event, at) in events {
        match event {
            Event::Start(Tag::FootnoteDefinition(name)) => {
                open.push(Note { name: name.into_string(), events: Vec::new(), at });
            }
            Event::End(TagEnd::FootnoteDefinition) => {
                if let Some(note) = open.pop() {
                    notes.entry(note.name.to_lowercase()).or_insert(note);
                }
            }
            event => match open.last_mut() {
                Some(note) => note.events.push((event, at)),
                None => body.push((event, at)),
            },
        }
    }
    (body, notes)
}

/// Writes the references. None is inside a link: the parser makes no link around one.
fn refer<'a>(events: Vec<Piece<'a>>, form: &Form, numbers: &mut Numbers) -> Vec<Piece<'a>> {
    let write = |(event, range)| match event {
        Event::FootnoteReference(name) => {
            let html = reference(&name.to_lowercase(), form, numbers);
            (Event::InlineHtml(html.into()), range)
        }
        event => (event, range),
    };
    events.into_iter().map(write).collect()
}

fn reference(key: &str, form: &Form, numbers: &mut Numbers) -> String {
    let index = *numbers.index.entry(key.to_owned()).or_insert_with(|| {
        numbers.order.push(key.to_owned());
        numbers.uses.push(0);
        numbers.order.len() - 1
    });
    numbers.uses[index] += 1;
    let Form { scope, reference, .. } = form;
    let number = index + 1;
    let id = reference_id(form, number, numbers.uses[index]);
    format!(
        "<sup class=\"footnote-ref\"><a href=\"#fn{scope}{number}\" id=\"{id}\"{reference}>{number}</a></sup>"
    )
}

/// `fnref-1`, or `fnref-1-2` for a second reference.
fn reference_id(form: &Form, number: usize, nth: usize) -> String {
    let again = if nth > 1 { format!("-{nth}") } else { String::new() };
    format!("fnref{}{number}{again}", form.scope)
}

fn write_list<'a>(
    bodies: Vec<Vec<Piece<'a>>>,
    numbers: &Numbers,
    form: &Form,
    out: &mut Vec<Piece<'a>>,
) {
    let Form { scope, element, .. } = form;
    let block = |html: String| (Event::Html(html.into()), 0..0);
    out.push(block(format!("<{element} class=\"footnotes\">\n<ol>\n")));
    for (index, body) in bodies.into_iter().enumerate() {
        let number = index + 1;
        out.push(block(format!("<li id=\"fn{scope}{number}\">\n")));
        let back = ways_back(form, number, numbers.uses[index]);
        out.extend(body);
        match out.last() {
            Some((Event::End(TagEnd::Paragraph), _)) => {
                let end = out.pop();
                out.push((Event::InlineHtml(format!(" {back}").into()), 0..0));
                out.extend(end);
            }
            _ => out.push(block(format!("{back}\n"))),
        }
        out.push(block("</li>\n".to_owned()));
    }
    out.push(block(format!("</ol>\n</{element}>\n")));
}

fn ways_back(form: &Form, number: usize, uses: usize) -> String {
    let back = form.back;
    let link = |nth: usize| {
        let id = reference_id(form, number, nth);
        let label =
            if back.is_empty() { String::new() } else { format!(" aria-label=\"↩ {number}\"") };
        format!("<a href=\"#{id}\" class=\"footnote-backref\"{back}{label}>↩</a>")
    };
    (1..=uses).map(link).collect::<Vec<_>>().join(" ")
}
