use std::collections::BTreeMap;

use super::*;
use crate::case::{CaseKind, MissionCode};
use crate::document::{Certainty, Field};
use crate::reading::{FieldName, Quality, Source};

const COVER: &str = "TIRKEU-COVER1:NEW/TEMPORARY/DEU-BER";
const AIDA: &str = "900101300017";
const BERIK: &str = "851231400120";

fn document(kind: DocumentKind, fields: &[(FieldName, &str)]) -> Document {
    let field = |value: &str| Field {
        value: value.into(),
        certainty: Certainty::Read,
        proof: None,
        confidence: 0.9,
        source: Source::Print,
        bounds: [0.0; 4],
        raw: value.into(),
        readings: Vec::new(),
    };
    Document {
        kind,
        page: 1,
        corners: [[0.0; 2]; 4],
        quality: Quality::default(),
        mrz: None,
        by_hand: BTreeMap::new(),
        fields: fields
            .iter()
            .map(|(name, value)| (name.clone(), field(value)))
            .collect(),
    }
}

/// What a word says of a page: `A` and `B` are passports of two people, `a` and `b` other papers
/// of theirs, `?` one that says nothing, `2` both passports on one page.
fn sight(word: char) -> Sight {
    let holder = |iin| [(FieldName::IIN, iin)];
    let passport = |iin| document(DocumentKind::Passport, &holder(iin));
    let paper = |iin| document(DocumentKind::RegistrationCard, &holder(iin));
    match word {
        '|' => Sight::Cover(COVER.to_owned()),
        '!' => Sight::Cover("TIRKEU-COVER9:".to_owned()),
        '_' => Sight::Blank,
        'x' => Sight::Unreadable(RefusalCode::TookTooLong),
        '0' => Sight::Print(Vec::new()),
        'A' => Sight::Print(vec![passport(AIDA)]),
        'a' => Sight::Print(vec![paper(AIDA)]),
        'B' => Sight::Print(vec![passport(BERIK)]),
        'b' => Sight::Print(vec![paper(BERIK)]),
        '2' => Sight::Print(vec![passport(AIDA), passport(BERIK)]),
        '?' => Sight::Print(vec![document(DocumentKind::Unknown, &[])]),
        other => panic!("{other} is no page"),
    }
}

fn in_order(sights: impl IntoIterator<Item = Sight>) -> Vec<Sheet> {
    let sheet = |(page, sight)| Sheet {
        at: PageRef { file: 0, page },
        sight,
    };
    (1..).zip(sights).map(sheet).collect()
}

fn sheets(words: &str) -> Vec<Sheet> {
    in_order(words.chars().map(sight))
}

/// What becomes of every page: the number of its pile, `h` for a hand, `s` for one that knows where.
fn became(split: &Split) -> String {
    let word = |(_, sorted): &(PageRef, Sorted)| match sorted {
        Sorted::CoverSheet(_) => '|',
        Sorted::Blank => '_',
        Sorted::Pile(pile) => char::from_digit(u32::try_from(*pile).unwrap(), 10).unwrap(),
        Sorted::NeedsHand(Why::Stranger, Some(_)) => 's',
        Sorted::NeedsHand(..) => 'h',
        Sorted::CameBefore(..) => '=',
        Sorted::FileRefused(_) => 'f',
    };
    split.pages.iter().map(word).collect()
}

#[test]
fn a_stack_is_split_by_cover_sheets_else_by_people() {
    for (stack, expected) in [
        // Without cover sheets: by people, wherever their pages lie.
        ("", ""),
        ("A", "0"),
        ("AaBb", "0011"),
        ("ABab", "0101"),
        ("A?aB?b", "000111"),
        ("A?B", "0h1"),
        ("?A", "00"),
        ("??", "hh"),
        ("A2B", "0h1"),
        // Behind cover sheets.
        ("|Aa|Bb", "|00|11"),
        ("|?A?_|B", "|000_|1"),
        ("|???", "|000"),
        ("||Aa", "||11"),
        ("Aa|Bb", "00|11"),
        // A page of a stranger waits, wherever it lies.
        ("|AaBa", "|00h0"),
        ("|BAaa", "|h000"),
        ("|AaB", "|00h"),
        ("|AaB|Bb", "|00s|11"),
        // People without a cover sheet follow: more than one page, an identity document.
        ("|AaBb", "|0011"),
        ("|AaBb|A", "|0011|2"),
        ("|Aabb", "|00hh"),
        // They lie apart, or nobody says whose they are.
        ("|AaBab", "|00h0h"),
        ("|Aa?Bb", "|00h11"),
        ("|AaBb?", "|00111"),
        ("|AB", "|hh"),
        // What cannot be used or read.
        ("!Aa|Bb", "hhh|00"),
        ("|Ax0a", "|0hh0"),
        ("|A2a", "|0h0"),
    ] {
        let sheets = sheets(stack);
        let split = split(&sheets, |_| Ok(Vec::new()));
        assert_eq!(became(&split), expected, "{stack}");
    }
}

#[test]
fn papers_for_a_case_go_there_if_they_are_its_persons() {
    let known = document(DocumentKind::Passport, &[(FieldName::IIN, AIDA)]);
    for (stack, expected) in [
        ("|a", "|0"),
        ("|b", "|h"),
        ("|?", "|0"),
        ("|aBb", "|011"),
        ("|Bb", "|11"),
    ] {
        let sheets = sheets(stack);
        let split = split(&sheets, |_| Ok(vec![&known]));
        assert_eq!(became(&split), expected, "{stack}");
    }
    let sheets = sheets("|Aa");
    let split = split(&sheets, |_| Err(Why::CaseEnded));
    assert_eq!(became(&split), "|hh");
}

#[test]
fn one_digit_of_an_iin_makes_no_stranger_of_a_person_below_their_cover_sheet() {
    let person = |iin, surname, given, birth| {
        let fields = [
            (FieldName::IIN, iin),
            (FieldName::SURNAME, surname),
            (FieldName::GIVEN_NAMES, given),
            (FieldName::BIRTH_DATE, birth),
        ];
        Sight::Print(vec![document(DocumentKind::Passport, &fields)])
    };
    let own = || person(AIDA, "СӘБИТОВА", "АИДА", "1990-01-01");
    let other = "900101300811";
    for (last, expected) in [
        (person(other, "САБИТОВА", "АИДА", "1990-01-01"), "|000"),
        // A twin.
        (person(other, "СӘБИТОВА", "ГҮЛНАР", "1990-01-01"), "|00h"),
        (person(other, "СӘБИТОВА", "АИДА", "1991-01-01"), "|00h"),
        (person(AIDA, "ОСПАНОВА", "АИДА", "1990-01-01"), "|000"),
    ] {
        let sheets = in_order([sight('|'), own(), own(), last]);
        let split = split(&sheets, |_| Ok(Vec::new()));
        assert_eq!(became(&split), expected);
    }
}

#[test]
fn a_twins_paper_is_never_laid_to_the_others() {
    let born = (FieldName::BIRTH_DATE, "1990-01-01");
    let surname = (FieldName::SURNAME, "СӘБИТОВА");
    let given = |given| (FieldName::GIVEN_NAMES, given);
    let passport = |iin, name| {
        let fields = [
            (FieldName::IIN, iin),
            surname.clone(),
            given(name),
            born.clone(),
        ];
        Sight::Print(vec![document(DocumentKind::Passport, &fields)])
    };
    let permit = |fields: &[(FieldName, &'static str)]| {
        Sight::Print(vec![document(DocumentKind::ExitPermit, fields)])
    };
    let twins = || [passport(AIDA, "АИДА"), passport("900101300811", "ГҮЛНАР")];
    let named = permit(&[surname.clone(), given("ГҮЛНАР"), born.clone()]);
    let unnamed = || permit(&[surname.clone(), born.clone()]);
    for (cover, last, expected) in [
        (None, named, "011"),
        (None, unnamed(), "01h"),
        (Some(sight('|')), unnamed(), "|hhh"),
    ] {
        let sheets = in_order(cover.into_iter().chain(twins()).chain([last]));
        let split = split(&sheets, |_| Ok(Vec::new()));
        assert_eq!(became(&split), expected);
    }
    // Under a cover sheet, too, a name that is another's is another person's.
    let [aida, _] = twins();
    let named = permit(&[surname.clone(), given("ГҮЛНАР"), born.clone()]);
    let sheets = in_order([sight('|'), aida, named]);
    let split = split(&sheets, |_| Ok(Vec::new()));
    assert_eq!(became(&split), "|hh");
}

#[test]
fn every_page_of_any_stack_has_one_fate_and_nobodys_pile_holds_two_people() {
    const WORDS: [char; 11] = ['|', '_', 'A', 'a', 'B', 'b', '?', '2', 'x', '0', '!'];
    let mut number = 1_u64;
    for _ in 0..20_000 {
        number = number
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1);
        let length = 1 + (number >> 60);
        let word = |at: u64| WORDS[usize::try_from((number >> (at * 3)) % 11).unwrap()];
        let stack: String = (0..length).map(word).collect();
        let sheets = sheets(&stack);
        let split = split(&sheets, |_| Ok(Vec::new()));
        let places: Vec<PageRef> = split.pages.iter().map(|(at, _)| *at).collect();
        let all: Vec<PageRef> = sheets.iter().map(|sheet| sheet.at).collect();
        assert_eq!(places, all, "{stack}");
        for pile in &split.piles {
            let whose = |at: &PageRef| stack.chars().nth(at.page as usize - 1).unwrap();
            let people: std::collections::BTreeSet<char> = pile
                .pages
                .iter()
                .map(|at| whose(at).to_ascii_lowercase())
                .filter(char::is_ascii_alphabetic)
                .collect();
            assert!(people.len() <= 1, "{stack}: {people:?}");
        }
    }
}

#[test]
fn a_pile_says_what_is_in_it() {
    let sheets = sheets("|Aa_?");
    let split = split(&sheets, |_| Ok(Vec::new()));
    let [pile] = split.piles.as_slice() else {
        panic!("{} piles", split.piles.len())
    };
    let kinds = [
        DocumentKind::Passport,
        DocumentKind::RegistrationCard,
        DocumentKind::Unknown,
    ];
    assert_eq!(pile.kinds, kinds);
    let pages: Vec<u32> = pile.pages.iter().map(|at| at.page).collect();
    assert_eq!(pages, [2, 3, 5]);
    let expected = CoverSheet::NewCase {
        kind: CaseKind::Temporary,
        mission: MissionCode("DEU-BER".into()),
    };
    assert_eq!(pile.cover, Some(expected));
}
