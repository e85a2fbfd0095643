//! The writer: events → HTML, formatted as in CommonMark's examples.

use super::escape::{href, text as escape_text};
use super::piece::Piece;
use pulldown_cmark::{Alignment, CodeBlockKind, Event, LinkType, Tag, TagEnd};

/// Writes CommonMark's own elements, and the HTML from the passes unchanged.
pub(super) fn html(events: &[Piece<'_>]) -> String {
    let mut writer = Writer::default();
    for (event, _) in events {
        writer.event(event);
    }
    writer.out
}

#[derive(Default)]
struct Writer {
    out: String,
    /// State of the current table: its columns, the current one, whether this is its head, and
    /// whether it has a body yet.
    alignments: Vec<Alignment>,
    column: usize,
    is_head: bool,
    has_body: bool,
    /// Inside a block of trusted HTML, whose lines are the author's.
    is_raw: bool,
}

impl Writer {
    fn event(&mut self, event: &Event<'_>) {
        match event {
            Event::Start(tag) => self.start(tag),
            Event::End(tag) => self.end(*tag),
            Event::Text(text) => escape_text(&mut self.out, text),
            Event::Code(text) => {
                self.out.push_str("<code>");
                escape_text(&mut self.out, text);
                self.out.push_str("</code>");
            }
            Event::Html(html) => {
                if !self.is_raw {
                    self.fresh_line();
                }
                self.out.push_str(html);
            }
            Event::InlineHtml(html) => self.out.push_str(html),
            Event::SoftBreak => self.out.push('\n'),
            Event::HardBreak => self.out.push_str("<br>\n"),
            Event::Rule => self.block("<hr>\n"),
            Event::TaskListMarker(is_done) => {
                let done = if *is_done { " checked=\"\"" } else { "" };
                self.out.push_str(&format!("<input type=\"checkbox\"{done} disabled=\"\"> "));
            }
            // Written by their passes, or belonging to options that are off.
            Event::FootnoteReference(_) | Event::InlineMath(_) | Event::DisplayMath(_) => {}
        }
    }

    /// Starts a new line, unless one has just started.
    fn fresh_line(&mut self) {
        if !self.out.is_empty() && !self.out.ends_with('\n') {
            self.out.push('\n');
        }
    }

    fn block(&mut self, html: &str) {
        self.fresh_line();
        self.out.push_str(html);
    }

    fn start(&mut self, tag: &Tag<'_>) {
        match tag {
            Tag::Paragraph => self.block("<p>"),
            Tag::Heading { level, .. } => self.block(&format!("<{level}>")),
            Tag::BlockQuote(_) => self.block("<blockquote>\n"),
            Tag::CodeBlock(kind) => self.code_block(kind),
            Tag::List(None) => self.block("<ul>\n"),
            Tag::List(Some(1)) => self.block("<ol>\n"),
            Tag::List(Some(first)) => self.block(&format!("<ol start=\"{first}\">\n")),
            Tag::Item => self.block("<li>"),
            Tag::Emphasis => self.out.push_str("<em>"),
            Tag::Strong => self.out.push_str("<strong>"),
            Tag::Strikethrough => self.out.push_str("<del>"),
            Tag::Link { link_type, dest_url, title, .. } => self.link(*link_type, dest_url, title),
            Tag::HtmlBlock => {
                self.fresh_line();
                self.is_raw = true;
            }
            Tag::Table(alignments) => {
                self.alignments.clone_from(alignments);
                self.has_body = false;
                self.block("<table>\n");
            }
            Tag::TableHead => {
                self.row(true);
            }
            Tag::TableRow => self.row(false),
            Tag::TableCell => self.cell(),
            _ => {}
        }
    }

    fn end(&mut self, tag: TagEnd) {
        match tag {
            TagEnd::Paragraph => self.out.push_str("</p>\n"),
            TagEnd::Heading(level) => self.out.push_str(&format!("</{level}>\n")),
            TagEnd::BlockQuote(_) => self.block("</blockquote>\n"),
            TagEnd::CodeBlock => self.out.push_str("</code></pre>\n"),
            TagEnd::List(is_ordered) => self.block(if is_ordered { "</ol>\n" } else { "</ul>\n" }),
            TagEnd::Item => self.out.push_str("</li>\n"),
            TagEnd::Emphasis => self.out.push_str("</em>"),
            TagEnd::Strong => self.out.push_str("</strong>"),
            TagEnd::Strikethrough => self.out.push_str("</del>"),
            TagEnd::Link => self.out.push_str("</a>"),
            TagEnd::HtmlBlock => {
                self.is_raw = false;
                self.fresh_line();
            }
            TagEnd::Table => {
                self.block(if self.has_body { "</tbody>\n</table>\n" } else { "</table>\n" })
            }
            TagEnd::TableHead => self.block("</tr>\n</thead>\n"),
            TagEnd::TableRow => self.block("</tr>\n"),
            TagEnd::TableCell => {
                self.out.push_str(if self.is_head { "</th>\n" } else { "</td>\n" })
            }
            _ => {}
        }
    }

    fn row(&mut self, is_head: bool) {
        self.is_head = is_head;
        self.column = 0;
        if is_head {
            self.block("<thead>\n");
        } else if !self.has_body {
            self.has_body = true;
            self.block("<tbody>\n");
        }
        self.block("<tr>\n");
    }

    fn cell(&mut self) {
        let tag = if self.is_head { "th" } else { "td" };
        let align = match self.alignments.get(self.column) {
            Some(Alignment::Left) => " align=\"left\"",
            Some(Alignment::Center) => " align=\"center\"",
            Some(Alignment::Right) => " align=\"right\"",
            Some(Alignment::None) | None => "",
        };
        self.column += 1;
        self.block(&format!("<{tag}{align}>"));
    }

    fn code_block(&mut self, kind: &CodeBlockKind<'_>) {
        self.block("<pre><code");
        if let CodeBlockKind::Fenced(info) = kind {
            let language = info.split_whitespace().next().unwrap_or_default();
            if !language.is_empty() {
                self.out.push_str(" class=\"language-");
                escape_text(&mut self.out, language);
                self.out.push('"');
            }
        }
        self.out.push('>');
    }

    fn link(&mut self, kind: LinkType, url: &str, title: &str) {
        self.out.push_str("<a href=\"");
        if kind == LinkType::Email {
            self.out.push_str("mailto:");
        }
        href(&mut self.out, url);
        if !title.is_empty() {
            self.out.push_str("\" title=\"");
            escape_text(&mut self.out, title);
        }
        self.out.push_str("\">");
    }
}
