//! The cases, and what becomes of each.
//!
//! Working days: 25 October 2026 (Republic Day) is a Sunday and moves to Monday 26; 16 December
//! is Independence Day. No host country has a holiday on the other days used here.

use casework::case::CaseKind::{Permanent, Temporary};
use casework::case::Channel::{Consulate, Portal};
use jiff::civil::date;

use super::{Plan, Sheet, Twist};
use crate::paper::permit::Layout;

const BERLIN: Plan = Plan {
    folder: "",
    kind: Permanent,
    channel: Consulate,
    mission: "DEU-BER",
    received_at: "2026-11-10T09:30:00Z",
    files: &[Sheet::Passport, Sheet::Permit(Layout::Notification)],
    card: true,
    twist: Twist::None,
    status: "awaiting_officer",
    findings: &[],
    due: date(2026, 11, 12),
};

const ANKARA: Plan = Plan {
    kind: Temporary,
    mission: "TUR-ANK",
    received_at: "2026-11-16T08:10:00Z",
    files: &[Sheet::IdCard],
    due: date(2026, 11, 18),
    ..BERLIN
};

/// All of them, in the order of their folders.
pub const PLANS: &[Plan] = &[
    Plan {
        folder: "01-clean-permanent",
        received_at: "2026-10-23T08:30:00Z",
        due: date(2026, 10, 28),
        ..BERLIN
    },
    Plan {
        folder: "02-clean-temporary",
        ..ANKARA
    },
    Plan {
        folder: "03-card-iin-differs",
        twist: Twist::CardIin,
        findings: &[("R5", "hard", &["iin"])],
        ..ANKARA
    },
    Plan {
        folder: "04-card-surname-misspelt",
        mission: "KOR-SEL",
        received_at: "2026-11-19T02:00:00Z",
        due: date(2026, 11, 23),
        files: &[Sheet::Passport, Sheet::PermitPdf(Layout::Electronic)],
        twist: Twist::CardSurname,
        findings: &[("R9", "hard", &["surname"])],
        ..BERLIN
    },
    Plan {
        folder: "05-card-in-russian-spelling",
        files: &[Sheet::Passport, Sheet::Permit(Layout::Decision)],
        twist: Twist::CardInRussian,
        ..BERLIN
    },
    Plan {
        folder: "06-permit-of-another-person",
        twist: Twist::PermitOfAnother,
        findings: &[
            ("R2", "hard", &["birth_date"]),
            ("R5", "hard", &["iin"]),
            ("R10", "hard", &["surname"]),
        ],
        ..BERLIN
    },
    Plan {
        folder: "07-permit-missing",
        mission: "ARE-AUH",
        received_at: "2026-12-15T07:00:00Z",
        due: date(2026, 12, 18),
        files: &[Sheet::Passport],
        status: "awaiting_documents",
        findings: &[("R10", "hard", &[])],
        ..BERLIN
    },
    Plan {
        folder: "08-id-card-expired",
        twist: Twist::Expired,
        findings: &[("R8", "hard", &["expiry_date"])],
        ..ANKARA
    },
    Plan {
        folder: "09-iin-check-digit-wrong",
        mission: "KOR-SEL",
        received_at: "2026-11-24T01:30:00Z",
        due: date(2026, 11, 26),
        files: &[Sheet::Passport],
        twist: Twist::IinCheckDigit,
        findings: &[("R1", "hard", &["iin"])],
        ..ANKARA
    },
    Plan {
        folder: "10-destination-differs",
        files: &[Sheet::Passport, Sheet::Permit(Layout::Electronic)],
        twist: Twist::PermitElsewhere,
        findings: &[("R10", "warning", &["destination_country"])],
        ..BERLIN
    },
    Plan {
        folder: "11-one-side-only",
        channel: Portal,
        files: &[Sheet::IdCardBack],
        status: "awaiting_other_side",
        findings: &[("R18", "ask", &[])],
        due: date(2026, 11, 17),
        ..ANKARA
    },
    Plan {
        folder: "12-unreadable-photo",
        files: &[Sheet::PassportHopeless],
        status: "awaiting_better_copy",
        ..ANKARA
    },
    Plan {
        folder: "13-not-a-document",
        mission: "ARE-AUH",
        received_at: "2026-11-17T06:00:00Z",
        due: date(2026, 11, 19),
        files: &[Sheet::Landscape],
        status: "awaiting_documents",
        ..ANKARA
    },
    Plan {
        folder: "14-same-file-twice",
        files: &[Sheet::PassportPhoto, Sheet::FirstAgain],
        ..ANKARA
    },
    Plan {
        folder: "15-card-on-paper-with-qr",
        files: &[
            Sheet::Passport,
            Sheet::Permit(Layout::Decision),
            Sheet::Card(true),
        ],
        card: false,
        ..BERLIN
    },
    Plan {
        folder: "16-card-on-paper-in-tiff",
        files: &[Sheet::Passport, Sheet::PermitAndCardTiff],
        card: false,
        ..BERLIN
    },
    Plan {
        folder: "17-consent-incomplete",
        twist: Twist::CardConsent,
        status: "awaiting_applicant",
        findings: &[("R14", "hard", &["consent"])],
        ..ANKARA
    },
    Plan {
        folder: "18-card-missing",
        card: false,
        status: "awaiting_applicant",
        ..ANKARA
    },
];
