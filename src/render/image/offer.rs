//! What a page may show of a picture: the variants worth their bytes, and a placeholder.

use super::crop::{self, Area};
use super::encode;
use super::placeholder::Placeholder;
use super::resize::PIXELS;
use super::resize_plan::ResizePlan;
use super::spec::{Picture, PictureSpec, formats};
use super::variant::{Variant, primaries_of};
use crate::digest::Digest;
use crate::engine::Fingerprint;
use crate::load::Format;
use serde::{Deserialize, Serialize};

/// Cache version of the crop's choice and the placeholder: raised whenever either changes.
const LOOK: &str = "picture-analysis/5";
/// Cache version of the choice of formats.
const CHOICE: &str = "picture-offer/5";

/// A picture, ready to be shown on pages.
#[derive(Clone, Debug)]
pub struct Offer {
    /// For each format, best first, the variants for browsers that support it. The last set is the
    /// fallback.
    pub sets: Vec<Set>,
    /// What is shown until the picture has loaded.
    pub placeholder: Placeholder,
    /// The focus point that was found, in thousandths of width and height, if none was given.
    pub focus: Option<(u16, u16)>,
}

/// One variant for each width, ascending: the smallest file that a browser supporting the set's
/// format can show. At some widths it may be in a more common format.
#[derive(Clone, Debug)]
pub struct Set {
    /// The format a browser must support.
    pub format: Format,
    /// The variants it can choose from.
    pub variants: Vec<Variant>,
}

impl Offer {
    fn new(
        picture: &Picture,
        spec: &PictureSpec,
        analysis: PictureAnalysis,
        picks: &[Picks],
    ) -> Offer {
        let plan = analysis.plan(picture, spec);
        let set = |Picks { format, of_widths }: &Picks| {
            let variants = plan.sizes.iter().zip(of_widths);
            let variants = variants.map(|(size, of)| plan.variant(*of, *size, spec.quality));
            Set { format: *format, variants: variants.collect() }
        };
        let sets = picks.iter().map(set).collect();
        Offer { sets, placeholder: analysis.placeholder, focus: analysis.focus }
    }

    /// The smallest variant that is at least this wide, or else the widest, in a format that we can
    /// decode.
    pub fn at_least(&self, width: u32) -> Option<Variant> {
        let readable = || self.variants().filter(|variant| variant.format != Format::Avif);
        // Too narrow is worse than too wide; otherwise the closest width wins.
        let fit = |variant: &&Variant| match variant.width.checked_sub(width) {
            Some(spare) => (false, spare),
            None => (true, width - variant.width),
        };
        readable().min_by_key(fit).cloned().or_else(|| {
            self.variants().min_by_key(fit).map(|variant| variant.in_format(Format::Png))
        })
    }

    /// Every variant offered, those of the best format first; some occur more than once.
    pub fn variants(&self) -> impl Iterator<Item = &Variant> {
        self.sets.iter().flat_map(|set| &set.variants)
    }
}

/// What was found by analysing a picture's pixels, independent of its variants.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(super) struct PictureAnalysis {
    /// The crop, in the upright picture.
    pub(super) area: Area,
    pub(super) focus: Option<(u16, u16)>,
    pub(super) placeholder: Placeholder,
}

impl PictureAnalysis {
    /// Everything the analysis depends on.
    pub(super) fn fingerprint(picture: &Picture, spec: &PictureSpec) -> Fingerprint {
        let widest = before_analysis(picture, spec).widest();
        Fingerprint::new(LOOK)
            .with("source", picture.digest)
            .with("settings", Digest::of(&(PIXELS, spec.crop, Placeholder::has_preview(widest))))
            .with_all(primaries_of(picture))
    }

    pub(super) fn plan(&self, picture: &Picture, spec: &PictureSpec) -> ResizePlan {
        ResizePlan::new(picture, self.area, &spec.widths)
    }
}

/// The order before the analysis: its sizes are right, but its crop may not be.
pub(super) fn before_analysis(picture: &Picture, spec: &PictureSpec) -> ResizePlan {
    ResizePlan::new(picture, crop::area(spec.crop, picture.header.upright()), &spec.widths)
}

/// The final result for a picture, so that a second build needs nothing else.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) struct Choice {
    analysis: PictureAnalysis,
    picks: Vec<Picks>,
}

/// For one set: the format of the file at each width.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
struct Picks {
    format: Format,
    of_widths: Vec<Format>,
}

impl Choice {
    /// Everything the choice depends on.
    pub(super) fn fingerprint(picture: &Picture, spec: &PictureSpec) -> Fingerprint {
        let recipes: Vec<&str> =
            formats(picture, spec).iter().map(|format| encode::recipe(*format)).collect();
        Fingerprint::new(CHOICE)
            .with("analysis", PictureAnalysis::fingerprint(picture, spec).digest())
            .with("settings", Digest::of(&(spec, recipes)))
    }

    /// `lens` are the lengths in bytes of all variants of `ResizePlan::variants(tried)`.
    pub(super) fn new(analysis: PictureAnalysis, tried: &[Format], lens: &[usize]) -> Choice {
        Choice { analysis, picks: picks(tried, lens) }
    }

    pub(super) fn offer(self, picture: &Picture, spec: &PictureSpec) -> Offer {
        Offer::new(picture, spec, self.analysis, &self.picks)
    }
}

/// The smallest file at each width, for browsers that support a format and all after it. Browsers
/// first choose a set by format and then a file in it by width, so every set must have every width.
/// A set that offers the same as the next one is left out.
fn picks(tried: &[Format], lens: &[usize]) -> Vec<Picks> {
    let widths = (lens.len() / tried.len().max(1)).max(1);
    let mut smallest: Vec<(usize, Format)> = Vec::new();
    let mut sets: Vec<Picks> = Vec::new();
    for (format, lens) in tried.iter().zip(lens.chunks(widths)).rev() {
        let own = lens.iter().map(|len| (*len, *format));
        smallest = match smallest.is_empty() {
            true => own.collect(),
            false => own
                .zip(smallest)
                .map(|(own, next)| if own.0 < next.0 { own } else { next })
                .collect(),
        };
        let of_widths: Vec<Format> = smallest.iter().map(|(_, format)| *format).collect();
        if sets.last().is_none_or(|next| next.of_widths != of_widths) {
            sets.push(Picks { format: *format, of_widths });
        }
    }
    sets.reverse();
    sets
}

#[cfg(test)]
mod tests {
    use super::*;
    use Format::{Avif, Jpeg, Webp};

    /// For each set, its format and those of its files.
    fn chosen(tried: &[Format], lens: &[usize]) -> Vec<(Format, Vec<Format>)> {
        picks(tried, lens).into_iter().map(|it| (it.format, it.of_widths)).collect()
    }

    #[test]
    fn each_browser_gets_the_smallest_file_it_can_show() {
        let tried = [Avif, Webp, Jpeg];
        let of = |format| (format, vec![format; 2]);
        assert_eq!(chosen(&tried, &[1, 10, 2, 20, 3, 30]), [of(Avif), of(Webp), of(Jpeg)]);
        assert_eq!(
            chosen(&tried, &[9, 10, 4, 20, 3, 30]),
            [(Avif, vec![Jpeg, Avif]), (Webp, vec![Jpeg, Webp]), of(Jpeg)]
        );
        assert_eq!(chosen(&tried, &[2, 20, 2, 20, 3, 30]), [of(Webp), of(Jpeg)], "no gain");
        assert_eq!(chosen(&tried, &[4, 40, 9, 90, 3, 30]), [of(Jpeg)]);
        assert_eq!(chosen(&[Jpeg], &[7]), [(Jpeg, vec![Jpeg])]);
    }
}
