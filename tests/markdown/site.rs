//! A small site for the Markdown in the tests.

use questfolio::diagnostic::{Diagnostic, Report, Result};
use questfolio::load::Html;
use questfolio::path::SitePath;
use questfolio::render::markdown::{Document, Resolver, Target, render};
use questfolio::source::yaml::{Node, NodeKind};
use questfolio::span::{Lines, Markdown, Position, Span};

/// Has the profile `ada`, the skill `rust`, every path except `missing.md`, every picture, the host
/// `trusted.example` and the component `radar`.
pub struct Site {
    pub html: Html,
    pub scope: &'static str,
}

pub const SITE: Site = Site { html: Html::Text, scope: "" };

impl Resolver for Site {
    fn html(&self) -> Html {
        self.html
    }

    fn link(&self, _from: Option<&SitePath>, target: &str) -> Target {
        match target.split_once(':') {
            Some(("profile", "ada")) => Target::Url("/profiles/ada/".to_owned()),
            Some(("skill", "rust")) => Target::Url("/skills/rust/".to_owned()),
            None if !target.contains("missing") => {
                Target::Url(format!("/{}", target.trim_start_matches(['.', '/'])))
            }
            _ => {
                let message = format!("nothing of the site is called `{target}`");
                Target::Broken(Box::new(Diagnostic::error("test-broken-link", message)))
            }
        }
    }

    fn picture(
        &self,
        _from: Option<&SitePath>,
        _target: &str,
        _alt: &str,
        _title: &str,
    ) -> Result<String> {
        Ok("<img src=\"/picture.webp\" alt=\"\" width=\"1\" height=\"1\">".to_owned())
    }

    fn is_trusted_host(&self, host: &str) -> bool {
        host == "trusted.example"
    }

    fn component(&self, name: &str, args: &Node, at: Option<Span>) -> Result<String> {
        let NodeKind::Map(args) = &args.kind else {
            return Err(Diagnostic::error("test-arguments", "arguments are a map").at_opt(at));
        };
        Ok(format!("<div class=\"component\">{} with {}</div>\n", name.len(), args.len()))
    }

    fn id_scope(&self) -> &str {
        self.scope
    }
}

/// Renders the text of `content/pages/a.md`.
pub fn page(text: &str) -> (Document, Report) {
    page_on(&SITE, text)
}

/// The same on another site.
pub fn page_on(site: &Site, text: &str) -> (Document, Report) {
    let file = SitePath::new("content/pages/a.md").expect("a plain path is one");
    let md = Markdown {
        text: text.to_owned(),
        origin: Some(Span::new(&file, 0..text.len())),
        verbatim: true,
    };
    let mut report = Report::default();
    let document = render(&md, site, &mut report);
    (document, report)
}

/// A line for each diagnostic: position, code, the underlined text, message, help.
pub fn said(text: &str, report: &Report) -> String {
    let line = |it: &Diagnostic| {
        let range = it.at.as_ref().map_or(0..0, Span::range);
        let Position { line, column } = Lines::of(text).position(range.start);
        let underlined = text.get(range).unwrap_or("NOT A PLACE");
        let help = it.help.as_deref().unwrap_or_default();
        let (severity, code, message) = (it.severity.word(), it.code, &it.message);
        format!("{line}:{column} {severity}[{code}] {underlined:?}: {message}; {help}\n")
    };
    report.clone().sorted().iter().map(line).collect()
}
