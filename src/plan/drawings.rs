//! What cards and icons have in common: the site's mark, and a template that draws → a task.

use super::pictures::{Pictures, Shape};
use super::stage::Stage;
use super::task::Task;
use super::views::MarkView;
use crate::diagnostic::Result;
use crate::engine::{Blobs, Work};
use crate::render::drawing::{Drawing, Form, Inset};
use crate::theme::{Theme, Var, Vars};
use std::sync::Arc;

use super::sheets::Sheets;

/// The name by which a template means the guild's own crest.
const CREST: &str = "crest";

/// How wide a crest is drawn at most.
const CREST_WIDTH: u32 = 512;

/// What stands for the whole site: a guild's crest, or that of the only person.
pub(crate) struct Mark {
    pub(super) var: Arc<Var>,
    inset: Option<(String, Inset)>,
}

impl Mark {
    pub(crate) fn new(stage: &Stage<'_>, sheets: &Sheets, pictures: &Pictures<'_>) -> Mark {
        let guild = stage.site.guild.as_ref();
        let crest = guild.and_then(|guild| guild.crest.as_ref());
        let inset = crest.and_then(|crest| pictures.inset(crest, Shape::Own, CREST_WIDTH));
        let only = sheets.values().next().filter(|_| guild.is_none());
        let view = MarkView {
            name: stage.title.clone(),
            picture: inset.as_ref().map(|_| CREST.to_owned()),
            picture_width: inset.as_ref().map_or(0, |it| it.variant.width),
            picture_height: inset.as_ref().map_or(0, |it| it.variant.height),
            members: sheets.len(),
            initials: only.map(|sheet| sheet.initials.clone()),
            class: only.map(|sheet| sheet.class.clone()),
            level: only.map(|sheet| sheet.level.number),
        };
        Mark { var: Arc::new(Var::new(view)), inset: inset.map(|it| (CREST.to_owned(), it)) }
    }
}

/// What templates draw with: where SVG texts are kept, and the mark.
pub(crate) struct Studio<'a> {
    pub stage: &'a Stage<'a>,
    pub pictures: &'a Pictures<'a>,
    pub blobs: &'a Blobs,
    pub mark: Mark,
}

impl Studio<'_> {
    /// What a template writes, and its insets; the site's mark is among both. Text is kept by what
    /// it was made from: the pixels only depend on the text, so that most edits draw nothing.
    ///
    /// `None` where the template could not be read, which was reported.
    ///
    /// # Errors
    /// What the template's mistakes are.
    pub(crate) fn svg(
        &self,
        theme: &Arc<Theme>,
        template: &str,
        mut vars: Vars,
    ) -> Result<Option<String>> {
        vars.insert("mark", self.mark.var.clone());
        let templates = theme.templates.clone();
        let page = Task::Page { templates, template: template.to_owned(), vars };
        let text = self.blobs.obtain(&page.fingerprint(), || {
            let written = String::from_utf8_lossy(&page.make()?).into_owned();
            Ok(theme.fonts.drawable(&written).into_bytes())
        })?;
        Ok(Some(String::from_utf8_lossy(&text).into_owned()).filter(|text| !text.is_empty()))
    }

    /// The task that draws a text.
    pub(crate) fn task(
        &self,
        theme: &Arc<Theme>,
        template: &str,
        svg: &str,
        insets: &[(String, Inset)],
        form: Form,
    ) -> Option<Task> {
        // A picture that is not shown is not waited for either.
        let is_shown = |(name, _): &&(String, Inset)| svg.contains(&format!("\"{name}\""));
        let insets = insets.iter().chain(&self.mark.inset).filter(is_shown).cloned().collect();
        Some(Task::Drawing(Box::new(Drawing {
            template: theme.templates.file(template)?.clone(),
            svg: svg.to_owned(),
            fonts: theme.fonts.clone(),
            insets,
            form,
        })))
    }
}
