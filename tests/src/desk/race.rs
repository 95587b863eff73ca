//! Two officers decide one case at the same time, at two desks of one store: one of them does.

use std::sync::Barrier;
use std::thread;

use casework::case::{Event, Role};

use super::papers::Papers;
use super::site::Site;
use crate::served::Browser;

/// How often they race; `tests/race` asks for 10,000.
pub(super) fn races() -> u32 {
    let asked = std::env::var("TIRKEU_RACES");
    asked.map_or(100, |text| text.parse().unwrap())
}

/// What one of them does in this race: they approve, refuse, or one of each.
fn form(race: u32, officer: u32) -> (&'static str, &'static [(&'static str, &'static str)]) {
    if (race >> officer) & 1 == 0 {
        return ("approve", &[]);
    }
    let refusal = &[
        ("ground", "non_compliant"),
        ("language", "kk"),
        ("text", "…"),
    ];
    ("refuse", refusal)
}

#[test]
fn two_officers_who_race_make_exactly_one_decision() {
    let site = Site::open();
    let mut officers =
        [("aida", 0), ("berik", 1)].map(|(who, at)| site.someone(who, Role::Officer, at, "en"));
    let mut wins = [0, 0];
    for race in 0..races() {
        let case = site.receive(&Papers::of(race));
        let version = case.version.to_string();
        let start = Barrier::new(2);
        let decide = |officer: &mut Browser, number: u32| {
            let (what, form) = form(race, number);
            let mut form = form.to_vec();
            form.push(("version", &version));
            start.wait();
            officer
                .post(&format!("/cases/{}/{what}", case.id), &form)
                .status
        };
        let [first, second] = &mut officers;
        let ends = thread::scope(|scope| {
            let first = scope.spawn(|| decide(first, 0));
            let second = scope.spawn(|| decide(second, 1));
            [first.join().unwrap(), second.join().unwrap()]
        });
        assert!(
            matches!(ends, [303, 409] | [409, 303]),
            "race {race}: {ends:?}"
        );
        let decided =
            |event: &&Event| matches!(event, Event::Approved { .. } | Event::Refused { .. });
        assert_eq!(
            site.events(&case.id).iter().filter(decided).count(),
            1,
            "race {race}"
        );
        wins[usize::from(ends[1] == 303)] += 1;
    }
    println!("{} races, won {} and {}", races(), wins[0], wins[1]);
}
