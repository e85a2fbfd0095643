//! The page that answers where there is none.

use super::super::context::Context;
use super::super::directory::{Entry, PageKind};
use super::super::planned_page::PlannedPage;

/// The page, at the address that hosts expect.
pub(crate) fn entry() -> Entry {
    Entry::new(PageKind::NotFound, "", "/404.html".to_owned(), "Not found")
}

/// The page.
pub(crate) fn job<'a>(context: &Context<'a>, entry: &'a Entry) -> Option<PlannedPage<'a>> {
    let description = "There is no page at this address.".to_owned();
    let page = context.head(entry, &entry.title, description);
    let job = context.page(context.theme(), entry, "404.html", page, [])?;
    Some(PlannedPage::new(context, entry, job))
}
