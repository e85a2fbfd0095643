//! GIF headers: the logical screen, and the number of frames.

use super::bytes::Bytes;
use super::fault::Fault;
use super::header::Header;
use super::kind::PictureKind;

/// The count stops here: it is only needed for a remark.
const MOST_FRAMES: u32 = 100_000;

pub(super) fn read(file: &[u8]) -> Result<Header, Fault> {
    let mut bytes = Bytes(file);
    bytes.take(6)?;
    let (width, height) = (u32::from(bytes.u16_le()?), u32::from(bytes.u16_le()?));
    if width == 0 || height == 0 {
        return Err(Fault::Broken("it has no size"));
    }
    let flags = bytes.u8()?;
    bytes.take(2 + colours(flags))?;
    let mut header = Header::new(PictureKind::Gif, width, height);
    // Decoded as RGBA; the first frame takes memory again if it is smaller than the screen.
    header.pixel_cost = 9;
    header.frames = 0;
    let mut is_transparent = false;
    loop {
        match next_block(&mut bytes) {
            Ok(Block::Control { transparent }) => is_transparent |= transparent,
            Ok(Block::Frame(frame)) => {
                if header.frames == 0 {
                    if frame.left + frame.width > width || frame.top + frame.height > height {
                        return Err(Fault::Broken("its first frame is larger than its screen"));
                    }
                    header.has_alpha = is_transparent || frame.is_smaller_than(&header);
                }
                header.frames += 1;
            }
            Ok(Block::Other) => {}
            // A missing trailer is harmless once there is a picture to show.
            Ok(Block::End) | Err(_) if header.frames > 0 => break,
            Ok(Block::End) => return Err(Fault::Broken("there is no picture in it")),
            Err(fault) => return Err(fault),
        }
        if header.frames == MOST_FRAMES {
            break;
        }
    }
    Ok(header)
}

enum Block {
    Control { transparent: bool },
    Frame(Frame),
    Other,
    End,
}

struct Frame {
    left: u32,
    top: u32,
    width: u32,
    height: u32,
}

impl Frame {
    fn is_smaller_than(&self, screen: &Header) -> bool {
        self.left > 0 || self.top > 0 || self.width < screen.width || self.height < screen.height
    }
}

fn next_block(bytes: &mut Bytes) -> Result<Block, Fault> {
    match bytes.u8()? {
        b',' => {
            let [left, top] = [u32::from(bytes.u16_le()?), u32::from(bytes.u16_le()?)];
            let [width, height] = [u32::from(bytes.u16_le()?), u32::from(bytes.u16_le()?)];
            let flags = bytes.u8()?;
            bytes.take(colours(flags) + 1)?;
            skip_data(bytes)?;
            Ok(Block::Frame(Frame { left, top, width, height }))
        }
        b'!' => {
            let label = bytes.u8()?;
            let transparent = label == 0xf9 && bytes.0.get(1).is_some_and(|flags| flags & 1 == 1);
            skip_data(bytes)?;
            Ok(if label == 0xf9 { Block::Control { transparent } } else { Block::Other })
        }
        b';' => Ok(Block::End),
        _ => Err(Fault::Broken("a block of no known kind")),
    }
}

/// Length in bytes of the colour table that these flags announce.
fn colours(flags: u8) -> usize {
    if flags & 0x80 == 0 { 0 } else { 3 << ((flags & 7) + 1) }
}

fn skip_data(bytes: &mut Bytes) -> Result<(), Fault> {
    loop {
        match bytes.u8()? {
            0 => return Ok(()),
            len => bytes.take(len.into())?,
        };
    }
}
