//! JPEG headers: the segments, and the number of scans up to the end of the picture.

use super::bytes::Bytes;
use super::fault::Fault;
use super::header::Header;
use super::kind::PictureKind;
use super::orientation::Orientation;

const SOS: u8 = 0xda;
const EOI: u8 = 0xd9;

pub(super) fn read(file: &[u8]) -> Result<Header, Fault> {
    let mut bytes = Bytes(file);
    bytes.take(2)?;
    let mut header: Option<Header> = None;
    let mut orientation = None;
    let mut profile_len = 0;
    let mut scans = 0;
    while let Some(marker) = next_marker(&mut bytes) {
        // Only the first picture counts: phones append a second one.
        if marker == EOI {
            break;
        }
        if matches!(marker, 0x01 | 0xd0..=0xd8) {
            continue;
        }
        let len = match bytes.u16_be() {
            Ok(len) => usize::from(len),
            // Data missing after a complete scan is reported by the decoder.
            Err(_) if scans > 0 => break,
            Err(fault) => return Err(fault),
        };
        let data =
            bytes.take(len.checked_sub(2).ok_or(Fault::Broken("a segment has no length"))?)?;
        match marker {
            0xc0..=0xcf if !matches!(marker, 0xc4 | 0xc8 | 0xcc) => {
                if header.is_some() {
                    return Err(Fault::Broken("it has two frames"));
                }
                header = Some(frame(marker, &mut Bytes(data))?);
            }
            0xe1 if orientation.is_none() && data.starts_with(b"Exif\0\0") => {
                orientation = Some(Orientation::of_exif(data));
            }
            0xe2 if data.starts_with(b"ICC_PROFILE\0") => profile_len += data.len() as u64,
            SOS if header.is_none() => return Err(Fault::Broken("pixels come before their size")),
            SOS => scans += 1,
            _ => {}
        }
    }
    let mut header = header.ok_or(Fault::Truncated)?;
    if scans == 0 {
        return Err(Fault::Truncated);
    }
    header.orientation = orientation.unwrap_or(Orientation::UPRIGHT);
    header.profile_len = profile_len;
    header.scans = scans;
    Ok(header)
}

/// The code of the next marker. Skips everything else: entropy-coded data, in which `ff` is
/// followed by `00`, and fill bytes.
fn next_marker(bytes: &mut Bytes) -> Option<u8> {
    let rest = bytes.0;
    let mut at = 0;
    loop {
        at += position_of_ff(rest.get(at..)?)?;
        match rest.get(at + 1)? {
            0x00 => at += 2,
            0xff => at += 1,
            code => {
                bytes.0 = &rest[at + 2..];
                return Some(*code);
            }
        }
    }
}

/// A photograph has millions of bytes, so they are compared thirty-two at a time.
fn position_of_ff(bytes: &[u8]) -> Option<usize> {
    let has_none =
        |chunk: &&[u8; 32]| !chunk.iter().fold(false, |found, byte| found | (*byte == 0xff));
    let before = bytes.as_chunks().0.iter().take_while(has_none).count() * 32;
    Some(before + bytes[before..].iter().position(|byte| *byte == 0xff)?)
}

fn frame(marker: u8, data: &mut Bytes) -> Result<Header, Fault> {
    let is_progressive = match marker {
        0xc0 | 0xc1 => false,
        0xc2 => true,
        0xc3 => return Err(Fault::Unsupported("a lossless JPEG")),
        0xc9..=0xcb | 0xcd..=0xcf => return Err(Fault::Unsupported("a JPEG in arithmetic coding")),
        _ => return Err(Fault::Unsupported("a JPEG of several layers")),
    };
    if data.u8()? != 8 {
        return Err(Fault::Unsupported("a JPEG of more than 8 bits"));
    }
    let (height, width) = (u32::from(data.u16_be()?), u32::from(data.u16_be()?));
    if width == 0 || height == 0 {
        return Err(Fault::Broken("it has no size"));
    }
    let components = data.u8()?;
    if !matches!(components, 1 | 3 | 4) {
        return Err(Fault::Unsupported("a JPEG of neither one, three nor four channels"));
    }
    let mut header = Header::new(PictureKind::Jpeg, width, height);
    // A progressive picture keeps two bytes for every coefficient until its last scan.
    header.pixel_cost = components * if is_progressive { 3 } else { 1 };
    Ok(header)
}

#[cfg(test)]
mod tests {
    use super::*;

    const FRAME: &[u8] = b"\xff\xc0\0\x0b\x08\0\x10\0\x20\x01\x01\x11\0";

    #[test]
    fn passes_are_counted_up_to_the_end_of_the_first_picture() {
        let scan = b"\xff\xda\0\x03\0\x12\xff\0\x34\xff\xd0\x56".as_slice();
        let whole = [b"\xff\xd8", FRAME, scan, scan, b"\xff\xd9\xff\xd8", scan].concat();
        let header = read(&whole).unwrap();
        assert_eq!((header.width, header.height, header.scans), (32, 16, 2));
        let no_end = [b"\xff\xd8", FRAME, scan].concat();
        assert_eq!(read(&no_end).unwrap().scans, 1);
    }

    #[test]
    fn a_marker_is_found_wherever_it_stands() {
        for at in 0..100 {
            let mut bytes = [7; 100];
            assert_eq!(position_of_ff(&bytes), None);
            bytes[at] = 0xff;
            bytes[99] = 0xff;
            assert_eq!(position_of_ff(&bytes), Some(at));
        }
    }

    #[test]
    fn what_lacks_its_pixels_or_its_size_is_told_apart() {
        let no_scan = [b"\xff\xd8", FRAME].concat();
        assert_eq!(read(&no_scan), Err(Fault::Truncated));
        assert!(matches!(read(b"\xff\xd8\xff\xda\0\x02"), Err(Fault::Broken(_))));
        assert!(matches!(read(b"\xff\xd8\xff\xe0\0\0"), Err(Fault::Broken(_))));
    }
}
