//! The page that answers where there is none.

use super::super::context::Context;
use super::super::directory::{Entry, PageKind};
use super::super::planned_page::PlannedPage;
use crate::model::wording::Wording;

/// The page, at the address that hosts expect.
pub(crate) fn entry(wording: &Wording) -> Entry {
    Entry::new(PageKind::NotFound, "", "/404.html".to_owned(), &wording.not_found_title)
}

/// The page.
pub(crate) fn job<'a>(context: &Context<'a>, entry: &'a Entry) -> Option<PlannedPage<'a>> {
    let description = context.edition.wording.not_found_description.clone();
    let page = context.head(entry, &entry.title, description);
    let job = context.page(context.theme(), entry, "404.html", page, [])?;
    Some(PlannedPage::new(context, entry, job))
}
