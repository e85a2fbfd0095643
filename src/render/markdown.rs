//! Markdown → HTML: CommonMark and GitHub's extensions, anchors, highlighting, links by kind.

use crate::diagnostic::{Report, Result};
use crate::load::Html;
use crate::path::SitePath;
use crate::source::yaml::Node;
use crate::span::{Markdown, Span};
use serde::Serialize;

/// What a link or a picture in Markdown leads to.
pub enum Target {
    /// An address to write as it is.
    Url(String),
    /// Nothing: the reader sees the text alone, the author the diagnostic.
    Broken(Box<crate::diagnostic::Diagnostic>),
}

/// What the page around the Markdown knows and the Markdown does not.
pub trait Surroundings: Sync {
    /// Whether raw HTML passes.
    fn html(&self) -> Html;
    /// Where a relative link, `profile:`, `skill:`, or `/absolute` path leads, seen from `from`.
    /// Schemes `https`, `http`, `mailto` and plain `#anchors` never get here.
    fn link(&self, from: Option<&SitePath>, target: &str) -> Target;
    /// The finished `<picture>` (or `<img>`) for a picture of the site, with this alternative text
    /// and title; escaping is done here.
    fn picture(
        &self,
        from: Option<&SitePath>,
        target: &str,
        alt: &str,
        title: &str,
    ) -> Result<String>;
    /// Whether pictures of this foreign host may be shown.
    fn is_trusted_host(&self, host: &str) -> bool;
    /// The HTML of a fenced component: its name, its arguments, and where the fence stands.
    fn component(&self, name: &str, args: &Node, at: Option<Span>) -> Result<String>;
}

/// A heading of the text.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Heading {
    /// 1 to 6
    pub level: u8,
    /// Its anchor.
    pub id: String,
    /// Its text, plain.
    pub text: String,
}

/// Markdown, rendered.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Document {
    /// Ready for `| safe`.
    pub html: String,
    /// Without markup.
    pub text: String,
    /// In the order of the text.
    pub headings: Vec<Heading>,
    /// Words of the text.
    pub words: usize,
}

/// Renders blocks: paragraphs, headings, lists, code.
pub fn render(_md: &Markdown, _around: &dyn Surroundings, _report: &mut Report) -> Document {
    Document::default()
}

/// Renders one line: what stands in a heading, a highlight or a reason. A text of several
/// paragraphs is rendered as blocks.
pub fn render_inline(_md: &Markdown, _around: &dyn Surroundings, _report: &mut Report) -> Document {
    Document::default()
}
