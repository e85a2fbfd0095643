//! AVIF: one AV1 frame with chroma at half the resolution, in a HEIF container.
//!
//! Encoding time is spent on trying block sizes and prediction directions, and grows with the area.
//! So less is tried for larger pictures. Blocks are 4 to 16 pixels in small pictures, 8 to 32 in
//! medium ones and 16 in large ones, where blocks of 8 to 32 would save 12 % of the bytes for
//! nearly twice the time. Directions between the eight main ones would save 3 % for a quarter more.
//! Only the simple prediction modes are used: the others save 1 % for half as much time again.
//! 4:2:0 takes a third less than 4:4:4.

use super::super::resize::Pixels;
use avif_serialize::Aviffy;
use avif_serialize::constants::MatrixCoefficients as Matrix;
use rav1e::prelude::*;

/// The size class of a picture, which decides how much is tried.
#[derive(Clone, Copy, PartialEq)]
pub(super) enum Area {
    /// Up to 256 × 256 pixels.
    Small,
    /// Up to 512 × 512 pixels.
    Middle,
    Large,
}

impl Area {
    pub(super) fn of(pixels: &Pixels) -> Self {
        let area = u64::from(pixels.width) * u64::from(pixels.height);
        if area <= 256 * 256 {
            Self::Small
        } else if area <= 512 * 512 {
            Self::Middle
        } else {
            Self::Large
        }
    }
}

/// Encodes opaque pixels. `quantizer` is AV1's: 0 to 255, higher is coarser.
pub(super) fn opaque(pixels: &Pixels, quantizer: u8) -> Result<Vec<u8>, String> {
    let frame = frame(pixels, quantizer).map_err(|err| err.to_string())?;
    Ok(Aviffy::new()
        .set_chroma_subsampling((true, true))
        .matrix_coefficients(Matrix::Bt601)
        .to_vec(&frame, None, pixels.width, pixels.height, 8))
}

fn frame(pixels: &Pixels, quantizer: u8) -> Result<Vec<u8>, Box<dyn std::error::Error>> {
    // One thread: variants are encoded in parallel, and below a megapixel more threads do not help.
    let config = Config::new().with_threads(1).with_encoder_config(settings(pixels, quantizer));
    let mut context: Context<u8> = config.new_context()?;
    let mut frame = context.new_frame();
    fill(&mut frame, pixels);
    context.send_frame(frame)?;
    context.flush();
    let mut stream = Vec::new();
    loop {
        match context.receive_packet() {
            Ok(mut packet) => stream.append(&mut packet.data),
            Err(EncoderStatus::Encoded) => {}
            Err(EncoderStatus::LimitReached) => return Ok(stream),
            Err(err) => return Err(err.into()),
        }
    }
}

fn settings(pixels: &Pixels, quantizer: u8) -> EncoderConfig {
    let (width, height) = (pixels.width as usize, pixels.height as usize);
    EncoderConfig {
        width,
        height,
        bit_depth: 8,
        chroma_sampling: ChromaSampling::Cs420,
        pixel_range: PixelRange::Full,
        color_description: Some(ColorDescription {
            color_primaries: ColorPrimaries::BT709,
            transfer_characteristics: TransferCharacteristics::SRGB,
            matrix_coefficients: MatrixCoefficients::BT601,
        }),
        still_picture: true,
        low_latency: false,
        quantizer: quantizer.into(),
        min_quantizer: quantizer,
        tune: Tune::Psychovisual,
        tiles: 1,
        speed_settings: speed(Area::of(pixels)),
        ..EncoderConfig::default()
    }
}

fn speed(area: Area) -> SpeedSettings {
    let mut speed = SpeedSettings::from_preset(10);
    speed.rdo_lookahead_frames = 1;
    speed.scene_detection_mode = SceneDetectionSpeed::None;
    speed.prediction.fine_directional_intra = area != Area::Large;
    // 1.5 % of the bytes for 5 % of the time.
    speed.cdef = true;
    speed.lrf = false;
    speed.prediction.prediction_modes = PredictionModesSetting::Simple;
    let (least, most) = match area {
        Area::Small => (BlockSize::BLOCK_4X4, BlockSize::BLOCK_16X16),
        Area::Middle => (BlockSize::BLOCK_8X8, BlockSize::BLOCK_32X32),
        Area::Large => (BlockSize::BLOCK_16X16, BlockSize::BLOCK_16X16),
    };
    speed.partition.partition_range = PartitionRange::new(least, most);
    speed
}

/// RGB → luma, and chroma as the mean of four pixels (ITU-R BT.601, full range, in 1/65536). At an
/// odd last row or column, chroma is the mean of fewer pixels.
fn fill(frame: &mut Frame<u8>, pixels: &Pixels) {
    let (width, height) = (pixels.width as usize, pixels.height as usize);
    let rgb = pixels.samples.as_chunks::<3>().0;
    let [luma, cb, cr] = &mut frame.planes;
    let mut luma = luma.mut_slice(Default::default());
    for (target, row) in luma.rows_iter_mut().zip(rgb.chunks_exact(width)) {
        for (target, [r, g, b]) in target.iter_mut().zip(row) {
            let sum = 19_595 * u32::from(*r) + 38_470 * u32::from(*g) + 7_471 * u32::from(*b);
            *target = u8::try_from((sum + 0x8000) >> 16).unwrap_or(u8::MAX);
        }
    }
    for (plane, factors) in [(cb, [-11_059, -21_709, 32_768]), (cr, [32_768, -27_439, -5_329])] {
        let mut plane = plane.mut_slice(Default::default());
        let rows = plane.rows_iter_mut().take(height.div_ceil(2));
        for (target, rows) in rows.zip(rgb.chunks(2 * width)) {
            let (upper, lower) = rows.split_at(width);
            let lower = if lower.is_empty() { upper } else { lower };
            let pairs = upper.chunks(2).zip(lower.chunks(2));
            for (target, (upper, lower)) in target.iter_mut().zip(pairs) {
                *target = colour([upper, lower], factors);
            }
        }
    }
}

/// Chroma of two pairs, one above the other. A missing neighbour is replaced by the pixel itself.
fn colour([upper, lower]: [&[[u8; 3]]; 2], factors: [i32; 3]) -> u8 {
    let pixels = [upper[0], upper[upper.len() - 1], lower[0], lower[lower.len() - 1]];
    let sum = |channel: usize| pixels.iter().map(|pixel| i32::from(pixel[channel])).sum::<i32>();
    let sum: i32 = (0..3).map(|channel| factors[channel] * sum(channel)).sum();
    let colour = 128 + ((sum / 4 + 0x8000) >> 16);
    u8::try_from(colour.clamp(0, 255)).unwrap_or(u8::MAX)
}
