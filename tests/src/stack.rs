//! A stack of paper, taken in by the real binary: every page has its one fate, none is lost, none
//! is another's; whatever breaks off goes on, and what comes twice changes nothing.
//!
//! A slice here; the whole of 120 pages with `tests/stack`.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::process::Stdio;
use std::time::Duration;

use casework::case::{Case, CaseId};
use casework::finding::Rule;
use casework::finding_code::RefusalCode;
use casework::ports::{Cases as _, Stacks as _};
use casework::scan::ScanOutcome;
use casework::stack::{Fate, Stack, Stage, Why};
use local::Store;
use samples::stack::{Leaf, StackOrder, StackedFile};

use tokio::time::timeout;

use crate::machine::Machine;

/// From one look at a process's store to the next, unless the process ends before.
const BETWEEN_LOOKS: Duration = Duration::from_millis(20);

/// Twelve people and 120 pages, or a slice of it.
fn order() -> StackOrder {
    let whole = std::env::var("STACK").is_ok();
    StackOrder {
        seed: 7,
        cases: if whole { 12 } else { 4 },
        pages: if whole { 120 } else { 14 },
        blanks: if whole { 4 } else { 1 },
    }
}

fn lay_out(machine: &Machine, files: &[StackedFile]) -> Vec<PathBuf> {
    let folder = machine.path("stack");
    std::fs::create_dir(&folder).unwrap();
    let put = |file: &StackedFile| {
        let path = folder.join(&file.name);
        std::fs::write(&path, &file.bytes).unwrap();
        path
    };
    files.iter().map(put).collect()
}

fn taking(files: &[PathBuf]) -> Vec<PathBuf> {
    let words = ["take", "--mission", "DEU-BER"].map(PathBuf::from);
    words.into_iter().chain(files.iter().cloned()).collect()
}

fn store(machine: &Machine) -> Store {
    Store::open(&machine.path("store")).unwrap()
}

/// The one stack of the store.
async fn only_stack(store: &Store) -> Stack {
    let mut stacks = store.stacks(None, 9).await.unwrap();
    assert_eq!(stacks.len(), 1);
    stacks.remove(0)
}

/// Whose case is whose: every page's fate is the truth's, and no two people share a case.
fn people(stack: &Stack, files: &[StackedFile]) -> BTreeMap<usize, CaseId> {
    let leaves = files.iter().flat_map(|file| &file.leaves);
    assert_eq!(stack.pages.len(), leaves.clone().count());
    let mut people = BTreeMap::new();
    for (page, leaf) in stack.pages.iter().zip(leaves) {
        let as_it_should = match (leaf, &page.fate) {
            (Leaf::Cover, Fate::CoverSheet { .. }) | (Leaf::Blank, Fate::Blank) => true,
            (Leaf::Stranger, Fate::NeedsHand { why, .. }) => *why == Why::Stranger,
            (Leaf::BadFile, Fate::FileRefused { code }) => *code == RefusalCode::UnreadableImage,
            (Leaf::Of(person), Fate::InCase { case }) => {
                people.entry(*person).or_insert_with(|| case.clone()) == case
            }
            _ => false,
        };
        assert!(as_it_should, "{:?} is {leaf:?}: {:?}", page.at, page.fate);
    }
    let cases: std::collections::BTreeSet<_> = people.values().collect();
    assert_eq!(cases.len(), people.len(), "two people share a case");
    people
}

/// Every page of a person is in their case, and nobody else's is.
fn holds_own_pages_only(case: &Case, person: usize, files: &[StackedFile], stack: &Stack) {
    let mut held = 0;
    for filed in &case.scans {
        let at = stack
            .files
            .iter()
            .position(|file| file.scan == filed.scan)
            .unwrap();
        let ScanOutcome::Read {
            documents, pages, ..
        } = &filed.outcome
        else {
            panic!("a file of the stack was refused in a case")
        };
        held += *pages as usize;
        for document in documents {
            let leaf = files[at].leaves[document.page as usize - 1];
            assert_eq!(leaf, Leaf::Of(person), "page {}", document.page);
        }
    }
    let leaves = files.iter().flat_map(|file| &file.leaves);
    assert_eq!(
        held,
        leaves.filter(|leaf| **leaf == Leaf::Of(person)).count()
    );
}

#[tokio::test]
async fn a_stack_that_was_killed_ends_exactly_as_it_should_and_a_second_one_changes_nothing() {
    let order = order();
    let files = order.make().unwrap();
    let machine = Machine::new();
    let paths = lay_out(&machine, &files);
    let mut child = tokio::process::Command::from(machine.command(taking(&paths)))
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    // Killed when some pages were read: progress, not time, decides.
    let read = loop {
        let store = store(&machine);
        let stacks = store.stacks(None, 9).await.unwrap();
        let read = match stacks.first() {
            Some(stack) => store.pages_read(&stack.id).await.unwrap(),
            None => 0,
        };
        if read >= 3 {
            break read;
        }
        let ended = timeout(BETWEEN_LOOKS, child.wait()).await;
        assert!(ended.is_err(), "it ended early: {ended:?}");
    };
    child.kill().await.unwrap();
    let half_read = only_stack(&store(&machine)).await.id;
    assert!(store(&machine).pages_read(&half_read).await.unwrap() >= read);

    let report = machine.say(taking(&paths));
    println!("{report}");
    let store = store(&machine);
    let stack = only_stack(&store).await;
    assert_eq!(stack.stage, Stage::Done);
    let count = stack.count();
    assert_eq!(
        (count.pages_in, count.accounted()),
        (count.pages_in, count.pages_in)
    );
    assert_eq!(count.pages_in as usize, order.pages);
    let people = people(&stack, &files);
    assert_eq!(people.len(), order.cases);
    let mut versions = Vec::new();
    for (person, id) in &people {
        let case = store.load(id).await.unwrap().unwrap();
        holds_own_pages_only(&case, *person, &files, &stack);
        let of_another = case
            .findings
            .iter()
            .any(|finding| finding.rule == Rule::R17);
        assert!(!of_another, "the stack is no double of itself");
        versions.push(case.version);
    }

    assert_eq!(machine.say(taking(&paths)), report);
    assert_eq!(only_stack(&store).await, stack);
    for (id, version) in people.values().zip(versions) {
        assert_eq!(store.load(id).await.unwrap().unwrap().version, version);
    }
}

#[tokio::test]
async fn what_is_put_into_a_watched_folder_is_taken_in_and_put_away() {
    let machine = Machine::new();
    let inbox = machine.path("inbox");
    std::fs::create_dir_all(inbox.join("two")).unwrap();
    let sample = |path: &str| crate::machine::sample_cases().join(path);
    std::fs::copy(
        sample("07-permit-missing/passport.jpg"),
        inbox.join("two/1.jpg"),
    )
    .unwrap();
    std::fs::write(inbox.join("two/2.jpg"), b"\xFF\xD8\xFF\xE0 nothing").unwrap();
    let watch = ["watch", "inbox", "--mission", "DEU-BER", "--until-empty"].map(|word| {
        if word == "inbox" {
            inbox.clone()
        } else {
            PathBuf::from(word)
        }
    });
    let report = machine.say(&watch);
    assert!(report.contains("2 pages in = 1 in 1 cases"), "{report}");
    for name in ["1.jpg", "2.jpg"] {
        assert!(inbox.join("done/000001/two").join(name).exists(), "{name}");
    }
    assert!(!inbox.join("two").exists());
    let stack = only_stack(&store(&machine)).await;
    let fates: Vec<_> = stack.pages.iter().map(|page| &page.fate).collect();
    let refused = Fate::FileRefused {
        code: RefusalCode::UnreadableImage,
    };
    assert!(matches!(fates.as_slice(), [Fate::InCase { .. }, other] if **other == refused));
}
