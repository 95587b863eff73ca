//! Prints how long verifications take, each over many runs on one core.
//!
//! `cargo run --release -p signature@0.1.0 --example verify_times`

use std::hint::black_box;
use std::time::{Duration, Instant};

use casework::iin::IinDigits;
use jiff::{Timestamp, ToSpan};
use samples::chance::Chance;
use samples::eds::authority::Holder;
use samples::eds::gost;
use samples::eds::key::{Key, KeyKind};
use samples::eds::message::Letter;
use samples::eds::revocation::RevocationList;
use samples::eds::shape::{Shape, later};
use samples::person::Person;
use signature::gost::encoding::PublicKey;
use signature::outcome::Outcome;
use signature::revocation::Evidence;
use signature::trust::Trust;
use signature::{Submission, verify};

const CONTENT: &[u8] = &[b'x'; 10_000];
const RUNS: u32 = 200;

#[expect(clippy::print_stdout, reason = "its figures are what it is for")]
fn main() {
    let now: Timestamp = "2026-11-22T10:00:00Z".parse().unwrap_or_default();
    let gost = gost::Key::of(&[7; 64]);
    if let Some(public) = PublicKey::of(gost.public()) {
        let signature = gost.sign(CONTENT);
        let times = timed(RUNS, || public.verifies(CONTENT, &signature));
        println!("GOST 34.10-2015-512, one signature: {times}");
    }
    for kind in [KeyKind::Gost, KeyKind::Rsa] {
        let (message, iin, trust, evidence) = world(kind, now);
        let submission = Submission {
            message: &message,
            content: CONTENT,
            applicant: iin,
            received_at: now,
        };
        let times = timed(RUNS, || {
            let outcome = verify(&submission, &trust, &evidence);
            matches!(outcome, Outcome::Valid(_))
        });
        println!("{kind:?}: message, certificate and authority (3 signatures), 10 kB: {times}");
    }
    long_list(now);
}

/// A list as long as the national authority's.
#[expect(clippy::print_stdout, reason = "its figures are what it is for")]
fn long_list(now: Timestamp) {
    let begin = later(now, -30);
    let root = Holder::root(
        &Shape::authority("ROOT", begin),
        Key::invent(KeyKind::Gost, 1),
    );
    let mut list = RevocationList::empty(now - 1.hour(), now + 1.hour());
    let serial = |n: u32| [&[0x40; 16][..], &n.to_be_bytes()].concat();
    list.entries = (0..500_000)
        .map(|n| (serial(n), begin, Vec::new()))
        .collect();
    let list = list.sign(&root);
    let mut trust = Trust::new();
    assert_eq!(trust.add_root(&root.certificate), Ok(()));
    let times = timed(5, || Evidence::new().add_list(&list, &trust).is_ok());
    println!(
        "a list of 500,000 ({} MB), taken in: {times}",
        list.len() / 1_000_000
    );
    let person = Person::invent(&mut Chance::new(7, "signer"));
    let holder = root.issue(
        &Shape::person(&person, begin),
        Key::invent(KeyKind::Gost, 3),
    );
    let message = Letter::of(CONTENT, now).sign(&[&holder]);
    let submission = Submission {
        message: &message,
        content: CONTENT,
        applicant: IinDigits::of(&person.iin).unwrap_or_else(|| unreachable!("twelve digits")),
        received_at: now,
    };
    let mut evidence = Evidence::new();
    assert_eq!(evidence.add_list(&list, &trust), Ok(()));
    let times = timed(5, || {
        matches!(verify(&submission, &trust, &evidence), Outcome::Valid(_))
    });
    println!("a message (2 signatures) against that list: {times}");
}

/// The best (what it takes alone on its core), the median and the worst of many runs, each of which must come out true.
fn timed(runs: u32, run: impl Fn() -> bool) -> String {
    let mut times: Vec<Duration> = (0..runs)
        .map(|_| {
            let begin = Instant::now();
            assert!(black_box(run()), "it verifies");
            begin.elapsed()
        })
        .collect();
    times.sort();
    let at = |index: usize| times.get(index).copied().unwrap_or_default();
    let (best, median, worst) = (at(0), at(times.len() / 2), at(times.len() - 1));
    format!("best {best:.2?}, median {median:.2?}, worst {worst:.2?}")
}

fn world(kind: KeyKind, now: Timestamp) -> (Vec<u8>, IinDigits, Trust, Evidence) {
    let begin = later(now, -30);
    let root = Holder::root(&Shape::authority("ROOT", begin), Key::invent(kind, 1));
    let authority = root.issue(&Shape::authority("AUTHORITY", begin), Key::invent(kind, 2));
    let person = Person::invent(&mut Chance::new(7, "signer"));
    let holder = authority.issue(&Shape::person(&person, begin), Key::invent(kind, 3));
    let (mut trust, mut evidence) = (Trust::new(), Evidence::new());
    let known = [
        trust.add_root(&root.certificate),
        trust.add_authority(&authority.certificate),
    ];
    assert!(known.iter().all(Result::is_ok));
    for authority in [&root, &authority] {
        let list = RevocationList::empty(now - 1.hour(), now + 1.hour()).sign(authority);
        assert_eq!(evidence.add_list(&list, &trust), Ok(()));
    }
    let message = Letter::of(CONTENT, now).sign(&[&holder]);
    let iin = IinDigits::of(&person.iin);
    (
        message,
        iin.unwrap_or_else(|| unreachable!("twelve digits")),
        trust,
        evidence,
    )
}
