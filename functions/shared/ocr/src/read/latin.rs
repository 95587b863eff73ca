//! Entries of typed sheets that may be in Latin letters: an address, a telephone number.
//!
//! The readers of sheets know neither `@` nor `+`, and Latin words poorly; tesseract's data for Latin
//! letters knows them, with Ö, ß and ş, and nothing else. It is one reader: what it says stays doubtful
//! unless another saw the same.

use image::GrayImage;

use super::Eyes;
use crate::layout::{Piece, Shape, Value};
use crate::line::Alphabet;

/// The entries.
const FIELDS: [&str; 4] = ["email", "phone", "address_street", "work_or_study"];
/// A telephone number has at least so many digits.
const PHONE_DIGITS_MIN: usize = 6;
/// What is granted where two readers agree and where they do not, nats.
const AGREED: f32 = 3.0;
const OPEN: f32 = 0.1;

/// The value as its letters want it read; nothing where no reader makes a value of it.
pub(super) fn again(eyes: &Eyes, page: &GrayImage, value: &Value) -> Option<Value> {
    if !FIELDS.contains(&value.field.as_str()) {
        return Some(value.clone());
    }
    let mut seen = value.clone();
    for piece in &mut seen.pieces {
        let read = |reader: &dyn crate::line::ReadPrint, alphabet| {
            reader
                .read_again(page, piece.corners, alphabet)
                .map(Piece::from)
        };
        let net = read(eyes.print.as_ref(), Alphabet::Latin);
        let latin = read(eyes.typed.as_ref(), Alphabet::Latin);
        let read = settled(value.field.as_str(), piece, net, latin);
        // Where a form's line ends this reader sees a hyphen.
        let text: Vec<char> = read.glyphs.iter().map(|glyph| glyph.character).collect();
        let (from, to) = Shape::Text.find(&text).unwrap_or((0, text.len()));
        *piece = read.part(from, to);
    }
    let text: Vec<char> = seen.text().chars().collect();
    Shape::of(&value.field).is_value(&text).then_some(seen)
}

fn settled(field: &str, first: &Piece, net: Option<Piece>, latin: Option<Piece>) -> Piece {
    let first_letters = letters(first);
    let Some(latin) = latin.filter(|latin| wanted(field, &letters(latin), first)) else {
        // The net knows `@`, too.
        let address = net.filter(|net| field == "email" && wanted(field, &letters(net), first));
        if let Some(address) = address {
            return granted(&address, OPEN);
        }
        let is_sure = field != "phone";
        return if is_sure {
            first.clone()
        } else {
            granted(first, OPEN)
        };
    };
    let own = letters(&latin);
    let net = net.map(|net| letters(&net)).unwrap_or_default();
    let sees = |other: &&String| **other == own || lacks_only_its_sign(other, &own);
    let agrees = [&net, &first_letters].into_iter().any(|other| sees(&other));
    granted(&latin, if agrees { AGREED } else { OPEN })
}

/// Whether it is the reader to hear: for a value of its own form, and for Latin words.
fn wanted(field: &str, latin: &str, first: &Piece) -> bool {
    match field {
        "email" => Shape::Email.is_value(&latin.chars().collect::<Vec<_>>()),
        "phone" => {
            let is_digit = |c: char| c.is_ascii_digit();
            latin.chars().filter(|&c| is_digit(c)).count() >= PHONE_DIGITS_MIN
                && latin.chars().all(|c| is_digit(c) || "+()-".contains(c))
        }
        _ => {
            // Cyrillic words are the other readers': they agree on them.
            first.glyphs.iter().any(|glyph| glyph.margin < AGREED)
                && latin.chars().filter(|c| c.is_alphabetic()).count() >= 2
        }
    }
}

/// An address as a reader sees it that has no `@`: nothing or another letter in its place.
fn lacks_only_its_sign(other: &str, address: &str) -> bool {
    address.split_once('@').is_some_and(|(name, host)| {
        let between = other
            .strip_prefix(name)
            .and_then(|rest| rest.strip_suffix(host));
        between.is_some_and(|between| between.chars().count() <= 1)
    })
}

fn letters(piece: &Piece) -> String {
    let seen = piece.glyphs.iter().map(|glyph| glyph.character);
    seen.filter(|c| !c.is_whitespace()).collect()
}

fn granted(piece: &Piece, margin: f32) -> Piece {
    let mut piece = piece.clone();
    for glyph in &mut piece.glyphs {
        glyph.margin = margin;
    }
    piece
}

#[cfg(test)]
mod tests {
    use casework::reading::Reader;

    use super::*;
    use crate::line::Glyph;

    fn piece(text: &str, margin: f32) -> Piece {
        let glyph = |character| Glyph {
            character,
            margin,
            bounds: [0.0; 4],
        };
        Piece {
            glyphs: text.chars().map(glyph).collect(),
            corners: [[0.0; 2]; 4],
            reader: Reader::Tesseract,
            confidence: 0.9,
        }
    }

    /// `first` with its margin, `net`, `latin`: the value and the margin it is granted.
    fn check(field: &str, first: (&str, f32), [net, latin]: [&str; 2], expected: (&str, f32)) {
        let [net, latin] = [net, latin].map(|text| Some(piece(text, 1.0)));
        let seen = settled(field, &piece(first.0, first.1), net, latin);
        let text: String = seen.glyphs.iter().map(|g| g.character).collect();
        assert_eq!(text, expected.0);
        let mut margins = seen.glyphs.iter().map(|g| g.margin);
        assert!(margins.all(|m| (m - expected.1).abs() < 1e-6), "{text}");
    }

    #[test]
    fn a_telephone_number_is_sure_where_two_saw_its_sign() {
        let (typed, right) = ("449 30 000", "+49 30 000");
        check(
            "phone",
            (typed, 6.0),
            ["+ 49 30 000", right],
            (right, AGREED),
        );
        check("phone", (typed, 6.0), ["4 49 30 000", right], (right, OPEN));
        check("phone", (typed, 6.0), [typed, ""], (typed, OPEN));
        check("phone", ("30 000", 6.0), ["30 000"; 2], ("30 000", OPEN)); // five digits
    }

    #[test]
    fn an_address_is_sure_where_only_its_sign_was_seen_otherwise() {
        let right = "ab@xy.example";
        check(
            "email",
            ("авзх", 0.1),
            ["aboxy.example", right],
            (right, AGREED),
        );
        check(
            "email",
            ("авзх", 0.1),
            ["abxx.example", right],
            (right, OPEN),
        );
        check("email", ("авзх", 0.1), [right, "ab"], (right, OPEN));
        check("email", ("авзх", 0.1), ["ab", "ab"], ("авзх", 0.1));
    }

    #[test]
    fn a_latin_street_is_sure_where_two_saw_it_and_a_cyrillic_one_stays_as_it_was() {
        let street = "address_street";
        let right = "Örnek 5";
        check(street, ("Огпек 5", 0.1), ["Ornek 5", right], (right, OPEN));
        check(
            street,
            ("Огпек 5", 0.1),
            ["Ornek 5"; 2],
            ("Ornek 5", AGREED),
        );
        check(
            street,
            ("ул. Абая 5", 6.0),
            ["yn. A6aa 5"; 2],
            ("ул. Абая 5", 6.0),
        );
    }
}
