//! Words of the forms themselves, which are nobody's name: a piece of a label or of a sentence that was taken for one.

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

static WORDS: LazyLock<Vec<String>> = LazyLock::new(|| {
    let fields = Schema::current().fields.iter();
    let labels = fields.flat_map(|field| [&field.labels.kk, &field.labels.ru]);
    let words = labels.flat_map(|label| label.split(|c: char| !c.is_alphabetic()));
    let words = words.map(str::to_uppercase);
    let permits = OF_PERMITS.map(str::to_owned);
    let mut all: Vec<String> = words.chain(permits).collect();
    all.retain(|word| word.chars().count() >= LETTERS_MIN);
    all.sort_unstable();
    all.dedup();
    all
});

/// Whether a word of a text is one of the forms, give or take a letter.
pub(super) fn is_of_form(text: &str) -> bool {
    let is_known = |word: &str| {
        let word = word.to_uppercase();
        WORDS.iter().any(|known| levenshtein(known, &word) <= 1)
    };
    text.split_whitespace().any(is_known)
}

#[cfg(test)]
mod tests {
    use super::is_of_form;

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
