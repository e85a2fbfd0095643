//! Pages of `content/pages`.

use super::super::content::Content;
use super::super::context::Context;
use super::super::directory::{Entry, PageKind};
use super::super::planned_page::PlannedPage;
use crate::load::{Collection, Site};

/// The page of each file.
pub(crate) fn entries(site: &Site) -> impl Iterator<Item = Entry> {
    site.pages.iter().map(|page| {
        let route =
            if page.is_front() { "/".to_owned() } else { Collection::Pages.address(&page.slug) };
        Entry::of_text(PageKind::Page, page, route)
    })
}

/// A page.
pub(crate) fn job<'a>(
    context: &Context<'a>,
    content: &'a Content<'_>,
    entry: &'a Entry,
) -> Option<PlannedPage<'a>> {
    let text = content.page(entry)?;
    let mut view = text.view(context);
    content.sections.add_to(&mut view, entry, context.directory);
    let job = context.page(context.theme(), entry, text.template_or("page.html"), view, [])?;
    let people = text.people(context, &content.sheets);
    Some(PlannedPage { people, ..PlannedPage::new(context, entry, job) })
}
