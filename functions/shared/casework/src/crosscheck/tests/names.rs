//! R9 on a permanent case.

use serde_json::json;

use super::check;
use super::permanent::{PASSPORT, PERMIT, whole};

#[test]
fn r9_surnames_and_given_names() {
    check(
        whole,
        &[
            (
                "the Russian spelling is no alarm",
                |w| {
                    w.declare("surname", json!("АБИШЕВ"));
                    w.declare("given_names", json!("КАЙРАТ"));
                },
                &[],
            ),
            (
                "a misspelt surname",
                |w| w.declare("surname", json!("ӘБІЛЕВ")),
                &["r9-surname-differs"],
            ),
            (
                "another given name on the permit of the same number",
                |w| w.print(PERMIT, "given_names", "СЕРІК"),
                &["r9-given-names-differ"],
            ),
            (
                "a former surname on the permit",
                |w| {
                    w.print(PERMIT, "surname", "ОМАРОВ");
                    w.declare("former_surname", json!("Омаров"));
                },
                &[],
            ),
            (
                "two given names here, one there",
                |w| w.declare("given_names", json!("Қайрат Серік")),
                &["r9-part-of-names"],
            ),
        ],
    );
}

#[test]
fn r9_patronymics_and_latin_names() {
    check(
        whole,
        &[
            (
                "another patronymic",
                |w| {
                    w.print(PASSPORT, "patronymic", "СЕРІКҰЛЫ");
                    w.declare("patronymic", json!("Омарович"));
                },
                &["r9-patronymic-differs"],
            ),
            (
                "the same father",
                |w| {
                    w.print(PASSPORT, "patronymic", "СЕРІКҰЛЫ");
                    w.declare("patronymic", json!("Серикович"));
                },
                &[],
            ),
            (
                "Latin of another name",
                |w| w.print(PASSPORT, "surname_latin", "OMAROV"),
                &["r9-latin-differs"],
            ),
        ],
    );
}
