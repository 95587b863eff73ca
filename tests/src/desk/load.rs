//! How fast the pages are when a store is full: over real HTTP, of real SQLite.

use std::path::Path;
use std::time::{Duration, Instant};

use casework::case::{Case, Role};
use samples::chance::Chance;
use samples::person::Person;

use super::papers::Papers;
use super::site::Site;
use crate::served::{Browser, Page};

/// What 95 of 100 pages take at most.
const P95_MAX: Duration = Duration::from_millis(100);
/// How often each page is asked for.
const ROUNDS: u32 = 200;
const MISSIONS: [&str; 4] = ["DEU-BER", "TUR-ANK", "KOR-SEL", "USA-NYC"];

/// How many cases there are, where someone measures: `tests/load` asks for 100,000. Among other
/// tests a few do, and no time is held against a busy machine.
fn asked() -> Option<u32> {
    let asked = std::env::var("TIRKEU_CASES").ok()?;
    Some(asked.parse().unwrap())
}

/// Memory where there is such a disk: the store is only read while it is measured, and whoever
/// fills it would wait for the disk at every case.
fn folder() -> tempfile::TempDir {
    let memory = Path::new("/dev/shm");
    let made = tempfile::tempdir_in(memory);
    made.or_else(|_| tempfile::tempdir()).unwrap()
}

/// Somebody of their own, among the names that people have.
fn papers(number: u32) -> Papers {
    let person = Person::invent(&mut Chance::new(11, &format!("load {number}")));
    let mut papers = Papers::of(number);
    papers.mission = MISSIONS[number as usize % MISSIONS.len()];
    (papers.surname, papers.given_names) = (person.surname, person.given_names);
    papers
}

/// Asks for a page so many times and tells how long it takes.
fn measure(what: &str, mut ask: impl FnMut(u32) -> Page) -> Duration {
    let mut times: Vec<Duration> = (0..ROUNDS)
        .map(|round| {
            let began = Instant::now();
            let page = ask(round);
            assert!(matches!(page.status, 200 | 303), "{what}: {}", page.status);
            began.elapsed()
        })
        .collect();
    times.sort();
    let at = |share: usize| times[(times.len() - 1) * share / 100];
    let (half, p95, worst) = (at(50), at(95), at(100));
    println!("{what:<32} half {half:>9.1?}   95 of 100 {p95:>9.1?}   worst {worst:>9.1?}");
    p95
}

/// The address of the next page of the list; of the first one where there is none.
fn more(page: &Page) -> String {
    let Some((before, after)) = page.body.split_once("after_due=") else {
        return "/".to_owned();
    };
    let (_, start) = before.rsplit_once("href=\"").unwrap();
    let (end, _) = after.split_once('"').unwrap();
    format!("{start}after_due={end}").replace("&amp;", "&")
}

fn pages(officer: &mut Browser, known: &[(Papers, Case)]) -> Vec<(&'static str, Duration)> {
    let one = |round: u32| &known[(round as usize * 7919) % known.len()];
    let mut next = "/".to_owned();
    vec![
        ("worklist", measure("worklist", |_| officer.get("/"))),
        (
            "worklist of a mission",
            measure("worklist of a mission", |_| {
                officer.get("/?view=decide&mission=TUR-ANK")
            }),
        ),
        (
            "next pages",
            measure("worklist, page after page", |_| {
                let page = officer.get(&next);
                next = more(&page);
                page
            }),
        ),
        (
            "case",
            measure("case", |round| {
                officer.get(&format!("/cases/{}", one(round).1.id))
            }),
        ),
        (
            "search by IIN",
            measure("search by IIN", |round| {
                officer.post("/search", &[("q", &one(round).0.iin)])
            }),
        ),
        (
            "search by surname",
            measure("search by surname", |round| {
                officer.post("/search", &[("q", &one(round).0.surname)])
            }),
        ),
        (
            "search by both names",
            measure("search by both names", |round| {
                let (papers, _) = one(round);
                let both = format!("{} {}", papers.given_names, papers.surname);
                officer.post("/search", &[("q", &both)])
            }),
        ),
    ]
}

#[test]
fn a_full_store_answers_at_once() {
    let site = Site::within(folder());
    let began = Instant::now();
    let mut known = Vec::new();
    let cases = asked().unwrap_or(200);
    for number in 0..cases {
        let papers = papers(number);
        let case = site.receive(&papers);
        if number % 97 == 0 {
            known.push((papers, case));
        }
    }
    println!("{cases} cases written in {:.0?}", began.elapsed());
    let mut officer = site.someone("aida", Role::Officer, 0, "kk");
    for (what, p95) in pages(&mut officer, &known) {
        assert!(asked().is_none() || p95 <= P95_MAX, "{what}: {p95:?}");
    }
}
