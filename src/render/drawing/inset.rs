//! Pictures inset into a drawing. The renderer only draws vectors: in place of a raster picture, it
//! draws a plain rectangle, once in black and once in white. Where the two results differ the
//! picture is visible, with an opacity equal to the difference, whatever clips or covers it.

use crate::diagnostic::Result;
use crate::digest::Digest;
use crate::engine::Blobs;
use crate::path::SitePath;
use crate::render::image::{Decoder, Rgba, Variant};
use crate::render::vector;
use crate::source::snapshot::File;
use resvg::tiny_skia::{
    FilterQuality, IntSize, Paint, Pattern, Pixmap, Rect, SpreadMode, Transform,
};
use resvg::usvg::{Group, ImageKind, Node, Options, Tree};
use std::sync::Arc;

/// Prefix of the id of an inset's rectangle, followed by its number.
const ID: &str = "inset-";

/// A picture of the site inset into a drawing.
#[derive(Clone, Debug)]
pub enum Inset {
    /// A raster picture.
    Picture {
        /// The variant that is shown.
        variant: Box<Variant>,
        /// The original picture.
        source: File,
        /// Where it is decoded again if the variant was lost.
        decoder: Arc<Decoder>,
    },
    /// An SVG of the site's owner.
    Drawing {
        /// Its file.
        file: SitePath,
        /// Its contents.
        source: File,
    },
}

impl Inset {
    pub(super) fn digest(&self) -> Digest {
        match self {
            Inset::Picture { variant, .. } => variant.fingerprint().digest(),
            Inset::Drawing { source, .. } => source.digest,
        }
    }

    pub(super) fn load(&self, blobs: &Blobs) -> Result<Loaded> {
        match self {
            Inset::Picture { variant, source, decoder } => {
                variant.rgba(source, decoder, blobs).map(Loaded::Pixels)
            }
            Inset::Drawing { file, source } => {
                vector::read(file, &source.read()?).map(|tree| Loaded::Lines(Box::new(tree)))
            }
        }
    }
}

/// A loaded inset.
pub(super) enum Loaded {
    Pixels(Rgba),
    Lines(Box<Tree>),
}

/// What is drawn in place of a raster picture.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum StandIn {
    Black,
    White,
    /// Nothing, to show what is behind it.
    Nothing,
}

impl Loaded {
    pub(super) fn is_translucent(&self) -> bool {
        match self {
            Loaded::Pixels(rgba) => rgba.samples.chunks_exact(4).any(|pixel| pixel[3] < 255),
            Loaded::Lines(_) => false,
        }
    }

    /// What the renderer draws for the inset with this number.
    pub(super) fn kind(&self, number: usize, stand_in: StandIn) -> Option<ImageKind> {
        let Rgba { width, height, .. } = match self {
            Loaded::Lines(tree) => return Some(ImageKind::SVG((**tree).clone())),
            Loaded::Pixels(rgba) => rgba,
        };
        let fill = match stand_in {
            StandIn::Black => "fill='#000'",
            StandIn::White => "fill='#fff'",
            StandIn::Nothing => "fill='none'",
        };
        let svg = format!(
            "<svg xmlns='http://www.w3.org/2000/svg' width='{width}' height='{height}'>\
             <rect id='{ID}{number}' width='{width}' height='{height}' {fill}/></svg>"
        );
        Tree::from_str(&svg, &Options::default()).ok().map(ImageKind::SVG)
    }
}

/// The positions of pictures on the canvas of a drawing.
pub(super) struct Placed {
    /// The number of each inset, and the transform from its pixels to the canvas.
    places: Vec<(usize, Transform)>,
    /// The bounding box of all of them.
    pub(super) area: Option<Rect>,
}

impl Placed {
    /// The positions of all placeholder rectangles.
    pub(super) fn of(tree: &Tree) -> Placed {
        let mut placed = Placed { places: Vec::new(), area: None };
        placed.look(tree.root());
        placed
    }

    fn look(&mut self, group: &Group) {
        for node in group.children() {
            match node {
                Node::Group(group) => self.look(group),
                Node::Image(image) => {
                    let ImageKind::SVG(tree) = image.kind() else { continue };
                    if let Some(number) = number_of(tree.root()) {
                        self.places.push((number, image.abs_transform()));
                        let area = image.abs_bounding_box();
                        self.area = Some(self.area.map_or(area, |other| joined(other, area)));
                    }
                }
                _ => {}
            }
        }
    }

    /// Only the pictures, at their positions, on a canvas of this size.
    pub(super) fn drawn(
        &self,
        insets: &[(&str, Loaded)],
        to_canvas: Transform,
        (width, height): (u32, u32),
    ) -> Option<Pixmap> {
        let mut canvas = Pixmap::new(width, height)?;
        for (number, place) in &self.places {
            let Some((_, Loaded::Pixels(rgba))) = insets.get(*number) else { continue };
            let source = premultiplied(rgba)?;
            let transform = place.post_concat(to_canvas);
            let edges = Rect::from_xywh(0.0, 0.0, rgba.width as f32, rgba.height as f32)?;
            let quality = FilterQuality::Bicubic;
            let shader = Pattern::new(source.as_ref(), SpreadMode::Pad, quality, 1.0, transform);
            let paint = Paint { shader, anti_alias: false, ..Paint::default() };
            // One more pixel on each side, so that a soft edge has pixels to show.
            let seen = edges.transform(transform)?.outset(1.0, 1.0)?;
            canvas.fill_rect(seen, &paint, Transform::identity(), None);
        }
        Some(canvas)
    }
}

fn number_of(group: &Group) -> Option<usize> {
    group.children().iter().find_map(|node| match node {
        Node::Group(group) => number_of(group),
        node => node.id().strip_prefix(ID)?.parse().ok(),
    })
}

fn joined(a: Rect, b: Rect) -> Rect {
    let edges = [
        a.left().min(b.left()),
        a.top().min(b.top()),
        a.right().max(b.right()),
        a.bottom().max(b.bottom()),
    ];
    Rect::from_ltrb(edges[0], edges[1], edges[2], edges[3]).unwrap_or(a)
}

fn premultiplied(rgba: &Rgba) -> Option<Pixmap> {
    let through = |sample: u8, alpha: u8| {
        u8::try_from((u32::from(sample) * u32::from(alpha) + 127) / 255).unwrap_or(u8::MAX)
    };
    let pixels = rgba.samples.as_chunks::<4>().0.iter();
    let samples: Vec<u8> = pixels
        .flat_map(|[r, g, b, a]| [through(*r, *a), through(*g, *a), through(*b, *a), *a])
        .collect();
    Pixmap::from_vec(samples, IntSize::from_wh(rgba.width, rgba.height)?)
}

/// Composes the pictures into `black`, the drawing with black placeholders, using the same part
/// with white ones and, for translucent pictures, without any. All are premultiplied.
pub(super) fn compose(
    black: &mut Pixmap,
    (left, top): (u32, u32),
    white: &Pixmap,
    nothing: Option<&Pixmap>,
    pictures: &Pixmap,
) {
    let through = |a: u8, b: u8| (u32::from(a) * u32::from(b) + 127) / 255;
    let (stride, width) = (black.width() as usize * 4, white.width() as usize * 4);
    for y in 0..white.height() as usize {
        let start = (top as usize + y) * stride + left as usize * 4;
        let row = &mut black.data_mut()[start..start + width];
        for (at, sample) in row.iter_mut().enumerate() {
            let at = y * width + at;
            let seen = white.data()[at].saturating_sub(*sample);
            let alpha = pictures.data()[at | 3];
            let behind = match nothing {
                Some(nothing) => through(nothing.data()[at], 255 - alpha) + through(*sample, alpha),
                None => (*sample).into(),
            };
            let shown = behind + through(pictures.data()[at], seen);
            *sample = u8::try_from(shown).unwrap_or(u8::MAX);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn one(samples: [u8; 4]) -> Pixmap {
        Pixmap::from_vec(samples.to_vec(), IntSize::from_wh(1, 1).unwrap()).unwrap()
    }

    fn composed(
        black: [u8; 4],
        white: [u8; 4],
        nothing: Option<[u8; 4]>,
        picture: [u8; 4],
    ) -> Vec<u8> {
        let mut canvas = one(black);
        let nothing = nothing.map(one);
        compose(&mut canvas, (0, 0), &one(white), nothing.as_ref(), &one(picture));
        canvas.data().to_vec()
    }

    #[test]
    fn a_picture_is_seen_as_much_as_its_stand_in() {
        let (black, white) = ([0, 0, 0, 255], [255; 4]);
        let picture = [200, 100, 50, 255];
        assert_eq!(composed(black, white, None, picture), picture);
        let covered = [77, 66, 55, 255];
        assert_eq!(composed(covered, covered, None, picture), covered, "a line lies over it");
        let half = composed([40, 40, 40, 255], [168, 168, 168, 255], None, picture);
        assert_eq!(half, [140, 90, 65, 255], "an edge cuts it");
    }

    #[test]
    fn what_lies_behind_shines_through() {
        let sky = [0, 0, 250, 255];
        let (black, white) = ([0, 0, 0, 255], [255; 4]);
        assert_eq!(composed(black, white, Some(sky), [0, 0, 0, 0]), sky);
        let veil = composed(black, white, Some(sky), [128, 0, 0, 128]);
        assert_eq!(veil, [128, 0, 125, 255]);
    }
}
