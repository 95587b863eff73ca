use jiff::civil::date;

use super::*;
use crate::card::schema::{EntryType, Schema};

pub(super) fn at(text: &str) -> Timestamp {
    text.parse().unwrap()
}

fn begun(kind: CaseKind) -> Application {
    let beginning = Beginning {
        language: Language::Kk,
        batch: BatchId::of("portal", "one/"),
        link: LinkKey("00".into()),
        kind,
        represented: false,
        mission: MissionCode("DEU-BER".into()),
        consent: date(2026, 11, 1),
        contact: BTreeMap::new(),
    };
    Application::begun(beginning, at("2026-11-20T09:00:00Z"))
}

fn paper(slot: Slot, bytes: &[u8]) -> PaperSent {
    PaperSent {
        slot,
        scan: ScanId::of(bytes),
        name: "photo.jpg".into(),
        sent_anyway: Vec::new(),
    }
}

/// An application whose papers and sections are all there.
pub(super) fn filled(kind: CaseKind) -> Application {
    let mut one = begun(kind).showing(Identity::Passport).unwrap();
    for slot in one.slots() {
        one = one
            .with_paper(paper(slot, slot.as_str().as_bytes()))
            .unwrap();
    }
    for section in one.sections().collect::<Vec<_>>() {
        let typed = section.fields(kind).map(|field| {
            let value = match field.entry_type {
                EntryType::Date => "2030-01-01".to_owned(),
                EntryType::Iin => "900101300017".to_owned(),
                EntryType::Sex => "M".to_owned(),
                EntryType::Choice => field.choices[0].code.clone(),
                EntryType::Text
                | EntryType::Name
                | EntryType::Number
                | EntryType::Country
                | EntryType::Bool
                | EntryType::Consent => "ҮЛГІ".to_owned(),
            };
            let value = if field.key == "children" {
                "ҮЛГІЕВ САНЖАР, 2015-04-02".to_owned()
            } else {
                value
            };
            (FieldName::from_key(field.key.clone()), value)
        });
        one = one.with_section(section, &typed.collect()).unwrap();
    }
    one
}

pub(super) fn draft(one: &Application) -> crate::case::Case {
    one.draft(Vec::new(), at("2026-11-20T09:00:00Z")).unwrap()
}

#[test]
fn what_a_page_warned_of_stands_in_the_case_with_its_scan() {
    let poor = PaperSent {
        sent_anyway: Hint::listed("GLARE BLUR"),
        ..paper(Slot::Passport, b"poor")
    };
    let one = begun(CaseKind::Permanent).showing(Identity::Passport);
    let one = one.unwrap().with_paper(poor.clone()).unwrap();
    let one = one.with_paper(paper(Slot::Permit, b"good")).unwrap();
    let manifest = draft(&one).manifest;
    let warned = manifest.warned_of(&poor.scan).collect::<Vec<_>>();
    assert_eq!(warned, [Hint::Blur, Hint::Glare]);
    assert_eq!(manifest.warned_of(&ScanId::of(b"good")).count(), 0);
    let better = one.with_paper(paper(Slot::Passport, b"better")).unwrap();
    assert_eq!(draft(&better).manifest.sent_anyway, []);
}

#[test]
fn every_entry_of_the_card_is_in_one_section_but_for_what_the_portal_knows() {
    let known = ["card_kind", "consent", "signed", "signed_on"];
    for field in &Schema::current().fields {
        for kind in &field.kinds {
            let sections = Section::ALL
                .iter()
                .filter(|s| s.fields(*kind).any(|f| f.key == field.key));
            let expected = usize::from(!known.contains(&field.key.as_str()));
            assert_eq!(sections.count(), expected, "{}", field.key);
        }
    }
}

#[test]
fn steps_follow_one_another_to_the_handing_in() {
    for kind in [CaseKind::Permanent, CaseKind::Temporary] {
        let mut one = begun(kind);
        let mut steps = Vec::new();
        for _ in 0..20 {
            let step = one.next_step(&draft(&one));
            steps.push(step);
            one = match step {
                Step::Identity => one.showing(Identity::IdCard).unwrap(),
                Step::Paper(slot) => one
                    .with_paper(paper(slot, slot.as_str().as_bytes()))
                    .unwrap(),
                Step::Section(_) => break,
                Step::Answers | Step::Sign | Step::Follow => panic!("too early"),
            };
        }
        let permit = (kind == CaseKind::Permanent).then_some(Step::Paper(Slot::Permit));
        let expected: Vec<Step> = [
            Step::Identity,
            Step::Paper(Slot::Front),
            Step::Paper(Slot::Back),
        ]
        .into_iter()
        .chain(permit)
        .chain([Step::Section(Section::Person)])
        .collect();
        assert_eq!(steps, expected);
        let one = filled(kind);
        assert_eq!(one.next_step(&draft(&one)), Step::Answers);
        let one = one.clone().confirmed(&draft(&one)).unwrap();
        assert_eq!(one.next_step(&draft(&one)), Step::Sign);
        let one = one.handed_in(None, at("2026-11-20T10:00:00Z")).unwrap();
        assert_eq!(one.next_step(&draft(&one)), Step::Follow);
    }
}

#[test]
fn a_change_takes_back_what_was_confirmed_and_the_same_again_does_not() {
    let one = filled(CaseKind::Temporary);
    let one = one.clone().confirmed(&draft(&one)).unwrap();
    let same = one
        .clone()
        .with_paper(paper(Slot::Passport, b"passport"))
        .unwrap();
    assert_eq!(same, one);
    let other = one
        .clone()
        .with_paper(paper(Slot::Passport, b"another"))
        .unwrap();
    assert_eq!(
        (other.confirmed.clone(), other.version),
        (None, one.version + 1)
    );
    assert_eq!(other.scans().len(), 1, "the last one counts");
    assert_eq!(
        other.handed_in(None, at("2026-11-20T10:00:00Z")),
        Err(NotTaken::TooEarly)
    );
}

#[test]
fn an_entry_that_must_not_be_empty_and_one_that_cannot_be_are_both_told() {
    let typed = [
        ("surname", " "),
        ("iin", "12"),
        ("birth_date", "31.02.1990"),
    ];
    let typed = typed.map(|(key, value)| (FieldName::new(key), value.to_owned()));
    let told = begun(CaseKind::Temporary).with_section(Section::Person, &typed.into());
    let Err(NotTaken::Entries(faults)) = told else {
        panic!("{told:?}")
    };
    let cause = |key: &'static str| {
        let mut faults = faults
            .iter()
            .filter(|fault| fault.field == FieldName::new(key));
        faults.next().map(|fault| fault.cause)
    };
    assert_eq!(cause("surname"), Some(None));
    assert_eq!(
        cause("iin"),
        Some(Some(crate::card::CardCause::NotTwelveDigits))
    );
    assert_eq!(
        cause("birth_date"),
        Some(Some(crate::card::CardCause::NotADay))
    );
    assert_eq!(cause("former_surname"), None);
}

#[test]
fn the_case_it_becomes_has_its_reference_its_consent_and_says_how_it_was_signed() {
    let one = filled(CaseKind::Permanent);
    let one = one.clone().confirmed(&draft(&one)).unwrap();
    let request = one.request().unwrap();
    let one = one.handed_in(None, at("2026-11-20T23:30:00Z")).unwrap();
    assert_eq!(
        one.request().unwrap(),
        request,
        "handing it in changes nothing of what is signed"
    );
    let manifest = one.manifest().unwrap();
    assert_eq!(CaseId::of(&manifest), one.reference);
    let card = manifest.card.unwrap();
    let get = |key: &'static str| card.get(&FieldName::new(key));
    assert_eq!(
        (get("signed"), get("signed_on")),
        (Some("false"), Some("2026-11-21"))
    );
    assert_eq!(
        (get("consent.version"), get("consent.other")),
        (Some("2026-11-01"), Some("true"))
    );
}

#[test]
fn after_the_handing_in_papers_are_added_and_nothing_else_changes() {
    let one = filled(CaseKind::Temporary);
    let one = one.clone().confirmed(&draft(&one)).unwrap();
    let one = one.handed_in(None, at("2026-11-20T10:00:00Z")).unwrap();
    assert_eq!(
        one.clone().showing(Identity::IdCard),
        Err(NotTaken::HandedIn)
    );
    let more = one
        .standing()
        .with_paper(paper(Slot::Other, b"better"))
        .unwrap();
    assert!(more.confirmed.is_some());
    assert!(
        !more.handed_in.as_ref().unwrap().is_case,
        "the paper is still to be filed"
    );
    assert_eq!(more.scans().len(), 2);
}

#[test]
fn a_representative_is_named_brings_their_authority_and_signs() {
    let own = begun(CaseKind::Temporary);
    assert!(
        own.sections()
            .all(|section| section != Section::Representative)
    );
    let mut one = own;
    one.represented = true;
    let one = one.showing(Identity::Passport).unwrap();
    assert_eq!(one.slots(), [Slot::Passport, Slot::Authority]);
    assert_eq!(one.sections().next(), Some(Section::Representative));
    let told = one
        .clone()
        .with_section(Section::Representative, &BTreeMap::new());
    let Err(NotTaken::Entries(faults)) = told else {
        panic!("{told:?}")
    };
    assert_eq!(faults.len(), 2, "both must be filled in");
    let card = |own: &str, other: &str| DeclaredCard {
        entries: [
            (FieldName::IIN, own.into()),
            (REPRESENTATIVE_IIN, other.into()),
        ]
        .into(),
    };
    for (represented, signer) in [(false, "900101300017"), (true, "851231400120")] {
        let mut one = one.clone();
        one.represented = represented;
        one.confirmed = Some(card("900101300017", "851231400120"));
        assert_eq!(one.signer(), Some(signer));
    }
}
