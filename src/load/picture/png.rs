//! PNG headers: the chunks before, between and after the pixels.

use super::bytes::Bytes;
use super::fault::Fault;
use super::header::{Colour, Header};
use super::kind::PictureKind;
use super::orientation::Orientation;

pub(super) fn read(file: &[u8]) -> Result<Header, Fault> {
    let mut bytes = Bytes(file);
    bytes.take(8)?;
    let mut header = None;
    let mut has_pixels = false;
    let mut has_srgb = false;
    let mut points = None;
    loop {
        let chunk = match next_chunk(&mut bytes) {
            Ok(chunk) => chunk,
            Err(_) if has_pixels && bytes.0.is_empty() => break,
            Err(fault) => return Err(fault),
        };
        let Some(header) = header.as_mut() else {
            if chunk.kind != b"IHDR" {
                return Err(Fault::Broken("it does not begin with IHDR"));
            }
            header = Some(first(&mut Bytes(chunk.data))?);
            continue;
        };
        match chunk.kind {
            b"tRNS" => header.has_alpha = true,
            b"eXIf" => header.orientation = Orientation::of_exif(chunk.data),
            b"iCCP" => header.profile_len = chunk.data.len() as u64,
            b"sRGB" => has_srgb = true,
            b"gAMA" if header.colour == Colour::Usual => {
                header.colour = Colour::Gamma(Bytes(chunk.data).u32_be()?);
            }
            b"cHRM" => points = Some(chromaticities(&mut Bytes(chunk.data))?),
            b"cICP" => {
                let mut code = Bytes(chunk.data);
                header.colour = Colour::Coded(code.u8()?, code.u8()?);
            }
            b"acTL" => header.frames = Bytes(chunk.data).u32_be()?.max(1),
            b"IDAT" => has_pixels = true,
            b"IEND" => break,
            _ => {}
        }
    }
    let Some(mut header) = header else { return Err(Fault::Truncated) };
    if !has_pixels {
        return Err(Fault::Broken("there are no pixels in it"));
    }
    // The best description wins (PNG 3, 4.3): cICP over iCCP over sRGB over gAMA.
    if matches!(header.colour, Colour::Gamma(_)) && (has_srgb || header.profile_len > 0) {
        header.colour = Colour::Usual;
    }
    // Browsers use `cHRM` only together with `gAMA`.
    if let (Colour::Gamma(gamma), Some(points)) = (header.colour, points) {
        header.colour = Colour::Chromaticities(gamma, points);
    }
    Ok(header)
}

/// The chromaticities of white, red, green and blue.
fn chromaticities(chunk: &mut Bytes<'_>) -> Result<[u32; 8], Fault> {
    let mut points = [0; 8];
    for point in &mut points {
        *point = chunk.u32_be()?;
    }
    Ok(points)
}

fn first(ihdr: &mut Bytes) -> Result<Header, Fault> {
    let (width, height) = (ihdr.u32_be()?, ihdr.u32_be()?);
    if width == 0 || height == 0 {
        return Err(Fault::Broken("it has no size"));
    }
    let depth = ihdr.u8()?;
    let colour_type = ihdr.u8()?;
    // Channels after expansion: a palette may turn out to be transparent.
    let channels = match (colour_type, depth) {
        (0, 1 | 2 | 4 | 8 | 16) => 2,
        (2, 8 | 16) => 4,
        (3, 1 | 2 | 4 | 8) => 4,
        (4, 8 | 16) => 2,
        (6, 8 | 16) => 4,
        _ => return Err(Fault::Broken("it has no known colour type and depth")),
    };
    let mut header = Header::new(PictureKind::Png, width, height);
    header.has_alpha = matches!(colour_type, 4 | 6);
    header.pixel_cost = channels * if depth == 16 { 2 } else { 1 };
    Ok(header)
}

struct Chunk<'a> {
    kind: &'a [u8; 4],
    data: &'a [u8],
}

fn next_chunk<'a>(bytes: &mut Bytes<'a>) -> Result<Chunk<'a>, Fault> {
    let len = bytes.u32_be()?;
    let kind = bytes.take(4)?.first_chunk().ok_or(Fault::Truncated)?;
    let data = bytes.take(len as usize)?;
    bytes.take(4)?;
    Ok(Chunk { kind, data })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn chunk(kind: &[u8], data: &[u8]) -> Vec<u8> {
        [&(data.len() as u32).to_be_bytes(), kind, data, &[0; 4]].concat()
    }

    fn png(chunks: &[(&[u8], &[u8])]) -> Vec<u8> {
        let ihdr = [0, 0, 0, 2, 0, 0, 0, 3, 8, 2, 0, 0, 0];
        let mut file = b"\x89PNG\r\n\x1a\n".to_vec();
        file.extend(chunk(b"IHDR", &ihdr));
        chunks.iter().for_each(|(kind, data)| file.extend(chunk(kind, data)));
        file
    }

    #[test]
    fn the_better_description_of_colour_wins() {
        let gamma = (&b"gAMA"[..], &100_000u32.to_be_bytes()[..]);
        let pixels = (&b"IDAT"[..], &b""[..]);
        let colour = |chunks: &[(&[u8], &[u8])]| read(&png(chunks)).unwrap().colour;
        assert_eq!(colour(&[gamma, pixels]), Colour::Gamma(100_000));
        assert_eq!(colour(&[gamma, (b"sRGB", b"\0"), pixels]), Colour::Usual);
        let points: Vec<u8> = (1..=8u32).flat_map(u32::to_be_bytes).collect();
        let points = (&b"cHRM"[..], &points[..]);
        let both = Colour::Chromaticities(100_000, [1, 2, 3, 4, 5, 6, 7, 8]);
        assert_eq!(
            [[points, gamma], [gamma, points]].map(|[a, b]| colour(&[a, b, pixels])),
            [both; 2]
        );
        assert_eq!(colour(&[points, pixels]), Colour::Usual);
        assert_eq!(colour(&[(b"cICP", b"\x0c\x0d\0\x01"), gamma, pixels]), Colour::Coded(12, 13));
    }

    #[test]
    fn a_missing_end_is_forgiven_and_missing_pixels_are_not() {
        assert!(read(&png(&[(b"IDAT", b"")])).is_ok());
        assert_eq!(read(&png(&[])), Err(Fault::Truncated));
        assert!(matches!(read(&png(&[(b"IEND", b"")])), Err(Fault::Broken(_))));
        let mut cut = png(&[(b"IDAT", b"abcdefgh")]);
        cut.truncate(cut.len() - 8);
        assert_eq!(read(&cut), Err(Fault::Truncated));
    }
}
