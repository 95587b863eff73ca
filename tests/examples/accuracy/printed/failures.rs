//! What was misread, for whoever works on the reader: truth and reading of invented persons.

use std::fmt::Write as _;

use super::score::Row;

/// Truth and reading of every field of the file that was not read right, and what was invented.
pub fn told(row: &Row) -> String {
    let mut text = String::new();
    let path = row.path.display();
    for document in &row.documents {
        let kind = document.kind.key();
        for field in document.fields.iter().filter(|field| !field.is_exact()) {
            let read = field.read.as_ref().map(|read| {
                let value = read.value.reveal();
                format!("{value} ({:?} {:.2})", read.certainty, read.confidence)
            });
            let read = read.unwrap_or_else(|| "absent".to_owned());
            let _ = writeln!(
                text,
                "{path}: {kind} {}: {} read as {read}",
                field.field, field.truth
            );
        }
        for (name, certainty) in &document.invented {
            let _ = writeln!(text, "{path}: {kind} {name}: invented ({certainty:?})");
        }
    }
    text
}
