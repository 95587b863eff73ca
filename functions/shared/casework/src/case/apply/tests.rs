//! What people may do to a case, beyond the table of status and role.

use std::collections::BTreeMap;

use super::*;
use crate::appeal::{Part, Typed};
use crate::card::DeclaredCard;
use crate::case::{CaseKind, Channel, End, MissionCode, Refusal, StrikeOffGround};
use crate::document::{Certainty, Document, Field, Opinion};
use crate::finding::{Ground, Rule};
use crate::finding_code::{QualityFinding, RefusalCode};
use crate::reading::{DocumentKind, FieldReading, Quality, Reader, Source};
use crate::scan::ScanOutcome;
use crate::words::Language;

pub(in crate::case) fn someone(role: Role, account: &str) -> Actor {
    Actor {
        role,
        account: Some(account.to_owned()),
    }
}

fn scan() -> ScanId {
    ScanId::of(b"passport")
}

/// Applies it as this person, with nothing known of other cases.
pub(in crate::case) fn act(case: &Case, actor: &Actor, action: Action) -> Result<Change, NotNow> {
    let at = "2026-10-23T10:00:00Z".parse().unwrap();
    case.apply(action, actor, at, &Surroundings::default())
}

/// `M`, as one reader saw it in print.
fn printed_sex() -> Field {
    Field {
        value: "M".into(),
        certainty: Certainty::Read,
        proof: None,
        confidence: 0.9,
        source: Source::Print,
        bounds: [10.0, 10.0, 20.0, 20.0],
        raw: "M".into(),
        readings: vec![Opinion {
            value: "M".into(),
            well_formed: true,
            reading: FieldReading {
                field: FieldName::SEX,
                text: "M".into(),
                source: Source::Print,
                reader: Reader::Tesseract,
                bounds: [10.0, 10.0, 20.0, 20.0],
                margins: Vec::new(),
                confidence: 0.9,
            },
        }],
    }
}

/// A case that declares one sex and whose passport prints the other.
fn case() -> Case {
    case_at("DEU-BER")
}

/// The same at another mission.
pub(in crate::case) fn case_at(mission: &str) -> Case {
    let manifest = Manifest {
        kind: CaseKind::Temporary,
        channel: Channel::Consulate,
        mission: MissionCode(mission.into()),
        received_at: "2026-10-23T09:00:00Z".parse().unwrap(),
        card: Some(DeclaredCard {
            entries: [(FieldName::SEX, "F".into())].into(),
        }),
        scans: Vec::new(),
        batch: None,
        signature: None,
        language: None,
        sent_anyway: Vec::new(),
    };
    let intake = Actor {
        role: Role::Intake,
        account: None,
    };
    let at = manifest.received_at;
    let case = open(manifest, at, &intake, at).unwrap().case;
    let passport = Document {
        kind: DocumentKind::Passport,
        page: 1,
        corners: [[0.0; 2]; 4],
        quality: Quality::default(),
        mrz: None,
        fields: [(FieldName::SEX, printed_sex())].into(),
        by_hand: BTreeMap::new(),
    };
    let outcome = ScanOutcome::Read {
        pages: 1,
        page_sizes: vec![[100, 100]],
        blank_pages: Vec::new(),
        documents: vec![passport],
        findings: Vec::new(),
    };
    let filed = Action::FileScan {
        scan: scan(),
        name: "passport.jpg".into(),
        outcome,
    };
    act(&case, &intake, filed).unwrap().case
}

/// The case, registered by this person.
fn registered(case: Case, actor: Actor) -> Case {
    let approved = Recorded {
        version: case.version + 1,
        at: case.manifest.received_at,
        actor,
        event: Event::Approved { reason: None },
    };
    Case::following(Some(case), &approved).unwrap()
}

pub(in crate::case) fn correct(field: FieldName, value: &str) -> Action {
    Action::Correct {
        field,
        value: value.into(),
    }
}

#[test]
fn a_case_in_someones_hand_is_theirs_until_they_or_a_supervisor_give_it_back() {
    let [aida, berik] = ["aida", "berik"].map(|name| someone(Role::Officer, name));
    let clerk = someone(Role::Clerk, "aida");
    let vera = someone(Role::Supervisor, "vera");
    let claimed = act(&case(), &aida, Action::Claim).unwrap().case;
    for (actor, action, ended) in [
        (&aida, Action::Claim, Err(NotNow::Nothing)),
        (&berik, Action::Claim, Err(NotNow::InOtherHands)),
        (&berik, Action::Release, Err(NotNow::InOtherHands)),
        (
            &berik,
            correct(FieldName::SEX, "M"),
            Err(NotNow::InOtherHands),
        ),
        (&berik, Action::Look, Err(NotNow::InOtherHands)),
        (&aida, correct(FieldName::SEX, "M"), Ok(())),
        (&clerk, Action::Release, Ok(())),
        (&aida, Action::Release, Ok(())),
        (&vera, Action::Release, Ok(())),
    ] {
        let change = act(&claimed, actor, action.clone());
        assert_eq!(change.map(|_| ()), ended, "{actor:?} {action:?}");
    }
    // What belongs to nobody is anybody's.
    assert!(act(&case(), &berik, correct(FieldName::SEX, "M")).is_ok());
    assert_eq!(act(&case(), &berik, Action::Release), Err(NotNow::Nothing));
    let freed = act(&claimed, &vera, Action::Release).unwrap().case;
    assert!(act(&freed, &berik, Action::Claim).is_ok());
}

#[test]
fn whoever_registered_a_person_any_officer_strikes_them_off_once() {
    let [aida, berik] = ["aida", "berik"].map(|name| someone(Role::Officer, name));
    let claimed = act(&case(), &aida, Action::Claim).unwrap().case;
    let registered = registered(claimed, aida);
    for ground in StrikeOffGround::ALL {
        let struck = act(&registered, &berik, Action::StrikeOff(ground));
        let struck = struck.unwrap().case;
        assert_eq!(struck.end, Some(End::StruckOff { ground }));
        let again = act(&struck, &berik, Action::StrikeOff(ground));
        assert!(matches!(again, Err(NotNow::NotAllowed { .. })));
        assert_eq!(StrikeOffGround::from_code(ground.as_str()), Some(ground));
    }
}

#[test]
fn a_certificate_is_issued_again_as_often_as_it_is_asked_for_and_each_copy_has_its_number() {
    let aida = someone(Role::Officer, "aida");
    let applicant = Actor {
        role: Role::Applicant,
        account: None,
    };
    let registered = registered(case(), aida.clone());
    assert_eq!(registered.certificate_copy(), 1);
    let asked = act(&registered, &applicant, Action::RequestCertificate).unwrap();
    assert_eq!(asked.case.status(), Status::CertificateRequested);
    assert_eq!(asked.case.status_told(), Status::Registered);
    assert_eq!(asked.notices, [], "they know that they asked");
    let again = act(&asked.case, &applicant, Action::RequestCertificate);
    assert!(matches!(again, Err(NotNow::NotAllowed { .. })));
    let mut case = asked.case;
    for copy in [2, 3] {
        let issued = act(&case, &aida, Action::ReissueCertificate).unwrap();
        let event = &issued.events[0].event;
        assert_eq!(*event, Event::CertificateReissued { copy });
        assert_eq!(issued.case.status(), Status::Registered);
        assert_eq!(issued.case.certificate_copy(), copy);
        assert_eq!(issued.notices, []);
        case = issued.case;
    }
}

#[test]
fn a_correction_has_the_form_of_its_entry_and_settles_what_differs() {
    let aida = someone(Role::Officer, "aida");
    let refused = |field: &'static str, cause| {
        let field = FieldName::new(field);
        Err(NotNow::NoSuchValue { field, cause })
    };
    for (field, value, ended) in [
        ("sex", "?", refused("sex", CardCause::NotASex)),
        (
            "birth_date",
            "1990-02-30",
            refused("birth_date", CardCause::NotADay),
        ),
        ("no_such", "x", refused("no_such", CardCause::UnknownKey)),
        ("surname", "  ", Err(NotNow::NoText)),
        ("sex", "мужской", Ok(Some("M"))),
        ("birth_date", "14.06.1990", Ok(Some("1990-06-14"))),
    ] {
        let field = FieldName::new(field);
        let change = act(&case(), &aida, correct(field.clone(), value));
        let kept = change.map(|c| c.case.corrections.get(&field).cloned());
        assert_eq!(
            kept,
            ended.map(|v| v.map(Personal::from)),
            "{field} {value}"
        );
    }
    let differs = |case: &Case| case.findings.iter().any(|f| f.rule == Rule::R3);
    assert!(differs(&case()));
    for value in ["M", "F"] {
        let settled = act(&case(), &aida, correct(FieldName::SEX, value))
            .unwrap()
            .case;
        assert!(!differs(&settled), "{value}: a person has decided");
        assert_eq!(
            settled.card.entries[&FieldName::SEX]
                .resolved()
                .unwrap()
                .value,
            value.into()
        );
        let again = act(&settled, &aida, correct(FieldName::SEX, value));
        assert_eq!(again, Err(NotNow::Nothing));
    }
}

#[test]
fn what_the_machine_read_is_unseen_until_a_person_has_looked() {
    let aida = someone(Role::Officer, "aida");
    let case = case();
    assert!(case.unseen(&FieldName::SEX));
    let looked = act(&case, &aida, Action::Look).unwrap().case;
    assert!(!looked.unseen(&FieldName::SEX));
    assert_eq!(act(&looked, &aida, Action::Look), Err(NotNow::Nothing));
    let corrected = act(&case, &aida, correct(FieldName::SEX, "M"))
        .unwrap()
        .case;
    assert!(
        !corrected.unseen(&FieldName::SEX),
        "they entered it themselves"
    );
    assert!(!case.unseen(&FieldName::SURNAME), "nothing was read");
    // Another reading is news again.
    let mut read_anew = looked;
    let entry = read_anew.card.entries.get_mut(&FieldName::SEX).unwrap();
    entry.read.as_mut().unwrap().value = "F".into();
    assert!(read_anew.unseen(&FieldName::SEX));
}

#[test]
fn a_better_copy_is_asked_of_a_scan_of_the_case_and_once() {
    let aida = someone(Role::Officer, "aida");
    let ask = |scan| Action::AskBetterCopy {
        scan,
        code: QualityFinding::Blur,
    };
    let case = case();
    let asked = act(&case, &aida, ask(scan())).unwrap().case;
    assert_eq!(asked.status(), Status::AwaitingBetterCopy);
    assert_eq!(act(&asked, &aida, ask(scan())), Err(NotNow::Nothing));
    let other = act(&case, &aida, ask(ScanId::of(b"another")));
    assert_eq!(other, Err(NotNow::NoSuchScan));
}

#[test]
fn what_cannot_be_read_is_no_better_copy() {
    let ask = Action::AskBetterCopy {
        scan: scan(),
        code: QualityFinding::Blur,
    };
    let asked = act(&case(), &someone(Role::Officer, "aida"), ask).unwrap();
    let sent = |outcome| {
        let filing = Action::FileScan {
            scan: ScanId::of(b"again"),
            name: "again.jpg".into(),
            outcome,
        };
        let intake = Actor {
            role: Role::Intake,
            account: None,
        };
        act(&asked.case, &intake, filing).unwrap().case.status()
    };
    let refused = |code| ScanOutcome::Refused {
        code,
        quarantined: false,
    };
    let read = |documents| ScanOutcome::Read {
        pages: 1,
        page_sizes: vec![[800, 600]],
        blank_pages: Vec::new(),
        documents,
        findings: Vec::new(),
    };
    let passport = asked.case.documents().next().unwrap().1.clone();
    for (outcome, is_open) in [
        (refused(RefusalCode::Truncated), true),
        (refused(RefusalCode::TooLarge), true),
        (read(vec![passport]), false),
    ] {
        let told = format!("{outcome:?}");
        let is_awaited = sent(outcome) == Status::AwaitingBetterCopy;
        assert_eq!(is_awaited, is_open, "{told}");
    }
}

fn refused() -> Case {
    let refusal = Action::Refuse(Refusal {
        ground: Ground::Unreliable,
        findings: Vec::new(),
        language: Language::En,
        reasons: "the sex differs".into(),
    });
    act(&case(), &someone(Role::Officer, "aida"), refusal)
        .unwrap()
        .case
}

fn complaint(signed_on: Option<&str>) -> Action {
    let required = Part::ALL.into_iter().filter(|part| part.required(false));
    let mut typed: Typed = required.map(|part| (part, "x".to_owned())).collect();
    typed.insert(Part::Iin, "900101300017".to_owned());
    typed.insert(Part::LearnedOn, "23.10.2026".to_owned());
    typed.extend(signed_on.map(|day| (Part::SignedOn, day.to_owned())));
    Action::Appeal(typed)
}

#[test]
fn a_complaint_is_taken_signed_on_paper_and_handed_on_within_its_term() {
    let applicant = Actor {
        role: Role::Applicant,
        account: None,
    };
    let [clerk, aida] =
        [(Role::Clerk, "berik"), (Role::Officer, "aida")].map(|(role, name)| someone(role, name));
    let change = act(&refused(), &applicant, complaint(None)).unwrap();
    let told = |change: &Change| change.notices.iter().map(|n| n.kind).collect::<Vec<_>>();
    assert_eq!(told(&change), [NoticeKind::AppealReceived]);
    let came = change.case;
    assert_eq!(came.status(), Status::Appealed);
    // Friday 23 October; Monday is the day off of the 25th; so Tuesday, Wednesday, Thursday.
    assert_eq!(came.next_due_at().to_string(), "2026-10-29T17:00:00Z");
    assert_ne!(came.due_at, came.next_due_at());

    let unsigned = act(&came, &clerk, complaint(None)).unwrap_err();
    assert!(matches!(unsigned, NotNow::AppealLacks(faults) if faults.len() == 1));
    let signed = act(&came, &clerk, complaint(Some("23.10.2026"))).unwrap();
    assert_eq!(told(&signed), [], "they know that it came");
    let signed = signed.case;
    assert_eq!(signed.next_due_at(), came.next_due_at());
    for (again, why) in [
        (complaint(Some("23.10.2026")), NotNow::Nothing),
        (complaint(Some("22.10.2026")), NotNow::AppealStands),
    ] {
        assert_eq!(act(&signed, &clerk, again).unwrap_err(), why);
    }

    let handed_on = act(&signed, &aida, Action::HandOnAppeal).unwrap();
    assert_eq!(told(&handed_on), [NoticeKind::AppealHandedOn]);
    assert_eq!(handed_on.case.status(), Status::WithSuperior);
    assert_eq!(handed_on.case.next_due_at(), signed.due_at);
    for case in [signed, handed_on.case] {
        let reason = Some("the superior granted it".to_owned());
        let granted = act(&case, &aida, Action::Approve { reason }).unwrap().case;
        assert_eq!(granted.status(), Status::Registered);
    }
}
