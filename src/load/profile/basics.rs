//! Personal details: the keys of JSON Resume's `basics`, and which of them to publish.

use super::keys::{ProfileKeys, RENAMED};
use super::scope::{Scope, private, unless_blank};
use crate::diagnostic::Diagnostic;
use crate::load::portrait;
use crate::load::read::Reader;
use crate::model::networks::account_lines;
use crate::model::profile::{Account, Location, Portrait, PrivateField, Profile};
use crate::model::url;
use crate::path::SitePath;
use crate::source::yaml::{Key, Node, NodeKind};
use crate::span::Span;

/// File extensions of pictures that are found by their name.
const PICTURES: [&str; 7] = ["avif", "gif", "jpeg", "jpg", "png", "svg", "webp"];

pub(super) fn read(scope: &Scope<'_>, top: &mut ProfileKeys<'_, '_>, profile: &mut Profile) {
    profile.name = match top.text("name") {
        Some(name) => name,
        None => {
            if !scope.is_foreign && !is_wrong(top) {
                top.fields.report_missing("name");
            }
            String::new()
        }
    };
    profile.label = top.text("label");
    profile.image = image(scope, top);
    profile.email = top.own("email", email).filter(|email| !email.is_empty());
    profile.phone = top.text("phone");
    let url = scope.renamed(&mut top.fields, "url", "website");
    profile.url = top.own(url, |read, node| read.url("url", node));
    profile.summary = top.own("summary", |read, node| read.markdown("summary", node));
    profile.location = top.own("location", location);
    profile.accounts =
        top.own("profiles", |read, node| Some(accounts(scope, read, node))).unwrap_or_default();
    profile.publish = top
        .own("publish", |read, node| {
            Some(read.each(node, |read, node| read.word("publish", node, &published())))
        })
        .unwrap_or_default()
        .into_iter()
        .collect();
}

/// Whether a name is present but invalid, which has been reported.
fn is_wrong(top: &mut ProfileKeys<'_, '_>) -> bool {
    top.fields.take("name").is_some_and(|node| node.as_str().is_none_or(|it| !it.trim().is_empty()))
}

fn email(read: &mut Reader<'_>, node: &Node) -> Option<String> {
    let email = read.text("email", node)?.trim().to_owned();
    if email.is_empty() || url::check(&format!("mailto:{email}")) == Ok(url::Kind::Mail) {
        return Some(email);
    }
    let diagnostic = Diagnostic::error("bad-email", format!("`{email}` is not an email address"))
        .at(read.span(node))
        .help("write it as `ada@example.org`");
    read.report.push(diagnostic);
    None
}

/// The words accepted by `publish`: private fields by their own name, or by their path in a résumé.
fn published() -> Vec<(&'static str, PrivateField)> {
    let places = [
        ("location.address", PrivateField::Address),
        ("location.postalCode", PrivateField::PostalCode),
    ];
    PrivateField::ALL.into_iter().chain(places).collect()
}

fn image(scope: &Scope<'_>, top: &mut ProfileKeys<'_, '_>) -> Option<Portrait> {
    let named = avatar(scope);
    let key = scope.renamed(&mut top.fields, "image", "picture");
    let written = top.own(key, |read, node| {
        let completed = named.as_ref().map(|named| with_source(node, &named.src));
        portrait::portrait(read, "image", completed.as_ref().unwrap_or(node), scope.snapshot)
    });
    let mut image = written.or(named)?;
    top.own("meta.questfolio.image", |read, node| {
        let mut fields = read.fields(node, "`meta.questfolio.image`");
        image.focus = fields.optional("focus", portrait::focus).or(image.focus);
        image.alt = fields.optional_text("alt").or(image.alt.take());
        // Already read as `basics.image`.
        fields.take("src");
        fields.finish();
        Some(())
    });
    Some(image)
}

/// Adds `src` to the settings of a picture that is found by its name.
fn with_source(node: &Node, source: &str) -> Node {
    let mut node = node.clone();
    if let NodeKind::Map(entries) = &mut node.kind
        && !entries.iter().any(|(key, _)| key.name == "src")
    {
        let text = NodeKind::Scalar { text: source.to_owned(), plain: false, verbatim: None };
        let key = Key { name: "src".to_owned(), at: node.at.clone() };
        entries.push((key, Node { at: node.at.clone(), kind: text }));
    }
    node
}

/// `avatar.*` in a profile's own folder; `ada.jpg` beside `ada.yaml`.
fn avatar(scope: &Scope<'_>) -> Option<Portrait> {
    let stem = Some(scope.file.stem()).filter(|stem| *stem != "profile").unwrap_or("avatar");
    let file: SitePath = PICTURES.iter().find_map(|extension| {
        let path = scope.file.resolve(&format!("{stem}.{extension}"))?;
        scope.snapshot.file(path.as_str()).map(|_| path)
    })?;
    let at = Some(Span::file(&file));
    let src = file.file_name().to_owned();
    Some(Portrait { src, file: Some(file), focus: None, alt: None, at })
}

fn location(read: &mut Reader<'_>, node: &Node) -> Option<Location> {
    let mut fields = read.fields(node, "a location");
    if !fields.is_map() {
        return None;
    }
    let location = Location {
        address: fields.optional_text("address"),
        postal_code: fields.optional_text("postalCode"),
        city: fields.optional_text("city"),
        country_code: fields.optional_text("countryCode"),
        region: fields.optional_text("region"),
        ..Location::default()
    };
    let location = Location { extra: fields.finish_keeping(), ..location };
    unless_blank(read, node, location)
}

/// `{GitHub: ada}`, or JSON Resume's list.
fn accounts(scope: &Scope<'_>, read: &mut Reader<'_>, node: &Node) -> Vec<Account> {
    match node.as_map() {
        Some(entries) => {
            let one = |(key, value): &(Key, Node)| match value.as_map() {
                Some(_) => detailed_account(read, key, value),
                None => short_account(read, key, value),
            };
            entries.iter().filter_map(one).collect()
        }
        None => {
            let items = read.items("profiles", node);
            items.iter().filter_map(|item| account(scope, read, item)).collect()
        }
    }
}

/// `Wikipedia: {username: Ada Lovelace, url: https://…}`
fn detailed_account(read: &mut Reader<'_>, key: &Key, node: &Node) -> Option<Account> {
    let mut fields = read.fields(node, "an account");
    let username = fields.optional_text("username");
    let url = fields.url("url");
    let is_private = private(&mut fields);
    fields.finish();
    let account = Account { network: Some(key.name.clone()), username, url, ..Account::default() };
    (!is_private).then_some(account)
}

/// The URL is filled in here, so that it is exported to a résumé too.
fn short_account(read: &mut Reader<'_>, key: &Key, node: &Node) -> Option<Account> {
    let written = read.text(&key.name, node)?;
    let written = written.trim();
    if written.is_empty() {
        return None;
    }
    let network = Some(key.name.clone());
    if written.contains("://") {
        return Some(Account {
            network,
            url: Some(read.url(&key.name, node)?),
            ..Account::default()
        });
    }
    let account = Account { network, username: Some(written.to_owned()), ..Account::default() };
    Some(Account { url: address(&account), ..account })
}

fn address(account: &Account) -> Option<String> {
    account_lines(std::slice::from_ref(account)).into_iter().next()?.url
}

fn account(scope: &Scope<'_>, read: &mut Reader<'_>, node: &Node) -> Option<Account> {
    let mut fields = read.fields(node, "an account").renamed(RENAMED);
    if !fields.is_map() {
        return None;
    }
    let url = scope.renamed(&mut fields, "url", "website");
    let account = Account {
        network: fields.optional_text("network"),
        username: fields.optional_text("username"),
        url: fields.url(url),
        ..Account::default()
    };
    let is_private = private(&mut fields);
    let account = Account { extra: fields.finish_keeping(), ..account };
    if is_private { None } else { unless_blank(read, node, account) }
}
