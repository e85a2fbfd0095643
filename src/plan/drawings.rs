//! What cards and icons have in common: the site's mark, and a template that draws → a task.

use super::pictures::{Pictures, Role};
use super::sheets::Sheets;
use super::stage::Stage;
use super::task::Task;
use super::views::MarkView;
use crate::diagnostic::Result;
use crate::engine::{Blobs, Work};
use crate::model::profile::Portrait;
use crate::render::drawing::{Drawing, Form, Inset};
use crate::theme::{Theme, Var, Vars};
use std::sync::Arc;

/// The name by which a template means the guild's own crest.
const CREST: &str = "crest";

/// What stands for the whole site: a guild's crest, or that of the only person.
pub(crate) struct Mark<'a> {
    pub(super) var: Arc<Var>,
    /// The guild's own, if it is sound.
    crest: Option<&'a Portrait>,
}

impl<'a> Mark<'a> {
    pub(crate) fn new(stage: &Stage<'a>, sheets: &Sheets, pictures: &Pictures<'_>) -> Mark<'a> {
        let guild = stage.site.guild.as_ref();
        let is_sound = |crest: &&Portrait| pictures.inset(Role::Crest, crest, 1).is_some();
        let crest = guild.and_then(|guild| guild.crest.as_ref()).filter(is_sound);
        let only = sheets.values().next().filter(|_| guild.is_none());
        let view = MarkView {
            name: stage.title.clone(),
            picture: crest.map(|_| CREST.to_owned()),
            members: sheets.len(),
            initials: only.map(|sheet| sheet.initials.clone()),
            class: only.map(|sheet| sheet.class.clone()),
            level: only.map(|sheet| sheet.level.number),
        };
        Mark { var: Arc::new(Var::new(view)), crest }
    }
}

/// What templates draw with: where SVG texts are kept, and the mark.
pub(crate) struct Studio<'a> {
    pub stage: &'a Stage<'a>,
    pub pictures: &'a Pictures<'a>,
    pub blobs: &'a Blobs,
    pub mark: Mark<'a>,
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
        let page = Task::Page { templates, template: template.to_owned(), vars, origin: None };
        let text = self.blobs.obtain(&page.fingerprint(), || {
            let written = String::from_utf8_lossy(&page.make(self.blobs)?).into_owned();
            Ok(theme.fonts.drawable(&written).into_bytes())
        })?;
        Ok(Some(String::from_utf8_lossy(&text).into_owned()).filter(|text| !text.is_empty()))
    }

    /// The task that draws a text, with the mark as many pixels across as it is shown there.
    pub(crate) fn task(
        &self,
        theme: &Arc<Theme>,
        template: &str,
        svg: &str,
        mut insets: Vec<(String, Inset)>,
        mark_width: u32,
        form: Form,
    ) -> Option<Task> {
        let mark = self.mark.crest.and_then(|it| self.pictures.inset(Role::Crest, it, mark_width));
        insets.extend(mark.map(|inset| (CREST.to_owned(), inset)));
        // A picture that is not shown is not waited for either.
        insets.retain(|(name, _)| svg.contains(&format!("\"{name}\"")));
        Some(Task::Drawing(Box::new(Drawing {
            template: theme.templates.file(template)?.clone(),
            written: theme.templates.text(template).cloned(),
            svg: svg.to_owned(),
            fonts: theme.fonts.clone(),
            insets,
            form,
        })))
    }
}
