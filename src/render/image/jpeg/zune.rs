//! The decoder zune-jpeg, with our settings and our errors.

use super::super::decode_error::{CUT, DAMAGED, DIFFERS, Decoded};
use crate::load::picture::Header;
use zune_jpeg::errors::DecodeErrors;
use zune_jpeg::zune_core::bytestream::ZCursor;
use zune_jpeg::zune_core::options::DecoderOptions;
use zune_jpeg::{JpegDecoder, PlaneInfo};

pub(super) type Decoder<'a> = JpegDecoder<ZCursor<&'a [u8]>>;

pub(super) fn said(err: DecodeErrors) -> &'static str {
    match err {
        DecodeErrors::ExhaustedData | DecodeErrors::FormatStatic("Premature end of buffer") => CUT,
        _ => DAMAGED,
    }
}

pub(super) fn options() -> DecoderOptions {
    // Strict mode: a truncated picture is an error, not a picture that ends in grey.
    DecoderOptions::default()
        .set_strict_mode(true)
        .set_max_width(usize::from(u16::MAX))
        .set_max_height(usize::from(u16::MAX))
}

pub(super) fn opened<'a>(bytes: &'a [u8], header: &Header) -> Decoded<Decoder<'a>> {
    let mut decoder = JpegDecoder::new_with_options(ZCursor::new(bytes), options());
    decoder.decode_headers().map_err(said)?;
    let info = decoder.info().ok_or(DAMAGED)?;
    if (u32::from(info.width), u32::from(info.height)) != (header.width, header.height) {
        return Err(DIFFERS);
    }
    Ok(decoder)
}

/// Buffers for one band of each plane.
pub(super) fn band_of(planes: &[PlaneInfo]) -> Vec<Vec<u8>> {
    let len = |plane: &PlaneInfo| plane.stride * plane.vertical_sampling_factor * 8;
    planes.iter().map(|plane| vec![0; len(plane)]).collect()
}
