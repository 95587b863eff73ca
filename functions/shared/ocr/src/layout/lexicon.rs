//! The labels of the documents, read from their data file.

use std::sync::OnceLock;

use casework::reading::DocumentKind;

use super::fold::looks;

/// A field's label in one way of writing it.
#[derive(Debug)]
pub struct Label {
    /// On which kind of document.
    pub kind: DocumentKind,
    /// The field it names, or one of [`TITLE`], [`IGNORE`], [`DATES`], [`PERSON`].
    pub field: &'static str,
    /// How it looks, folded.
    pub looks: Vec<char>,
}

/// Tells the kind of the document.
pub const TITLE: &str = "title";
/// A label whose value is not asked for; it only ends its neighbours' values.
pub const IGNORE: &str = "ignore";
/// Date of issue and date of expiry under one label.
pub const DATES: &str = "dates";
/// Surname, given names and patronymic under one label.
pub const PERSON: &str = "person";

/// The place of a signature, whose ink is no text.
pub const SIGNED: &str = "signed";

const FILE: &str = include_str!("labels.txt");

/// Every way of writing every label.
pub fn labels() -> &'static [Label] {
    static LABELS: OnceLock<Vec<Label>> = OnceLock::new();
    LABELS.get_or_init(|| {
        let mut kind = DocumentKind::Unknown;
        let mut labels = Vec::new();
        for line in FILE.lines().filter(|line| !line.starts_with('#')) {
            if let Some(section) = line
                .strip_prefix('[')
                .and_then(|line| line.strip_suffix(']'))
            {
                kind = kind_named(section);
            } else if let Some((field, writings)) = line.split_once('=') {
                // A title is looked for in one language at a time.
                let writings = if field.trim() == TITLE {
                    writings.replace(" / ", "|")
                } else {
                    writings.to_owned()
                };
                labels.extend(combinations(&writings).into_iter().map(|looks| Label {
                    kind,
                    field: field.trim(),
                    looks,
                }));
            }
        }
        labels
    })
}

fn kind_named(section: &str) -> DocumentKind {
    match section {
        "id_card_front" => DocumentKind::IdCardFront,
        "id_card_back" => DocumentKind::IdCardBack,
        "passport" => DocumentKind::Passport,
        "exit_permit" => DocumentKind::ExitPermit,
        "registration_card" => DocumentKind::RegistrationCard,
        _ => DocumentKind::Unknown,
    }
}

/// Each language alone, Kazakh with Russian in either order or with English, and all three.
fn combinations(writings: &str) -> Vec<Vec<char>> {
    let by_language: Vec<Vec<Vec<char>>> = writings
        .split(" / ")
        .map(|language| {
            language
                .split('|')
                .map(looks)
                .filter(|looks| !looks.is_empty())
                .collect()
        })
        .collect();
    let mut all: Vec<Vec<char>> = by_language.iter().flatten().cloned().collect();
    if let [kazakh, russian, english] = by_language.as_slice() {
        for (first, second) in kazakh
            .iter()
            .flat_map(|k| russian.iter().map(move |r| (k, r)))
        {
            all.push([first.as_slice(), second].concat());
            all.push([second.as_slice(), first].concat());
            all.extend(
                english
                    .iter()
                    .map(|third| [first.as_slice(), second, third].concat()),
            );
        }
        let pairs = kazakh
            .iter()
            .flat_map(|k| english.iter().map(move |e| [k.as_slice(), e].concat()));
        all.extend(pairs);
    }
    all.sort();
    all.dedup();
    all
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_line_of_the_file_names_three_languages_in_a_known_section() {
        for line in FILE.lines().filter(|line| line.contains(" = ")) {
            assert_eq!(line.split(" / ").count(), 3, "{line}");
        }
        assert!(
            labels()
                .iter()
                .all(|label| label.kind != DocumentKind::Unknown)
        );
    }

    #[test]
    fn two_languages_may_stand_in_one_label() {
        assert!(combinations(" ТЕГІ / ФАМИЛИЯ / SURNAME").contains(&looks("ТЕГІ / ФАМИЛИЯ")));
        assert!(combinations(" ТЕГІ / ФАМИЛИЯ / -").contains(&looks("ФАМИЛИЯ ТЕГІ")));
    }
}
