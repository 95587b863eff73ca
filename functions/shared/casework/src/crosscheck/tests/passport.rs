//! R4 and R6–R8 on a permanent case.

use serde_json::json;

use super::permanent::{PASSPORT, PERMIT, whole};
use super::{World, check};
use crate::document::{Certainty, CheckDigit};
use crate::reading::FieldName;

#[test]
fn r4_the_zone_agrees_with_itself() {
    fn refute(w: &mut World, certainty: Certainty) {
        let passport = w.document(PASSPORT);
        let digits = &mut passport.mrz.as_mut().unwrap().check_digits;
        digits.insert("birth_date".into(), CheckDigit::Refuted);
        digits.insert("composite".into(), CheckDigit::Refuted);
        passport
            .fields
            .get_mut(&FieldName::BIRTH_DATE)
            .unwrap()
            .certainty = certainty;
    }
    check(
        whole,
        &[
            (
                "R4 refuted",
                |w| refute(w, Certainty::Doubtful),
                &["r4-mrz-check-digit-refuted"],
            ),
            (
                "R4 refuted, and proven by the print",
                |w| refute(w, Certainty::Verified),
                &[],
            ),
        ],
    );
}

#[test]
fn r6_and_r7_the_number_and_the_state() {
    check(
        whole,
        &[
            (
                "R6 the card has another number",
                |w| w.declare("document_number", json!("N12345679")),
                &["r6-document-number-differs"],
            ),
            (
                "R6 shape",
                |w| {
                    w.print(PASSPORT, "document_number", "12345678");
                    w.declare("document_number", json!("12345678"));
                },
                &["r6-document-number-shape"],
            ),
            (
                "R7 another state",
                |w| {
                    w.document(PASSPORT).mrz.as_mut().unwrap().lines[0] =
                        "P<UZBABISHEV<<KAIRAT<<<<<<<<<<<<<<<<<<<<<<<<".into();
                },
                &["r7-not-kazakhstan"],
            ),
            (
                "R7 another state, as one letter misread, and an officer's word",
                |w| {
                    w.document(PASSPORT).mrz.as_mut().unwrap().lines[0] =
                        "P<KAIBABISHEV<<KAIRAT<<<<<<<<<<<<<<<<<<<<<<<<".into();
                    w.corrections.push(("citizenship", "Казахстан"));
                },
                &[],
            ),
            (
                "R7 another citizenship declared",
                |w| w.declare("citizenship", json!("Германия")),
                &["r7-not-kazakhstan"],
            ),
        ],
    );
}

#[test]
fn r8_the_term_runs() {
    check(
        whole,
        &[
            (
                "R8 expires on the day of receipt",
                |w| {
                    w.print(PASSPORT, "issue_date", "2016-10-24");
                    w.print(PASSPORT, "expiry_date", "2026-10-23");
                },
                &[],
            ),
            (
                "R8 expired the day before",
                |w| {
                    w.print(PASSPORT, "issue_date", "2016-10-23");
                    w.print(PASSPORT, "expiry_date", "2026-10-22");
                },
                &["r8-document-expired"],
            ),
            (
                "R8 the day is the mission's, not the world's",
                |w| {
                    w.mission = "KOR-SEL";
                    w.received_at = "2026-10-22T20:00:00Z";
                    w.print(PERMIT, "destination_country", "Корея");
                    w.print(PASSPORT, "issue_date", "2016-10-23");
                    w.print(PASSPORT, "expiry_date", "2026-10-22");
                },
                &["r8-document-expired"],
            ),
            (
                "R8 issued after it expires",
                |w| w.print(PASSPORT, "issue_date", "2033-06-14"),
                &["r8-issued-after-expiry"],
            ),
            (
                "R8 five years",
                |w| w.print(PASSPORT, "issue_date", "2028-06-15"),
                &["r8-validity-unusual"],
            ),
            (
                "R8 a month more than ten",
                |w| w.print(PASSPORT, "issue_date", "2023-05-15"),
                &[],
            ),
        ],
    );
}
