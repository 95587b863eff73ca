//! The store on one machine under what only a machine does: processes side by side, and killed.

use std::collections::{BTreeMap, BTreeSet};
use std::io::{BufRead as _, BufReader};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use casework::case::{Case, Event};
use casework::notice::{Notice, NoticeKind};
use casework::ports::{Append, Cases, Outbox, WorklistQuery};
use local::Store;

use crate::contract::cases::{write, written};
use crate::contract::invented::{change, manifest, opened, opened_by};

/// Where the child finds the store, and who it is.
const DIR: &str = "TIRKEU_TEST_DIR";
const ACCOUNT: &str = "TIRKEU_TEST_ACCOUNT";

/// Two processes write to one case as fast as they can and are killed in the midst of it.
#[tokio::test]
async fn what_was_acknowledged_outlives_a_kill_and_nothing_is_half_written() {
    const ACKNOWLEDGED: usize = 15;
    let dir = tempfile::tempdir().unwrap();
    let case = written(&Store::open(dir.path()).unwrap(), opened(1)).await;
    let mut writers = BTreeMap::new();
    for round in 0..3 {
        let accounts = ["a", "b"].map(|name| format!("{name}{round}"));
        let children = accounts
            .each_ref()
            .map(|account| spawn(dir.path(), account));
        for (child, account) in children.into_iter().zip(accounts) {
            for version in killed_after(child, ACKNOWLEDGED) {
                let other = writers.insert(version, account.clone());
                assert_eq!(other, None, "two writers won version {version}");
            }
        }
        whole(&Store::open(dir.path()).unwrap(), &case, &writers).await;
    }
    assert!(writers.len() >= 6 * ACKNOWLEDGED);
}

/// Every acknowledged write is there, by its writer; every write is there with both of its
/// events and its notice.
async fn whole(store: &Store, case: &Case, writers: &BTreeMap<u64, String>) {
    let verified = store.verify().unwrap();
    assert_eq!((verified.cases, verified.wrong), (1, vec![]));
    let timeline = store.timeline(&case.id).await.unwrap();
    let by: BTreeMap<u64, Option<String>> = timeline
        .into_iter()
        .map(|recorded| (recorded.version, recorded.actor.account))
        .collect();
    for (version, account) in writers {
        assert_eq!(by[version].as_ref(), Some(account), "version {version}");
    }
    let posted = store.notices(&case.id).await.unwrap();
    let noticed: BTreeSet<u64> = posted.iter().map(|p| p.notice.version).collect();
    let ends: BTreeSet<u64> = (3..=by.len() as u64).step_by(2).collect();
    assert_eq!(
        by.len() % 2,
        1,
        "one event opens the case, each write adds two"
    );
    assert_eq!(noticed, ends);
}

fn spawn(dir: &Path, account: &str) -> Child {
    Command::new(std::env::current_exe().unwrap())
        .args(["--exact", "--nocapture", "local_store::child"])
        .env(DIR, dir)
        .env(ACCOUNT, account)
        .stdout(Stdio::piped())
        .spawn()
        .unwrap()
}

/// The versions the child was told are written, of which there are at least so many.
fn killed_after(mut child: Child, acknowledged: usize) -> Vec<u64> {
    let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
    let mut version = || {
        let said = lines.find_map(|line| line.unwrap().strip_prefix("done ").map(str::to_owned))?;
        // A line that the kill cut off says nothing.
        said.strip_suffix('.').map(|number| number.parse().unwrap())
    };
    let mut versions: Vec<u64> = (0..acknowledged).map(|_| version().unwrap()).collect();
    child.kill().unwrap();
    child.wait().unwrap();
    versions.extend(std::iter::from_fn(version));
    versions
}

/// No test: the process that the test above starts from this binary and kills.
#[tokio::test]
async fn child() {
    let Ok(dir) = std::env::var(DIR) else { return };
    let account = std::env::var(ACCOUNT).unwrap();
    let store = Store::open(Path::new(&dir)).unwrap();
    println!();
    loop {
        let case = store.load(&opened(1).case.id).await.unwrap().unwrap();
        let mut next = change(Some(&case), &account, vec![Event::Claimed, Event::Released]);
        next.notices = vec![Notice {
            case: next.case.id.clone(),
            version: next.case.version,
            kind: NoticeKind::Received,
        }];
        if write(&store, &next).await == Append::Done {
            println!("done {}.", next.case.version);
        }
    }
}

/// A slice here; the whole with `CASES=100000 cargo test -p tests --release pages_stay -- --nocapture`.
#[tokio::test]
async fn pages_stay_quick_however_many_cases_there_are() {
    let cases: u32 = std::env::var("CASES").map_or(600, |number| number.parse().unwrap());
    let dir = tempfile::tempdir().unwrap();
    let store = Store::open(dir.path()).unwrap();
    let start = Instant::now();
    for number in 0..cases {
        let due_at = format!("2026-10-27T{:02}:{:02}:00Z", number % 24, number % 60);
        let mut manifest = manifest(number, &[]);
        manifest.mission.0 = format!("MISSION-{}", number % 50);
        let case = written(&store, opened_by(manifest, &due_at)).await;
        if number % 10 > 0 {
            let withdrawn = change(Some(&case), "applicant", vec![Event::Withdrawn]);
            written(&store, withdrawn).await;
        }
        if number == 999 || number + 1 == cases {
            println!("{} cases, {:?}", number + 1, start.elapsed());
        }
    }
    for (what, with_ended, mission) in [
        ("open, all missions", false, None),
        ("open, one mission", false, Some("MISSION-0")),
        ("all, all missions", true, None),
    ] {
        let mut query = WorklistQuery {
            mission: mission.map(|m| casework::case::MissionCode(m.into())),
            with_ended,
            limit: 50,
            ..WorklistQuery::default()
        };
        let (start, mut pages) = (Instant::now(), 0);
        while pages < 200 {
            query.after = store.worklist(&query).await.unwrap().next;
            pages += 1;
        }
        let page = start.elapsed() / pages;
        println!("{what}: {page:?} a page of 50");
        assert!(page < Duration::from_millis(100), "{what}: {page:?}");
    }
    let start = Instant::now();
    let verified = store.verify().unwrap();
    println!("verified {} cases in {:?}", verified.cases, start.elapsed());
}
