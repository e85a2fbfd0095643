//! SHA-256 of bytes, or of any value that can be serialised as JSON.

use serde::Serialize;
use sha2::{Digest as _, Sha256};
use std::fmt;
use std::io::{BufReader, BufWriter, Write};

/// A digest of some bytes or of a value, 32 bytes: equal digests mean equal contents.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Digest([u8; 32]);

impl Digest {
    /// The digest of these bytes.
    pub fn of_bytes(bytes: &[u8]) -> Digest {
        Digest(Sha256::digest(bytes).into())
    }

    /// The digest and the number of all bytes of a reader, read in chunks.
    ///
    /// # Errors
    /// Errors of the reader.
    pub fn of_reader(reader: impl std::io::Read) -> std::io::Result<(Digest, u64)> {
        let mut hasher = Sha256::new();
        let mut pieces = BufReader::with_capacity(PIECE, reader);
        let len = std::io::copy(&mut pieces, &mut HashWriter(&mut hasher))?;
        Ok((Digest(hasher.finalize().into()), len))
    }

    /// The digest of a value, computed from its JSON. Maps must have a fixed order.
    pub fn of<T: Serialize + ?Sized>(value: &T) -> Digest {
        let mut hasher = Sha256::new();
        // The JSON is written a few bytes at a time; hashing is faster with larger chunks.
        let mut writer = BufWriter::with_capacity(4096, HashWriter(&mut hasher));
        serde_json::to_writer(&mut writer, value)
            .expect("a value with text keys is always written as JSON");
        writer.flush().expect("hashing does not fail");
        drop(writer);
        Digest(hasher.finalize().into())
    }

    /// Parses the output of `Display`; `None` for anything else.
    pub fn parse(hex: &str) -> Option<Digest> {
        if hex.len() != 64 || !hex.is_ascii() {
            return None;
        }
        let mut bytes = [0; 32];
        for (index, byte) in bytes.iter_mut().enumerate() {
            *byte = u8::from_str_radix(&hex[index * 2..index * 2 + 2], 16).ok()?;
        }
        Some(Digest(bytes))
    }

    /// The first 16 hexadecimal digits, enough for a file name.
    pub fn short(&self) -> String {
        self.to_string()[..16].to_owned()
    }

    /// The 32 bytes.
    pub fn as_bytes(&self) -> &[u8; 32] {
        &self.0
    }
}

/// The size of a chunk: needs an eighth of the system calls of `io::copy`.
const PIECE: usize = 64 * 1024;

struct HashWriter<'a>(&'a mut Sha256);

impl Write for HashWriter<'_> {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0.update(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

impl fmt::Display for Digest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        const DIGITS: &[u8; 16] = b"0123456789abcdef";
        let mut hex = [0; 64];
        for (pair, byte) in hex.chunks_exact_mut(2).zip(self.0) {
            pair[0] = DIGITS[usize::from(byte >> 4)];
            pair[1] = DIGITS[usize::from(byte & 15)];
        }
        f.write_str(std::str::from_utf8(&hex).expect("digits are ASCII"))
    }
}

impl fmt::Debug for Digest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Digest({})", self.short())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_can_be_read() {
        let digest = Digest::of_bytes(b"");
        assert_eq!(
            digest.to_string(),
            "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
        );
        assert_eq!(Digest::parse(&digest.to_string()), Some(digest));
        assert_eq!(Digest::parse("e3"), None);
        assert_eq!(Digest::of(&"a"), Digest::of_bytes(b"\"a\""));
    }
}
