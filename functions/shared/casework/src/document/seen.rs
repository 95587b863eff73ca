//! One reading of one field in its one form, and how well it was seen.

use super::{authority, form, nationality, normal, street};
use crate::card::schema::{EntryType, Schema};
use crate::country::Spelling;
use crate::mrz::seen::FieldProof;
use crate::reading::{DocumentKind, FieldName, FieldReading, Reader, Source};

/// Street, house and flat, parted by commas.
const ADDRESS: FieldName = FieldName::new("address_street");

/// Letters of a word of a patronymic at least: `оглы`, or `ұлы` that stands apart.
const PATRONYMIC_MIN: usize = 3;

/// A reading with its value.
#[derive(Debug, Clone)]
pub(super) struct Seen {
    pub reading: FieldReading,
    /// In the field's one form; the text itself where it has none.
    pub value: String,
    /// Whether the text has the form of its field: a day that exists, twelve digits.
    pub proper: bool,
    /// Whether a list says what is meant, since the text is none of it: to be looked at.
    pub guessed: bool,
    /// What the check digits say of it; for the MRZ only.
    pub mrz: Option<FieldProof>,
}

impl Seen {
    /// What a code or a printed line says.
    pub fn printed(kind: DocumentKind, reading: FieldReading) -> Self {
        let text = reading.text.reveal();
        let is_print = reading.source == Source::Print;
        let listed = listed(&reading.field, &normal::spaced(text)).filter(|_| is_print);
        let guessed = listed.is_some();
        let (value, proper) = match listed.and_then(|listed| listed.meant) {
            Some(meant) => (meant, true),
            None => formed(kind, &reading.field, text),
        };
        Self {
            reading,
            value,
            proper,
            guessed,
            mrz: None,
        }
    }

    pub const fn source(&self) -> Source {
        self.reading.source
    }

    /// Under which readings of one field are equal: letters' case and punctuation of names aside.
    pub fn key(&self) -> String {
        key(&self.reading.field, &self.value)
    }

    /// The smallest margin of its characters, nats; none where the reader gave none.
    pub fn margin(&self) -> Option<f32> {
        self.reading.margins.iter().copied().reduce(f32::min)
    }

    /// Whether its reader saw each of its characters as well as a character must be that nothing else proves.
    pub fn is_clear(&self) -> bool {
        let wanted = wanted_margin(self.reading.reader);
        self.margin().is_some_and(|margin| margin >= wanted)
    }
}

/// The margin of a character that nothing else proves, nats, on the reader's own scale: an ambiguous letter needs it from
/// two readers, a digit on each of two papers. The net adds up what every frame of a letter says: 20 to 99 are usual,
/// and of its values with no margin below 6 none of 94 was wrong. Tesseract gives odds against all other letters
/// together: 3.3 to 4.4 are usual.
pub(super) const fn wanted_margin(reader: Reader) -> f32 {
    match reader {
        Reader::PrintNet => 8.0,
        Reader::Tesseract => 2.5,
        Reader::MrzNet | Reader::CodeDecoder => f32::INFINITY,
    }
}

/// What the same value is known by, however it was written.
pub(super) fn key(field: &FieldName, value: &str) -> String {
    match entry_type(field) {
        EntryType::Name | EntryType::Text | EntryType::Country => {
            let letters = value.chars().flat_map(char::to_uppercase);
            let parted: String = letters
                .map(|c| if c.is_alphanumeric() { c } else { ' ' })
                .collect();
            normal::spaced(&parted)
        }
        EntryType::Number
        | EntryType::Date
        | EntryType::Iin
        | EntryType::Sex
        | EntryType::Choice
        | EntryType::Bool
        | EntryType::Consent => value.to_owned(),
    }
}

/// What may stand in a field of a document or of the card.
pub(crate) fn entry_type(field: &FieldName) -> EntryType {
    match field.as_str() {
        "issue_date" | "expiry_date" | "valid_until" => EntryType::Date,
        "surname_latin" | "given_names_latin" => EntryType::Name,
        "destination_country" => EntryType::Country,
        key => Schema::current()
            .field(key)
            .map_or(EntryType::Text, |field| field.entry_type),
    }
}

/// A text that is like something on the field's list, and not it.
struct Listed {
    /// What it is meant to be, where the list can say.
    meant: Option<String>,
}

/// What the field's list says of a text; nothing where it is on the list, or like nothing there.
fn listed(field: &FieldName, text: &str) -> Option<Listed> {
    let near = |spelling| match spelling {
        Spelling::Near { meant } => Some(Listed { meant }),
        Spelling::Known | Spelling::Other => None,
    };
    let meant = match entry_type(field) {
        _ if *field == FieldName::NATIONALITY => {
            let of_label = form::is_of_label(text).then_some(Listed { meant: None });
            return near(nationality::spelling(text)).or(of_label);
        }
        EntryType::Country => {
            // The list has not all countries, but far more often what is not on it was misread.
            let spelling = Spelling::of(text);
            let unknown = spelling == Spelling::Other;
            return near(spelling).or(unknown.then_some(Listed { meant: None }));
        }
        EntryType::Name if form::is_of_form(text) => return Some(Listed { meant: None }),
        EntryType::Choice => {
            let field = Schema::current().field(field.as_str())?;
            let known = field.choice_read(text).is_some();
            let meant = field.choice_meant(text).filter(|_| !known);
            meant.map(str::to_owned)
        }
        EntryType::Text
        | EntryType::Name
        | EntryType::Number
        | EntryType::Date
        | EntryType::Iin
        | EntryType::Sex
        | EntryType::Bool
        | EntryType::Consent => {
            let street = || (*field == ADDRESS).then(|| street::meant(text)).flatten();
            let meant = authority::meant(field, text).or_else(street);
            let of_label = || *field == FieldName::BIRTH_PLACE && form::is_of_label(text);
            if meant.is_none()
                && (authority::is_none(field, text) || is_torn(field, text) || of_label())
            {
                return Some(Listed { meant: None });
            }
            meant
        }
    };
    meant.map(|meant| Listed { meant: Some(meant) })
}

/// Whether the field's list has the text as it is written, and nothing near it: then a letter that was not seen
/// clearly can be no other.
pub(super) fn is_unmistakable(field: &FieldName, text: &str) -> bool {
    let text = normal::spaced(text);
    if *field == FieldName::NATIONALITY {
        return nationality::is_unmistakable(&text);
    }
    if entry_type(field) == EntryType::Country {
        return Spelling::is_unmistakable(&text);
    }
    authority::is_unmistakable(field, &text)
}

/// Whether a patronymic has a piece of a word, `СТ РІКҚЫЗЫ`, or a place or an authority a capital that stands alone,
/// without a full stop: `АЛМАТЫ А` is no place.
fn is_torn(field: &FieldName, text: &str) -> bool {
    let is_lone = |word: &str| {
        let mut letters = word.chars();
        letters.next().is_some_and(char::is_uppercase) && letters.next().is_none()
    };
    // Marks that no place and no authority has.
    let is_marked = |word: &str| word.contains(['!', '?', '“', '”', '*']);
    let is_piece = |word: &str| word.chars().count() < PATRONYMIC_MIN;
    let mut words = text.split_whitespace();
    if *field == FieldName::PATRONYMIC {
        return words.any(is_piece);
    }
    [FieldName::BIRTH_PLACE, FieldName::ISSUING_AUTHORITY].contains(field)
        && words.any(|word| is_lone(word) || is_marked(word))
}

/// The text in the field's one form, and whether it has that form at all.
fn formed(kind: DocumentKind, field: &FieldName, text: &str) -> (String, bool) {
    let spaced = normal::spaced(text);
    let spaced = spaced.as_str();
    let of = |value: Option<String>| value.map(|value| (value, true));
    let found = match entry_type(field) {
        EntryType::Date => of(normal::date(spaced).map(|date| date.to_string())),
        EntryType::Iin => of(normal::iin(spaced)),
        EntryType::Sex => of(normal::sex(spaced).map(str::to_owned)),
        EntryType::Bool => of(normal::yes_or_no(spaced).map(|yes| yes.to_string())),
        EntryType::Consent => of(normal::consent(spaced).map(|yes| yes.to_string())),
        EntryType::Choice => {
            let field = Schema::current().field(field.as_str());
            of(field.and_then(|f| f.choice_read(spaced)).map(str::to_owned))
        }
        EntryType::Number => return (document_number(kind, field, spaced), true),
        EntryType::Text if *field == ADDRESS => return (normal::spaced_after_commas(spaced), true),
        EntryType::Name => return (normal::name(spaced), true),
        EntryType::Text | EntryType::Country => return (spaced.to_owned(), true),
    };
    found.unwrap_or_else(|| (spaced.to_owned(), false))
}

/// A passport's number begins with an N, which readers take for the sign № that looks like it.
fn document_number(kind: DocumentKind, field: &FieldName, text: &str) -> String {
    let number = normal::number(text);
    let is_eight_digits = number.len() == 8 && number.bytes().all(|b| b.is_ascii_digit());
    if kind == DocumentKind::Passport
        && *field == FieldName::DOCUMENT_NUMBER
        && is_eight_digits
        && text.starts_with('№')
    {
        return format!("N{number}");
    }
    number
}

/// A line with two days under one label is two readings: issue and expiry.
pub(super) fn parted(reading: FieldReading) -> Vec<FieldReading> {
    let is_range =
        reading.field == FieldName::ISSUE_DATE || reading.field == FieldName::EXPIRY_DATE;
    let split = is_range
        .then(|| normal::range_split(reading.text.reveal()))
        .flatten();
    let Some(at) = split else {
        return vec![reading];
    };
    let part = |field: FieldName, from: usize, to: usize| {
        let text: String = reading
            .text
            .reveal()
            .chars()
            .skip(from)
            .take(to - from)
            .collect();
        let margins = reading.margins.iter().skip(from).take(to - from);
        FieldReading {
            field,
            text: text.trim().to_owned().into(),
            margins: margins.copied().collect(),
            ..reading.clone()
        }
    };
    vec![
        part(FieldName::ISSUE_DATE, 0, at - 1),
        part(
            FieldName::EXPIRY_DATE,
            at,
            reading.text.reveal().chars().count(),
        ),
    ]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_take_the_one_form_of_their_field() {
        let table = [
            (
                DocumentKind::Passport,
                "document_number",
                "№12345678",
                "N12345678",
                true,
            ),
            (
                DocumentKind::IdCardBack,
                "document_number",
                "№ 012345678",
                "012345678",
                true,
            ),
            (
                DocumentKind::ExitPermit,
                "valid_until",
                "1 мая 2026 г.",
                "2026-05-01",
                true,
            ),
            (
                DocumentKind::ExitPermit,
                "valid_until",
                "31.06.2026",
                "31.06.2026",
                false,
            ),
            (
                DocumentKind::RegistrationCard,
                "purpose_of_stay",
                "оқу",
                "study",
                true,
            ),
            (DocumentKind::RegistrationCard, "signed", "иә", "true", true),
            (DocumentKind::IdCardFront, "sex", "ӘЙЕЛ/ЖЕН", "F", true),
            (
                DocumentKind::IdCardFront,
                "surname",
                " СӘБИТ ",
                "СӘБИТ",
                true,
            ),
        ];
        for (kind, field, text, value, proper) in table {
            let name = FieldName::from_key(field);
            assert_eq!(
                formed(kind, &name, text),
                (value.to_owned(), proper),
                "{text}"
            );
        }
    }

    #[test]
    fn a_place_with_a_lone_capital_is_torn() {
        for (text, torn) in [
            ("АЛМАТЫ А", true),
            ("МИНИСТЕРСТВО ВНУТРЕННИХ Д Е", true),
            ("С. АҚКӨЛ", false),
            ("с Ақкөл", false),
            ("ҚР ІІМ", false),
            ("“АҚТӨБЕ” ҰЛТ!", true),
        ] {
            assert_eq!(is_torn(&FieldName::BIRTH_PLACE, text), torn, "{text}");
        }
        assert!(!is_torn(&FieldName::SURNAME, "АХМЕТОВ А"));
        assert!(is_torn(&FieldName::PATRONYMIC, "СТ РІКҚЫЗЫ"));
        assert!(!is_torn(&FieldName::PATRONYMIC, "СЕРІК ҰЛЫ"));
    }
}
