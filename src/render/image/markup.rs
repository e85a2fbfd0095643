//! `<picture>` elements: the variants in the form that browsers expect.

use super::encode;
use super::offer::Offer;
use super::placeholder::Placeholder;
use super::variant::Variant;
use serde::Serialize;
use std::fmt::Write;

/// The maximum width of `src`, if there is a choice: it is only used by old browsers, by feeds and
/// in copied HTML.
const WIDEST_SRC: u32 = 960;

/// When a browser loads a picture.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Loading {
    /// When it is about to scroll into view.
    Lazy,
    /// With the page.
    Eager,
    /// Before everything else: the most prominent picture of the page.
    First,
}

/// A picture for a page: fields for themes, and finished markup for Markdown.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct PictureView {
    /// For browsers that support a better format than the last, best first.
    pub sources: Vec<Source>,
    /// URL of the variant for browsers that do not choose.
    pub src: String,
    /// All widths in the last format.
    pub srcset: String,
    /// Its displayed width, from which the browser chooses.
    pub sizes: String,
    /// Width in pixels of the largest variant: the maximum without loss.
    pub width: u32,
    /// Height in pixels of the largest variant.
    pub height: u32,
    /// Width of `src` in pixels.
    pub src_width: u32,
    /// Height of `src` in pixels.
    pub src_height: u32,
    /// Text for those who cannot see it; empty if it is only decoration.
    pub alt: String,
    /// A CSS `background` to show until it has loaded; nothing for translucent pictures.
    pub background: Option<String>,
    /// Its average colour, `#rrggbb`.
    pub color: String,
}

/// The files for browsers that support a format: at each width the smallest one they can show,
/// which may be in a more common format.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Source {
    /// `image/avif`
    pub mime: String,
    /// `/pictures/ada-96.….avif 96w, /pictures/ada-192.….avif 192w`
    pub srcset: String,
}

impl PictureView {
    /// The view of an offer. `base` is the prefix of every path and ends with a slash: `/`,
    /// `/repo/`, or `https://ada.dev/` for feeds. `None` if nothing is offered.
    pub fn new(offer: &Offer, alt: &str, sizes: &str, base: &str) -> Option<PictureView> {
        let (last, better) = offer.sets.split_last()?;
        let sources = better.iter().map(|set| Source {
            mime: encode::mime(set.format).to_owned(),
            srcset: srcset(&set.variants, base),
        });
        let usual = last.variants.iter().rfind(|variant| variant.width <= WIDEST_SRC);
        let src = usual.or(last.variants.first())?;
        let largest = last.variants.iter().max_by_key(|variant| variant.width)?;
        Some(PictureView {
            sources: sources.collect(),
            src: format!("{base}{}", src.path),
            srcset: srcset(&last.variants, base),
            sizes: sizes.to_owned(),
            width: largest.width,
            height: largest.height,
            src_width: src.width,
            src_height: src.height,
            alt: alt.to_owned(),
            background: background(&offer.placeholder),
            color: offer.placeholder.color.clone(),
        })
    }

    /// `<picture>…</picture>`, with everything escaped. `class` and `title` may be empty.
    pub fn markup(&self, class: &str, title: &str, loading: Loading) -> String {
        let mut html = String::from("<picture>");
        for source in &self.sources {
            html.push_str("<source");
            attribute(&mut html, "type", &source.mime);
            attribute(&mut html, "srcset", &source.srcset);
            attribute(&mut html, "sizes", &self.sizes);
            html.push('>');
        }
        html.push_str("<img");
        attribute(&mut html, "src", &self.src);
        attribute(&mut html, "srcset", &self.srcset);
        attribute(&mut html, "sizes", &self.sizes);
        attribute(&mut html, "width", &self.width.to_string());
        attribute(&mut html, "height", &self.height.to_string());
        attribute(&mut html, "alt", &self.alt);
        for (name, value) in [("class", class), ("title", title)] {
            if !value.is_empty() {
                attribute(&mut html, name, value);
            }
        }
        match loading {
            Loading::Lazy => attribute(&mut html, "loading", "lazy"),
            Loading::Eager => {}
            Loading::First => attribute(&mut html, "fetchpriority", "high"),
        }
        attribute(&mut html, "decoding", "async");
        if let Some(background) = &self.background {
            attribute(&mut html, "style", &format!("background:{background}"));
        }
        html.push_str("></picture>");
        html
    }
}

fn srcset(variants: &[Variant], base: &str) -> String {
    let mut text = String::new();
    for variant in variants {
        let separator = if text.is_empty() { "" } else { ", " };
        write!(text, "{separator}{base}{} {}w", variant.path, variant.width)
            .expect("writing to a string cannot fail");
    }
    text
}

fn background(placeholder: &Placeholder) -> Option<String> {
    let color = &placeholder.color;
    placeholder.opaque.then(|| match &placeholder.preview {
        Some(address) => format!("{color} url({address}) center/cover no-repeat"),
        None => color.clone(),
    })
}

fn attribute(html: &mut String, name: &str, value: &str) {
    html.push(' ');
    html.push_str(name);
    html.push_str("=\"");
    for character in value.chars() {
        match character {
            '&' => html.push_str("&amp;"),
            '<' => html.push_str("&lt;"),
            '>' => html.push_str("&gt;"),
            '"' => html.push_str("&quot;"),
            other => html.push(other),
        }
    }
    html.push('"');
}

#[cfg(test)]
mod tests {
    use super::super::offer::before_analysis;
    use super::super::{Crop, Picture, PictureSpec, Set};
    use super::*;
    use crate::digest::Digest;
    use crate::load::picture::{Limits, inspect};
    use crate::load::{Format, Quality};
    use crate::path::SitePath;

    fn portrait(formats: &[Format], placeholder: Placeholder) -> Offer {
        let file = SitePath::new("content/Ada & co.jpg").unwrap();
        let jpeg = b"\xff\xd8\xff\xc0\0\x0b\x08\x04\0\x04\0\x01\x01\x11\0\xff\xda\0\x02";
        let header = inspect(&file, jpeg, &Limits::new(100)).unwrap();
        let picture = Picture { file, digest: Digest::of_bytes(b"ada"), header };
        let spec = PictureSpec {
            crop: Crop::Square { focus: None },
            widths: vec![96, 1000],
            formats: formats.to_vec(),
            quality: Quality::all(80),
        };
        let plan = before_analysis(&picture, &spec);
        let set = |format: &Format| Set {
            format: *format,
            variants: plan.variants(&[*format], spec.quality),
        };
        Offer { sets: formats.iter().map(set).collect(), placeholder, focus: None }
    }

    fn gray() -> Placeholder {
        Placeholder { color: "#808080".to_owned(), preview: None, opaque: true }
    }

    #[test]
    fn the_last_set_is_for_old_browsers_and_the_others_are_sources() {
        let offer = portrait(&[Format::Avif, Format::Webp, Format::Jpeg], gray());
        let view = PictureView::new(&offer, "", "6rem", "/repo/").unwrap();
        let mimes: Vec<&str> = view.sources.iter().map(|source| source.mime.as_str()).collect();
        assert_eq!(mimes, ["image/avif", "image/webp"]);
        assert!(view.src.starts_with("/repo/pictures/ada-and-co-96."), "{}", view.src);
        assert!(view.src.ends_with(".jpg"), "{}", view.src);
        assert_eq!((view.src_width, view.src_height), (96, 96));
        // The width and height for layout are the largest at which the picture can be shown.
        assert_eq!((view.width, view.height), (1000, 1000));
        assert!(view.srcset.ends_with(".jpg 1000w"), "{}", view.srcset);
        let nothing = Offer { sets: Vec::new(), placeholder: gray(), focus: None };
        assert!(PictureView::new(&nothing, "", "", "/").is_none());
    }

    #[test]
    fn nothing_that_is_written_breaks_out_of_its_attribute() {
        let placeholder = Placeholder {
            color: "#aabbcc".to_owned(),
            preview: Some("data:image/webp;base64,AA==".to_owned()),
            opaque: true,
        };
        let alt = "\"><script>&";
        let html = PictureView::new(&portrait(&[Format::Jpeg], placeholder), alt, "100vw", "/")
            .unwrap()
            .markup("portrait", "", Loading::First);
        assert!(html.contains("alt=\"&quot;&gt;&lt;script&gt;&amp;\""), "{html}");
        assert!(html.contains(
            "style=\"background:#aabbcc url(data:image/webp;base64,AA==) center/cover no-repeat\""
        ));
        assert!(html.contains("fetchpriority=\"high\"") && !html.contains("title="));
        assert_eq!(html.matches("<").count(), 3, "{html}");
    }
}
