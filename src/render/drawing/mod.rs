//! What templates draw: social cards and icons, from SVG to PNG. The templates are the theme's and
//! trusted; what stands in them was escaped. A drawing is set in the theme's own fonts, shows the
//! pictures it was handed and no others, and opens no file.

mod file;

use crate::diagnostic::{Diagnostic, Result, did_you_mean};
use crate::digest::Digest;
use crate::engine::Fingerprint;
use crate::path::SitePath;
use crate::render::image::{Variant, Workshop};
use crate::render::vector;
use crate::source::snapshot::File;
use crate::theme::Fonts;
use resvg::tiny_skia::{Pixmap, Transform};
use resvg::usvg::{
    Font, FontFamily, FontResolver, ImageHrefResolver, ImageKind, Options, Size, Tree,
};
use std::sync::{Arc, Mutex, PoisonError};

/// Pixels across and down of a card.
pub const CARD: (u32, u32) = (1200, 630);
/// Sizes inside `favicon.ico`.
const ICO: [u32; 3] = [16, 32, 48];

/// How drawings are made; raised whenever the bytes change.
const RECIPE: &str = "drawing-png/1";

/// An SVG document and all it needs to become pixels.
#[derive(Debug)]
pub struct Drawing {
    /// The template that wrote it: where mistakes are.
    pub template: SitePath,
    /// The document.
    pub svg: String,
    /// What its text is set in.
    pub fonts: Arc<Fonts>,
    /// What `<image href="…">` may name, and what it means.
    pub insets: Vec<(String, Inset)>,
    /// What is made of it.
    pub form: Form,
}

/// What is made of a drawing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// An opaque PNG of 1200 × 630 pixels.
    Card,
    /// A square PNG.
    Icon {
        /// Pixels.
        edge: u32,
        /// Whether nothing shines through: then nothing may.
        opaque: bool,
    },
    /// An ICO file of three PNGs: 16, 32 and 48 pixels.
    Ico,
}

/// A picture of the site set into a drawing.
#[derive(Clone, Debug)]
pub enum Inset {
    /// Pixels.
    Picture {
        /// The size of it that is shown.
        variant: Box<Variant>,
        /// The picture's bytes.
        source: File,
        /// What it shares with the picture's variants.
        workshop: Arc<Workshop>,
    },
    /// Lines: a drawing of the site's owner.
    Drawing {
        /// Its file.
        file: SitePath,
        /// Its bytes.
        source: File,
    },
}

impl Inset {
    fn digest(&self) -> Digest {
        match self {
            Inset::Picture { variant, .. } => variant.fingerprint().digest(),
            Inset::Drawing { source, .. } => source.digest,
        }
    }

    fn weight(&self) -> u64 {
        match self {
            Inset::Picture { variant, .. } => variant.weight(),
            Inset::Drawing { .. } => 0,
        }
    }

    fn make(&self) -> Result<ImageKind> {
        match self {
            Inset::Picture { variant, source, workshop } => {
                let rgba = variant.rgba(source, workshop)?;
                let png = file::stored(variant.width, variant.height, &rgba);
                Ok(ImageKind::PNG(Arc::new(png.map_err(|err| failure(&err))?)))
            }
            Inset::Drawing { file, source } => {
                vector::read(file, &source.read()?).map(ImageKind::SVG)
            }
        }
    }
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

    /// How heavy the work is: that of the pictures in it, so that a portrait is decoded once for
    /// its variants and its card.
    pub fn weight(&self) -> u64 {
        self.insets.iter().map(|(_, it)| it.weight()).max().unwrap_or_default()
    }

    /// The file.
    ///
    /// # Errors
    /// `bad-drawing` where the document is no SVG or has the wrong size, `unknown-font` where a
    /// family it names is not the theme's, and what making the pictures in it may say.
    pub fn make(&self) -> Result<Vec<u8>> {
        let tree = self.read()?;
        let draw = |width: u32, height: u32| draw(&tree, width, height);
        let bytes = match self.form {
            Form::Card => file::rgb(&draw(CARD.0, CARD.1)),
            Form::Icon { edge, opaque: true } => file::rgb(&draw(edge, edge)),
            Form::Icon { edge, opaque: false } => file::rgba(&draw(edge, edge)),
            Form::Ico => file::ico(&ICO.map(|edge| halved(&halved(&draw(4 * edge, 4 * edge))))),
        };
        bytes.map_err(|err| failure(&err))
    }

    /// The document as shapes: text has become outlines.
    fn read(&self) -> Result<Tree> {
        let mut pictures = Vec::new();
        for (name, inset) in &self.insets {
            pictures.push((name.as_str(), inset.make()?));
        }
        let missing = Mutex::new(None);
        let options = Options {
            font_family: String::new(),
            fontdb: self.fonts.database(),
            font_resolver: resolver(&self.fonts, &missing),
            image_href_resolver: ImageHrefResolver {
                resolve_data: Box::new(|_, _, _| None),
                resolve_string: Box::new(|href, _| {
                    let named = pictures.iter().find(|(name, _)| *name == href);
                    named.map(|(_, picture)| picture.clone())
                }),
            },
            ..Options::default()
        };
        let broken = |err| {
            let help = "lines are counted in what the template writes, not in the template";
            self.refuse(&vector::why(&err)).help(help)
        };
        let tree = Tree::from_str(&self.svg, &options).map_err(broken)?;
        drop(options);
        if let Some(family) = missing.into_inner().unwrap_or_else(PoisonError::into_inner) {
            return Err(self.unknown_font(&family));
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
        let message = format!("what `{}` draws cannot be shown: {why}", self.template);
        Diagnostic::error("bad-drawing", message).in_file(&self.template)
    }

    fn unknown_font(&self, family: &str) -> Diagnostic {
        if family.is_empty() {
            return Diagnostic::error("unknown-font", "a text says no `font-family`")
                .in_file(&self.template)
                .help("name one of `fonts/`: no font of the system is used");
        }
        let known = self.fonts.families();
        let help = did_you_mean(family, known.iter().map(String::as_str)).unwrap_or_else(|| {
            "put it into `fonts/` as a TTF or OTF file: no font of the system is used".to_owned()
        });
        Diagnostic::error("unknown-font", format!("there is no font `{family}`"))
            .in_file(&self.template)
            .label("drawn text is set in the fonts of `fonts/`")
            .help(help)
    }
}

/// Finds the theme's fonts, and notes the first family that is not among them.
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

/// No picture of a sound size fails to be written.
fn failure(err: &png::EncodingError) -> Diagnostic {
    Diagnostic::error("io", format!("cannot encode a drawing: {err}"))
}

fn draw(tree: &Tree, width: u32, height: u32) -> Pixmap {
    let size = tree.size();
    let scale = Transform::from_scale(width as f32 / size.width(), height as f32 / size.height());
    let mut pixels = Pixmap::new(width, height).expect("neither edge is nothing or too long");
    resvg::render(tree, scale, &mut pixels.as_mut());
    pixels
}

/// Half as wide and half as high: what is drawn at 16 pixels from a larger picture would lose most
/// of it.
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
