//! R10 and R11 on a permanent case.

use serde_json::json;

use super::permanent::{PASSPORT, PERMIT, whole};
use super::{check, document};
use crate::reading::{DocumentKind, FieldName};

#[test]
fn r10_the_permit_is_there_and_this_persons() {
    check(
        whole,
        &[
            ("no permit", |w| w.without(PERMIT), &["r10-permit-missing"]),
            (
                "no permit yet",
                |w| {
                    w.without(PERMIT);
                    w.unread = true;
                },
                &[],
            ),
            (
                "a permit of another person",
                |w| {
                    w.print(PERMIT, "iin", "851231400120");
                    w.print(PERMIT, "birth_date", "1985-12-31");
                    w.print(PERMIT, "surname", "ОМАРОВА");
                    w.print(PERMIT, "given_names", "ӘСЕЛ");
                },
                &[
                    "r2-birth-date-differs",
                    "r5-iin-differs",
                    "r10-permit-of-another-person",
                ],
            ),
            (
                "a permit without a number, of another name",
                |w| {
                    w.document(PERMIT).fields.remove(&FieldName::IIN);
                    w.print(PERMIT, "given_names", "ӘСЕЛ");
                },
                &["r10-permit-of-another-person"],
            ),
        ],
    );
}

#[test]
fn r10_the_permit_is_dated_and_for_this_country() {
    check(
        whole,
        &[
            (
                "dated on the day of receipt",
                |w| w.print(PERMIT, "issue_date", "2026-10-23"),
                &[],
            ),
            (
                "dated after",
                |w| w.print(PERMIT, "issue_date", "2026-10-24"),
                &["r10-permit-after-receipt"],
            ),
            (
                "without a date",
                |w| {
                    w.document(PERMIT).fields.remove(&FieldName::ISSUE_DATE);
                },
                &["r10-permit-date-missing"],
            ),
            (
                "another destination",
                |w| w.print(PERMIT, "destination_country", "Түркия"),
                &["r10-destination-differs"],
            ),
            (
                "a destination nobody knows",
                |w| w.print(PERMIT, "destination_country", "ЬЬЬЬЬЬЬ"),
                &[],
            ),
        ],
    );
}

#[test]
fn r11_who_leaves_for_good_has_a_passport() {
    check(
        whole,
        &[(
            "R11 an ID card only",
            |w| {
                w.without(PASSPORT);
                let front = document(
                    DocumentKind::IdCardFront,
                    &[
                        ("surname", "ӘБІШЕВ"),
                        ("iin", "900101300017"),
                        ("document_number", "012345678"),
                    ],
                );
                let back = document(
                    DocumentKind::IdCardBack,
                    &[("document_number", "012345678")],
                );
                w.documents.extend([front, back]);
                w.declare("document_number", json!("012345678"));
            },
            &["r11-no-passport"],
        )],
    );
}
