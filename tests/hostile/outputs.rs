//! What each kind of output may contain.

use crate::strict_html;
use questfolio::model::profile::Profile;
use roxmltree::{Document, ParsingOptions};
use serde_json::Value;

/// The first problem of an output, if any.
pub fn check(path: &str, bytes: &[u8]) -> Result<(), String> {
    let kind = path.rsplit_once('.').map_or("", |it| it.1);
    let binary = ["woff2", "webp", "png", "jpg", "avif", "gif", "ico"];
    if binary.contains(&kind) {
        return Ok(());
    }
    let text = std::str::from_utf8(bytes).map_err(|_| "no UTF-8".to_owned())?;
    match kind {
        "html" => html(text),
        "json" | "webmanifest" => json(path, text),
        "xml" => xml(path, text),
        "svg" => svg(text),
        "txt" | "css" | "js" | "nojekyll" => Ok(()),
        _ => Err("a kind of output nobody looks at".to_owned()),
    }
}

fn html(text: &str) -> Result<(), String> {
    let seen = strict_html::read(text)?;
    for data in &seen.linked_data {
        let data: Value = serde_json::from_str(data).map_err(|it| format!("JSON-LD: {it}"))?;
        let context = data.get("@context").and_then(Value::as_str);
        if context != Some("https://schema.org") {
            return Err(format!("JSON-LD of {context:?}"));
        }
    }
    Ok(())
}

/// A sheet's linked data says exactly what its profile says.
pub fn check_linked_data(page: &[u8], profile: &Profile) {
    let seen = strict_html::read(std::str::from_utf8(page).unwrap()).unwrap();
    let data: Value = serde_json::from_str(&seen.linked_data[0]).unwrap();
    let person = &data["mainEntity"];
    assert_eq!(person["name"], Value::from(profile.name.as_str()));
    assert_eq!(person["jobTitle"].as_str(), profile.label.as_deref());
    let locality = profile.location.as_ref().and_then(|it| it.city.as_deref());
    assert_eq!(person["address"]["addressLocality"].as_str(), locality);
}

fn json(path: &str, text: &str) -> Result<(), String> {
    let value: Value = serde_json::from_str(text).map_err(|it| it.to_string())?;
    if path == "feed.json" {
        for item in value["items"].as_array().into_iter().flatten() {
            piece(item["content_html"].as_str().unwrap_or_default())?;
            web(item["url"].as_str().unwrap_or_default())?;
        }
    }
    Ok(())
}

fn xml(path: &str, text: &str) -> Result<(), String> {
    let document = well_formed(text)?;
    for node in document.descendants().filter(|it| it.is_element()) {
        match node.tag_name().name() {
            "link" => web(node.attribute("href").unwrap_or_default())?,
            "loc" => web(node.text().unwrap_or_default())?,
            "content" | "summary" if node.attribute("type") == Some("html") => {
                piece(node.text().unwrap_or_default())?;
            }
            _ => {}
        }
    }
    if path == "feed.xml" && document.root_element().tag_name().name() != "feed" {
        return Err("no feed".to_owned());
    }
    Ok(())
}

fn well_formed(text: &str) -> Result<Document<'_>, String> {
    let options = ParsingOptions { allow_dtd: false, ..ParsingOptions::default() };
    // The parser accepts U+FFFE and U+FFFF, which XML 1.0 does not allow.
    if let Some(bad) = text.chars().find(|it| matches!(it, '\u{fffe}' | '\u{ffff}')) {
        return Err(format!("{bad:?} in XML"));
    }
    Document::parse_with_options(text, options).map_err(|it| it.to_string())
}

fn svg(text: &str) -> Result<(), String> {
    let document = well_formed(text)?;
    for node in document.descendants().filter(|it| it.is_element()) {
        let name = node.tag_name().name();
        if ["script", "foreignObject", "iframe", "image", "a", "style"].contains(&name) {
            return Err(format!("<{name}> in SVG"));
        }
        if let Some(it) = node.attributes().find(|it| it.name().starts_with("on")) {
            return Err(format!("{} in SVG", it.name()));
        }
    }
    Ok(())
}

/// HTML that is shown by other programs: its URLs are absolute.
fn piece(html: &str) -> Result<(), String> {
    let local = html
        .replace("src=\"https://example.org/base/", "src=\"/")
        .replace("srcset=\"https://example.org/base/", "srcset=\"/")
        .replace("w, https://example.org/base/", "w, /");
    strict_html::read(&local).map(|_| ())
}

fn web(address: &str) -> Result<(), String> {
    let is_sound = address.starts_with("https://example.org/base")
        && !address.contains(|it: char| it.is_whitespace() || it.is_control() || it == '\\');
    if is_sound { Ok(()) } else { Err(format!("the address {address:?}")) }
}
