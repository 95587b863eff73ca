use proptest::prelude::*;

use super::*;
use Variant::{Hyphen, LatinSpelling, PartOfName, PatronymicForm, Romanisation, RussianSpelling};

fn plausible(why: &[Variant]) -> Comparison {
    Comparison::Plausible { why: why.to_vec() }
}

const fn slip(distance: usize) -> Comparison {
    Comparison::Mismatch {
        distance,
        near: true,
    }
}

fn check(table: &[(&str, &str, Comparison)]) {
    for (a, b, expected) in table {
        assert_eq!(compare(a, b), *expected, "{a} / {b}");
        assert_eq!(compare(b, a), *expected, "{b} / {a}");
    }
}

#[test]
fn cyrillic_against_cyrillic() {
    check(&[
        ("СЫНАҚОВА", "Сынақова", Comparison::Match),
        ("СЫНАҚОВА", " СЫНАҚОВА ", Comparison::Match),
        ("СЫНАҚОВА", "СЫНАКОВА", plausible(&[RussianSpelling])),
        ("ГҮЛНӘЗ", "ГУЛЬНАЗ", plausible(&[RussianSpelling])),
        ("ӨМІРҒАЛИ", "ОМИРГАЛИ", plausible(&[RussianSpelling])),
        ("ЛӘЗЗАТ", "ЛЯЗЗАТ", plausible(&[RussianSpelling])),
        ("САЙЫНОВ", "САИНОВ", plausible(&[RussianSpelling])),
        ("ТӨЛЕҢГЕТ", "ТОЛЕНГЕТ", plausible(&[RussianSpelling])),
        ("АЛЁНА", "АЛЕНА", plausible(&[RussianSpelling])),
        // A letter is missing or another, and no variant explains it.
        ("СЫНАҚОВА", "СЫНАҚОВ", slip(1)),
        ("ОРАЗОВА", "ОРАЛОВА", slip(1)),
        ("СЫНАҚОВА", "СИНАКОВА", slip(1)),
        (
            "АЙДАР",
            "АЙДАНА",
            Comparison::Mismatch {
                distance: 2,
                near: false,
            },
        ),
        (
            "ОЛ",
            "АЛ",
            Comparison::Mismatch {
                distance: 1,
                near: false,
            },
        ),
        (
            "СЫНАҚОВА",
            "ӨМІРОВ",
            Comparison::Mismatch {
                distance: 6,
                near: false,
            },
        ),
        ("", "", Comparison::Match),
        (
            "АЙДАР",
            "",
            Comparison::Mismatch {
                distance: 5,
                near: false,
            },
        ),
    ]);
}

#[test]
fn latin_against_cyrillic_and_against_latin() {
    check(&[
        ("SYNAKOVA", "СЫНАҚОВА", plausible(&[Romanisation])),
        ("AIGERIM", "ӘЙГЕРІМ", plausible(&[Romanisation])),
        ("AYGERIM", "АЙГЕРИМ", plausible(&[Romanisation])),
        ("YERLAN", "ЕРЛАН", plausible(&[Romanisation])),
        ("ZHUMABEK", "ЖҰМАБЕК", plausible(&[Romanisation])),
        ("JUMABEK", "ЖҰМАБЕК", plausible(&[Romanisation])),
        ("HASSEN", "ХАСЕН", plausible(&[Romanisation])),
        ("SHCHUKIN", "ЩУКИН", plausible(&[Romanisation])),
        ("ALEXEI", "АЛЕКСЕЙ", plausible(&[Romanisation])),
        ("SYNAKOVA", "СЫНАҚОВ", slip(1)),
        ("AYGERIM", "AIGERIM", plausible(&[LatinSpelling])),
        ("AKHMET", "AHMET", plausible(&[LatinSpelling])),
        (
            "AIDAR",
            "AIDOS",
            Comparison::Mismatch {
                distance: 2,
                near: false,
            },
        ),
    ]);
}

#[test]
fn several_names_hyphens_and_parts() {
    check(&[
        ("АННА МАРИЯ", "АННА-МАРИЯ", plausible(&[Hyphen])),
        ("АННА-МАРИЯ", "АННА‐МАРИЯ", Comparison::Match),
        ("АННАМАРИЯ", "АННА МАРИЯ", plausible(&[Hyphen])),
        ("ANNA MARIYA", "АННА-МАРИЯ", plausible(&[Romanisation])),
        ("АННА МАРИЯ", "АННА", plausible(&[PartOfName])),
        ("ANNA", "АННА МАРИЯ", plausible(&[Romanisation, PartOfName])),
        (
            "АННА МАРИЯ",
            "ЗОЯ",
            Comparison::Mismatch {
                distance: 8,
                near: false,
            },
        ),
    ]);
}

#[test]
fn patronymics_of_either_form_name_the_same_father() {
    check(&[
        ("БОЛАТҰЛЫ", "БОЛАТОВИЧ", plausible(&[PatronymicForm])),
        ("БОЛАТ ҰЛЫ", "БОЛАТОВИЧ", plausible(&[PatronymicForm])),
        (
            "СЕРІКҚЫЗЫ",
            "СЕРИКОВНА",
            plausible(&[RussianSpelling, PatronymicForm]),
        ),
        (
            "ӘЛИҰЛЫ",
            "АЛИЕВИЧ",
            plausible(&[RussianSpelling, PatronymicForm]),
        ),
        ("АНДРЕЙҰЛЫ", "АНДРЕЕВИЧ", plausible(&[PatronymicForm])),
        ("СЕРІКҚЫЗЫ", "СЕРІККЫЗЫ", plausible(&[RussianSpelling])),
        // Another child, another father, one letter.
        ("БОЛАТҰЛЫ", "БОЛАТОВНА", slip(1)),
        (
            "БОЛАТҰЛЫ",
            "СЕРИКОВИЧ",
            Comparison::Mismatch {
                distance: 5,
                near: false,
            },
        ),
        ("БОЛАТОВИЧ", "БУЛАТОВИЧ", slip(1)),
        // No patronymics: a stem of one letter.
        (
            "УҰЛЫ",
            "УОВИЧ",
            Comparison::Mismatch {
                distance: 4,
                near: false,
            },
        ),
    ]);
}

#[test]
fn letters_of_the_other_script_that_look_alike_are_a_note() {
    // The second spelling has Latin A and O, the third is Latin throughout.
    check(&[
        ("АЙДАР", "\u{41}ЙДАР", Comparison::Match),
        ("КОРА", "KOPA", Comparison::Match),
        ("AIDAR", "\u{410}IDAR", Comparison::Match),
    ]);
    assert_eq!(
        homoglyphs("АЙ БОЛ\u{41}Т"),
        [Homoglyph {
            index: 6,
            found: 'A',
            meant: 'А'
        }]
    );
    assert_eq!(homoglyphs("АЙДАР AIDAR"), []);
}

#[test]
fn composed_and_combining_letters_are_the_same() {
    check(&[
        ("АЙДАР", "АИ\u{306}ДАР", Comparison::Match),
        ("АЛЁНА", "АЛЕ\u{308}НА", Comparison::Match),
    ]);
}

#[test]
fn explained_spellings_share_a_skeleton() {
    for spellings in [
        ["ӘЙГЕРІМ", "Айгерим", "AYGERIM"],
        ["ЖҰМАБЕК", "Жумабек", "JUMABEK"],
        ["ХАСЕН", "Хасен", "HASSEN"],
    ] {
        let skeletons = spellings.map(skeleton);
        assert!(
            skeletons.iter().all(|one| *one == skeletons[0]),
            "{skeletons:?}"
        );
    }
    assert_ne!(skeleton("ОРАЗОВА"), skeleton("ОРАЛОВА"));
}

#[test]
fn every_line_of_the_tables_is_taken() {
    let tables = [
        include_str!("../../data/romanisation.txt"),
        include_str!("../../data/spelling_cyrillic.txt"),
        include_str!("../../data/spelling_latin.txt"),
    ];
    for line in tables
        .iter()
        .flat_map(|table| table.lines())
        .filter(|line| !line.starts_with('#'))
    {
        let (from, to) = line.split_once(": ").unwrap_or_else(|| panic!("{line}"));
        assert!(!from.is_empty() && !to.trim().is_empty(), "{line}");
    }
}

const LETTERS: &str = "[АӘБВГҒДЕЁЖЗИЙКҚЛМНҢОӨПРСТУҰҮФХҺЦЧШЩЪЫІЬЭЮЯ]{3,10}";

proptest! {
    #[test]
    fn a_name_matches_itself_and_comparing_has_no_sides(a in LETTERS, b in LETTERS) {
        prop_assert_eq!(compare(&a, &a.to_lowercase()), Comparison::Match);
        prop_assert_eq!(compare(&a, &b), compare(&b, &a));
    }

    #[test]
    fn the_romanisation_of_a_name_is_never_a_mismatch(name in LETTERS) {
        let latin = crate::romanisation::romanise(&name);
        prop_assume!(!latin.is_empty());
        let comparison = compare(&name, &latin);
        prop_assert!(!matches!(comparison, Comparison::Mismatch { .. }), "{} {:?}", latin, comparison);
        prop_assert!(crate::romanisation::latin_proves(&latin, &name).is_some());
    }

    #[test]
    fn any_text_can_be_compared(a in ".{0,12}", b in ".{0,12}") {
        let _ = (compare(&a, &b), skeleton(&a), homoglyphs(&b));
    }
}
