//! Invented cases, as events; what follows from them is folded, not derived by the rules.

use casework::card::{Card, DeclaredCard, Entry, EntryValue};
use casework::case::{
    Actor, Case, CaseKind, Change, Channel, Event, Manifest, MissionCode, Recorded, Role, ScanPages,
};
use casework::finding::{Finding, Place, Rule, Severity};
use casework::reading::FieldName;
use casework::scan::{ScanId, ScanOutcome};

pub(crate) const RECEIVED: &str = "2026-10-23T09:00:00Z";
pub(crate) const DUE: &str = "2026-10-27T12:00:00Z";
pub(crate) const IIN: &str = "900101300017";
pub(crate) const OTHER_IIN: &str = "851231400120";

pub(crate) fn time(text: &str) -> jiff::Timestamp {
    text.parse().unwrap()
}

/// The manifest of the `number`th applicant.
pub(crate) fn manifest(number: u32, scans: &[ScanId]) -> Manifest {
    let card = [(FieldName::SURNAME, format!("ҮЛГІ {number}").into())];
    Manifest {
        kind: CaseKind::Temporary,
        channel: Channel::Portal,
        mission: MissionCode("DEU-BER".into()),
        received_at: time(RECEIVED),
        card: Some(DeclaredCard {
            entries: card.into(),
        }),
        scans: scans
            .iter()
            .map(|scan| ScanPages {
                scan: scan.clone(),
                name: "scan.jpg".into(),
                pages: None,
            })
            .collect(),
        batch: None,
        signature: None,
        language: None,
        sent_anyway: Vec::new(),
    }
}

/// The first write of a case.
pub(crate) fn opened(number: u32) -> Change {
    opened_by(manifest(number, &[]), DUE)
}

pub(crate) fn opened_by(manifest: Manifest, due_at: &str) -> Change {
    let due_at = time(due_at);
    change(None, "intake", vec![Event::Opened { manifest, due_at }])
}

/// The next write of a case.
pub(crate) fn then(case: &Case, account: &str, event: Event) -> Change {
    change(Some(case), account, vec![event])
}

/// The write that these events make after this case.
pub(crate) fn change(before: Option<&Case>, account: &str, events: Vec<Event>) -> Change {
    let expected_version = before.map_or(0, |case| case.version);
    let mut case = before.cloned();
    let mut recorded = Vec::new();
    for (event, version) in events.into_iter().zip(expected_version + 1..) {
        let one = Recorded {
            version,
            at: time(RECEIVED),
            actor: Actor {
                role: Role::Clerk,
                account: Some(account.to_owned()),
            },
            event,
        };
        case = Some(Case::following(case, &one).unwrap());
        recorded.push(one);
    }
    Change {
        expected_version,
        events: recorded,
        case: case.unwrap(),
        notices: Vec::new(),
    }
}

/// The card and the findings that follow, with these read values on the card.
pub(crate) fn derived(read: &[(FieldName, &str)], found: &[(Rule, Severity)]) -> Event {
    let entry = |value: &str| Entry {
        read: Some(EntryValue {
            value: value.into(),
            source: Place::Case,
            certainty: None,
        }),
        ..Entry::default()
    };
    let entries = read
        .iter()
        .map(|(name, value)| (name.clone(), entry(value)));
    let finding = |(rule, severity): &(Rule, Severity)| Finding {
        rule: *rule,
        severity: *severity,
        ground: None,
        field: None,
        reason: "invented".into(),
        values: Vec::new(),
    };
    Event::Derived {
        card: Card {
            entries: entries.collect(),
        },
        findings: found.iter().map(finding).collect(),
    }
}

/// A scan of two blank pages was filed.
pub(crate) fn filed(scan: &ScanId) -> Event {
    Event::ScanFiled {
        scan: scan.clone(),
        name: "scan.jpg".into(),
        outcome: ScanOutcome::Read {
            pages: 2,
            page_sizes: vec![[2480, 3508]; 2],
            blank_pages: vec![1, 2],
            documents: Vec::new(),
            findings: Vec::new(),
        },
    }
}
