//! Posts of `content/posts`, and the list of them.

use super::super::content::Content;
use super::super::context::Context;
use super::super::directory::{Entry, PageKind};
use super::super::planned_page::PlannedPage;
use super::super::texts::Text;
use super::super::views::PageView;
use crate::load::{Collection, Site};
use crate::model::wording::Wording;
use crate::render::json_ld::{self, Posting};
use crate::theme::Var;
use std::sync::Arc;

/// The route of the list.
const LIST: &str = "/posts/";

/// The page of each post, and the list if there are any.
pub(crate) fn entries(site: &Site, wording: &Wording) -> impl Iterator<Item = Entry> {
    let list = Entry::new(PageKind::Posts, "", LIST.to_owned(), &wording.writing);
    let posts = site.posts.iter().map(|post| Entry {
        section: Some(LIST),
        ..Entry::of_text(PageKind::Post, post, Collection::Posts.address(&post.slug))
    });
    posts.chain((!site.posts.is_empty()).then_some(list))
}

/// A post.
pub(crate) fn job<'a>(
    context: &Context<'a>,
    content: &'a Content<'_>,
    entry: &'a Entry,
) -> Option<PlannedPage<'a>> {
    let index = content.post_index(entry)?;
    let posts = &content.posts;
    let text = &posts[index];
    let mut view = text.view(context);
    view.next = index.checked_sub(1).map(|newer| posts[newer].link(context));
    view.previous = posts.get(index + 1).map(|older| older.link(context));
    view.json_ld = Some(posting(context, text, &view));
    let job = context.page(context.theme(), entry, text.template_or("post.html"), view, [])?;
    let people = text.people(context, &content.sheets);
    Some(PlannedPage { people, ..PlannedPage::new(context, entry, job) })
}

/// The list of posts, newest first.
pub(crate) fn list_job<'a>(
    context: &Context<'a>,
    content: &'a Content<'_>,
    entry: &'a Entry,
) -> Option<PlannedPage<'a>> {
    let items: Vec<_> = content.posts.iter().map(|text| text.item(context)).collect();
    let description = context.edition.wording.posts_description.fill(&[("site", &context.title)]);
    let page = context.head(entry, &entry.title, description);
    let posts_var = ("posts", Arc::new(Var::new(items)));
    let job = context.page(context.theme(), entry, "posts.html", page, [posts_var])?;
    Some(PlannedPage::new(context, entry, job))
}

/// Linked data of a post.
fn posting(context: &Context<'_>, text: &Text<'_>, view: &PageView) -> String {
    let full = |url: &str| {
        let route = url.strip_prefix(context.directory.base()).unwrap_or(url);
        context.directory.absolute(route).unwrap_or_else(|| url.to_owned())
    };
    json_ld::posting(&Posting {
        url: full(&view.url),
        headline: text.page.title.clone(),
        description: view.description.clone(),
        published: view.date.as_ref().map(|date| date.iso.clone()),
        modified: view.updated.as_ref().or(view.date.as_ref()).map(|date| date.iso.clone()),
        image: view.image.as_ref().map(|image| image.url.clone()),
        authors: view
            .authors
            .iter()
            .map(|author| (author.text.clone(), author.url.as_deref().map(full)))
            .collect(),
        keywords: text.page.tags.clone(),
    })
}
