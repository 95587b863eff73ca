//! What of a typed sheet is open after its first reading.

use casework::reading::{Bounds, DocumentKind, Source};

use crate::layout::{self, Found, Value};
use crate::line::TextLine;

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

    /// Whether a line has such a value, or none although it may be one: it was not clearly read.
    pub fn on(&self, line: &TextLine) -> bool {
        let [left, top, width, height] = layout::around(&line.corners);
        let lies = |[x, y, wide, tall]: &Bounds| {
            let middle = [x + wide / 2.0, y + tall / 2.0];
            (left..=left + width).contains(&middle[0]) && (top..=top + height).contains(&middle[1])
        };
        let is_known = self.values.iter().any(lies) || self.labels.iter().any(lies);
        self.everything || self.untold.iter().any(lies) || (!is_known && line.confidence < CLEAR)
    }
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
            assert_eq!(open.on(&line("…", top, confidence)), expected, "{what}");
        }
        let unknown = Found {
            kind: DocumentKind::Unknown,
            ..sheet
        };
        assert!(Open::of(&unknown).on(&line("…", 120.0, 0.99)));
    }
}
