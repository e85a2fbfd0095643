//! WebP headers: the three forms, and the canvas of the extended one.

use super::bytes::Bytes;
use super::fault::Fault;
use super::header::Header;
use super::kind::PictureKind;
use super::orientation::Orientation;

pub(super) fn read(file: &[u8]) -> Result<Header, Fault> {
    let mut bytes = Bytes(file);
    bytes.take(4)?;
    // Bytes after the declared end are ignored; an end beyond the file is reported below.
    let len = bytes.u32_le()? as usize;
    bytes.0 = &bytes.0[..bytes.0.len().min(len)];
    bytes.take(4)?;
    let (form, data) = next_chunk(&mut bytes)?;
    match form {
        b"VP8 " => lossy(&mut Bytes(data)),
        b"VP8L" => lossless(&mut Bytes(data)),
        b"VP8X" => extended(&mut Bytes(data), bytes),
        _ => Err(Fault::Broken("there is no picture in it")),
    }
}

fn header((width, height): (u32, u32)) -> Result<Header, Fault> {
    if width == 0 || height == 0 {
        return Err(Fault::Broken("it has no size"));
    }
    Ok(Header::new(PictureKind::Webp, width, height))
}

fn lossy(data: &mut Bytes) -> Result<Header, Fault> {
    let tag = data.u24_le()?;
    if tag & 1 == 1 || data.take(3)? != [0x9d, 0x01, 0x2a] {
        return Err(Fault::Broken("it does not begin with a key frame"));
    }
    let (width, height) = (data.u16_le()?, data.u16_le()?);
    header((u32::from(width & 0x3fff), u32::from(height & 0x3fff)))
}

fn lossless(data: &mut Bytes) -> Result<Header, Fault> {
    if data.u8()? != 0x2f {
        return Err(Fault::Broken("its signature is missing"));
    }
    let packed = data.u32_le()?;
    let mut header = header(((packed & 0x3fff) + 1, (packed >> 14 & 0x3fff) + 1))?;
    header.has_alpha = packed >> 28 & 1 == 1;
    Ok(header)
}

fn extended(data: &mut Bytes, mut chunks: Bytes) -> Result<Header, Fault> {
    let flags = data.u32_le()?;
    let (width, height) = (data.u24_le()? + 1, data.u24_le()? + 1);
    let mut header = header((width, height))?;
    header.has_alpha = flags & 0x10 != 0;
    // A frame is decoded into memory of its own beside the canvas.
    header.pixel_cost = 12;
    header.frames = 0;
    while let Ok((kind, data)) = next_chunk(&mut chunks) {
        match kind {
            b"ICCP" => header.profile_len = data.len() as u64,
            b"EXIF" => header.orientation = Orientation::of_exif(data),
            b"ANMF" => {
                if header.frames == 0 {
                    check_frame(&mut Bytes(data), &header)?;
                }
                header.frames += 1;
            }
            b"VP8 " | b"VP8L" if header.frames == 0 => {
                check_image(kind, &mut Bytes(data), (width, height))?;
                header.frames = 1;
            }
            _ => {}
        }
    }
    match (header.frames, chunks.0.is_empty()) {
        (0, true) => Err(Fault::Broken("there is no picture in it")),
        (_, false) => Err(Fault::Truncated),
        (_, true) => Ok(header),
    }
}

/// Checks an animation's first frame. The decoder allocates memory by the frame's size, so it must
/// fit the canvas, which was checked against the limits.
fn check_frame(frame: &mut Bytes, canvas: &Header) -> Result<(), Fault> {
    let (left, top) = (frame.u24_le()? * 2, frame.u24_le()? * 2);
    let (width, height) = (frame.u24_le()? + 1, frame.u24_le()? + 1);
    if left + width > canvas.width || top + height > canvas.height {
        return Err(Fault::Broken("its first frame is larger than its canvas"));
    }
    frame.take(4)?;
    while let Ok((kind, data)) = next_chunk(frame) {
        if matches!(kind, b"VP8 " | b"VP8L") {
            return check_image(kind, &mut Bytes(data), (width, height));
        }
    }
    Err(Fault::Broken("its first frame is empty"))
}

fn check_image(kind: &[u8; 4], data: &mut Bytes, size: (u32, u32)) -> Result<(), Fault> {
    let image = if kind == b"VP8 " { lossy(data) } else { lossless(data) }?;
    if (image.width, image.height) == size {
        return Ok(());
    }
    Err(Fault::Broken("the picture in it has another size than its canvas"))
}

fn next_chunk<'a>(bytes: &mut Bytes<'a>) -> Result<(&'a [u8; 4], &'a [u8]), Fault> {
    let start = *bytes;
    let mut chunk = || {
        let kind = bytes.take(4)?.first_chunk().ok_or(Fault::Truncated)?;
        let len = bytes.u32_le()? as usize;
        let data = bytes.take(len)?;
        // The padding of the last chunk is often missing.
        let _ = bytes.take(len % 2);
        Ok((kind, data))
    };
    let read = chunk();
    if read.is_err() {
        *bytes = start;
    }
    read
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_picture_that_is_not_as_large_as_its_canvas_is_refused() {
        let lossless = b"VP8L\x05\0\0\0\x2f\x07\xc0\x01\0\0".as_slice();
        let extended = |edge: u8| {
            let canvas = [edge, 0, 0, edge, 0, 0];
            [b"RIFF\xff\0\0\0WEBPVP8X\x0a\0\0\0\0\0\0\0", canvas.as_slice(), lossless].concat()
        };
        assert_eq!(read(&extended(7)).map(|it| (it.width, it.height)), Ok((8, 8)));
        assert!(matches!(read(&extended(8)), Err(Fault::Broken(_))));
        assert_eq!(read(&extended(7)[..34]), Err(Fault::Truncated));
    }
}
