//! A backup made while others write, restored elsewhere, and compared case by case, scan by scan.

use std::fs;
use std::os::unix::fs::PermissionsExt as _;
use std::path::Path;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;

use casework::case::{Case, CaseId};
use casework::ports::{Cases, Outbox, Scans, WorklistQuery};
use local::{BackupError, Store, restore};

use crate::contract::cases::written;
use crate::contract::invented::{DUE, filed, manifest, opened, opened_by, then, time};
use crate::machine::{Machine, sample_cases};

const AT: &str = "2026-10-23T12:00:00Z";

/// A case of one scan, whose bytes are its number.
async fn with_scan(store: &Store, number: u32) -> Case {
    let bytes = format!("the scan of case {number}").into_bytes();
    let scan = store.keep(&bytes).await.unwrap();
    let case = written(store, opened_by(manifest(number, &[]), DUE)).await;
    written(store, then(&case, "aida", filed(&scan))).await
}

/// Everything of a case that a store has.
async fn everything(store: &Store, id: &CaseId) -> impl PartialEq + std::fmt::Debug + use<> {
    let mut scans = Vec::new();
    let case = store.load(id).await.unwrap();
    for scan in case.iter().flat_map(Case::scan_ids) {
        scans.push(store.bytes(scan).await.unwrap());
    }
    let timeline = store.timeline(id).await.unwrap();
    (case, timeline, store.notices(id).await.unwrap(), scans)
}

async fn ids(store: &Store) -> Vec<CaseId> {
    let mut query = WorklistQuery {
        with_ended: true,
        ..WorklistQuery::default()
    };
    let mut ids = Vec::new();
    loop {
        let page = store.worklist(&query).await.unwrap();
        ids.extend(page.rows.into_iter().map(|row| row.case));
        query.after = page.next;
        if query.after.is_none() {
            return ids;
        }
    }
}

/// What may befall a backup.
type Harm<'a> = &'a dyn Fn(&Path);

#[tokio::test]
async fn a_backup_made_while_others_write_restores_every_case_and_scan() {
    let dir = tempfile::tempdir().unwrap();
    let path = |name: &str| dir.path().join(name);
    let store = Store::open(&path("store")).unwrap();
    let mut before = Vec::new();
    for number in 0..60 {
        before.push(with_scan(&store, number).await);
    }
    let locked = store.quarantine(b"a virus").await.unwrap();
    let (ends, writer) = (AtomicBool::new(false), store.clone());
    let made = thread::scope(|scope| {
        scope.spawn(|| {
            let runtime = tokio::runtime::Builder::new_current_thread()
                .build()
                .unwrap();
            let mut number = 1000;
            while !ends.load(Ordering::SeqCst) {
                runtime.block_on(with_scan(&writer, number));
                number += 1;
            }
        });
        let made = store.backup(&path("backup"), time(AT));
        ends.store(true, Ordering::SeqCst);
        made.unwrap()
    });
    assert_eq!(made.damaged, [""; 0]);
    let back = restore(&path("backup"), &path("back")).unwrap();
    assert_eq!(back.made_at, time(AT));
    assert_eq!(back.files, made.files);
    for dir in ["backup", "back"] {
        let rights = fs::metadata(path(dir)).unwrap().permissions().mode();
        assert_eq!(rights & 0o777, 0o700, "{dir} is its owner's alone");
    }
    let back = Store::open(&path("back")).unwrap();
    let restored = ids(&back).await;
    for case in &before {
        assert!(restored.contains(&case.id), "{} is not there", case.id);
    }
    for case in &before {
        let (there, here) = (
            everything(&back, &case.id).await,
            everything(&store, &case.id).await,
        );
        assert_eq!(there, here);
    }
    // What was written meanwhile is there as it stood at one moment, with its scans.
    for id in &restored {
        let case = back.load(id).await.unwrap().unwrap();
        for scan in case.scan_ids() {
            assert!(back.bytes(scan).await.unwrap().is_some(), "{id}");
        }
    }
    assert_eq!(back.bytes(&locked).await.unwrap(), None);
    written(&back, opened(5000)).await;
}

/// A small store and its finished backup.
async fn backed_up(dir: &Path) {
    let store = Store::open(&dir.join("store")).unwrap();
    with_scan(&store, 1).await;
    store.backup(&dir.join("backup"), time(AT)).unwrap();
}

#[tokio::test]
async fn a_backup_that_is_not_whole_is_refused_and_leaves_nothing_behind() {
    let flip = |path: &Path| {
        let mut bytes = fs::read(path).unwrap();
        bytes[0] ^= 1;
        fs::write(path, bytes).unwrap();
    };
    let scan = |backup: &Path| {
        let shard = fs::read_dir(backup.join("scans")).unwrap().next().unwrap();
        let file = fs::read_dir(shard.unwrap().path()).unwrap().next().unwrap();
        file.unwrap().path()
    };
    let harms: [(&str, Harm<'_>); 5] = [
        ("a byte of a scan", &|backup| flip(&scan(backup))),
        ("a scan", &|backup| fs::remove_file(scan(backup)).unwrap()),
        ("a byte of the database", &|backup| {
            flip(&backup.join("tirkeu.sqlite"));
        }),
        ("the manifest", &|backup| {
            fs::remove_file(backup.join("backup.json")).unwrap();
        }),
        ("a path that leads elsewhere", &|backup| {
            let manifest = backup.join("backup.json");
            let text = fs::read_to_string(&manifest).unwrap();
            fs::write(manifest, text.replace("tirkeu.sqlite", "../elsewhere")).unwrap();
        }),
    ];
    for (what, harm) in harms {
        let dir = tempfile::tempdir().unwrap();
        backed_up(dir.path()).await;
        harm(&dir.path().join("backup"));
        let back = restore(&dir.path().join("backup"), &dir.path().join("back"));
        assert!(back.is_err(), "{what}: {back:?}");
        let left = fs::read_dir(dir.path()).unwrap().count();
        assert_eq!(left, 2, "{what}: the store and its backup alone are there");
    }
}

#[tokio::test]
async fn neither_a_backup_nor_a_store_is_made_over_something() {
    let dir = tempfile::tempdir().unwrap();
    let path = |name: &str| dir.path().join(name);
    backed_up(dir.path()).await;
    let store = Store::open(&path("store")).unwrap();
    let again = store.backup(&path("backup"), time(AT));
    assert!(matches!(again, Err(BackupError::NotEmpty(_))), "{again:?}");
    let within = store.backup(&path("store/backup"), time(AT));
    assert!(matches!(within, Err(BackupError::Within(_))), "{within:?}");
    let over = restore(&path("backup"), &path("store"));
    assert!(matches!(over, Err(BackupError::NotEmpty(_))), "{over:?}");
}

#[tokio::test]
async fn a_scan_that_is_damaged_or_gone_is_told_when_it_is_backed_up_or_restored() {
    let dir = tempfile::tempdir().unwrap();
    let path = |name: &str| dir.path().join(name);
    let store = Store::open(&path("store")).unwrap();
    let case = with_scan(&store, 1).await;
    let scan = case.scan_ids().into_iter().next().unwrap();
    let (shard, rest) = scan.as_str().split_at(2);
    let file = path("store").join("scans").join(shard).join(rest);
    fs::write(&file, "rotten").unwrap();
    let made = store.backup(&path("rotten"), time(AT)).unwrap();
    assert_eq!(made.damaged, [format!("scans/{shard}/{rest}")]);
    fs::remove_file(&file).unwrap();
    store.backup(&path("gone"), time(AT)).unwrap();
    for backup in ["rotten", "gone"] {
        let back = restore(&path(backup), &path("back"));
        assert!(matches!(back, Err(BackupError::NotWhole(_))), "{back:?}");
    }
}

#[test]
fn the_commands_bring_a_machine_back() {
    let machine = Machine::new();
    machine.take(&sample_cases().join("07-permit-missing"));
    let backup = machine.path("backup");
    machine.say(["backup".as_ref(), backup.as_os_str()]);
    let again = machine.run(["restore".as_ref(), backup.as_os_str()]);
    assert!(!again.status.success(), "the store is there");
    let cases = machine.cases();
    fs::rename(machine.path("store"), machine.path("lost")).unwrap();
    let said = machine.say(["restore".as_ref(), backup.as_os_str()]);
    assert!(said.contains("1 cases and 1 scans"), "{said}");
    assert_eq!(machine.cases(), cases);
}
