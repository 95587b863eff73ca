//! Who may import whom, held by the build's own metadata.

use std::collections::{BTreeMap, BTreeSet};
use std::process::Command;

fn metadata() -> serde_json::Value {
    let output = Command::new(env!("CARGO"))
        .args([
            "metadata",
            "--format-version",
            "1",
            "--no-deps",
            "--offline",
        ])
        .output()
        .unwrap();
    assert!(
        output.status.success(),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
    serde_json::from_slice(&output.stdout).unwrap()
}

/// Crate → the crates it depends on outside of tests.
fn dependencies() -> BTreeMap<String, BTreeSet<String>> {
    let metadata = metadata();
    let packages = metadata["packages"].as_array().unwrap();
    let text = |value: &serde_json::Value| value.as_str().unwrap().to_owned();
    packages
        .iter()
        .map(|package| {
            let all = package["dependencies"].as_array().unwrap();
            let built = all
                .iter()
                .filter(|d| d["kind"].is_null())
                .map(|d| text(&d["name"]))
                .collect();
            (text(&package["name"]), built)
        })
        .collect()
}

/// Who may import whom.
const ALLOWED: &[(&str, &[&str])] = &[
    ("casework", &[]),
    ("ocr", &["casework"]),
    ("eyes", &["casework", "ocr"]),
    ("signature", &["casework"]),
    ("https", &[]),
    ("ocsp", &["signature"]),
    ("local", &["casework"]),
    ("mail", &["casework"]),
    ("webhook", &["casework", "https"]),
    ("oidc", &["casework", "https"]),
    ("aws", &["casework"]),
    // The library needs the core alone: the rest is its function's.
    ("intake", &["casework", "aws", "eyes", "ocr"]),
    ("web", &["casework"]),
    // Cover sheets are printed by what prints everything else; of both sites, too, `aws`, `eyes` and
    // `ocr` are their functions', and so is what asks an OpenID provider.
    (
        "desk",
        &["casework", "web", "aws", "eyes", "issue", "ocr", "oidc"],
    ),
    // What an applicant hands in goes through the very intake that takes everything else, and
    // what they download is what the counter prints: both are libraries over the core.
    (
        "portal",
        &[
            "casework",
            "web",
            "intake",
            "issue",
            "signature",
            "aws",
            "eyes",
            "ocr",
        ],
    ),
    ("issue", &["casework"]),
    // Letters and private links go with messages; of its carriers `aws` and `webhook` are its function's.
    ("notify", &["casework", "issue", "web", "aws", "webhook"]),
    ("clock", &["casework", "aws"]),
    (
        "onsite",
        &[
            "casework",
            "clock",
            "desk",
            "intake",
            "issue",
            "local",
            "mail",
            "notify",
            "ocr",
            "ocsp",
            "oidc",
            "portal",
            "signature",
            "webhook",
        ],
    ),
    ("samples", &["casework"]),
    ("tests", &[]),
];

#[test]
fn crates_import_in_one_direction_only() {
    let ours = dependencies();
    let members: BTreeSet<&str> = ours.keys().map(String::as_str).collect();
    let allowed: BTreeMap<_, _> = ALLOWED.iter().copied().collect();
    for (name, dependencies) in &ours {
        let allowed = allowed
            .get(name.as_str())
            .unwrap_or_else(|| panic!("{name} has no place in the layout yet"));
        for dependency in dependencies.iter().filter(|d| members.contains(d.as_str())) {
            assert!(
                allowed.contains(&dependency.as_str()),
                "{name} must not import {dependency}"
            );
        }
    }
}

#[test]
fn each_foreign_world_is_named_in_one_crate_only() {
    let ours = dependencies();
    for (foreign, homes) in [
        ("image", &["ocr", "samples"][..]),
        ("tesseract", &["ocr"][..]),
        ("rayon", &["ocr"][..]),
        ("rten-gemm", &["ocr"][..]),
        ("rten-onnx", &["ocr"][..]),
        ("rten-tensor", &["ocr"][..]),
        ("hayro", &["ocr"][..]),
        ("rxing", &["ocr"][..]),
        ("cms", &["signature"][..]),
        ("rsa", &["signature", "samples"][..]),
        ("rusqlite", &["local"][..]),
        ("aws-sdk-dynamodb", &["aws"][..]),
        ("aws-sdk-s3", &["aws"][..]),
        ("aws-sdk-sesv2", &["aws"][..]),
        ("aws-sdk-sns", &["aws"][..]),
        ("axum", &["desk", "onsite", "portal", "web"][..]),
        ("maud", &["desk", "portal", "web"][..]),
        ("argon2", &["desk"][..]),
        ("getrandom", &["desk", "issue", "portal", "web"][..]),
        ("krilla", &["issue"][..]),
        ("ed25519-dalek", &["issue"][..]),
        ("qrcode", &["issue", "samples"][..]),
        ("clap", &["onsite", "samples"][..]),
        (
            "tokio",
            &[
                "aws", "clock", "desk", "eyes", "intake", "mail", "notify", "oidc", "onsite",
                "portal", "webhook",
            ][..],
        ),
        ("lambda_runtime", &["clock", "intake", "notify"][..]),
        ("lambda_http", &["desk", "portal"][..]),
        ("lettre", &["mail"][..]),
        ("ureq", &["https", "ocsp", "oidc", "webhook"][..]),
        ("rustls", &["https"][..]),
        ("openidconnect", &["oidc"][..]),
        ("fluent-bundle", &["casework"][..]),
    ] {
        let named: Vec<&str> = ours
            .iter()
            .filter(|(_, all)| all.contains(foreign))
            .map(|(name, _)| name.as_str())
            .collect();
        assert!(
            !named.is_empty(),
            "{foreign} is used nowhere: take this row out"
        );
        assert!(
            named.iter().all(|name| homes.contains(name)),
            "{foreign} is named in {named:?}"
        );
    }
}

#[test]
fn one_machine_builds_without_any_cloud() {
    let output = Command::new(env!("CARGO"))
        .args(["tree", "--offline", "--prefix", "none", "-p"])
        .args(["onsite", "--edges", "normal,build"])
        .output()
        .unwrap();
    let tree = String::from_utf8(output.stdout).unwrap();
    assert!(tree.contains("rusqlite"), "{tree}");
    let cloud = |line: &&str| line.starts_with("aws") || line.starts_with("lambda");
    assert_eq!(tree.lines().find(cloud), None);
}

#[test]
fn the_core_knows_no_clock_no_runtime_and_no_machine() {
    let ours = dependencies();
    for core in ["casework", "signature"] {
        for foreign in ["tokio", "axum", "rusqlite", "image", "tempfile", "reqwest"] {
            assert!(
                !ours[core].contains(foreign),
                "{core} must not know {foreign}"
            );
        }
    }
}
