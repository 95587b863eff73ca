//! Who issues identity cards, passports and permits: a list, which says what a misread name is meant to be.
//!
//! The list only ever makes a value doubtful: what was printed stays beside it as it was read.

use std::sync::LazyLock;

use strsim::levenshtein;

use crate::names::without_stroke;
use crate::reading::FieldName;

/// Fields that name an authority.
const FIELDS: [FieldName; 3] = [
    FieldName::ISSUING_AUTHORITY,
    FieldName::new("document_authority"),
    FieldName::new("permit_authority"),
];
/// Letters of upright strokes, which run together: `ІІ` is seen as `П`, `И` or `Н`.
const STROKES: &str = "ІПИНШЩI1L|";
/// The shortest is `МВД`.
const NAME_MIN: usize = 3;
/// A name may have one letter in so many misread; the shortest none.
const LETTERS_A_MISREAD: usize = 8;

/// What a department of police calls itself before its place in Russian, and behind it in Kazakh.
const DEPARTMENT_RU: [&str; 5] = [
    "ДП",
    "УМС ДП",
    "Управление миграционной службы ДП",
    "Департамент полиции",
    "Управление миграционной службы Департамента полиции",
];
const DEPARTMENT_KK: [&str; 3] = [
    "ПД",
    "Полиция департаменті",
    "ПД Көші-қон қызметі басқармасы",
];

/// The authorities, each with its skeleton.
static KNOWN: LazyLock<Vec<(String, String)>> = LazyLock::new(|| {
    let lines = |file: &'static str| {
        file.lines()
            .filter(|line| !line.starts_with('#') && !line.is_empty())
    };
    let departments = lines(include_str!("../../data/police_departments.txt"))
        .filter_map(|line| line.split_once(" = "))
        .flat_map(|(russian, kazakh)| {
            let russian = DEPARTMENT_RU.map(|department| format!("{department} {russian}"));
            let kazakh = DEPARTMENT_KK.map(|department| format!("{kazakh} {department}"));
            russian.into_iter().chain(kazakh)
        });
    lines(include_str!("../../data/authorities.txt"))
        .map(str::to_owned)
        .chain(departments)
        .map(|name| (name.clone(), skeleton(&name)))
        .collect()
});

/// The only authority that a text read from paper may name although it is written otherwise, in capitals where the
/// text is. None where it is written as on the list, or where two are as near.
pub(super) fn meant(field: &FieldName, text: &str) -> Option<String> {
    let capitals = text.to_uppercase();
    let read = skeleton(text);
    let allowed = read.chars().count() / LETTERS_A_MISREAD;
    let is_known = |name: &str| name.to_uppercase() == capitals;
    if !FIELDS.contains(field) || KNOWN.iter().any(|(name, _)| is_known(name)) {
        return None;
    }
    if let [only] = begun(&capitals).as_slice() {
        return Some(cased(only, text));
    }
    let mut near: Vec<(usize, &str)> = KNOWN
        .iter()
        .map(|(name, skeleton)| (levenshtein(skeleton, &read), name.as_str()))
        .collect();
    near.sort_unstable();
    match near.as_slice() {
        [(first, name), (second, _), ..] if *first <= allowed && first < second => {
            Some(cased(name, text))
        }
        _ => None,
    }
}

/// Whether a text is surely no authority's name: it has hardly a letter, or more than one name begins so and none
/// is it.
pub(super) fn is_none(field: &FieldName, text: &str) -> bool {
    let letters = text.chars().filter(|c| c.is_alphabetic());
    let is_none = || letters.count() < NAME_MIN || begun(&text.to_uppercase()).len() > 1;
    FIELDS.contains(field) && is_none()
}

/// Whether a text is on the list as it is written, and no other name there is so near that a misread one could be it.
pub(super) fn is_unmistakable(field: &FieldName, text: &str) -> bool {
    let (capitals, own) = (text.to_uppercase(), skeleton(text));
    let is_it = |name: &str| name.to_uppercase() == capitals;
    FIELDS.contains(field)
        && KNOWN.iter().any(|(name, _)| is_it(name))
        && KNOWN
            .iter()
            .all(|(name, skeleton)| is_it(name) || levenshtein(skeleton, &own) > 1)
}

/// The names that this only begins, in capitals: `УМС ДП Карагандинс` was cut off. None where it is one.
fn begun(capitals: &str) -> Vec<&'static str> {
    let begins = |name: &String| {
        let name = name.to_uppercase();
        name.starts_with(capitals)
            .then_some(name.len() > capitals.len())
    };
    let known = KNOWN
        .iter()
        .filter_map(|(name, _)| Some((name, begins(name)?)));
    let known: Vec<(&String, bool)> = known.collect();
    if known.iter().any(|(_, is_longer)| !is_longer) {
        return Vec::new();
    }
    known.into_iter().map(|(name, _)| name.as_str()).collect()
}

/// A name of the list, in capitals where the text is.
fn cased(name: &str, text: &str) -> String {
    if text.chars().any(char::is_lowercase) {
        name.to_owned()
    } else {
        name.to_uppercase()
    }
}

/// What is left of a name when strokes run together or are lost: capitals, each run of strokes as one, no spaces.
fn skeleton(name: &str) -> String {
    let mut letters: Vec<char> = name
        .to_uppercase()
        .chars()
        .map(without_stroke)
        .filter(|c| c.is_alphanumeric() || *c == '|')
        .map(|c| if STROKES.contains(c) { 'І' } else { c })
        .collect();
    letters.dedup_by(|a, b| a == b && *a == 'І');
    letters.into_iter().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_misread_authority_is_known_and_another_is_left_alone() {
        for (read, expected) in [
            ("ҚР ПМ", Some("ҚР ІІМ")),
            ("ҚРПМ", Some("ҚР ІІМ")),
            ("қр им", Some("ҚР ІІМ")),
            ("КРІІМ", Some("ҚР ІІМ")),
            ("КРПМ", Some("ҚР ІІМ")),
            ("ҚР ІІМ", None), // as it is written
            ("ҚР СІМ", None),
            ("ҚР ТІМ", None), // as near to СІМ
            (
                "ҚР ШКІ ІСТЕР МИНИСТРЛІГІ",
                Some("ҚР ІШКІ ІСТЕР МИНИСТРЛІГІ"),
            ),
            (
                "ҚР ІШКІИІСТЕР МИНИСТРЛІГІ",
                Some("ҚР ІШКІ ІСТЕР МИНИСТРЛІГІ"),
            ),
            (
                "ҚАЗАҚСТАН РЕСПУБЛИКАСЫЛІМ",
                Some("ҚАЗАҚСТАН РЕСПУБЛИКАСЫ ІІМ"),
            ),
            (
                "МИНИСТЕРСТВО ВНУТРЕННИХ ДЕЛ",
                Some("МИНИСТЕРСТВО ВНУТРЕННИХ ДЕЛ РК"),
            ),
            ("МИНИСТЕРСТВО ВНУТРЕННИХ", None),
            ("УМП ДВД", None),
            ("ДП г. Алматы", None),
            ("ДИг. Алматы", Some("ДП г. Алматы")),
            ("УМСДПт. Астаны", Some("УМС ДП г. Астаны")),
            ("УМС ДН Г. АСТАНЫ", Some("УМС ДП Г. АСТАНЫ")),
            (
                "ДП Восточно Казахстанской области",
                Some("ДП Восточно-Казахстанской области"),
            ),
            ("Алматы каласынын ПД", Some("Алматы қаласының ПД")),
            ("ДП г. Алм", Some("ДП г. Алматы")),
            ("УМС ДП Карагандинс", Some("УМС ДП Карагандинской области")),
            ("УМС ДП", None),      // of which place?
            ("ДП г. Тараз", None), // no department there
            ("", None),
        ] {
            let field = FieldName::ISSUING_AUTHORITY;
            assert_eq!(meant(&field, read).as_deref(), expected, "{read}");
        }
        assert_eq!(meant(&FieldName::BIRTH_PLACE, "ҚР ПМ"), None);
        let issuer = FieldName::ISSUING_AUTHORITY;
        assert!(is_none(&issuer, "7 Х") && is_none(&issuer, "УМС"));
        assert!(!is_none(&issuer, "МВД РК") && !is_none(&issuer, "МВД РЕСПУБЛИКИ КАЗАХСТАН"));
    }

    #[test]
    fn a_name_on_the_list_with_another_near_it_may_be_that_one() {
        for (text, clear) in [
            ("МВД РК", false),
            ("ҚР ІІМ", false),
            ("УМС ДП г. Астаны", true),
            ("ДП г. Тараз", false),
        ] {
            assert_eq!(
                is_unmistakable(&FieldName::ISSUING_AUTHORITY, text),
                clear,
                "{text}"
            );
        }
    }
}
