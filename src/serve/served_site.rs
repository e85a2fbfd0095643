//! Answers requests from a map of outputs. No path is ever made from a URL, so path traversal is
//! not possible; only files named by the build are opened.

use crate::digest::Digest;
use crate::edit::Sheets;
use crate::engine::{self, Blobs, Output, Outputs};
use crate::load::picture::Limits;
use crate::path::{SitePath, percent_decoded};
use crate::serve::response::{Body, Request, Response, redirect, text};
use crate::serve::{media_type, page};
use std::sync::Arc;

/// The site as it is served.
pub struct ServedSite {
    /// Every output by path.
    pub outputs: Outputs,
    /// The base path of the site: `/` or `/repo/`.
    pub base: String,
    /// An id of the whole site: equal ids mean equal sites.
    pub build: String,
    /// The path prefix of the dev server's own resources, with a trailing slash.
    pub private: String,
    /// The pages that can be edited.
    pub sheets: Arc<Sheets>,
}

impl ServedSite {
    /// The site, with the id of its build.
    pub fn new(outputs: Outputs, base: &str, private: &str) -> ServedSite {
        let (build, sheets) = (id("", &outputs), Arc::default());
        ServedSite { base: base.to_owned(), private: private.to_owned(), outputs, build, sheets }
    }

    /// The same site with pages that can be edited.
    pub fn with_sheets(self, sheets: &Arc<Sheets>) -> ServedSite {
        ServedSite { sheets: sheets.clone(), ..self }
    }

    /// Replaces the outputs at these paths. Returns the paths whose outputs differ.
    pub fn patch(&mut self, outputs: Outputs) -> Vec<SitePath> {
        let is_other = |(path, new): &(&SitePath, &Output)| {
            self.outputs.get(*path).is_none_or(|old| old.digest != new.digest)
        };
        let changed: Vec<_> = outputs.iter().filter(is_other).collect();
        let paths: Vec<SitePath> = changed.iter().map(|(path, _)| (*path).clone()).collect();
        if !changed.is_empty() {
            self.build = id(&self.build, changed);
        }
        // All of them, even those with the same digest: the bytes may be in another file now.
        self.outputs.extend(outputs);
        paths
    }

    /// The output path for a URL path, whether or not the output exists.
    pub fn path_at(&self, target: &str) -> Option<SitePath> {
        let path = decode(target.split(['?', '#']).next().unwrap_or_default())?;
        let inside = path.strip_prefix(&self.base)?;
        match self.find(inside) {
            Some((path, _)) => Some(path.clone()),
            None if inside.is_empty() || inside.ends_with('/') => {
                SitePath::new(format!("{inside}index.html"))
            }
            None => SitePath::new(inside),
        }
    }

    /// The placeholder for a page that is not built yet. `None` if the target cannot be a page.
    pub fn unbuilt(&self, target: &str) -> Option<Response> {
        const HTML: &str = "<!doctype html><html lang=en><head><meta charset=utf-8>\
            <meta name=viewport content=\"width=device-width\"><title>Building…</title>\
            <style>:root{color-scheme:light dark}body{font:1.1rem/1.6 system-ui;\
            display:grid;place-items:center;text-align:center;min-height:90vh;margin:0 1.5rem}\
            </style></head>\
            <body><p>This page is being built, and shows itself when it is there.</p></body></html>";
        let path = self.path_at(target).filter(|path| path.extension() == "html")?;
        let tag = self.tag(path.as_str(), "", 503, None);
        let body = Body::from(page::with_script(HTML, &tag));
        let headers = vec![
            ("Content-Type", media_type::of("html").to_owned()),
            ("Retry-After", "1".to_owned()),
        ];
        Some(Response { status: 503, headers, part: 0..body.len(), body })
    }

    /// The answer to a request.
    pub fn respond(&self, request: &Request, blobs: &Blobs) -> Response {
        let path = request.target.split(['?', '#']).next().unwrap_or_default();
        let Some(path) = decode(path) else { return self.not_found(blobs) };
        let Some(inside) = path.strip_prefix(&self.base) else {
            let is_base = self.base.strip_suffix('/') == Some(&path);
            return match is_base || path == "/" {
                true => redirect(&self.base),
                false => self.not_found(blobs),
            };
        };
        if let Some((path, output)) = self.find(inside) {
            return self.found(path, output, request, blobs);
        }
        let with_slash = format!("{inside}/index.html");
        match self.outputs.contains_key(with_slash.as_str()) {
            true => redirect(&format!("{}{}/", self.base, encode(inside))),
            false => self.not_found(blobs),
        }
    }

    /// The output for a URL path, found the way common hosts do.
    fn find(&self, inside: &str) -> Option<(&SitePath, &Output)> {
        let exact = match inside.is_empty() || inside.ends_with('/') {
            true => format!("{inside}index.html"),
            false => inside.to_owned(),
        };
        let page = format!("{inside}.html");
        self.outputs
            .get_key_value(exact.as_str())
            .or_else(|| self.outputs.get_key_value(page.as_str()))
    }

    fn found(
        &self,
        path: &SitePath,
        output: &Output,
        request: &Request,
        blobs: &Blobs,
    ) -> Response {
        let Some(body) = self.body(path, output, (200, request.token), blobs) else {
            let lost = "This file was changed or removed since it was built. \
                Save any file to build again.";
            return text(500, lost);
        };
        let etag = format!("\"{}\"", output.digest.short());
        let mut response = Response {
            status: 200,
            headers: vec![
                ("Content-Type", media_type::of(path.extension()).to_owned()),
                ("Accept-Ranges", "bytes".to_owned()),
            ],
            part: 0..body.len(),
            body,
        };
        let is_known = request.if_none_match.is_some_and(|known| {
            known.split(',').any(
                |it| matches!(it.trim().trim_start_matches("W/"), it if it == etag || it == "*"),
            )
        });
        if is_known {
            response = Response { status: 304, part: 0..0, headers: Vec::new(), ..response };
        } else if let Some(range) = request.range {
            response = response.ranged(range);
        }
        response.headers.push(("ETag", etag));
        response
    }

    fn not_found(&self, blobs: &Blobs) -> Response {
        let page = self.outputs.get_key_value("404.html");
        let body = page.and_then(|(path, output)| self.body(path, output, (404, None), blobs));
        let html = ("Content-Type", media_type::of("html").to_owned());
        let body = body.unwrap_or_else(|| {
            let html = "<!doctype html><html lang=en><head><meta charset=utf-8><title>Not found</title></head><body><p>There is no page here.</p></body></html>";
            page::with_script(html, &self.tag("404.html", "", 404, None)).into()
        });
        Response { status: 404, headers: vec![html], part: 0..body.len(), body }
    }

    /// The body of an output: a page gets the client script, other outputs are unchanged. `None` if
    /// the output is no longer what was built.
    fn body(
        &self,
        path: &SitePath,
        output: &Output,
        (status, token): (u16, Option<&str>),
        blobs: &Blobs,
    ) -> Option<Body> {
        if let engine::Body::File(file) = &output.body {
            let len = usize::try_from(file.len).ok()?;
            return Some(Body::File(Arc::new(file.open().ok()?.unless_touched()?), len));
        }
        let bytes = output.bytes(path, blobs, None).ok()?;
        Some(match (path.extension(), std::str::from_utf8(&bytes)) {
            ("html", Ok(html)) => {
                let tag = self.tag(path.as_str(), &output.digest.short(), status, token);
                page::with_script(html, &tag).into()
            }
            _ => Body::Held(bytes),
        })
    }

    /// The script tag, with attributes that identify the page. Only the URL needs escaping.
    fn tag(&self, path: &str, digest: &str, status: u16, token: Option<&str>) -> String {
        let edit = match token.filter(|_| self.sheets.files.contains_key(path)) {
            Some(token) => format!(
                " data-edit=\"{}\" data-sheet=\"{}\" data-token=\"{token}\" data-most=\"{}\"",
                self.private,
                encode(path),
                Limits::portrait(0).bytes,
            ),
            None => String::new(),
        };
        format!(
            "<script defer src=\"{private}client.js\" data-events=\"{private}events\" \
             data-build=\"{}\" data-page=\"{}\" data-digest=\"{digest}\" data-status=\"{status}\"{edit}></script>",
            self.build,
            self.address(path),
            private = self.private,
        )
    }

    /// The URL path of an output.
    pub fn address(&self, path: &str) -> String {
        format!("{}{}", self.base, encode(path))
    }
}

/// The id after these outputs were replaced; equal ids mean equal sites.
fn id<'a>(before: &str, outputs: impl IntoIterator<Item = (&'a SitePath, &'a Output)>) -> String {
    let mut text = before.to_owned();
    for (path, output) in outputs {
        text.extend(["\n", path.as_str(), "\0", &output.digest.to_string()]);
    }
    Digest::of_bytes(text.as_bytes()).short()
}

/// Percent-decodes once. `None` if the result is not a valid UTF-8 path.
fn decode(path: &str) -> Option<String> {
    percent_decoded(path).filter(|it| !it.chars().any(char::is_control))
}

/// Percent-encodes characters that are not allowed in a path or in an attribute.
pub(super) fn encode(path: &str) -> String {
    let mut encoded = String::with_capacity(path.len());
    for byte in path.bytes() {
        match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' => encoded.push(char::from(byte)),
            b'-' | b'.' | b'_' | b'~' | b'/' => encoded.push(char::from(byte)),
            _ => encoded += &format!("%{byte:02X}"),
        }
    }
    encoded
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::Fingerprint;
    use proptest::prelude::*;

    fn shown() -> ServedSite {
        let outputs = ["index.html", "a/index.html", "b.html", "c.txt", "odd name ü.txt"]
            .into_iter()
            .map(|path| {
                let output = Output::held(Fingerprint::new("x/1"), path.as_bytes().to_vec());
                (SitePath::new(path).unwrap(), output)
            })
            .collect();
        ServedSite::new(outputs, "/repo/", "/private/")
    }

    fn text_of(response: &Response) -> String {
        match &response.body {
            Body::Held(bytes) => String::from_utf8_lossy(bytes).into_owned(),
            Body::File(..) => panic!("no file is part of this site"),
        }
    }

    fn get(target: &str) -> (u16, String) {
        let response =
            shown().respond(&Request { target, ..Request::default() }, &Blobs::in_memory());
        let location = response.headers.iter().find(|(name, _)| *name == "Location");
        let text = text_of(&response);
        (response.status, location.map_or(text, |(_, to)| to.clone()))
    }

    #[test]
    fn addresses_are_found_as_hosts_find_them() {
        assert_eq!(get("/repo/c.txt?x#y"), (200, "c.txt".to_owned()));
        assert_eq!(get("/repo/odd%20name%20%C3%BC.txt"), (200, "odd name ü.txt".to_owned()));
        for (target, page) in [("/repo/", "index"), ("/repo/a/", "a/"), ("/repo/b", "b.html")] {
            let (status, body) = get(target);
            assert!(status == 200 && body.starts_with(page), "{target} {body}");
        }
        assert_eq!(get("/"), (302, "/repo/".to_owned()));
        assert_eq!(get("/repo"), (302, "/repo/".to_owned()));
        assert_eq!(get("/repo/a"), (302, "/repo/a/".to_owned()));
        for target in ["/c.txt", "/repo//c.txt", "/repo/%", "/repo/%zz", "/repo/%00", "/repo/a%2"] {
            assert_eq!(get(target).0, 404, "{target}");
        }
    }

    #[test]
    fn only_a_sheet_on_this_machine_can_be_edited() {
        let path = |path: &str| SitePath::new(path).unwrap();
        let files = [(path("a/index.html"), path("content/profile.yaml"))];
        let sheets = Arc::new(Sheets { files: files.into(), ..Sheets::default() });
        let shown = shown().with_sheets(&sheets);
        let can_be_edited = |target, token| {
            let request = Request { target, token, ..Request::default() };
            let response = shown.respond(&request, &Blobs::in_memory());
            text_of(&response).contains("data-token=\"secret\"")
        };
        assert!(can_be_edited("/repo/a/", Some("secret")));
        assert!(!can_be_edited("/repo/a/", None));
        assert!(!can_be_edited("/repo/", Some("secret")));
        assert!(!can_be_edited("/repo/nothing", Some("secret")));
    }

    proptest! {
        #[test]
        fn any_target_is_answered_from_the_map_or_not_at_all(target in "/(repo/)?[ -~]{0,40}") {
            let (status, body) = get(&target);
            prop_assert!([200, 302, 404].contains(&status));
            if status == 302 {
                prop_assert!(body.starts_with("/repo/") && !body.contains("//"));
            }
        }
    }
}
