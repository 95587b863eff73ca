//! The byte orders of Kazakhstan's national authority, which are not those of the Russian RFCs.
//!
//! | | here | RFC 9215 (Russia) |
//! |---|---|---|
//! | public key | x‖y, each little-endian, in an OCTET STRING | the same |
//! | signature | r‖s, each little-endian | s‖r, each big-endian |
//! | Streebog digest as a number | little-endian | little-endian |
//!
//! Pinned on certificates and messages of the national test authority: no other combination of
//! orders verifies them.

use crypto_bigint::U512;
use streebog::{Digest, Streebog512};

use super::curve::ParamSetA;
use super::point::Point;
use super::verify::{self, Signature};

/// Bytes of one number.
const NUMBER_BYTES: usize = 64;

/// A public key of the national authority's kind.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct PublicKey(Point<ParamSetA>);

impl PublicKey {
    /// Reads x‖y; none if it is not 128 bytes that name a point of the curve.
    pub fn of(bytes: &[u8]) -> Option<Self> {
        let (x, y) = two_numbers(bytes)?;
        Point::of(&x, &y).map(Self)
    }

    /// Whether `signature` (r‖s) over `message` was made with this key.
    pub fn verifies(&self, message: &[u8], signature: &[u8]) -> bool {
        let Some((r, s)) = two_numbers(signature) else {
            return false;
        };
        let hash = U512::from_le_slice(&Streebog512::digest(message));
        verify::verify(&self.0, &hash, &Signature { r, s })
    }
}

/// Two little-endian numbers, one after the other, and nothing else.
fn two_numbers(bytes: &[u8]) -> Option<(U512, U512)> {
    let (first, second) = bytes.split_at_checked(NUMBER_BYTES)?;
    let fits = second.len() == NUMBER_BYTES;
    fits.then(|| (U512::from_le_slice(first), U512::from_le_slice(second)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn bytes(hex: &str) -> Vec<u8> {
        (0..hex.len() / 2)
            .map(|at| u8::from_str_radix(&hex[2 * at..2 * at + 2], 16).unwrap())
            .collect()
    }

    /// RFC 6986 §10.1 and §10.2, which print numbers: the bytes in memory are in the other order.
    #[test]
    fn streebog_is_that_of_rfc_6986() {
        for (message, digest) in [
            (
                "32313039383736353433323130393837363534333231303938373635343332\
                 3130393837363534333231303938373635343332313039383736353433323130",
                "486f64c1917879417fef082b3381a4e211c324f074654c38823a7b76f830ad00\
                 fa1fbae42b1285c0352f227524bc9ab16254288dd6863dccd5b9f54a1ad0541b",
            ),
            (
                "fbe2e5f0eee3c820fbeafaebef20fffbf0e1e0f0f520e0ed20e8ece0ebe5f0f2\
                 f120fff0eeec20f120faf2fee5e2202ce8f6f3ede220e8e6eee1e8f0f2d1202c\
                 e8f0f2e5e220e5d1",
                "28fbc9bada033b1460642bdcddb90c3fb3e56c497ccd0f62b8a2ad4935e85f03\
                 7613966de4ee00531ae60f3b5a47f8dae06915d5f2f194996fcabf2622e6881e",
            ),
        ] {
            let (mut message, mut digest) = (bytes(message), bytes(digest));
            message.reverse();
            digest.reverse();
            assert_eq!(Streebog512::digest(&message).to_vec(), digest);
        }
    }

    #[test]
    fn only_two_whole_numbers_are_a_pair() {
        for (length, expected) in [
            (0, false),
            (64, false),
            (127, false),
            (128, true),
            (129, false),
        ] {
            assert_eq!(
                two_numbers(&vec![1; length]).is_some(),
                expected,
                "{length}"
            );
        }
    }
}
