//! What cards and icons share: the site's mark, and rendering a drawing template into a task.

use super::context::Context;
use super::pictures::{Pictures, Role};
use super::sheets::Sheets;
use super::task::Task;
use super::views::MarkView;
use crate::diagnostic::Result;
use crate::engine::{Blobs, Work};
use crate::model::profile::Portrait;
use crate::render::drawing::{Drawing, Form, Inset};
use crate::theme::{Theme, Var, Vars};
use std::sync::Arc;

/// The name by which a template refers to the guild's own crest.
const CREST: &str = "crest";

/// The mark represents the whole site: a guild's crest, or that of the only person.
pub(crate) struct Mark<'a> {
    pub(super) var: Arc<Var>,
    /// The guild's own crest, if it is valid.
    crest: Option<&'a Portrait>,
}

impl<'a> Mark<'a> {
    pub(crate) fn new(context: &Context<'a>, sheets: &Sheets, pictures: &Pictures<'_>) -> Mark<'a> {
        let guild = context.site.guild.as_ref();
        let is_sound = |crest: &&Portrait| pictures.inset(Role::Crest, crest, 1).is_some();
        let crest = guild.and_then(|guild| guild.crest.as_ref()).filter(is_sound);
        let only = sheets.values().next().filter(|_| guild.is_none());
        let view = MarkView {
            name: context.title.clone(),
            picture: crest.map(|_| CREST.to_owned()),
            members: sheets.len(),
            initials: only.map(|sheet| sheet.initials.clone()),
            class: only.map(|sheet| sheet.class.clone()),
            level: only.map(|sheet| sheet.level.number),
        };
        Mark { var: Arc::new(Var::new(view)), crest }
    }
}

/// What drawing templates are rendered with: the cache of SVG texts, and the mark.
pub(crate) struct DrawingContext<'a> {
    pub context: &'a Context<'a>,
    pub pictures: &'a Pictures<'a>,
    pub blobs: &'a Blobs,
    pub mark: Mark<'a>,
}

impl DrawingContext<'_> {
    /// The SVG that a template renders, and its inset pictures; the site's mark is among both. The
    /// result is cached by its input, and pixels depend only on this text, so most edits draw
    /// nothing.
    ///
    /// `None` if the template could not be read, which has been reported.
    ///
    /// # Errors
    /// Mistakes of the template.
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

    /// The task that draws an SVG text, with the mark at the pixel width at which it is shown.
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
        // Pictures that are not shown need not be waited for.
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
