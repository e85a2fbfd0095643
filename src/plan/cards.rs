//! Social cards: the preview pictures that other sites show for a page. The theme's `card.svg`
//! draws them, and they are published beside the page as `card.png`. A site without a configured
//! address has none, because previews need absolute URLs.

use super::directory::file_of;
use super::drawings::DrawingContext;
use super::pictures::Role;
use super::planned_page::PlannedPage;
use super::task::{Task, on_page};
use super::views::{CardView, FaceView};
use crate::diagnostic::{Diagnostic, Report};
use crate::engine::Job;
use crate::model::contact::initials;
use crate::model::sheet::Sheet;
use crate::path::SitePath;
use crate::render::drawing::{Form, Inset};
use crate::span::Span;
use crate::theme::{Theme, Var};
use std::sync::{Arc, Mutex, PoisonError};

const TEMPLATE: &str = "card.svg";

/// The maximum number of people on a card.
const FACES: usize = 3;

/// Width in pixels of a portrait or crest on the card of its own page, and on cards of texts.
const WIDE: u32 = 252;
const NARROW: u32 = 84;

/// The cards of a site, collected while its pages are planned.
pub(crate) struct Cards<'a> {
    drawing: &'a DrawingContext<'a>,
    gathered: Mutex<Gathered>,
}

#[derive(Default)]
struct Gathered {
    jobs: Vec<Job<Task>>,
    /// Cards that could not be drawn: the diagnostic, the path of the card, and the file its page
    /// is about.
    failures: Vec<(Diagnostic, SitePath, Option<SitePath>)>,
    /// Titles with letters that no font has, with their source positions.
    without_font: Vec<TitleWithoutFont>,
}

#[derive(PartialEq, Eq, PartialOrd, Ord)]
struct TitleWithoutFont {
    at: Span,
    title: String,
    /// The text the card shows instead.
    instead: Option<String>,
}

impl<'a> Cards<'a> {
    pub(crate) fn new(drawing: &'a DrawingContext<'a>) -> Cards<'a> {
        Cards { drawing, gathered: Mutex::default() }
    }

    /// Draws the card of a page, if it has one.
    pub(crate) fn add(&self, page: &PlannedPage<'_>) {
        let context = self.drawing.context;
        let PlannedPage { entry, theme, job, people, title_at } = page;
        let Some(address) = context.directory.absolute("/") else { return };
        let Some(path) = entry.card().and_then(|route| file_of(&route)) else { return };
        let Task::Page { vars, .. } = &job.task else { return };
        if context.site.has_static(&path) {
            return;
        }
        let is_text = entry.kind.is_text();
        let width = if is_text { NARROW } else { WIDE };
        let (faces, insets): (Vec<_>, Vec<_>) =
            people.iter().take(FACES).map(|sheet| self.face(theme, sheet, width)).unzip();
        let insets: Vec<(String, Inset)> = insets.into_iter().flatten().collect();
        let host = address.split_once("://").map_or(&*address, |(_, host)| host);
        let host = host.trim_end_matches('/').to_owned();
        let title = entry.title.as_str();
        let handle = people.first().and_then(|sheet| self.handle(theme, sheet));
        let instead = handle.unwrap_or_else(|| host.clone());
        let is_without_font = !theme.fonts.has_letters_of(title);
        let is_replaced = theme.fonts.lacks_letters_of(title);
        let shown = if is_replaced { instead } else { title.to_owned() };
        let card = CardView { title: shown.clone(), host, people: faces };
        let mut vars = vars.clone();
        vars.insert("card", Arc::new(Var::new(card)));
        let drawn = self.drawing.svg(theme, TEMPLATE, vars);
        let mut gathered = self.gathered.lock().unwrap_or_else(PoisonError::into_inner);
        let svg = drawn.unwrap_or_else(|failure| {
            gathered.failures.push((failure, path.clone(), job.task.origin().cloned()));
            None
        });
        let task =
            svg.and_then(|svg| self.drawing.task(theme, TEMPLATE, &svg, insets, width, Form::Card));
        gathered.jobs.extend(task.map(|task| Job { path, task }));
        if let (true, Some(at)) = (is_without_font, title_at.clone()) {
            let instead = is_replaced.then_some(shown);
            gathered.without_font.push(TitleWithoutFont { at, title: title.to_owned(), instead });
        }
    }

    fn face(
        &self,
        theme: &Theme,
        sheet: &Sheet,
        width: u32,
    ) -> (FaceView, Option<(String, Inset)>) {
        let profile = self.drawing.context.site.profiles.get(&sheet.slug);
        let portrait = profile.and_then(|profile| profile.image.as_ref());
        let inset = portrait.and_then(|it| self.drawing.pictures.inset(Role::Portrait, it, width));
        let name = format!("portrait-{}", sheet.slug);
        let is_replaced = theme.fonts.lacks_letters_of(&sheet.name);
        let handle = is_replaced.then(|| self.handle(theme, sheet)).flatten();
        let drawn = handle.unwrap_or_else(|| theme.fonts.drawable(&sheet.name));
        let view = FaceView {
            name: if is_replaced { drawn.clone() } else { sheet.name.clone() },
            initials: match theme.fonts.has_letters_of(&sheet.initials) {
                true => sheet.initials.clone(),
                false => initials(&drawn),
            },
            hue: sheet.class.hue_1,
            picture: inset.as_ref().map(|_| name.clone()),
        };
        (view, inset.map(|inset| (name, inset)))
    }

    /// A user name on another site, or the slug, whichever the theme's fonts can draw.
    fn handle(&self, theme: &Theme, sheet: &Sheet) -> Option<String> {
        let profile = self.drawing.context.site.profiles.get(&sheet.slug);
        let accounts = profile.into_iter().flat_map(|it| &it.accounts);
        let names = accounts.filter_map(|account| account.username.clone());
        let mut names = names.chain([sheet.slug.clone()]);
        names.find(|it| !it.is_empty() && theme.fonts.has_letters_of(it))
    }

    /// The jobs of all cards that were added.
    pub(crate) fn into_jobs(self, report: &mut Report) -> Vec<Job<Task>> {
        let gathered = self.gathered.into_inner().unwrap_or_else(PoisonError::into_inner);
        report.extend(failed(gathered.failures));
        let mut without_font = gathered.without_font;
        without_font.sort();
        if let Some(first) = without_font.first() {
            let language = self.drawing.context.edition.language();
            report.push(missing_font(first, without_font.len() - 1, language));
        }
        gathered.jobs
    }
}

/// One mistake in the template fails many cards: it is reported once, for the first of them.
fn failed(mut failures: Vec<(Diagnostic, SitePath, Option<SitePath>)>) -> Report {
    failures
        .sort_by(|(a, at, _), (b, bt, _)| (&a.at, &a.message, at).cmp(&(&b.at, &b.message, bt)));
    let alike = failures.chunk_by(|(a, ..), (b, ..)| (&a.at, &a.message) == (&b.at, &b.message));
    let told = |alike: &[(Diagnostic, SitePath, Option<SitePath>)]| {
        let (failure, path, origin) = &alike[0];
        on_page(failure.clone(), path, origin.as_ref(), alike.len() - 1)
    };
    alike.map(told).collect()
}

fn missing_font(without_font: &TitleWithoutFont, others: usize, language: &str) -> Diagnostic {
    let TitleWithoutFont { at, title, instead } = without_font;
    let others = match others {
        0 => String::new(),
        1 => " or of one other title".to_owned(),
        more => format!(" or of {more} other titles"),
    };
    let message = format!("cards have no font for the letters of `{title}`{others}");
    Diagnostic::warning("letters-without-font", message)
        .at(at.clone())
        .label(match instead {
            Some(instead) => format!("`{instead}` stands on its card instead"),
            None => "written in Latin letters on its card".to_owned(),
        })
        .help(match font_for(title, language) {
            Some(font) => {
                format!("put a TTF or OTF font that has them into `fonts/`, such as {font}")
            }
            None => "put a TTF or OTF font that has them into `fonts/`".to_owned(),
        })
}

/// A free font for the letters of a text, by their script; for Han, by language too.
fn font_for(text: &str, language: &str) -> Option<&'static str> {
    let has = |range: std::ops::RangeInclusive<char>| text.chars().any(|it| range.contains(&it));
    let is_han = has('\u{3400}'..='\u{9fff}') || has('\u{20000}'..='\u{3fffd}');
    Some(match language.to_lowercase().as_str() {
        _ if has('\u{3041}'..='\u{30ff}') => "Noto Sans JP",
        _ if has('\u{ac00}'..='\u{d7a3}') => "Noto Sans KR",
        "zh-tw" | "zh-hant" | "zh-hk" if is_han => "Noto Sans TC",
        chinese if is_han && chinese.starts_with("zh") => "Noto Sans SC",
        _ if is_han => "Noto Sans JP (Japanese) or Noto Sans SC (Chinese)",
        _ if has('\u{590}'..='\u{5ff}') => "Noto Sans Hebrew",
        _ if has('\u{600}'..='\u{6ff}') => "Noto Sans Arabic",
        _ if has('\u{900}'..='\u{97f}') => "Noto Sans Devanagari",
        _ if has('\u{980}'..='\u{9ff}') => "Noto Sans Bengali",
        _ if has('\u{b80}'..='\u{bff}') => "Noto Sans Tamil",
        _ if has('\u{c00}'..='\u{c7f}') => "Noto Sans Telugu",
        _ if has('\u{c80}'..='\u{cff}') => "Noto Sans Kannada",
        _ if has('\u{d00}'..='\u{d7f}') => "Noto Sans Malayalam",
        _ if has('\u{e00}'..='\u{e7f}') => "Noto Sans Thai",
        _ if has('\u{370}'..='\u{52f}') => "Noto Sans",
        _ => return None,
    })
}
