use super::*;
use crate::card::CardCause;
use crate::case::action::Action;
use crate::case::apply::tests::{act, case_at, someone};
use crate::case::{Actor, Role};
use crate::document::{Certainty, Document};
use crate::reading::{DocumentKind, Quality};
use crate::scan::ScanOutcome;

const PAGE: u32 = 2;

fn scan() -> ScanId {
    ScanId::of(b"card")
}

/// A case whose passport is printed and whose card has these entries by hand.
fn case(by_hand: &[&'static str]) -> Case {
    let places = by_hand.iter().map(|name| (FieldName::new(name), [1.0; 4]));
    let card = Document {
        kind: DocumentKind::RegistrationCard,
        page: PAGE,
        corners: [[0.0; 2]; 4],
        quality: Quality::default(),
        mrz: None,
        fields: BTreeMap::new(),
        by_hand: places.collect(),
    };
    let intake = Actor {
        role: Role::Intake,
        account: None,
    };
    let filed = Action::FileScan {
        scan: scan(),
        name: "card.jpg".into(),
        outcome: ScanOutcome::Read {
            pages: PAGE,
            page_sizes: vec![[100, 100]; 2],
            blank_pages: Vec::new(),
            documents: vec![card],
            findings: Vec::new(),
        },
    };
    act(&case_at("DEU-BER"), &intake, filed).unwrap().case
}

fn read(entries: &[(&'static str, &str)]) -> Action {
    let entries = entries
        .iter()
        .map(|(name, value)| (FieldName::new(name), (*value).into()));
    Action::Transcribe(Transcript {
        scan: scan(),
        page: PAGE,
        entries: entries.collect(),
    })
}

fn unread(case: &Case) -> Vec<&str> {
    let sheets = case.unread_hand().into_iter();
    let entries = sheets.flat_map(|sheet| sheet.entries);
    entries.map(|(field, _)| &*field.key).collect()
}

#[test]
fn what_is_read_off_has_the_form_of_its_entry_and_stands_on_the_card_where_it_is_written() {
    let aida = someone(Role::Clerk, "aida");
    let case = case(&["birth_date", "surname", "phone", "consent"]);
    assert_eq!(unread(&case), ["surname", "birth_date", "phone"]);
    // Where the postcode stands was not seen; it is entered all the same.
    let entries = [
        ("surname", "Әлиева"),
        ("birth_date", "14.06.1990"),
        ("address_postcode", "10117"),
    ];
    let read = read(&entries);
    let case = act(&case, &aida, read.clone()).unwrap().case;
    assert_eq!(unread(&case), [""; 0]);
    for (key, value) in [
        ("surname", "Әлиева"),
        ("birth_date", "1990-06-14"),
        ("address_postcode", "10117"),
    ] {
        let entry = case.card.entries[&FieldName::new(key)].resolved().unwrap();
        assert_eq!(
            (entry.value.reveal().as_str(), entry.certainty),
            (value, None)
        );
        assert!(matches!(entry.source, Place::Document { page: PAGE, .. }));
    }
    assert_eq!(act(&case, &aida, read), Err(NotNow::Nothing));
}

#[test]
fn what_stands_nowhere_or_has_no_form_is_not_read_off() {
    let aida = someone(Role::Officer, "aida");
    let case = case(&["birth_date"]);
    let no_such = |key, cause| NotNow::NoSuchValue {
        field: FieldName::new(key),
        cause,
    };
    let elsewhere = Action::Transcribe(Transcript {
        scan: scan(),
        page: 1,
        entries: [(FieldName::BIRTH_DATE, "1990-06-14".into())].into(),
    });
    for (action, why) in [
        (read(&[]), NotNow::NoText),
        (elsewhere, NotNow::NoSuchScan),
        (
            read(&[("birth_date", "1990-02-30")]),
            no_such("birth_date", CardCause::NotADay),
        ),
        (
            read(&[("birth_date", "1990-06-14"), ("consent", "true")]),
            no_such("consent", CardCause::NotAConsent),
        ),
    ] {
        assert_eq!(act(&case, &aida, action.clone()), Err(why), "{action:?}");
    }
}

#[test]
fn it_is_compared_with_the_documents_and_settles_nothing() {
    let aida = someone(Role::Officer, "aida");
    let case = case(&["sex"]);
    // The passport prints M, and F is declared.
    for said in ["M", "F"] {
        let case = act(&case, &aida, read(&[("sex", said)])).unwrap().case;
        let differs = case.findings.iter().find(|f| f.reason == "r3-sex-differs");
        let values = &differs.expect("it settles nothing").values;
        let is_card = |place: &Place| {
            let card = DocumentKind::RegistrationCard;
            matches!(place, Place::Document { document, .. } if *document == card)
        };
        let on_card: Vec<(&str, Option<Certainty>)> = values
            .iter()
            .filter(|witness| is_card(&witness.place))
            .map(|witness| (witness.value.reveal().as_str(), witness.certainty))
            .collect();
        assert_eq!(on_card, [(said, None)]);
    }
}
