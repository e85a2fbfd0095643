//! Atom 1.0 (RFC 4287) and JSON Feed 1.1 from the same entries.

use super::xml::Xml;
use crate::model::publish_time::PublishTime;
use serde_json::{Value, json};

/// A feed.
#[derive(Clone, Debug)]
pub struct Feed {
    /// Its title.
    pub title: String,
    /// A description, one sentence.
    pub description: Option<String>,
    /// The URL of the site.
    pub home: String,
    /// The URL of the Atom feed.
    pub atom_url: String,
    /// The URL of the JSON feed.
    pub json_url: String,
    /// The author of entries that have none.
    pub author: String,
    /// A BCP 47 tag.
    pub language: String,
    /// The date used for a feed without entries.
    pub updated: PublishTime,
    /// Newest first.
    pub entries: Vec<Entry>,
}

/// An entry of a feed.
#[derive(Clone, Debug)]
pub struct Entry {
    /// Its title.
    pub title: String,
    /// Its URL, which is also its id.
    pub url: String,
    /// When it was published.
    pub published: PublishTime,
    /// When it was last changed.
    pub updated: PublishTime,
    /// A summary in plain text.
    pub summary: Option<String>,
    /// HTML with absolute URLs.
    pub html: String,
    /// Its authors.
    pub authors: Vec<String>,
    /// Tags.
    pub tags: Vec<String>,
}

impl Feed {
    fn last_update(&self) -> PublishTime {
        self.entries.iter().map(|entry| entry.updated).max().unwrap_or(self.updated)
    }
}

/// The feed as Atom.
pub fn atom(feed: &Feed) -> String {
    let mut xml = Xml::default();
    let root = [("xmlns", "http://www.w3.org/2005/Atom"), ("xml:lang", feed.language.as_str())];
    xml.element("feed", &root, |xml| {
        xml.text("title", &[], &feed.title);
        if let Some(description) = &feed.description {
            xml.text("subtitle", &[], description);
        }
        xml.empty("link", &[("href", &feed.home)]);
        let kind = ("type", "application/atom+xml");
        xml.empty("link", &[("rel", "self"), kind, ("href", &feed.atom_url)]);
        xml.text("id", &[], &feed.home);
        xml.text("updated", &[], &feed.last_update().to_string());
        xml.element("author", &[], |xml| xml.text("name", &[], &feed.author));
        xml.text("generator", &[("version", env!("CARGO_PKG_VERSION"))], "Questfolio");
        feed.entries.iter().for_each(|entry| atom_entry(xml, entry));
    });
    xml.finish()
}

fn atom_entry(xml: &mut Xml, entry: &Entry) {
    xml.element("entry", &[], |xml| {
        xml.text("title", &[], &entry.title);
        xml.empty("link", &[("href", &entry.url)]);
        xml.text("id", &[], &entry.url);
        xml.text("published", &[], &entry.published.to_string());
        xml.text("updated", &[], &entry.updated.to_string());
        for author in &entry.authors {
            xml.element("author", &[], |xml| xml.text("name", &[], author));
        }
        entry.tags.iter().for_each(|tag| xml.empty("category", &[("term", tag)]));
        if let Some(summary) = &entry.summary {
            xml.text("summary", &[], summary);
        }
        xml.text("content", &[("type", "html")], &entry.html);
    });
}

/// The feed as a JSON Feed (jsonfeed.org/version/1.1).
pub fn json(feed: &Feed) -> String {
    let items: Vec<Value> = feed.entries.iter().map(json_item).collect();
    let mut value = json!({
        "version": "https://jsonfeed.org/version/1.1",
        "title": feed.title,
        "home_page_url": feed.home,
        "feed_url": feed.json_url,
        "language": feed.language,
        "authors": [{ "name": feed.author }],
        "items": items,
    });
    if let Some(description) = &feed.description {
        value["description"] = Value::from(description.as_str());
    }
    format!("{value:#}\n")
}

fn json_item(entry: &Entry) -> Value {
    let authors: Vec<Value> = entry.authors.iter().map(|name| json!({ "name": name })).collect();
    let mut item = json!({
        "id": entry.url,
        "url": entry.url,
        "title": entry.title,
        "content_html": entry.html,
        "date_published": entry.published,
        "date_modified": entry.updated,
    });
    if let Some(summary) = &entry.summary {
        item["summary"] = Value::from(summary.as_str());
    }
    if !authors.is_empty() {
        item["authors"] = Value::from(authors);
    }
    if !entry.tags.is_empty() {
        item["tags"] = Value::from(entry.tags.clone());
    }
    item
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::publish_time::DateOrTime;
    use jiff::tz::TimeZone;

    fn on(text: &str) -> PublishTime {
        PublishTime::new(DateOrTime::parse(text).unwrap(), &TimeZone::UTC).unwrap()
    }

    fn feed() -> Feed {
        Feed {
            title: "A & B".into(),
            description: None,
            home: "https://x.org/".into(),
            atom_url: "https://x.org/feed.xml".into(),
            json_url: "https://x.org/feed.json".into(),
            author: "Ada".into(),
            language: "en".into(),
            updated: on("2026-01-01"),
            entries: vec![Entry {
                title: "<b>Hi</b>".into(),
                url: "https://x.org/posts/hi/".into(),
                published: on("2026-02-03"),
                updated: on("2026-02-04T18:30:00+01:00"),
                summary: Some("s".into()),
                html: "<p>]]></p>".into(),
                authors: vec!["Grace".into()],
                tags: vec!["t".into()],
            }],
        }
    }

    #[test]
    fn atom_has_what_rfc_4287_asks_for() {
        let text = atom(&feed());
        for part in [
            "<title>A &amp; B</title>",
            "<id>https://x.org/</id>",
            "<updated>2026-02-04T17:30:00Z</updated>",
            "rel=\"self\"",
            "<title>&lt;b&gt;Hi&lt;/b&gt;</title>",
            "<id>https://x.org/posts/hi/</id>",
            "<content type=\"html\">&lt;p&gt;]]&gt;&lt;/p&gt;</content>",
        ] {
            assert!(text.contains(part), "{part} is missing in {text}");
        }
    }

    /// Elements that RFC 4287 §4.1 requires in a feed and in each entry occur exactly once, and no
    /// text introduces elements of its own.
    #[test]
    fn required_elements_stand_once_in_feed_and_entry() {
        let mut hostile = feed();
        hostile.title = "</title><id>x</id>\u{0}\u{b}\u{fffe}".into();
        hostile.entries.push(Entry {
            title: "]]><updated>".into(),
            url: "https://x.org/posts/two/?a=\"&b='".into(),
            authors: Vec::new(),
            ..hostile.entries[0].clone()
        });
        let text = atom(&hostile);
        let mut parts = text.split("<entry>");
        let head = parts.next().unwrap();
        let once = |part: &str, element: &str| {
            assert_eq!(part.matches(&format!("<{element}>")).count(), 1, "{element} in {part}");
        };
        for element in ["id", "title", "updated", "author"] {
            once(head, element);
        }
        assert_eq!(head.matches("rel=\"self\"").count(), 1);
        let entries: Vec<&str> = parts.collect();
        assert_eq!(entries.len(), 2);
        for entry in entries {
            for element in ["id", "title", "updated"] {
                once(entry, element);
            }
        }
        assert!(!text.contains(['\u{0}', '\u{b}', '\u{fffe}']) && !text.contains("CDATA"));
        assert!(text.contains("href=\"https://x.org/posts/two/?a=&quot;&amp;b='\""), "{text}");
    }

    #[test]
    fn an_empty_feed_still_has_a_date() {
        let empty = Feed { entries: Vec::new(), ..feed() };
        assert!(atom(&empty).contains("<updated>2026-01-01T00:00:00Z</updated>"));
    }

    #[test]
    fn the_json_feed_is_json() {
        let value: Value = serde_json::from_str(&json(&feed())).unwrap();
        assert_eq!(value["items"][0]["id"], "https://x.org/posts/hi/");
        assert_eq!(value["items"][0]["authors"][0]["name"], "Grace");
        assert_eq!(value["version"], "https://jsonfeed.org/version/1.1");
    }
}
