//! Writes DER, and BER where asked.

use jiff::Timestamp;
use jiff::tz::TimeZone;

/// One element: tag, length, content.
pub fn element(tag: u8, content: &[u8]) -> Vec<u8> {
    let mut out = vec![tag];
    let length = content.len().to_be_bytes();
    let digits: Vec<u8> = length.into_iter().skip_while(|byte| *byte == 0).collect();
    match digits.as_slice() {
        [] => out.push(0),
        [short @ 0..0x80] => out.push(*short),
        _ => {
            out.push(0x80 | u8::try_from(digits.len()).unwrap_or(0));
            out.extend_from_slice(&digits);
        }
    }
    out.extend_from_slice(content);
    out
}

/// One constructed element of indefinite length, as BER has it.
pub fn indefinite(tag: u8, content: &[u8]) -> Vec<u8> {
    [&[tag, 0x80][..], content, &[0, 0]].concat()
}

/// SEQUENCE.
pub fn sequence(parts: &[Vec<u8>]) -> Vec<u8> {
    element(0x30, &parts.concat())
}

/// SET OF, in the order that DER asks for.
pub fn set(parts: &[Vec<u8>]) -> Vec<u8> {
    let mut parts = parts.to_vec();
    parts.sort();
    element(0x31, &parts.concat())
}

/// `[number]`, constructed: EXPLICIT, or IMPLICIT over what is constructed.
pub fn context(number: u8, content: &[u8]) -> Vec<u8> {
    element(0xa0 | number, content)
}

/// INTEGER of bytes without a sign, the most significant first.
pub fn unsigned(bytes: &[u8]) -> Vec<u8> {
    let digits: Vec<u8> = bytes
        .iter()
        .copied()
        .skip_while(|byte| *byte == 0)
        .collect();
    let needs_zero = digits.first().is_none_or(|first| *first >= 0x80);
    let sign: &[u8] = if needs_zero { &[0] } else { &[] };
    element(2, &[sign, &digits].concat())
}

/// OCTET STRING.
pub fn octets(bytes: &[u8]) -> Vec<u8> {
    element(4, bytes)
}

/// BIT STRING of whole bytes.
pub fn bits(bytes: &[u8]) -> Vec<u8> {
    element(3, &[&[0][..], bytes].concat())
}

/// NULL.
pub fn null() -> Vec<u8> {
    element(5, &[])
}

/// BOOLEAN, true.
pub fn yes() -> Vec<u8> {
    element(1, &[0xff])
}

/// UTF8String.
pub fn utf8(text: &str) -> Vec<u8> {
    element(0x0c, text.as_bytes())
}

/// PrintableString.
pub fn printable(text: &str) -> Vec<u8> {
    element(0x13, text.as_bytes())
}

/// UTCTime.
pub fn utc_time(at: Timestamp) -> Vec<u8> {
    element(0x17, written(at, "%y%m%d%H%M%SZ").as_bytes())
}

/// GeneralizedTime.
pub fn generalized_time(at: Timestamp) -> Vec<u8> {
    element(0x18, written(at, "%Y%m%d%H%M%SZ").as_bytes())
}

fn written(at: Timestamp, format: &str) -> String {
    at.to_zoned(TimeZone::UTC).strftime(format).to_string()
}

/// OBJECT IDENTIFIER of its arcs, as in `1.2.398`.
pub fn oid(text: &str) -> Vec<u8> {
    let arcs: Vec<u32> = text.split('.').filter_map(|arc| arc.parse().ok()).collect();
    let (first, rest) = match arcs.as_slice() {
        [first, second, rest @ ..] => (first * 40 + second, rest),
        _ => (0, &[][..]),
    };
    let content = std::iter::once(&first)
        .chain(rest)
        .flat_map(|arc| base_128(*arc));
    element(6, &content.collect::<Vec<u8>>())
}

fn base_128(arc: u32) -> Vec<u8> {
    let digits = (0..5).rev().map(|place| arc >> (7 * place) & 0x7f);
    let mut digits: Vec<u8> = digits
        .skip_while(|digit| *digit == 0)
        .map(|digit| u8::try_from(digit).unwrap_or(0) | 0x80)
        .collect();
    match digits.last_mut() {
        Some(last) => *last &= 0x7f,
        None => digits.push(0),
    }
    digits
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn elements_are_written_as_x690_has_them() {
        for (written, expected) in [
            (octets(&[7; 3]), &[4, 3, 7, 7, 7][..]),
            (octets(&[]), &[4, 0]),
            (unsigned(&[0, 0, 5]), &[2, 1, 5]),
            (unsigned(&[0x80]), &[2, 2, 0, 0x80]),
            (unsigned(&[0]), &[2, 1, 0]),
            (
                oid("1.2.398.3.3.4.1.1"),
                &[6, 8, 0x2a, 0x83, 0x0e, 3, 3, 4, 1, 1],
            ),
            (set(&[null(), octets(&[1])]), &[0x31, 5, 4, 1, 1, 5, 0]),
            (
                utc_time("2026-11-22T23:00:00Z".parse().unwrap()),
                b"\x17\x0d261122230000Z",
            ),
        ] {
            assert_eq!(written, expected);
        }
        assert_eq!(octets(&[0; 127])[..3], [4, 127, 0]);
        assert_eq!(octets(&[0; 128])[..4], [4, 0x81, 128, 0]);
        assert_eq!(octets(&[0; 256])[..5], [4, 0x82, 1, 0, 0]);
    }
}
