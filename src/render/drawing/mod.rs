//! Drawings by templates: social cards and icons, from SVG to PNG. The templates belong to the
//! theme and are trusted; the texts in them are escaped. A drawing uses the theme's own fonts,
//! shows only the pictures passed to it, and opens no file.

mod file;
mod inset;
mod renderer_log;

use crate::diagnostic::{Diagnostic, Result, did_you_mean};
use crate::digest::Digest;
use crate::engine::{Blobs, Fingerprint};
use crate::path::SitePath;
use crate::render::vector;
use crate::source::snapshot::File;
use crate::span::Span;
use crate::theme::Fonts;
pub use inset::Inset;
use inset::{Loaded, Placed, StandIn};
use resvg::tiny_skia::{Pixmap, Rect, Transform};
use resvg::usvg::{Font, FontFamily, FontResolver, ImageHrefResolver, Options, Size, Tree};
use std::sync::{Arc, Mutex, PoisonError};

/// Width and height of a card in pixels.
pub const CARD: (u32, u32) = (1200, 630);
/// Sizes inside `favicon.ico`.
const ICO: [u32; 3] = [16, 32, 48];

/// Cache version of drawings; raised whenever the bytes change.
const RECIPE: &str = "drawing-png/1";

/// An SVG document with everything needed to rasterise it.
#[derive(Debug)]
pub struct Drawing {
    /// The template that rendered it, for diagnostics.
    pub template: SitePath,
    /// The template's source, in which positions of mistakes are searched.
    pub written: Option<File>,
    /// The document.
    pub svg: String,
    /// The fonts of its texts.
    pub fonts: Arc<Fonts>,
    /// The names that `<image href="…">` may use, with their pictures.
    pub insets: Vec<(String, Inset)>,
    /// The file to make.
    pub form: Form,
}

/// The kind of file to make from a drawing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// An opaque PNG of 1200 × 630 pixels.
    Card,
    /// A square PNG.
    Icon {
        /// Width in pixels.
        edge: u32,
        /// Whether it must be fully opaque.
        opaque: bool,
    },
    /// An ICO file of three PNGs: 16, 32 and 48 pixels.
    Ico,
}

impl Drawing {
    /// Everything its bytes depend on.
    pub fn fingerprint(&self) -> Fingerprint {
        let pictures = self.insets.iter().map(|(name, it)| (name.as_str(), it.digest()));
        Fingerprint::new(RECIPE)
            .with("form", Digest::of_bytes(format!("{:?}", self.form).as_bytes()))
            .with("drawing", Digest::of_bytes(self.svg.as_bytes()))
            .with("fonts", self.fonts.digest)
            .with_all(pictures)
    }

    /// Makes the file.
    ///
    /// # Errors
    /// `bad-drawing` if the document is not a valid SVG or has the wrong size; `unknown-font` if it
    /// names a family that the theme does not have; errors of the pictures in it.
    pub fn make(&self, blobs: &Blobs) -> Result<Vec<u8>> {
        let mut insets: Vec<(&str, Loaded)> = Vec::new();
        for (name, inset) in &self.insets {
            insets.push((name, inset.load(blobs)?));
        }
        let scene = self.scene(&insets)?;
        let draw = |width: u32, height: u32| scene.drawn(width, height);
        let bytes = match self.form {
            Form::Card => file::rgb(draw(CARD.0, CARD.1)),
            Form::Icon { edge, opaque: true } => file::rgb(draw(edge, edge)),
            Form::Icon { edge, opaque: false } => file::rgba(&draw(edge, edge)),
            Form::Ico => file::ico(&ICO.map(|edge| halved(&halved(&draw(4 * edge, 4 * edge))))),
        };
        bytes.map_err(|err| failure(&err))
    }

    fn scene<'a>(&self, insets: &'a [(&'a str, Loaded)]) -> Result<Scene<'a>> {
        let black = self.read(insets, StandIn::Black)?;
        let placed = Placed::of(&black);
        let (mut white, mut nothing) = (None, None);
        if placed.area.is_some() {
            white = Some(self.read(insets, StandIn::White)?);
            if insets.iter().any(|(_, inset)| inset.is_translucent()) {
                nothing = Some(self.read(insets, StandIn::Nothing)?);
            }
        }
        Ok(Scene { insets, placed, black, white, nothing })
    }

    /// The parsed document, with text converted to outlines.
    fn read(&self, insets: &[(&str, Loaded)], stand_in: StandIn) -> Result<Tree> {
        let missing = Mutex::new(None);
        let options = Options {
            font_family: String::new(),
            fontdb: self.fonts.database(),
            font_resolver: resolver(&self.fonts, &missing),
            image_href_resolver: ImageHrefResolver {
                resolve_data: Box::new(|_, _, _| None),
                resolve_string: Box::new(|href, _| {
                    let number = insets.iter().position(|(name, _)| *name == href)?;
                    insets[number].1.kind(number, stand_in)
                }),
            },
            ..Options::default()
        };
        let broken = |err| {
            let help = "the line is counted in the drawing that the template writes";
            self.refuse(&vector::why(&err)).help(help)
        };
        let (tree, said) = renderer_log::listening(|| Tree::from_str(&self.svg, &options));
        let tree = tree.map_err(broken)?;
        drop(options);
        if let Some(family) = missing.into_inner().unwrap_or_else(PoisonError::into_inner) {
            return Err(self.unknown_font(&family));
        }
        if let Some(said) = said {
            return Err(self.passed_over(&said));
        }
        self.check(tree.size())?;
        Ok(tree)
    }

    fn check(&self, size: Size) -> Result<()> {
        let (width, height) = (size.width(), size.height());
        let (is_right, wanted) = match self.form {
            Form::Card => ((width, height) == (1200.0, 630.0), "1200 × 630"),
            _ => ((width - height).abs() < 0.01, "as wide as high"),
        };
        if is_right {
            return Ok(());
        }
        Err(self.refuse(&format!("it is {width} × {height}, and must be {wanted}")))
    }

    fn refuse(&self, why: &str) -> Diagnostic {
        let message = format!("the drawing made by `{}` cannot be shown: {why}", self.template);
        Diagnostic::error("bad-drawing", message).in_file(&self.template)
    }

    /// The diagnostic for ignored markup, at its position in the template if it is there verbatim.
    fn passed_over(&self, said: &str) -> Diagnostic {
        let broken = self.refuse(said.trim_end_matches('.'));
        let broken = broken.help("write plain numbers, and colours as `#rrggbb`");
        let text = self.written.as_ref().and_then(File::text);
        let place = renderer_log::value(said).zip(text).and_then(|(value, text)| {
            let start = text.find(value)?;
            Some(Span::new(&self.template, start..start + value.len()))
        });
        match place {
            Some(place) => broken.at(place),
            None => broken,
        }
    }

    fn unknown_font(&self, family: &str) -> Diagnostic {
        if family.is_empty() {
            return Diagnostic::error("unknown-font", "a text has no `font-family`")
                .in_file(&self.template)
                .help("use a font from `fonts/`: system fonts are not used");
        }
        let known = self.fonts.families();
        let help = did_you_mean(family, known.iter().map(String::as_str)).unwrap_or_else(|| {
            "add it to `fonts/` as a TTF or OTF file: system fonts are not used".to_owned()
        });
        Diagnostic::error("unknown-font", format!("there is no font `{family}`"))
            .in_file(&self.template)
            .label("drawings use the fonts in `fonts/`")
            .help(help)
    }
}

/// Resolves the theme's fonts, and records the first family that is missing.
fn resolver<'a>(fonts: &'a Fonts, missing: &'a Mutex<Option<String>>) -> FontResolver<'a> {
    FontResolver {
        select_font: Box::new(move |font: &Font, _| {
            let families: Vec<&str> = font.families().iter().map(name).collect();
            let found = fonts.select(&families, font.weight());
            if found.is_none() {
                let mut missing = missing.lock().unwrap_or_else(PoisonError::into_inner);
                missing.get_or_insert_with(|| families.join(", "));
            }
            found
        }),
        select_fallback: Box::new(move |character, tried, _| fonts.select_for(character, tried)),
    }
}

fn name(family: &FontFamily) -> &str {
    match family {
        FontFamily::Serif => "serif",
        FontFamily::SansSerif => "sans-serif",
        FontFamily::Cursive => "cursive",
        FontFamily::Fantasy => "fantasy",
        FontFamily::Monospace => "monospace",
        FontFamily::Named(name) => name,
    }
}

/// Encoding a picture of a valid size does not fail.
fn failure(err: &png::EncodingError) -> Diagnostic {
    Diagnostic::error("io", format!("cannot encode a drawing: {err}"))
}

/// A parsed drawing with its placeholders.
struct Scene<'a> {
    insets: &'a [(&'a str, Loaded)],
    placed: Placed,
    black: Tree,
    white: Option<Tree>,
    nothing: Option<Tree>,
}

impl Scene<'_> {
    fn drawn(&self, width: u32, height: u32) -> Pixmap {
        let size = self.black.size();
        let scale =
            Transform::from_scale(width as f32 / size.width(), height as f32 / size.height());
        let mut pixels = drawn(&self.black, scale, (width, height));
        let area = self.placed.area.and_then(|area| area.transform(scale));
        if let (Some(area), Some(white)) = (area, &self.white)
            && let Some((left, top, size)) = whole_pixels(area, (width, height))
        {
            let part = scale.post_translate(-(left as f32), -(top as f32));
            let white = drawn(white, part, size);
            let nothing = self.nothing.as_ref().map(|tree| drawn(tree, part, size));
            if let Some(pictures) = self.placed.drawn(self.insets, part, size) {
                inset::compose(&mut pixels, (left, top), &white, nothing.as_ref(), &pictures);
            }
        }
        pixels
    }
}

fn drawn(tree: &Tree, transform: Transform, (width, height): (u32, u32)) -> Pixmap {
    let mut pixels = Pixmap::new(width, height).expect("neither edge is nothing or too long");
    resvg::render(tree, transform, &mut pixels.as_mut());
    pixels
}

/// The pixels of a canvas that an area touches: left, top, and size. `None` if it touches none.
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "within the canvas")]
fn whole_pixels(area: Rect, (width, height): (u32, u32)) -> Option<(u32, u32, (u32, u32))> {
    let within = |at: f32, most: u32| at.clamp(0.0, most as f32) as u32;
    let (left, top) = (within(area.left().floor(), width), within(area.top().floor(), height));
    let (right, bottom) =
        (within(area.right().ceil(), width), within(area.bottom().ceil(), height));
    (right > left && bottom > top).then(|| (left, top, (right - left, bottom - top)))
}

/// Halves width and height: sampled directly at 16 pixels, a larger picture would lose most of its
/// detail.
fn halved(pixels: &Pixmap) -> Pixmap {
    let mut half = Pixmap::new(pixels.width() / 2, pixels.height() / 2).expect("an even size");
    let (from, width) = (pixels.data(), pixels.width() as usize * 4);
    let row = half.width() as usize * 4;
    for (index, sample) in half.data_mut().iter_mut().enumerate() {
        let at = index / row * 2 * width + index % row / 4 * 8 + index % 4;
        let four = [at, at + 4, at + width, at + width + 4];
        let sum: u16 = four.iter().map(|at| u16::from(from[*at])).sum();
        *sample = ((sum + 2) / 4) as u8;
    }
    half
}
