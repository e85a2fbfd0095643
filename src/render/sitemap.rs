//! `sitemap.xml` (sitemaps.org 0.9) and `robots.txt`.

use super::xml::Xml;

/// A page of the site.
#[derive(Clone, Debug)]
pub struct SitemapEntry {
    /// Its absolute URL.
    pub url: String,
    /// The day of the last change, if known.
    pub updated: Option<jiff::civil::Date>,
}

/// The sitemap, with at most 50 000 URLs, the limit of the protocol.
pub fn sitemap(places: &[SitemapEntry]) -> String {
    let mut xml = Xml::default();
    xml.element("urlset", &[("xmlns", "http://www.sitemaps.org/schemas/sitemap/0.9")], |xml| {
        for place in places.iter().take(50_000) {
            xml.element("url", &[], |xml| {
                xml.text("loc", &[], &place.url);
                if let Some(updated) = place.updated {
                    xml.text("lastmod", &[], &updated.to_string());
                }
            });
        }
    });
    xml.finish()
}

/// Allows everything; refers to the sitemap if there is one.
pub fn robots(sitemap: Option<&str>) -> String {
    let rest = sitemap.map_or_else(String::new, |url| format!("Sitemap: {url}\n"));
    format!("User-agent: *\nAllow: /\n{rest}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_escaped() {
        let place = SitemapEntry { url: "https://x.org/?a&b".into(), updated: None };
        let text = sitemap(&[place]);
        assert!(text.contains("<loc>https://x.org/?a&amp;b</loc>"), "{text}");
        assert!(robots(Some("https://x.org/sitemap.xml")).ends_with("sitemap.xml\n"));
    }
}
