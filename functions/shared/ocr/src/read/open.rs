//! What of a typed sheet is open after its first reading.

use casework::reading::{Bounds, DocumentKind, Source};

use crate::layout::{self, Found, Value};
use crate::line::{Glyph, TextLine};

/// A line without a value that was read so well is a label or a heading.
const CLEAR: f32 = 0.95;

/// What of a sheet a second reader may add to.
pub(super) struct Open {
    /// Nobody knows yet what it is: anything may tell.
    everything: bool,
    /// Where the first reader found values.
    values: Vec<Bounds>,
    /// Those of them that no code of the sheet says to the letter.
    untold: Vec<Bounds>,
    /// Labels that have led to their values: what more could be read there?
    labels: Vec<Bounds>,
}

impl Open {
    /// Of what the first reader made of it.
    pub fn of(sheet: &Found) -> Self {
        let is_told = |value: &Value| {
            let mut others = sheet
                .values
                .iter()
                .filter(|other| other.field == value.field);
            others.any(|other| {
                other.source != Source::Print
                    && layout::looks(&other.text()) == layout::looks(&value.text())
            })
        };
        let printed = || sheet.values.iter().filter(|v| v.source == Source::Print);
        let places = |value: &Value| -> Vec<Bounds> {
            let pieces = value.pieces.iter();
            pieces.map(|piece| layout::around(&piece.corners)).collect()
        };
        Self {
            everything: sheet.kind == DocumentKind::Unknown,
            values: printed().flat_map(places).collect(),
            untold: printed()
                .filter(|value| !is_told(value))
                .flat_map(places)
                .collect(),
            labels: sheet.labels.iter().map(layout::around).collect(),
        }
    }

    /// From which of its characters on a line is open: it has such a value, or none although it may be one, for it was
    /// not clearly read. A label before a value has told what it had to tell.
    pub fn begins_on(&self, line: &TextLine) -> Option<usize> {
        let around = layout::around(&line.corners);
        let lies = |bounds: &Bounds| holds(&around, bounds);
        let untold = || self.untold.iter().filter(|bounds| lies(bounds));
        let is_known = self.values.iter().any(lies) || self.labels.iter().any(lies);
        if self.everything || !is_known && line.confidence < CLEAR {
            return Some(0);
        }
        untold().next()?;
        let is_of_value = |glyph: &Glyph| {
            !glyph.character.is_whitespace() && untold().any(|value| holds(value, &glyph.bounds))
        };
        let before = line.glyphs.split(is_of_value).next().unwrap_or_default();
        let colon = before.iter().rposition(|glyph| glyph.character == ':');
        Some(colon.map_or(0, |at| at + 1))
    }
}

/// Whether the middle of what is around one thing lies within what is around another.
fn holds([left, top, width, height]: &Bounds, [x, y, wide, tall]: &Bounds) -> bool {
    let [x, y] = [x + wide / 2.0, y + tall / 2.0];
    (*left..=left + width).contains(&x) && (*top..=top + height).contains(&y)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use casework::reading::{FieldName, Reader};

    use super::*;
    use crate::frame::Frame;
    use crate::layout::Piece;
    use crate::line::Glyph;

    fn line(text: &str, top: f32, confidence: f32) -> TextLine {
        let bounds = [10.0, top, 100.0, 20.0];
        let glyph = |character| Glyph {
            character,
            margin: 5.0,
            bounds,
        };
        TextLine {
            glyphs: text.chars().map(glyph).collect(),
            corners: [
                [10.0, top],
                [110.0, top],
                [110.0, top + 20.0],
                [10.0, top + 20.0],
            ],
            reader: Reader::PrintNet,
            confidence,
        }
    }

    fn value(field: FieldName, text: &str, top: f32, source: Source) -> Value {
        Value {
            source,
            ..Value::printed(field, vec![Piece::from(line(text, top, 0.9))])
        }
    }

    #[test]
    fn values_that_no_code_says_and_lines_that_were_not_clear_are_open() {
        let sheet = Found {
            kind: DocumentKind::RegistrationCard,
            frame: Frame {
                corners: [[0.0; 2]; 4],
            },
            zone: None,
            lines: Vec::new(),
            values: vec![
                value(FieldName::SURNAME, "АХМЕТОВ", 0.0, Source::Print),
                value(FieldName::SURNAME, "Ахметов", 500.0, Source::Qr),
                value(FieldName::GIVEN_NAMES, "АСЕЛЬ", 40.0, Source::Print),
                value(FieldName::GIVEN_NAMES, "АСЕМ", 500.0, Source::Qr),
                value(FieldName::IIN, "900101300017", 80.0, Source::Print),
            ],
            labels: vec![line("a label", 160.0, 0.5).corners],
            unread: Vec::new(),
            signature: None,
            by_hand: BTreeMap::new(),
        };
        let open = Open::of(&sheet);
        for (what, top, confidence, expected) in [
            ("a code says the same", 0.0, 0.5, false),
            ("a code says other", 40.0, 0.99, true),
            ("no code says it", 80.0, 0.99, true),
            ("a label", 120.0, 0.95, false),
            ("who knows what", 120.0, 0.94, true),
            ("a label that led to its value", 160.0, 0.5, false),
        ] {
            let found = open.begins_on(&line("…", top, confidence));
            assert_eq!(found, expected.then_some(0), "{what}");
        }
        let unknown = Found {
            kind: DocumentKind::Unknown,
            ..sheet
        };
        assert_eq!(
            Open::of(&unknown).begins_on(&line("…", 120.0, 0.99)),
            Some(0)
        );
    }

    #[test]
    fn a_label_before_a_value_is_not_read_again() {
        // A letter every ten pixels; the value stands from the sixth on.
        let spread = |text: &str| {
            let mut line = line(text, 0.0, 0.9);
            for (glyph, at) in line.glyphs.iter_mut().zip(0_u8..) {
                glyph.bounds = [10.0 * f32::from(at), 0.0, 10.0, 20.0];
            }
            line.corners = [[0.0, 0.0], [110.0, 0.0], [110.0, 20.0], [0.0, 20.0]];
            line
        };
        let open = Open {
            everything: false,
            values: vec![[50.0, 0.0, 60.0, 20.0]],
            untold: vec![[50.0, 0.0, 60.0, 20.0]],
            labels: Vec::new(),
        };
        for (text, from) in [
            ("ЖСН: 900101", Some(4)),
            ("ЖСН:  900:1", Some(4)),
            ("ЖСН / 90010", Some(0)),
        ] {
            assert_eq!(open.begins_on(&spread(text)), from, "{text}");
        }
        let told = Open {
            untold: Vec::new(),
            ..open
        };
        assert_eq!(told.begins_on(&spread("ЖСН: 900101")), None);
    }

    #[test]
    fn what_is_kept_of_a_line_stands_before_what_is_read_again() {
        let mut whole = line("ЖСН: 9O0", 0.0, 0.9);
        for (glyph, at) in whole.glyphs.iter_mut().zip(0_u8..) {
            glyph.bounds = [10.0 + 10.0 * f32::from(at), 0.0, 10.0, 20.0];
        }
        let again = layout::read_from(&whole, 4, |rest| {
            assert_eq!(
                (rest.text().as_str(), rest.corners[0]),
                ("9O0", [60.0, 0.0])
            );
            line("900", 0.0, 0.5)
        });
        assert_eq!(again.text(), "ЖСН: 900");
        assert_eq!((again.corners, again.confidence), (whole.corners, 0.5));
    }
}
