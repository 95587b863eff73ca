//! Bad input through the real binary: one record each, a code, a sentence in the language asked
//! for, and the good file among them is read as if it were alone.

use std::path::{Path, PathBuf};

use serde_json::Value;

use crate::machine::{Machine, sample_cases};

/// A flat scan that reads well.
fn good() -> PathBuf {
    let folder = sample_cases().join("02-clean-temporary");
    let mut files: Vec<_> = std::fs::read_dir(folder)
        .unwrap()
        .flatten()
        .map(|e| e.path())
        .collect();
    files.sort();
    files
        .into_iter()
        .find(|p| p.extension().is_some_and(|e| e != "json"))
        .unwrap()
}

fn png_header(width: u32, height: u32) -> Vec<u8> {
    let mut bytes = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR".to_vec();
    bytes.extend(width.to_be_bytes());
    bytes.extend(height.to_be_bytes());
    bytes.extend(b"\x08\0\0\0\0\0\0\0\0");
    bytes
}

/// Name, bytes, the code that answers them.
fn bad() -> Vec<(&'static str, Vec<u8>, &'static str)> {
    vec![
        ("empty.jpg", Vec::new(), "EMPTY_FILE"),
        (
            "page.jpg",
            b"<!DOCTYPE html><script>alert(1)</script>".to_vec(),
            "ACTIVE_CONTENT",
        ),
        (
            "tool.png",
            b"MZ\x90\0\x03\0\0\0\x04\0\0\0\xff\xff\0\0PE\0\0".to_vec(),
            "ACTIVE_CONTENT",
        ),
        (
            "script.pdf",
            b"#!/bin/sh\nrm -rf /\n".to_vec(),
            "ACTIVE_CONTENT",
        ),
        (
            "photo.jpg",
            b"\0\0\0\x18ftypheic\0\0\0\0mif1heic".to_vec(),
            "HEIC",
        ),
        (
            "anim.gif",
            b"GIF89a\x01\0\x01\0\x80\0\0\0\0\0\xff\xff\xff;".to_vec(),
            "UNSUPPORTED_TYPE",
        ),
        (
            "letter.docx",
            b"PK\x03\x04\x14\0\x06\0word/document.xml".to_vec(),
            "UNSUPPORTED_TYPE",
        ),
        (
            "soi.jpg",
            b"\xff\xd8\xff\xe0garbage, and no picture at all".to_vec(),
            "UNREADABLE_IMAGE",
        ),
        ("huge.png", png_header(60_000, 60_000), "PIXELS_OVER_LIMIT"),
        ("dot.png", png_header(1, 1), "TOO_SMALL"),
        (
            "broken.pdf",
            b"%PDF-1.7\nnothing follows".to_vec(),
            "UNREADABLE_PDF",
        ),
    ]
}

fn lay_out(machine: &Machine) -> PathBuf {
    let folder = machine.path("batch");
    std::fs::create_dir(&folder).unwrap();
    for (name, bytes, _) in bad() {
        std::fs::write(folder.join(name), bytes).unwrap();
    }
    std::fs::copy(good(), folder.join("good.jpg")).unwrap();
    folder
}

fn without_time(mut answer: Value) -> Value {
    for key in ["ms", "file"] {
        answer[key] = Value::Null;
    }
    answer["findings"] = Value::Null;
    answer
}

#[test]
fn each_bad_file_gets_its_code_and_changes_nothing_for_the_next() {
    let machine = Machine::new();
    let folder = lay_out(&machine);
    let alone = machine.read(&[folder.join("good.jpg")]).remove(0);
    assert!(!alone["documents"].as_array().unwrap().is_empty());
    let mut files = Vec::new();
    for (name, ..) in bad() {
        files.extend([folder.join(name), folder.join("good.jpg")]);
    }
    let answers = machine.read(&files);
    assert_eq!(answers.len(), files.len());
    for (pair, (name, _, code)) in answers.chunks(2).zip(bad()) {
        assert_eq!(pair[0]["refused"]["code"], code, "{name}");
        assert_eq!(
            pair[0]["refused"]["quarantined"],
            code == "ACTIVE_CONTENT",
            "{name}"
        );
        assert_eq!(
            without_time(pair[1].clone()),
            without_time(alone.clone()),
            "after {name}"
        );
    }
}

#[test]
fn a_refusal_speaks_the_language_asked_for() {
    let machine = Machine::new();
    let folder = lay_out(&machine);
    let mut messages = Vec::new();
    for language in ["kk", "ru", "en"] {
        let file = folder.join("empty.jpg");
        let said = machine.say([
            Path::new("read"),
            Path::new("--lang"),
            Path::new(language),
            &file,
        ]);
        let answer: Value = serde_json::from_str(&said).unwrap();
        messages.push(answer["refused"]["message"].as_str().unwrap().to_owned());
    }
    assert!(messages[0].contains("Таңдалған файл бос"));
    assert!(messages[1].contains("Выбранный файл пуст"));
    assert!(messages[2].contains("The selected file is empty"));
}

#[test]
fn a_batch_of_bad_files_is_taken_and_each_ends_in_one_record() {
    let machine = Machine::new();
    let folder = lay_out(&machine);
    let report = machine.say([
        Path::new("take"),
        &folder,
        Path::new("--mission"),
        Path::new("DEU-BER"),
    ]);
    assert!(
        report.contains(&format!("{} refused", bad().len())),
        "{report}"
    );
    let rows = machine.cases();
    let case = machine.case(rows[0]["case"].as_str().unwrap());
    let scans = case["scans"].as_array().unwrap();
    assert_eq!(scans.len(), bad().len() + 1);
    for (name, _, code) in bad() {
        let filed: Vec<_> = scans.iter().filter(|s| s["name"] == name).collect();
        assert_eq!(filed.len(), 1, "{name}");
        assert_eq!(filed[0]["outcome"]["code"], code, "{name}");
    }
}
