//! A PDF whose hidden text says other than its picture: what is seen counts, and the file is flagged.

use std::collections::BTreeMap;

use jiff::civil::Date;
use samples::chance::Chance;
use samples::draw::face::Faces;
use samples::invent;
use samples::paper::permit::Layout;
use samples::person::Person;
use samples::view::page::Page;
use samples::view::pdf::{Sheet, pdf};
use samples::view::scanner::Scanner;
use serde_json::Value;

use crate::machine::Machine;

const DPI: u16 = 200;
const SEED: u64 = 61;

/// A police notification as a scanner sees it.
fn scanned() -> Page {
    let mut chance = Chance::new(SEED, "hidden text");
    let holder = Person::invent(&mut chance);
    let permit = invent::permit(&mut chance, holder, Layout::Notification);
    let drawn = permit.page(&Faces::open().unwrap(), SEED).unwrap();
    Scanner::office(DPI, false).scan(&[drawn], SEED)
}

/// What text recognition would have hidden behind it, `field` as `other` says.
fn hidden(fields: &BTreeMap<String, String>, field: &str, other: &str) -> String {
    let printed = |value: &str| {
        let date = value.parse::<Date>();
        date.map_or_else(
            |_| value.to_owned(),
            |date| date.strftime("%d.%m.%Y").to_string(),
        )
    };
    let lines = fields.iter().map(|(name, value)| {
        let value = if name == field { other } else { value };
        printed(value)
    });
    lines.collect::<Vec<_>>().join("\n")
}

#[test]
fn what_is_seen_counts_and_a_text_that_says_otherwise_is_flagged() {
    let page = scanned();
    let fields = &page.documents[0].fields;
    let machine = Machine::new();
    // The number is another person's, and so is the name; both have the form of theirs.
    let layers = [
        ("none", None, false),
        ("honest", Some(hidden(fields, "", "")), false),
        ("iin", Some(hidden(fields, "iin", "900101300017")), true),
        ("surname", Some(hidden(fields, "surname", "ЖАРОКОВ")), true),
        (
            "issue_date",
            Some(hidden(fields, "issue_date", "2019-02-03")),
            true,
        ),
    ];
    let files: Vec<_> = layers
        .iter()
        .map(|(name, text, _)| {
            let sheet = Sheet {
                page: &page.pixels,
                hidden_text: text.as_deref(),
            };
            let path = machine.path(&format!("{name}.pdf"));
            std::fs::write(&path, pdf(&[sheet], 85, DPI).unwrap()).unwrap();
            path
        })
        .collect();
    let answers = machine.read(&files);
    for ((name, _, differs), answer) in layers.iter().zip(&answers) {
        let findings = answer["findings"].as_array().unwrap();
        let flagged = findings.iter().any(|code| code == "TEXT_LAYER_DIFFERS");
        assert_eq!(flagged, *differs, "{name}: {findings:?}");
        assert_eq!(answer["refused"], Value::Null, "{name}");
        for field in ["iin", "surname", "issue_date"] {
            let read = &answer["documents"][0]["fields"][field]["value"];
            assert_eq!(
                read.as_str(),
                fields.get(field).map(String::as_str),
                "{name}: {field}"
            );
        }
    }
}
