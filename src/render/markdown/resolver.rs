//! What the page around the Markdown knows and the Markdown does not.

use crate::diagnostic::{Diagnostic, Result};
use crate::load::Html;
use crate::model::wording::Wording;
use crate::path::SitePath;
use crate::source::yaml::Node;
use crate::span::Span;
use crate::theme;

/// The target of a link or a picture in Markdown.
pub enum Target {
    /// A URL to write as it is.
    Url(String),
    /// No target: the reader sees only the text, the author gets the diagnostic. If it has no
    /// source position, it gets that of the link.
    Broken(Box<Diagnostic>),
}

/// What the page around the Markdown knows and the Markdown does not.
pub trait Resolver: Sync {
    /// How raw HTML is treated.
    fn html(&self) -> Html;
    /// The target of a relative link, `profile:`, `skill:`, or `/absolute` path, relative to
    /// `from`. `https`, `http`, `mailto` and plain `#anchors` are handled elsewhere. The target may
    /// end in `#anchor`, as written; [`anchor`](super::anchor) turns it into an id.
    fn link(&self, from: Option<&SitePath>, target: &str) -> Target;
    /// The finished `<picture>` (or `<img>`) for a picture of the site, with this alternative text
    /// and title, which the implementation escapes.
    fn picture(
        &self,
        from: Option<&SitePath>,
        target: &str,
        alt: &str,
        title: &str,
    ) -> Result<String>;
    /// Whether pictures from this external host may be shown.
    fn is_trusted_host(&self, host: &str) -> bool;
    /// The HTML of a fenced component, given its name, its arguments, and the position of the
    /// fence.
    fn component(&self, name: &str, args: &Node, at: Option<Span>) -> Result<String>;
    /// The words for what has no text of its own: the titles of alerts, and tables without headings.
    fn wording(&self) -> &Wording {
        theme::english()
    }
    /// The `rel` of links to other sites. Sites that publish content by others add `nofollow ugc`,
    /// so that search engines do not count the links as the site's own.
    fn rel(&self) -> &str {
        "noopener"
    }
    /// A prefix for every id, so that several texts on one page have none in common: `about-`.
    fn id_scope(&self) -> &str {
        ""
    }
}
