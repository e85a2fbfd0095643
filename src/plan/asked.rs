//! Records the questions a text asked of its surroundings while it was rendered, and the answers.
//! As long as all answers would be the same, the text need not be rendered again.

use super::surroundings::Around;
use crate::diagnostic::Result;
use crate::load::{Config, Html};
use crate::path::SitePath;
use crate::render::markdown::{Surroundings, Target};
use crate::source::yaml::Node;
use crate::span::Span;
use std::sync::{Mutex, PoisonError};

/// Rendering settings shared by all texts of a site.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Manner {
    html: Html,
    image_hosts: Vec<String>,
    is_guild: bool,
    /// Whether texts are also rendered for feeds.
    pub(crate) feeds: bool,
}

impl Manner {
    pub(crate) fn new(config: &Config, is_guild: bool) -> Manner {
        let image_hosts = config.markdown.image_hosts.clone();
        Manner { html: config.markdown.html, image_hosts, is_guild, feeds: false }
    }
}

/// A question with its answer.
#[derive(Debug)]
pub(crate) struct Asked {
    from: Option<SitePath>,
    question: Question,
    answer: Result<String>,
}

#[derive(Debug)]
enum Question {
    Link { target: String },
    Picture { target: String, alt: String, title: String },
    Component { name: String, args: Node, at: Option<Span>, in_feed: bool },
}

impl Asked {
    fn now(from: Option<&SitePath>, question: Question, around: &Around<'_>) -> Asked {
        let answer = question.ask(from, around);
        Asked { from: from.cloned(), question, answer }
    }

    /// Whether the answer would be the same now. Asking again also plans the files that the answer
    /// needs, such as those of a picture.
    pub(crate) fn still_holds(&self, around: &Around<'_>) -> bool {
        self.question.ask(self.from.as_ref(), around) == self.answer
    }
}

impl Question {
    fn ask(&self, from: Option<&SitePath>, around: &Around<'_>) -> Result<String> {
        match self {
            Question::Link { target } => match around.link(from, target) {
                Target::Url(url) => Ok(url),
                Target::Broken(why) => Err(*why),
            },
            Question::Picture { target, alt, title } => around.picture(from, target, alt, title),
            Question::Component { name, args, at, in_feed } => {
                around.show(name, args, at.clone(), *in_feed)
            }
        }
    }
}

/// Surroundings that record what they are asked.
pub(crate) struct Listening<'a> {
    around: &'a Around<'a>,
    pub scope: String,
    /// Whether components are rendered in their form for feeds.
    pub in_feed: bool,
    asked: Mutex<Vec<Asked>>,
}

impl<'a> Listening<'a> {
    pub(crate) fn new(around: &'a Around<'a>) -> Listening<'a> {
        Listening { around, scope: String::new(), in_feed: false, asked: Mutex::default() }
    }

    /// All questions, in the order in which they were asked.
    pub(crate) fn into_asked(self) -> Vec<Asked> {
        self.asked.into_inner().unwrap_or_else(PoisonError::into_inner)
    }

    fn answer(&self, from: Option<&SitePath>, question: Question) -> Result<String> {
        let asked = Asked::now(from, question, self.around);
        let answer = asked.answer.clone();
        self.asked.lock().unwrap_or_else(PoisonError::into_inner).push(asked);
        answer
    }
}

impl Surroundings for Listening<'_> {
    fn html(&self) -> Html {
        self.around.html()
    }

    fn link(&self, from: Option<&SitePath>, target: &str) -> Target {
        let question = Question::Link { target: target.to_owned() };
        self.answer(from, question).map_or_else(|why| Target::Broken(Box::new(why)), Target::Url)
    }

    fn picture(
        &self,
        from: Option<&SitePath>,
        target: &str,
        alt: &str,
        title: &str,
    ) -> Result<String> {
        let [target, alt, title] = [target, alt, title].map(str::to_owned);
        self.answer(from, Question::Picture { target, alt, title })
    }

    fn is_trusted_host(&self, host: &str) -> bool {
        self.around.is_trusted_host(host)
    }

    fn component(&self, name: &str, args: &Node, at: Option<Span>) -> Result<String> {
        let (name, args) = (name.to_owned(), args.clone());
        self.answer(None, Question::Component { name, args, at, in_feed: self.in_feed })
    }

    fn rel(&self) -> &str {
        self.around.rel()
    }

    fn id_scope(&self) -> &str {
        &self.scope
    }
}
