//! One size and format of a picture: its path, its fingerprint and its bytes.

use super::crop::Area;
use super::decoder::Decoder;
use super::resize_plan::ResizePlan;
use super::spec::Picture;
use super::{encode, resize};
use crate::diagnostic::Result;
use crate::digest::Digest;
use crate::engine::Fingerprint;
use crate::load::picture::Colour;
use crate::load::{Format, Quality};
use crate::model::slug::slugify;
use crate::path::SitePath;
use crate::source::snapshot::File;

/// The output folder of variants.
const FOLDER: &str = "pictures";

/// One size and format of a picture: everything about it except its bytes.
#[derive(Clone, Debug)]
pub struct Variant {
    /// The output path: `pictures/ada-192.0123456789abcdef.webp`. The name is computed from the
    /// source, the settings and the recipe, never from the bytes, which differ between processors.
    pub path: SitePath,
    /// Width in pixels.
    pub width: u32,
    /// Height in pixels.
    pub height: u32,
    /// Its format.
    pub format: Format,
    quality: u8,
    plan: ResizePlan,
}

impl Variant {
    fn new(plan: &ResizePlan, format: Format, (width, height): (u32, u32), quality: u8) -> Variant {
        let digest =
            fingerprint(&plan.picture, plan.area, format, (width, height), quality).digest();
        let stem = slugify(plan.picture.file.stem())
            .filter(|it| it.is_ascii())
            .unwrap_or_else(|| "picture".to_owned());
        let extension = encode::extension(format);
        let path = format!("{FOLDER}/{stem}-{width}.{}.{extension}", digest.short());
        Variant {
            path: SitePath::new(path).expect("a slug, numbers and an extension are sound"),
            width,
            height,
            format,
            quality,
            plan: plan.clone(),
        }
    }

    /// The fingerprint: everything its bytes depend on.
    pub fn fingerprint(&self) -> Fingerprint {
        fingerprint(&self.plan.picture, self.plan.area, self.format, self.size(), self.quality)
    }

    /// Encodes the variant from the picture's own file. It contains nothing of the source but its
    /// pixels. `make_variants` makes all variants at once with less work; this is for bytes that were
    /// lost.
    ///
    /// # Errors
    /// `broken-picture` if only decoding shows the damage; errors of reading the file.
    pub fn make(&self, file: &File, decoder: &Decoder) -> Result<Vec<u8>> {
        let plan = ResizePlan { sizes: [self.size()].into(), ..self.plan.clone() };
        let prepared = decoder.decoded_for(&plan, file, |raw| resize::prepare(raw, &plan))?;
        self.encode(prepared.size(self.size()))
    }

    pub(super) fn encode(&self, pixels: &resize::Pixels) -> Result<Vec<u8>> {
        encode::encode(pixels, self.format, self.quality)
            .map_err(|why| encode::failure(&self.path, &why))
    }

    pub(super) fn size(&self) -> (u32, u32) {
        (self.width, self.height)
    }

    /// The same variant in another format.
    pub(super) fn in_format(&self, format: Format) -> Variant {
        Variant::new(&self.plan, format, self.size(), Quality::all(self.quality).of(format))
    }
}

impl ResizePlan {
    /// The variants in these formats: for each format, each size in ascending order.
    pub(super) fn variants(&self, formats: &[Format], quality: Quality) -> Vec<Variant> {
        formats
            .iter()
            .flat_map(|format| self.sizes.iter().map(|size| (*format, *size)))
            .map(|(format, size)| self.variant(format, size, quality))
            .collect()
    }

    pub(super) fn variant(&self, format: Format, size: (u32, u32), quality: Quality) -> Variant {
        Variant::new(self, format, size, quality.of(format))
    }
}

/// Cache version of the conversion of a PNG's primaries.
const PRIMARIES: &str = "chromaticities/1";

/// `None` for most pictures.
pub(super) fn primaries_of(picture: &Picture) -> Option<(&'static str, Digest)> {
    let has_own = matches!(picture.header.colour, Colour::Chromaticities(..));
    has_own.then(|| ("primaries", Digest::of(&PRIMARIES)))
}

fn fingerprint(
    picture: &Picture,
    area: Area,
    format: Format,
    size: (u32, u32),
    quality: u8,
) -> Fingerprint {
    Fingerprint::new(encode::recipe(format))
        .with("source", picture.digest)
        .with("settings", Digest::of(&(resize::PIXELS, area, size, quality)))
        .with_all(primaries_of(picture))
}
