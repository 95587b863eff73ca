//! What a clerk is told when something given cannot be used: the place, the field, what to do.

use std::path::Path;

use crate::machine::{Machine, sample_cases};

#[test]
fn what_cannot_be_used_is_named() {
    let machine = Machine::new();
    let folder = machine.path("folder");
    std::fs::create_dir(&folder).unwrap();
    std::fs::write(folder.join("empty.jpg"), b"").unwrap();
    let good = r#""kind": "temporary", "channel": "consulate", "mission": "DEU-BER", "received_at": "2026-10-23T10:00:00Z""#;
    for (manifest, named) in [
        (
            format!(r#"{{{good}, "card": {{"favourite_colour": "blue"}}}}"#),
            "favourite_colour",
        ),
        (
            format!(r#"{{{good}, "card": {{"birth_date": "1990-02-30"}}}}"#),
            "birth_date",
        ),
        (
            format!("{{{}}}", good.replace("DEU-BER", "MOON-1")),
            "MOON-1",
        ),
        (
            format!("{{{}}}", good.replace("temporary", "eternal")),
            "eternal",
        ),
        (format!(r#"{{{good}, "colour": 1}}"#), "colour"),
        (r#"{"kind": "temporary"}"#.to_owned(), "mission"),
        ("not json".to_owned(), "manifest.json"),
    ] {
        std::fs::write(folder.join("manifest.json"), &manifest).unwrap();
        let output = machine.run([Path::new("take"), &folder]);
        let said = String::from_utf8_lossy(&output.stdout).into_owned();
        assert_eq!(output.status.code(), Some(1), "{manifest}\n{said}");
        assert!(said.contains(named), "{manifest}\n{said}");
    }
    assert!(machine.cases().is_empty());
}

#[test]
fn exit_codes_tell_a_script_what_happened() {
    let machine = Machine::new();
    let sample = sample_cases().join("01-clean-permanent");
    let scan = std::fs::read_dir(sample)
        .unwrap()
        .flatten()
        .map(|e| e.path())
        .find(|p| p.extension().is_some_and(|e| e != "json"));
    let scan = scan.unwrap();
    let missing = machine.path("missing.jpg");
    let empty = machine.path("empty.jpg");
    std::fs::write(&empty, b"").unwrap();
    for (arguments, code) in [
        (vec![Path::new("read"), &scan], 0),
        (vec![Path::new("read"), &empty], 0),
        (vec![Path::new("read"), &missing, &empty], 1),
        (vec![Path::new("read")], 2),
        (
            vec![
                Path::new("read"),
                Path::new("--lang"),
                Path::new("de"),
                &scan,
            ],
            2,
        ),
        (vec![Path::new("case"), Path::new("AAAA-BBBB-CCCC")], 1),
        (
            vec![
                Path::new("take"),
                &missing,
                Path::new("--mission"),
                Path::new("DEU-BER"),
            ],
            1,
        ),
    ] {
        assert_eq!(
            machine.run(&arguments).status.code(),
            Some(code),
            "{arguments:?}"
        );
    }
    let answers = machine.read(&[&missing, &empty]);
    let codes: Vec<&str> = answers
        .iter()
        .map(|a| a["refused"]["code"].as_str().unwrap())
        .collect();
    assert_eq!(codes, ["CANNOT_OPEN", "EMPTY_FILE"]);
}
