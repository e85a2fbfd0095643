//! A decoded picture: samples as stored.

use super::half::Half;

/// A decoded picture.
#[derive(Debug)]
pub(super) struct Raw<'a> {
    /// Width in pixels.
    pub(super) width: u32,
    /// Height in pixels.
    pub(super) height: u32,
    /// The channels of a pixel.
    pub(super) layout: Layout,
    /// Whether a sample has two bytes (in native byte order) instead of one.
    pub(super) is_deep: bool,
    /// The samples, row by row without gaps. Empty if only half the size is needed.
    pub(super) samples: Vec<u8>,
    /// The picture at half its size, in linear light by sRGB's curve.
    pub(super) half: Option<Half<'a>>,
    /// Its embedded colour profile.
    pub(super) profile: Option<Vec<u8>>,
}

/// The channels of a pixel.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Layout {
    Gray,
    GrayAlpha,
    Rgb,
    Rgba,
    /// Higher values are darker: 255 is full ink.
    Cmyk,
}

impl Layout {
    pub(super) fn channels(self) -> usize {
        match self {
            Layout::Gray => 1,
            Layout::GrayAlpha => 2,
            Layout::Rgb => 3,
            Layout::Rgba | Layout::Cmyk => 4,
        }
    }

    /// The number of channels in linear light: grey becomes three colours.
    pub(super) fn of_light(self) -> usize {
        match self {
            Layout::Gray | Layout::Rgb => 3,
            Layout::GrayAlpha | Layout::Rgba | Layout::Cmyk => 4,
        }
    }
}
