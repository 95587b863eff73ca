//! R1–R3 and R5 on a permanent case.

use serde_json::json;

use super::permanent::{PASSPORT, PERMIT, whole};
use super::{check, field};
use crate::reading::{FieldName, Source};

#[test]
fn r1_the_number_is_sound() {
    check(
        whole,
        &[
            ("everything agrees", |_| {}, &[]),
            (
                "R1 check digit",
                |w| {
                    w.print(PASSPORT, "iin", "900101300018");
                    w.print(PERMIT, "iin", "900101300018");
                    w.declare("iin", json!("900101300018"));
                },
                &["r1-iin-check-digit"],
            ),
            (
                "R1 impossible day",
                |w| {
                    w.print(PASSPORT, "iin", "050229500037");
                    w.print(PERMIT, "iin", "050229500037");
                    w.declare("iin", json!("050229500037"));
                },
                &["r1-iin-date"],
            ),
        ],
    );
}

#[test]
fn r2_and_r3_birth_date_and_sex_agree() {
    check(
        whole,
        &[
            (
                "R2 the card has another day",
                |w| w.declare("birth_date", json!("1990-01-02")),
                &["r2-birth-date-differs"],
            ),
            (
                "R2 the permit has another day, and one person all the same",
                |w| w.print(PERMIT, "birth_date", "1991-01-01"),
                &["r2-birth-date-differs"],
            ),
            (
                "R2 zone and print of one passport differ",
                |w| {
                    let both = field(
                        "birth_date",
                        "1990-01-01",
                        &[(Source::Mrz, "1990-01-01"), (Source::Print, "1990-01-07")],
                    );
                    w.document(PASSPORT)
                        .fields
                        .insert(FieldName::BIRTH_DATE, both);
                },
                &["r2-birth-date-differs"],
            ),
            (
                "R2 a print that is no day contradicts nobody",
                |w| {
                    let both = field(
                        "birth_date",
                        "1990-01-01",
                        &[(Source::Mrz, "1990-01-01"), (Source::Print, "01.?1.1990")],
                    );
                    w.document(PASSPORT)
                        .fields
                        .insert(FieldName::BIRTH_DATE, both);
                },
                &[],
            ),
            (
                "R3 sex",
                |w| w.declare("sex", json!("F")),
                &["r3-sex-differs"],
            ),
        ],
    );
}

#[test]
fn r5_the_number_is_one() {
    check(
        whole,
        &[
            (
                "R5 the card has another number of the same day",
                |w| w.declare("iin", json!("900101300811")),
                &["r5-iin-differs"],
            ),
            (
                "R2 R3 R5 the card has another person's number",
                |w| w.declare("iin", json!("851231400120")),
                &["r2-birth-date-differs", "r5-iin-differs", "r3-sex-differs"],
            ),
            (
                "R5 a misprint in the permit is no other person",
                |w| w.print(PERMIT, "iin", "900101300811"),
                &["r5-iin-differs"],
            ),
            (
                "a correction overrules a reading that is not proven",
                |w| {
                    w.print(PASSPORT, "iin", "900101300811");
                    w.print(PERMIT, "iin", "900101300811");
                    w.corrections.push(("iin", "900101300017"));
                },
                &[],
            ),
        ],
    );
}
