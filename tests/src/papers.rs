//! A decision becomes a paper that anyone can check, with the real binary.

use std::os::unix::fs::PermissionsExt as _;
use std::path::PathBuf;
use std::process::Output;

use casework::case::{Action, Actor, CaseId, Role};
use casework::crosscheck::Surroundings;
use casework::ports::{Append, Cases};
use local::Store;

use crate::machine::{Machine, sample_cases};

/// A machine with one case, which an officer approved.
async fn approved() -> (Machine, String) {
    let machine = Machine::new();
    machine.take(&sample_cases().join("02-clean-temporary"));
    let id = machine.cases()[0]["case"].as_str().unwrap().to_owned();
    let store = Store::open(&machine.path("store")).unwrap();
    let case = store.load(&CaseId::try_from(id.clone()).unwrap()).await;
    let officer = Actor {
        role: Role::Officer,
        account: Some("aida".to_owned()),
    };
    let case = case.unwrap().unwrap();
    let at = "2026-11-24T09:30:00Z".parse().unwrap();
    let approve = Action::Approve { reason: None };
    let change = case
        .apply(approve, &officer, at, &Surroundings::default())
        .unwrap();
    let written = store
        .append(
            change.expected_version,
            &change.events,
            &change.case,
            &change.notices,
        )
        .await;
    assert_eq!(written.unwrap(), Append::Done);
    (machine, id)
}

fn issued(machine: &Machine, id: &str) -> Vec<PathBuf> {
    let out = machine.path("papers");
    std::fs::create_dir_all(&out).unwrap();
    let names = machine.say(["issue", id, "--out", out.to_str().unwrap()]);
    names.lines().map(PathBuf::from).collect()
}

fn said(output: &Output) -> String {
    String::from_utf8_lossy(&output.stdout).into_owned()
}

#[tokio::test]
async fn a_registered_case_has_its_paper_and_the_paper_is_checked_without_the_store() {
    let (machine, id) = approved().await;
    let papers = issued(&machine, &id);
    let paper = papers
        .iter()
        .find(|path| path.ends_with(format!("notification-{id}.pdf")));
    let paper = paper.unwrap();
    let first = std::fs::read(paper).unwrap();
    assert!(first.starts_with(b"%PDF-1.7"));
    issued(&machine, &id);
    assert_eq!(std::fs::read(paper).unwrap(), first, "the same bytes again");

    let keys = machine.path("keys.txt");
    std::fs::write(&keys, machine.say(["keys"])).unwrap();
    let elsewhere = Machine::new();
    let [paper, keys] = [paper.to_str().unwrap(), keys.to_str().unwrap()];
    let verdict = elsewhere.say(["verify", paper, "--keys", keys]);
    for part in [
        "Genuine: notification of temporary registration",
        id.as_str(),
        "2026-11-24",
    ] {
        assert!(verdict.contains(part), "{part}: {verdict}");
    }
    assert!(!elsewhere.path("store").exists(), "a check keeps nothing");

    elsewhere.say(["keys"]);
    let unknown = elsewhere.run(["verify", paper]);
    assert!(!unknown.status.success() && said(&unknown).contains("not known here"));
}

#[tokio::test]
async fn a_new_key_leaves_older_papers_good_and_secrets_are_their_owners() {
    let (machine, id) = approved().await;
    let papers = issued(&machine, &id);
    let old = machine.say(["keys"]);
    let new = machine.say(["keys", "--new"]);
    assert_eq!((old.lines().count(), new.lines().count()), (1, 2));
    assert_eq!(new.matches("signs now").count(), 1);
    for paper in &papers {
        machine.say(["verify", paper.to_str().unwrap()]);
    }
    let secret = std::fs::metadata(machine.path("store/keys/secret")).unwrap();
    assert_eq!(secret.permissions().mode() & 0o777, 0o600);
}

#[test]
fn what_is_no_paper_of_ours_is_refused_with_a_sentence() {
    let machine = Machine::new();
    machine.say(["keys"]);
    let made_up = machine.run(["verify", "TIRKEU1:AAAA"]);
    assert!(!made_up.status.success() && said(&made_up).contains("no document’s code"));
    let scan = sample_cases().join("02-clean-temporary/id-card.jpg");
    let no_code = machine.run(["verify", scan.to_str().unwrap()]);
    let complaint = String::from_utf8_lossy(&no_code.stderr).into_owned();
    assert!(
        !no_code.status.success() && complaint.contains("no code of a paper"),
        "{complaint}"
    );
    let missing = machine.run(["verify", "no-such-file.pdf"]);
    assert!(!missing.status.success());
}

#[test]
fn an_open_case_has_no_paper_of_a_decision() {
    let machine = Machine::new();
    machine.take(&sample_cases().join("02-clean-temporary"));
    let id = machine.cases()[0]["case"].as_str().unwrap().to_owned();
    let refused = machine.run(["issue", &id, "--paper", "notification"]);
    let complaint = String::from_utf8_lossy(&refused.stderr).into_owned();
    assert!(
        !refused.status.success() && complaint.contains("no notification while"),
        "{complaint}"
    );
}
