//! A German street's `ß`, which few faces of a card's form and few readers know: what they make of it is no word.

/// What stands before it and after it in `straße`.
const BEFORE: &str = "stra";
const AFTER: &str = "e";
/// What readers take it for; `strasse` is how one writes it without the letter.
const MISREAD: [&str; 11] = ["s", "f", "fs", "sf", "fß", "ĝ", "ğ", "g", "b", "B", "8"];

/// The street as it is meant where a reader took its `ß` for another letter; none where it is written as it may be.
pub(super) fn meant(text: &str) -> Option<String> {
    let mut changed = false;
    let mend = |word: &str| {
        let letters = word.trim_end_matches(|c: char| !c.is_alphanumeric());
        let rest = word.get(letters.len()..).unwrap_or_default();
        let stem = MISREAD.iter().find_map(|misread| {
            let stem = letters.strip_suffix(AFTER)?.strip_suffix(misread)?;
            stem.to_lowercase().ends_with(BEFORE).then_some(stem)
        });
        changed |= stem.is_some();
        stem.map_or_else(|| word.to_owned(), |stem| format!("{stem}ß{AFTER}{rest}"))
    };
    let words: Vec<String> = text.split(' ').map(mend).collect();
    changed.then(|| words.join(" "))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_street_has_its_letter_back_where_no_word_is_without() {
        for (read, expected) in [
            ("Musterstrase 12, 3", Some("Musterstraße 12, 3")),
            ("Musterstrafse 12", Some("Musterstraße 12")),
            ("Am Rand, Lange Strafe, 5", Some("Am Rand, Lange Straße, 5")),
            ("Musterstraĝe 12", Some("Musterstraße 12")),
            ("Musterstraße 12", None),
            ("Musterstrasse 12", None),
            ("Trasse 4", None),
            ("Örnek Sokak 5, 12", None),
            ("", None),
        ] {
            assert_eq!(meant(read).as_deref(), expected, "{read}");
        }
    }
}
