//! Words of the forms themselves, which are nobody's name, nationality or place of birth: a piece of a label or of a
//! sentence that was taken for one.

use std::sync::LazyLock;

use strsim::levenshtein;

use crate::card::schema::Schema;

/// Words of permits' sentences and headings, in capitals.
const OF_PERMITS: [&str; 11] = [
    "РЕСПУБЛИКИ",
    "РЕСПУБЛИКАСЫ",
    "КАЗАХСТАН",
    "ҚАЗАҚСТАН",
    "ГРАЖДАНИНУ",
    "ГРАЖДАНКЕ",
    "РАЗРЕШЕНИЕ",
    "ПОСТОЯННОЕ",
    "ЖИТЕЛЬСТВО",
    "ТҰРАҚТЫ",
    "ДЕЙСТВИТЕЛЬНО",
];
/// Shorter words are too near to names: Аты, Ұлты, Туған.
const LETTERS_MIN: usize = 7;

/// A shorter beginning of a label may be another word: `АЗАМАТ`.
const BEGINNING_MIN: usize = 8;
/// Labels name the country too, and so do places of birth.
const COUNTRY: [&str; 2] = ["КАЗАХСТАН", "ҚАЗАҚСТАН"];

/// The longer words of the card's labels, in capitals.
static OF_LABELS: LazyLock<Vec<String>> = LazyLock::new(|| {
    let fields = Schema::current().fields.iter();
    let labels = fields.flat_map(|field| [&field.labels.kk, &field.labels.ru]);
    let words = labels
        .flat_map(|label| words_of(label))
        .map(str::to_uppercase);
    let mut all: Vec<String> = words
        .filter(|word| word.chars().count() >= LETTERS_MIN)
        .collect();
    all.sort_unstable();
    all.dedup();
    all
});

/// Whether a word of a text is one of the forms, give or take a letter.
pub(super) fn is_of_form(text: &str) -> bool {
    let of_labels = || OF_LABELS.iter().map(String::as_str);
    let is_known = |word: &str| {
        let word = word.to_uppercase();
        let mut known = of_labels().chain(OF_PERMITS);
        known.any(|known| levenshtein(known, &word) <= 1)
    };
    words_of(text).any(is_known)
}

/// Whether a word of a text is one of a label, give or take a letter, or begins one.
pub(super) fn is_of_label(text: &str) -> bool {
    let names_country = |word: &String| COUNTRY.iter().any(|name| word.starts_with(name));
    let is_known = |word: &str| {
        let word = word.to_uppercase();
        let is_long = word.chars().count() >= BEGINNING_MIN;
        let mut labels = OF_LABELS.iter().filter(|known| !names_country(known));
        labels.any(|known| levenshtein(known, &word) <= 1 || is_long && known.starts_with(&word))
    };
    words_of(text).any(is_known)
}

fn words_of(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c: char| !c.is_alphabetic())
}

#[cfg(test)]
mod tests {
    use super::{is_of_form, is_of_label};

    #[test]
    fn a_piece_of_a_label_is_no_nationality_and_no_place() {
        for text in [
            "НАЦИОНАЛЬНОСТЬ",
            "ШЫМКЕНТ ҰЛТЫ/НАЦИОНАЛЬН",
            "Место рождения",
        ] {
            assert!(is_of_label(text), "{text}");
        }
        for text in [
            "ҚАЗАҚ/КАЗАХ",
            "РЕСПУБЛИКА КАЗАХСТАН, ШЫМКЕНТ",
            "ҚАЗАҚСТАН, ТҮРКІСТАН ОБЛЫСЫ",
            "АЗАМАТ",
        ] {
            assert!(!is_of_label(text), "{text}");
        }
    }

    #[test]
    fn words_of_forms_are_no_names_and_names_are_none_of_theirs() {
        for text in ["рождени", "Республики", "ФАМИЛИЯ", "КАЗАХСТАН"]
        {
            assert!(is_of_form(text), "{text}");
        }
        for text in [
            "ҚАЗЫБЕК",
            "АЗАМАТ",
            "ТҰРАР",
            "ГРАЖДАНКИН",
            "ЖАНСАЯ",
            "МҰРАТҰЛЫ",
        ] {
            assert!(!is_of_form(text), "{text}");
        }
    }
}
