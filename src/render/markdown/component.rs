//! Fenced components: ```` ```component radar ```` with arguments in YAML.

use super::context::Context;
use super::piece::{Piece, first_line};
use crate::diagnostic::{Diagnostic, Report};
use crate::path::SitePath;
use crate::source::yaml::{self, Node, NodeKind};
use pulldown_cmark::{CodeBlockKind, Event, Tag, TagEnd};
use std::ops::Range;

/// The maximum number of components in a text, because each may draw the whole site.
const MOST: usize = 50;

/// Replaces every component by its HTML.
pub(super) fn fill<'a>(events: Vec<Piece<'a>>, context: &mut Context<'_>) -> Vec<Piece<'a>> {
    let mut out = Vec::with_capacity(events.len());
    let mut count = 0;
    let mut events = events.into_iter();
    while let Some((event, range)) = events.next() {
        let name = match &event {
            Event::Start(Tag::CodeBlock(CodeBlockKind::Fenced(info))) => component_name(info),
            _ => None,
        };
        let Some(name) = name.map(str::to_owned) else {
            out.push((event, range));
            continue;
        };
        let body = events.by_ref().take_while(|it| !matches!(it.0, Event::End(TagEnd::CodeBlock)));
        let body = body.reduce(join).unwrap_or((Event::Text("".into()), range.end..range.end));
        count += 1;
        if count > MOST {
            if count == MOST + 1 {
                report_too_many(&range, context);
            }
            continue;
        }
        if let Some(html) = component(&name, body, &range, context) {
            out.push((Event::Html(html.into()), range));
        }
    }
    out
}

fn report_too_many(range: &Range<usize>, context: &mut Context<'_>) {
    let message = format!("a text may have {MOST} components, and this is one more");
    context.push(
        Diagnostic::error("too-many-components", message)
            .label("left out, and so are those after it")
            .help("make several pages of it"),
        &first_line(&context.md.text, range.clone()),
    );
}

/// The name after `component`; `None` for other code.
fn component_name(info: &str) -> Option<&str> {
    let (word, name) = info.split_once(char::is_whitespace).unwrap_or((info, ""));
    (word == "component").then(|| name.trim())
}

fn join<'a>((first, place): Piece<'a>, (second, more): Piece<'a>) -> Piece<'a> {
    match (first, second) {
        (Event::Text(first), Event::Text(second)) => {
            (Event::Text(format!("{first}{second}").into()), place.start..more.end)
        }
        (first, _) => (first, place),
    }
}

fn component(
    name: &str,
    (body, body_at): Piece<'_>,
    range: &Range<usize>,
    context: &mut Context<'_>,
) -> Option<String> {
    let fence_at = first_line(&context.md.text, range.clone());
    if name.is_empty() {
        context.push(
            Diagnostic::error("component-name", "this component has no name")
                .help("write the name after the word: ```component radar"),
            &fence_at,
        );
        return None;
    }
    let body = match &body {
        Event::Text(text) => text.as_ref(),
        _ => "",
    };
    let args = arguments(body, &body_at, &fence_at, context)?;
    match context.resolver.component(name, &args, context.md.span(fence_at.clone())) {
        Ok(html) => Some(html),
        Err(diagnostic) => {
            context.push(diagnostic, &fence_at);
            None
        }
    }
}

/// The arguments, parsed as YAML. If the block is indented or in a quotation, its bytes differ from
/// those of the file, and mistakes are reported at the fence.
fn arguments(
    body: &str,
    body_at: &Range<usize>,
    fence_at: &Range<usize>,
    context: &mut Context<'_>,
) -> Option<Node> {
    let start = context.md.origin.as_ref().map_or(0, |origin| origin.start);
    if body.trim().is_empty() {
        let at = start + fence_at.start..start + fence_at.end;
        return Some(Node { at, kind: NodeKind::Map(Vec::new()) });
    }
    let is_exact = context.md.verbatim && context.md.text.get(body_at.clone()) == Some(body);
    let nowhere = || SitePath::new("component").expect("a plain word is a path");
    let file = context.file().cloned().unwrap_or_else(nowhere);
    let mut report = Report::default();
    let args = yaml::parse(&file, body, start + body_at.start, &mut report);
    for diagnostic in &report {
        if is_exact {
            context.report.push(diagnostic.clone());
        } else {
            context.push(Diagnostic { at: None, ..diagnostic.clone() }, fence_at);
        }
    }
    args
}
