//! What kind of document some rows look like, where no machine readable zone says so.

use casework::reading::DocumentKind;

use super::fold::{looks, places};
use super::label;
use super::lexicon::{TITLE, labels};
use super::row::Row;
use super::shape::Shape;

/// A title may be this worn: one edit in so many letters.
const LETTERS_PER_EDIT: usize = 6;
/// Different labels that make a card of rows that bear no title.
const LABELS_MIN: usize = 3;

/// Cards print in capitals: rows with this share of small letters are a typed sheet's.
const SMALL_MIN: f32 = 0.35;

/// Rows of a front that can be read, at most,
const FEW: usize = 16;
/// and how sure their reader is.
const CONFIDENT: f32 = 0.8;

/// Phrases that only a permit to leave has, whatever its title.
const PERMIT_PHRASES: [&str; 4] = [
    "НА ПОСТОЯННОЕ МЕСТО ЖИТЕЛЬСТВА",
    "ТҰРАҚТЫ ТҰРУҒА",
    "ТҰРАҚТЫ ТҰРҒЫЛЫҚТЫ ЖЕРГЕ",
    "НА ВЫЕЗД ИЗ РЕСПУБЛИКИ КАЗАХСТАН",
];

/// The kind of a sheet: by its title, else by the phrases and labels on it.
pub fn of_sheet(rows: &[Row]) -> DocumentKind {
    let text: Vec<char> = looks(&rows.iter().map(Row::text).collect::<Vec<_>>().join(" "));
    let titled = |kind| has_title(&text, kind);
    // A card names the permit and the identity card among its entries, so it is asked first.
    for kind in [DocumentKind::RegistrationCard, DocumentKind::ExitPermit] {
        if titled(kind) {
            return kind;
        }
    }
    if PERMIT_PHRASES
        .iter()
        .any(|phrase| stands(&looks(phrase), &text))
    {
        return DocumentKind::ExitPermit;
    }
    of_card(rows, &text)
}

/// The kind of a card whose zone was not found, by its labels.
fn of_card(rows: &[Row], text: &[char]) -> DocumentKind {
    let count = |kind| distinct_labels(rows, kind);
    // Front, back and passport share labels; what only one of them has decides.
    if has_title(text, DocumentKind::Passport) && count(DocumentKind::Passport) >= LABELS_MIN {
        DocumentKind::Passport
    } else if is_front(rows) {
        DocumentKind::IdCardFront
    } else if count(DocumentKind::IdCardBack) >= LABELS_MIN
        && count(DocumentKind::IdCardFront) < LABELS_MIN
    {
        DocumentKind::IdCardBack
    } else {
        DocumentKind::Unknown
    }
}

/// Whether rows are the front of an identity card: its title and a label, or its labels and few others.
pub fn is_front(rows: &[Row]) -> bool {
    let text = looks(&rows.iter().map(Row::text).collect::<Vec<_>>().join(" "));
    let own = distinct_labels(rows, DocumentKind::IdCardFront);
    let strange = distinct_labels(rows, DocumentKind::Passport).saturating_sub(own) > 1;
    let titled = is_titled_front(rows);
    // A card's title is in capitals, whatever its labels are in.
    let typed = is_typed(rows) && !(titled && rows.iter().any(is_front_title));
    let titled = titled || has_title(&text, DocumentKind::IdCardFront);
    !strange && !typed && (own >= LABELS_MIN || own >= 1 && titled || tells_itself(rows))
}

/// Whether few rows hold an IIN and the day that it begins with, each on a row of its own: only the
/// front of a card says so little, and what its labels say may be lost.
fn tells_itself(rows: &[Row]) -> bool {
    let whole = |row: &Row, shape: Shape| -> Option<String> {
        let text: Vec<char> = row.glyphs().iter().map(|glyph| glyph.character).collect();
        (shape.find(&text)? == (0, text.len())).then(|| row.text())
    };
    let digits = |text: String| {
        text.chars()
            .filter(char::is_ascii_digit)
            .collect::<String>()
    };
    let of = |shape| {
        rows.iter()
            .filter_map(move |row| whole(row, shape))
            .map(digits)
    };
    let days: Vec<String> = of(Shape::Date)
        .filter_map(|day| Some([day.get(6..8)?, day.get(2..4)?, day.get(..2)?].concat()))
        .collect();
    let read = rows.iter().filter(|row| row.line.confidence > CONFIDENT);
    read.count() <= FEW && of(Shape::Iin).any(|iin| days.iter().any(|day| iin.starts_with(day)))
}

/// Whether a row is the title of a front, in capitals.
fn is_front_title(row: &Row) -> bool {
    has_title(&looks(&row.text()), DocumentKind::IdCardFront)
        && !is_typed(std::slice::from_ref(row))
}

/// Whether rows that can be read are typed in capitals and small letters.
#[expect(clippy::cast_precision_loss, reason = "letters of a page")]
fn is_typed(rows: &[Row]) -> bool {
    let letters = || {
        let sure = rows.iter().filter(|row| row.line.confidence > CONFIDENT);
        let all = sure.flat_map(Row::glyphs);
        all.filter(|glyph| glyph.character.is_alphabetic())
    };
    let small = letters()
        .filter(|glyph| glyph.character.is_lowercase())
        .count();
    small as f32 >= SMALL_MIN * letters().count().max(1) as f32
}

/// Whether rows bear the title of an identity card.
pub fn is_titled_front(rows: &[Row]) -> bool {
    rows.iter()
        .any(|row| has_title(&looks(&row.text()), DocumentKind::IdCardFront))
}

/// Whether rows bear the title of a sheet (a permit or a registration card).
pub fn is_sheet(rows: &[Row]) -> bool {
    matches!(
        of_sheet(rows),
        DocumentKind::RegistrationCard | DocumentKind::ExitPermit
    )
}

fn distinct_labels(rows: &[Row], kind: DocumentKind) -> usize {
    let mut fields: Vec<&str> = label::find(rows, kind)
        .iter()
        .map(|label| label.field)
        .filter(|&field| field != TITLE)
        .collect();
    fields.sort_unstable();
    fields.dedup();
    fields.len()
}

fn has_title(text: &[char], kind: DocumentKind) -> bool {
    labels()
        .iter()
        .filter(|label| label.kind == kind && label.field == TITLE)
        .any(|label| stands(&label.looks, text))
}

fn stands(phrase: &[char], text: &[char]) -> bool {
    !places(phrase, text, phrase.len() / LETTERS_PER_EDIT).is_empty()
}
