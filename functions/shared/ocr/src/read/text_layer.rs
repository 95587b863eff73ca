//! The hidden text of a PDF page against what its pixels say.
//!
//! Pixels are the evidence. A value that is beyond doubt, or most of the values, missing from the
//! hidden text means that it says something else.

use std::collections::BTreeMap;

use casework::reading::{FieldName, FieldReading, Reading, Source};

use crate::layout::{Shape, looks};

/// A shorter text layer is a page number or a stamp, not the page's text.
const LETTERS_MIN: usize = 20;

/// A value is beyond doubt where two opinions agree on it, or one has no smaller margin than this,
/// nats: more than is granted to a typed word on which two of three readers differ.
const SURE: f32 = 5.0;

/// Whether the layer lacks what the page shows.
pub(super) fn differs(layer: &str, readings: &[Reading]) -> bool {
    let layer = looks(layer);
    if layer.len() < LETTERS_MIN {
        return false;
    }
    let values = printed(readings);
    let stands = |opinion: &Opinion| holds(&layer, &opinion.looks);
    let missing: Vec<&Vec<Opinion>> = values
        .values()
        .filter(|opinions| !opinions.iter().any(stands))
        .collect();
    let beyond_doubt = missing.iter().any(|opinions| is_beyond_doubt(opinions));
    beyond_doubt || (values.len() >= 3 && missing.len() * 2 > values.len())
}

/// What one reader makes of a value.
struct Opinion {
    /// Its letters, folded.
    looks: Vec<char>,
    /// Whether every one of them was clearly seen.
    is_sure: bool,
}

impl Opinion {
    fn of(field: &FieldReading) -> Self {
        let mut margins = field.margins.iter();
        Self {
            looks: looks(field.text.reveal()),
            is_sure: !field.margins.is_empty() && margins.all(|margin| *margin >= SURE),
        }
    }
}

fn is_beyond_doubt(opinions: &[Opinion]) -> bool {
    match opinions {
        [only] => only.is_sure,
        [first, rest @ ..] => rest.iter().any(|other| other.looks == first.looks),
        [] => false,
    }
}

/// The opinions on each number, date and name.
fn printed(readings: &[Reading]) -> BTreeMap<(usize, FieldName), Vec<Opinion>> {
    let mut values: BTreeMap<(usize, FieldName), Vec<Opinion>> = BTreeMap::new();
    for (at, reading) in readings.iter().enumerate() {
        for field in reading
            .fields
            .iter()
            .filter(|field| field.source == Source::Print)
        {
            let compared = match Shape::of(&field.field) {
                Shape::Iin
                | Shape::Date
                | Shape::DocumentNumber
                | Shape::Number
                | Shape::Name
                | Shape::LatinName => true,
                Shape::Sex | Shape::Email | Shape::Text | Shape::LongText => false,
            };
            if compared {
                values
                    .entry((at, field.field.clone()))
                    .or_default()
                    .push(Opinion::of(field));
            }
        }
    }
    values
}

fn holds(layer: &[char], value: &[char]) -> bool {
    !value.is_empty() && layer.windows(value.len()).any(|window| window == value)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use casework::reading::{DocumentKind, Quality, Reader};

    use super::*;

    fn field(name: FieldName, text: &str, reader: Reader) -> FieldReading {
        // The surname was seen clearly, by one reader.
        let margin = if name == FieldName::SURNAME {
            SURE
        } else {
            3.0
        };
        FieldReading {
            field: name,
            text: text.into(),
            source: Source::Print,
            reader,
            bounds: [0.0; 4],
            margins: vec![margin; text.chars().count()],
            confidence: 0.9,
        }
    }

    #[test]
    fn a_layer_that_says_otherwise_is_noticed_and_a_misread_is_not() {
        let seen = |second: &str| {
            vec![Reading {
                kind: DocumentKind::ExitPermit,
                page: 1,
                corners: [[0.0; 2]; 4],
                quality: Quality::default(),
                mrz: None,
                by_hand: BTreeMap::new(),
                fields: vec![
                    field(FieldName::IIN, "900101300017", Reader::Tesseract),
                    field(FieldName::IIN, second, Reader::PrintNet),
                    field(FieldName::SURNAME, "АХМЕТОВ", Reader::Tesseract),
                    field(FieldName::ISSUE_DATE, "12.11.2024", Reader::Tesseract),
                ],
            }]
        };
        for (layer, second, expected) in [
            (
                "Разрешение Ахметов ИИН 900101300017 12.11.2024",
                "900101300017",
                false,
            ),
            (
                "Разрешение Ахметов ИИН 851231400120 12.11.2024",
                "900101300017",
                true,
            ),
            (
                "Разрешение Ахметов ИИН 900101300017 12.11.2024",
                "900101300011",
                false,
            ),
            (
                "Разрешение Ахметов ИИН 851231400120 12.11.2024",
                "900101300011",
                false,
            ), // no two opinions agree
            (
                "Совсем другой текст, в котором нет ничего",
                "900101300011",
                true,
            ),
            (
                "Разрешение Ахмедов ИИН 900101300017 12.11.2024",
                "900101300017",
                true,
            ), // one opinion, beyond doubt
            (
                "Разрешение Ахметов ИИН 900101300017 13.11.2024",
                "900101300017",
                false,
            ), // one opinion that is none too sure
            ("стр. 1", "900101300017", false),
        ] {
            assert_eq!(differs(layer, &seen(second)), expected, "{layer}");
        }
    }
}
