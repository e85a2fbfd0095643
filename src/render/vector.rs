//! Rasterises SVG drawings of the site's owner. Content never gets here, because it may not contain
//! drawings, and files that a drawing refers to are never opened.

use super::filters;
use crate::diagnostic::{Diagnostic, Result};
use crate::path::SitePath;
use resvg::tiny_skia::{Pixmap, Transform};
use resvg::usvg::{ImageHrefResolver, Options, Tree};

/// Maximum size of a drawing, in bytes.
const MAX_BYTES: usize = 256 << 10;
/// Length in pixels of the longer edge of the result.
const EDGE: f32 = 1024.0;

/// Rasterises an SVG file to a PNG of at most 1024 × 1024 pixels.
///
/// # Errors
/// `bad-drawing` if it is not a valid SVG, is too large, or declares entities.
pub fn draw(file: &SitePath, svg: &[u8]) -> Result<Vec<u8>> {
    let tree = read(file, svg)?;
    let size = tree.size();
    let scale = EDGE / size.width().max(size.height());
    let scaled = |length: f32| (length * scale).round().clamp(1.0, EDGE) as u32;
    let mut pixels = Pixmap::new(scaled(size.width()), scaled(size.height()))
        .expect("neither edge is nothing or too long");
    resvg::render(&tree, Transform::from_scale(scale, scale), &mut pixels.as_mut());
    pixels.encode_png().map_err(|err| refused(file, &err.to_string(), "save it as PNG"))
}

fn refused(file: &SitePath, why: &str, help: &str) -> Diagnostic {
    Diagnostic::error("bad-drawing", format!("`{file}` cannot be drawn: {why}")).help(help)
}

/// Parses an SVG file.
///
/// # Errors
/// Those of `draw`.
pub(super) fn read(file: &SitePath, svg: &[u8]) -> Result<Tree> {
    let refuse = |why: String, help: &str| refused(file, &why, help);
    if svg.len() > MAX_BYTES {
        let why = format!("it has more than {} kB", MAX_BYTES >> 10);
        return Err(refuse(why, "simplify its paths, or save it as PNG"));
    }
    let text = std::str::from_utf8(svg)
        .map_err(|_| refuse("it is not UTF-8".into(), "save it as plain SVG"))?;
    if text.contains("<!DOCTYPE") || text.contains("<!ENTITY") {
        let why = "it contains a document type declaration".to_owned();
        return Err(refuse(why, "delete the `<!DOCTYPE …>`: it is not needed"));
    }
    let options = Options {
        image_href_resolver: ImageHrefResolver {
            resolve_data: Box::new(|_, _, _| None),
            resolve_string: Box::new(|_, _| None),
        },
        ..Options::default()
    };
    let tree = Tree::from_str(text, &options).map_err(|err| {
        refuse(why(&err), "open it in a drawing program and save it again as plain SVG")
    })?;
    if let Some(why) = filters::fault(&tree) {
        return Err(refuse(why.to_owned(), "draw it without filters, or save it as PNG"));
    }
    Ok(tree)
}

/// Why a drawing could not be parsed, in a few words.
pub(super) fn why(err: &resvg::usvg::Error) -> String {
    match err {
        resvg::usvg::Error::ParsingFailed(err) => {
            let (place, text) = (err.pos(), err.to_string());
            let text = text.rsplit_once(" at ").map_or(text.as_str(), |(text, _)| text);
            format!("{text}, line {}, column {}", place.row, place.col)
        }
        err => err.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn drawn(svg: &str) -> Result<Vec<u8>> {
        draw(&SitePath::new("crest.svg").unwrap(), svg.as_bytes())
    }

    #[test]
    fn a_drawing_becomes_pixels() {
        let svg = "<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 20 10'><path fill='red' d='M0 0h20v10H0z'/></svg>";
        let png = image::load_from_memory(&drawn(svg).unwrap()).unwrap().to_rgba8();
        assert_eq!(png.dimensions(), (1024, 512));
        assert_eq!(png.get_pixel(512, 256).0, [255, 0, 0, 255]);
    }

    #[test]
    fn filters_that_would_take_minutes_are_refused() {
        let with = |filter: &str, region: &str, uses: usize| {
            let rect = "<rect filter='url(#f)' width='9' height='9'/>".repeat(uses);
            let svg = "<svg xmlns='http://www.w3.org/2000/svg' width='9' height='9'>";
            drawn(&format!("{svg}<filter id='f' {region}>{filter}</filter>{rect}</svg>"))
        };
        let blur = "<feGaussianBlur stdDeviation='1'/>";
        assert!(with(blur, "", 2).is_ok());
        assert!(with("<feDropShadow dx='1' dy='1' stdDeviation='1'/>", "", 1).is_ok());
        for refused in [
            with("<feTurbulence numOctaves='1000' baseFrequency='100'/>", "", 1),
            with("<feMorphology operator='dilate' radius='1000'/>", "", 1),
            with(blur, "x='-1e6' y='-1e6' width='2e6' height='2e6'", 1),
            with(blur, "", 3000),
        ] {
            assert_eq!(refused.unwrap_err().code, "bad-drawing");
        }
    }

    #[test]
    fn entities_and_nonsense_are_refused() {
        for bad in ["", "hello", "<!DOCTYPE svg [<!ENTITY a 'b'>]><svg/>"] {
            assert_eq!(drawn(bad).unwrap_err().code, "bad-drawing", "{bad}");
        }
    }
}
