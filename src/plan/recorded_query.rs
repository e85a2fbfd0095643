//! Records what a text asked of the link resolver while it was rendered, and the answers. As long
//! as all answers would be the same, the text need not be rendered again.

use super::link_resolver::LinkResolver;
use crate::diagnostic::Result;
use crate::load::Html;
use crate::model::wording::Wording;
use crate::path::SitePath;
use crate::render::markdown::{Resolver, Target};
use crate::source::yaml::Node;
use crate::span::Span;
use std::sync::{Arc, Mutex, PoisonError};

/// Rendering settings shared by all texts of a kind.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct TextSettings {
    html: Html,
    image_hosts: Vec<String>,
    is_guild: bool,
    wording: Arc<Wording>,
    /// Whether texts are also rendered for feeds.
    pub(crate) is_in_feeds: bool,
}

impl TextSettings {
    pub(crate) fn new(resolver: &LinkResolver<'_>, is_in_feeds: bool) -> TextSettings {
        TextSettings {
            html: resolver.config.markdown.html,
            image_hosts: resolver.config.markdown.image_hosts.clone(),
            is_guild: resolver.is_guild,
            wording: resolver.wording.clone(),
            is_in_feeds,
        }
    }
}

/// A query with its answer.
#[derive(Debug)]
pub(crate) struct RecordedQuery {
    from: Option<SitePath>,
    query: Query,
    answer: Result<String>,
}

#[derive(Debug)]
enum Query {
    Link { target: String },
    Picture { target: String, alt: String, title: String },
    Component { name: String, args: Node, at: Option<Span>, in_feed: bool },
}

impl RecordedQuery {
    fn now(from: Option<&SitePath>, query: Query, resolver: &LinkResolver<'_>) -> RecordedQuery {
        let answer = query.ask(from, resolver);
        RecordedQuery { from: from.cloned(), query, answer }
    }

    /// Whether the answer would be the same now. Asking again also plans the files that the answer
    /// needs, such as those of a picture.
    pub(crate) fn is_valid(&self, resolver: &LinkResolver<'_>) -> bool {
        self.query.ask(self.from.as_ref(), resolver) == self.answer
    }
}

impl Query {
    fn ask(&self, from: Option<&SitePath>, resolver: &LinkResolver<'_>) -> Result<String> {
        match self {
            Query::Link { target } => match resolver.link(from, target) {
                Target::Url(url) => Ok(url),
                Target::Broken(why) => Err(*why),
            },
            Query::Picture { target, alt, title } => resolver.picture(from, target, alt, title),
            Query::Component { name, args, at, in_feed } => {
                resolver.show(name, args, at.clone(), *in_feed)
            }
        }
    }
}

/// A link resolver that records what it is asked.
pub(crate) struct RecordingResolver<'a> {
    resolver: &'a LinkResolver<'a>,
    pub scope: String,
    /// Whether components are rendered in their form for feeds.
    pub in_feed: bool,
    queries: Mutex<Vec<RecordedQuery>>,
}

impl<'a> RecordingResolver<'a> {
    pub(crate) fn new(resolver: &'a LinkResolver<'a>) -> RecordingResolver<'a> {
        RecordingResolver {
            resolver,
            scope: String::new(),
            in_feed: false,
            queries: Mutex::default(),
        }
    }

    /// All queries, in the order in which they were asked.
    pub(crate) fn into_queries(self) -> Vec<RecordedQuery> {
        self.queries.into_inner().unwrap_or_else(PoisonError::into_inner)
    }

    fn answer(&self, from: Option<&SitePath>, query: Query) -> Result<String> {
        let query = RecordedQuery::now(from, query, self.resolver);
        let answer = query.answer.clone();
        self.queries.lock().unwrap_or_else(PoisonError::into_inner).push(query);
        answer
    }
}

impl Resolver for RecordingResolver<'_> {
    fn html(&self) -> Html {
        self.resolver.html()
    }

    fn link(&self, from: Option<&SitePath>, target: &str) -> Target {
        let query = Query::Link { target: target.to_owned() };
        self.answer(from, query).map_or_else(|why| Target::Broken(Box::new(why)), Target::Url)
    }

    fn picture(
        &self,
        from: Option<&SitePath>,
        target: &str,
        alt: &str,
        title: &str,
    ) -> Result<String> {
        let [target, alt, title] = [target, alt, title].map(str::to_owned);
        self.answer(from, Query::Picture { target, alt, title })
    }

    fn is_trusted_host(&self, host: &str) -> bool {
        self.resolver.is_trusted_host(host)
    }

    fn component(&self, name: &str, args: &Node, at: Option<Span>) -> Result<String> {
        let (name, args) = (name.to_owned(), args.clone());
        self.answer(None, Query::Component { name, args, at, in_feed: self.in_feed })
    }

    fn wording(&self) -> &Wording {
        self.resolver.wording
    }

    fn rel(&self) -> &str {
        self.resolver.rel()
    }

    fn id_scope(&self) -> &str {
        &self.scope
    }
}
