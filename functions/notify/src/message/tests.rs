use casework::card::{Card, Entry};
use casework::case::{
    Actor, BetterCopy, CaseKind, Channel, End, Manifest, MissionCode, Role, open,
};
use casework::finding::{Finding, Ground, Place, Rule, Severity};
use casework::finding_code::{QualityFinding, RefusalCode};
use casework::notice::NoticeKind;
use casework::scan::{ScanId, ScanOutcome};

use super::*;

/// A case whose card has these entries.
pub(crate) fn case(entries: &[(&'static str, &str, Option<Certainty>)]) -> Case {
    let manifest = Manifest {
        kind: CaseKind::Temporary,
        channel: Channel::Consulate,
        mission: MissionCode("DEU-BER".into()),
        received_at: "2026-10-23T09:00:00Z".parse().unwrap(),
        card: None,
        scans: Vec::new(),
        batch: None,
        signature: None,
        language: None,
        sent_anyway: Vec::new(),
    };
    let actor = Actor {
        role: Role::Intake,
        account: None,
    };
    let (at, due_at) = ("2026-10-23T09:00:00Z", "2026-10-28T17:00:00Z");
    let opened = open(
        manifest,
        due_at.parse().unwrap(),
        &actor,
        at.parse().unwrap(),
    );
    let mut case = opened.unwrap().case;
    let entry = |(name, value, certainty): &(&'static str, &str, Option<Certainty>)| {
        let value = EntryValue {
            value: (*value).into(),
            source: Place::Case,
            certainty: *certainty,
        };
        let entry = Entry {
            read: Some(value),
            ..Entry::default()
        };
        (FieldName::new(name), entry)
    };
    case.card = Card {
        entries: entries.iter().map(entry).collect(),
    };
    case
}

const EMAIL: (&str, &str, Option<Certainty>) = ("email", "aidar@example.com", None);
const NAME: (&str, &str, Option<Certainty>) = ("given_names", "АЙДАР", Some(Certainty::Read));

fn said(case: &Case, kind: NoticeKind, languages: &[Language]) -> Message {
    let notice = Notice {
        case: case.id.clone(),
        version: 3,
        kind,
    };
    compose(case, &notice, languages).unwrap()
}

#[test]
fn a_message_greets_says_what_is_and_what_to_do() {
    let case = case(&[EMAIL, NAME]);
    let message = said(&case, NoticeKind::Received, &[Language::En]);
    assert_eq!(message.id.to_string(), format!("{}.3", case.id));
    assert_eq!(message.to, "aidar@example.com".into());
    assert_eq!(
        message.subject,
        format!("{}: your application was received", case.id)
    );
    let expected = format!(
        "Dear Айдар,\n\n\
         Your application for consular registration was received with all its papers. The mission decides by 28 October 2026.\n\n\
         There is nothing you need to do. You will get a message when it is decided.\n\n\
         Your reference: {}. Mission: Berlin.\n\n\
         This message was sent automatically; answers to it are not read. Registration is free of charge. We never ask for passwords or payments.",
        case.id
    );
    assert_eq!(*message.text.reveal(), expected);
}

#[test]
fn a_message_has_no_more_of_a_person_than_the_greeting() {
    let secret = [
        ("surname", "ҮЛГІБАЕВ", None),
        ("iin", "900101300017", None),
        ("birth_date", "1990-01-01", None),
        ("address_street", "Хауптштрассе", None),
    ];
    let entries = [&[EMAIL, NAME][..], &secret].concat();
    let mut case = case(&entries);
    case.end = Some(End::Refused {
        ground: Ground::Unreliable,
    });
    let of_cases = NoticeKind::ALL.into_iter();
    for kind in of_cases.filter(|kind| *kind != NoticeKind::PrivateLink) {
        let message = said(&case, kind, &Language::ALL);
        for part in [
            &message.subject,
            message.text.reveal(),
            message.html.reveal(),
        ] {
            for (_, value, _) in &secret {
                assert!(
                    !part.to_lowercase().contains(&value.to_lowercase()),
                    "{kind:?}: {part}"
                );
            }
            assert!(
                !part.contains("notice-") && !part.contains('{'),
                "{kind:?}: {part}"
            );
        }
        assert!(!message.subject.contains("Айдар"));
        let greetings = message.text.reveal().matches("Айдар").count();
        assert_eq!(greetings, 3, "{kind:?}: once in each language");
    }
}

#[test]
fn only_an_address_that_is_certain_is_written_to() {
    for (value, certainty, expected) in [
        ("aidar@example.com", None, Some("aidar@example.com")),
        (
            " aidar@example.com\n",
            Some(Certainty::Read),
            Some("aidar@example.com"),
        ),
        ("aidar@example.com", Some(Certainty::Doubtful), None),
        ("aidar", None, None),
        ("@example.com", None, None),
        ("aidar@", None, None),
        ("aidar@example.com, other@example.com", None, None),
        ("aidar@example.com\nBcc: other@example.com", None, None),
        ("", None, None),
    ] {
        let case = case(&[("email", value, certainty)]);
        assert_eq!(
            address(&case),
            expected.map(Personal::from),
            "{value:?} {certainty:?}"
        );
    }
    assert_eq!(address(&case(&[NAME])), None);
}

#[test]
fn a_doubtful_name_is_not_spoken() {
    let words = Words::of(Language::Ru);
    for (entry, greeted) in [
        (NAME, "Здравствуйте, Айдар!"),
        (
            ("given_names", "МАРИЯ  анна", None),
            "Здравствуйте, Мария Анна!",
        ),
        (
            ("given_names", "АЙДАР", Some(Certainty::Doubtful)),
            "Здравствуйте!",
        ),
        (EMAIL, "Здравствуйте!"),
    ] {
        assert_eq!(greeting(&case(&[entry]), &words), greeted);
    }
}

#[test]
fn what_is_asked_is_listed_with_what_to_do() {
    let words = Words::of(Language::En);
    let scan = ScanId::of(b"a scan");
    let ask = |rule, reason: &str| Finding {
        rule,
        severity: Severity::Ask,
        ground: None,
        field: None,
        reason: reason.to_owned(),
        values: Vec::new(),
    };
    let mut blurred = case(&[]);
    blurred.better_copies_asked = vec![BetterCopy {
        scan: scan.clone(),
        code: QualityFinding::Blur,
    }];
    let mut back = case(&[]);
    back.findings = vec![ask(Rule::R18, "r18-back-missing")];
    let mut unread = case(&[]);
    unread.scans = vec![casework::case::FiledScan {
        scan,
        name: "aidar.jpg".into(),
        outcome: ScanOutcome::Refused {
            code: RefusalCode::Truncated,
            quarantined: false,
        },
    }];
    for (case, expected) in [
        (blurred, "The picture is blurred."),
        (back, "The back of the identity card is missing."),
        (unread, "The end of the file is missing."),
        (case(&[]), "A document that shows who you are is missing"),
    ] {
        let asked = asks(&case, &words);
        assert_eq!(asked.len(), 1, "{asked:?}");
        assert!(asked[0].starts_with(expected), "{asked:?}");
    }
}

#[test]
fn a_page_shows_a_name_and_runs_nothing_of_it() {
    let case = case(&[EMAIL, ("given_names", "<b>&\"", None)]);
    let message = said(&case, NoticeKind::Registered, &Language::ALL);
    let html = message.html.reveal();
    assert!(
        html.contains("&lt;b&gt;&amp;&quot;") && !html.contains("<b>"),
        "{html}"
    );
    for language in Language::ALL {
        assert!(html.contains(&format!("lang=\"{}\"", language.code())));
    }
    assert!(!html.contains("http") && !html.contains("src="), "{html}");
}
