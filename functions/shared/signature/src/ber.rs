//! BER made definite: what a library wrote with indefinite lengths or strings in pieces, as DER would have it.
//!
//! The national authority's own library writes messages so (X.690 §8.1.3.6, §8.7.3). Order within a
//! SET is left as it is. Never here: what the bytes mean.

/// Deeper nesting is refused: an honest message has about a dozen layers.
const DEPTH_MAX: u32 = 32;
/// The constructed bit of an identifier (X.690 §8.1.2.5).
const CONSTRUCTED: u8 = 0x20;
/// An OCTET STRING.
const OCTET_STRING: u8 = 0x04;

/// The one element that `bytes` hold, with definite lengths of the shortest form throughout;
/// none if they hold anything else.
pub(crate) fn definite(bytes: &[u8]) -> Option<Vec<u8>> {
    let mut input = Input(bytes);
    let mut out = Vec::with_capacity(bytes.len());
    input.element(DEPTH_MAX, &mut out)?;
    input.0.is_empty().then_some(out)
}

struct Input<'a>(&'a [u8]);

impl<'a> Input<'a> {
    fn byte(&mut self) -> Option<u8> {
        let (first, rest) = self.0.split_first()?;
        self.0 = rest;
        Some(*first)
    }

    fn take(&mut self, length: usize) -> Option<&'a [u8]> {
        let (taken, rest) = self.0.split_at_checked(length)?;
        self.0 = rest;
        Some(taken)
    }

    /// Tags above 30 take several bytes; no message here has one.
    fn tag(&mut self) -> Option<u8> {
        self.byte().filter(|tag| tag & 0x1f != 0x1f)
    }

    /// A length; `Some(None)` if it is indefinite (X.690 §8.1.3).
    #[expect(
        clippy::option_option,
        reason = "no length, or a length that is not said"
    )]
    fn length(&mut self) -> Option<Option<usize>> {
        let first = self.byte()?;
        match first {
            0x80 => Some(None),
            0..0x80 => Some(Some(usize::from(first))),
            0x81..=0x84 => {
                let bytes = self.take(usize::from(first & 0x7f))?;
                let length = bytes.iter().fold(0, |sum, b| sum << 8 | usize::from(*b));
                Some(Some(length))
            }
            _ => None,
        }
    }

    fn element(&mut self, depth: u32, out: &mut Vec<u8>) -> Option<()> {
        let depth = depth.checked_sub(1)?;
        let tag = self.tag()?;
        let length = self.length()?;
        if tag & CONSTRUCTED == 0 {
            let content = self.take(length?)?;
            write(tag, content, out);
            return Some(());
        }
        let mut content = Vec::new();
        if let Some(length) = length {
            let mut inner = Input(self.take(length)?);
            while !inner.0.is_empty() {
                inner.element(depth, &mut content)?;
            }
        } else {
            while !self.0.starts_with(&[0, 0]) {
                self.element(depth, &mut content)?;
            }
            self.take(2)?;
        }
        if tag == OCTET_STRING | CONSTRUCTED {
            write(OCTET_STRING, &joined(&content)?, out);
        } else {
            write(tag, &content, out);
        }
        Some(())
    }
}

/// The pieces of an OCTET STRING, put together (X.690 §8.7.3.2).
fn joined(pieces: &[u8]) -> Option<Vec<u8>> {
    let mut input = Input(pieces);
    let mut whole = Vec::with_capacity(pieces.len());
    while !input.0.is_empty() {
        input.tag().filter(|tag| *tag == OCTET_STRING)?;
        let length = input.length()??;
        whole.extend_from_slice(input.take(length)?);
    }
    Some(whole)
}

fn write(tag: u8, content: &[u8], out: &mut Vec<u8>) {
    out.push(tag);
    let length = content.len().to_be_bytes();
    let first = length.iter().position(|byte| *byte != 0);
    let digits = length.get(first.unwrap_or(length.len() - 1)..);
    match (
        digits,
        digits.and_then(|digits| u8::try_from(digits.len()).ok()),
    ) {
        (Some([short @ 0..0x80]), _) => out.push(*short),
        (Some(digits), Some(count)) => {
            out.push(0x80 | count);
            out.extend_from_slice(digits);
        }
        _ => {}
    }
    out.extend_from_slice(content);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn indefinite_becomes_definite_and_the_rest_stays() {
        for (name, ber, expected) in [
            (
                "definite",
                &[0x30, 3, 2, 1, 5][..],
                Some(&[0x30, 3, 2, 1, 5][..]),
            ),
            (
                "indefinite",
                &[0x30, 0x80, 2, 1, 5, 0, 0],
                Some(&[0x30, 3, 2, 1, 5]),
            ),
            (
                "two layers",
                &[0x30, 0x80, 0xa0, 0x80, 5, 0, 0, 0, 0, 0],
                Some(&[0x30, 4, 0xa0, 2, 5, 0]),
            ),
            ("long length", &[4, 0x82, 0, 1, 7], Some(&[4, 1, 7])),
            (
                "in pieces",
                &[0x24, 0x80, 4, 1, 7, 4, 2, 8, 9, 0, 0],
                Some(&[4, 3, 7, 8, 9]),
            ),
            (
                "pieces within",
                &[0x24, 7, 0x24, 3, 4, 1, 7, 4, 0],
                Some(&[4, 1, 7]),
            ),
            ("a piece of another kind", &[0x24, 3, 2, 1, 7], None),
            ("no end", &[0x30, 0x80, 2, 1, 5], None),
            ("half an end", &[0x30, 0x80, 2, 1, 5, 0], None),
            ("primitive without length", &[4, 0x80, 0, 0], None),
            ("cut", &[0x30, 4, 2, 1, 5], None),
            ("more", &[0x30, 0, 0], None),
            ("length too long", &[4, 0x85, 0, 0, 0, 0, 1, 7], None),
            ("nothing", &[], None),
        ] {
            assert_eq!(definite(ber).as_deref(), expected, "{name}");
        }
    }

    #[test]
    fn nesting_has_a_bottom() {
        let nested = |depth: usize| [[0x30, 0x80].repeat(depth), [0, 0].repeat(depth)].concat();
        assert!(definite(&nested(32)).is_some());
        assert!(definite(&nested(33)).is_none());
        assert!(definite(&vec![0x30; 50_000_000]).is_none());
    }
}
