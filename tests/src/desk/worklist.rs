//! The worklist: found by any spelling, IIN or reference, told by what is left of the day.

use axum::http::StatusCode;
use casework::case::{Case, Role, Status};

use super::cases::standing;
use super::papers::Papers;
use super::{Answer, Badge, CLOCK, ask, desk, hire, log_in};
use crate::contract::invented::time;
use crate::memory::Memory;

async fn officer(store: &Memory, who: &str, missions: &[&str]) -> Badge {
    let word = hire(store, who, Role::Officer, missions).await;
    log_in(&desk(store), who, &word).await
}

async fn search(store: &Memory, badge: &Badge, asked: &str) -> Answer {
    let form = [("token", &*badge.token), ("q", asked)];
    ask(&desk(store), "/search", &badge.cookie, Some(&form)).await
}

fn shows(answer: &Answer, case: &Case) -> bool {
    answer
        .body
        .contains(&format!("href=\"/cases/{}\"", case.id))
}

#[tokio::test]
async fn a_case_is_found_by_any_spelling_of_a_name_by_iin_or_by_reference() {
    let store = Memory::default();
    let papers = Papers::of(1);
    let case = papers.arrive(&store).await;
    let mut others = Papers::of(2);
    others.surname = "АХМЕТОВ".into();
    let other = others.arrive(&store).await;
    let badge = officer(&store, "aida", &[]).await;
    let spaced = format!("{} {}", &papers.iin[..6], &papers.iin[6..]);
    for (asked, found) in [
        ("СӘБИТОВ", [true, false]),
        ("сабитов", [true, false]),
        ("Sabitov", [true, false]),
        (" Айдар  sabitov ", [true, false]),
        ("aidar", [true, true]),
        ("aidar akhmetov", [false, true]),
        (&spaced, [true, false]),
        ("сабитова-ахметова", [false, false]),
        ("нет такого", [false, false]),
        ("", [false, false]),
    ] {
        let answer = search(&store, &badge, asked).await;
        assert_eq!(answer.status, StatusCode::OK, "{asked}");
        assert_eq!(
            [&case, &other].map(|case| shows(&answer, case)),
            found,
            "{asked}"
        );
    }
    let reference = case.id.as_str().to_lowercase();
    let answer = search(&store, &badge, &reference).await;
    assert_eq!(answer.location(), Some(&*format!("/cases/{}", case.id)));
}

#[tokio::test]
async fn nobody_finds_the_people_of_another_mission() {
    let store = Memory::default();
    let case = Papers::of(1).arrive(&store).await;
    for (who, missions, found) in [
        ("aida", &["DEU-BER"][..], true),
        ("berik", &["JPN-TYO"], false),
        ("vera", &[], true),
    ] {
        let badge = officer(&store, who, missions).await;
        let answer = search(&store, &badge, "сабитов").await;
        assert_eq!(shows(&answer, &case), found, "{who}");
    }
}

#[tokio::test]
async fn views_show_what_is_to_decide_due_today_or_with_the_applicant() {
    let store = Memory::default();
    let decide = standing(&store, Status::AwaitingOfficer, "DEU-BER").await;
    let applicant = standing(&store, Status::AwaitingOtherSide, "JPN-TYO").await;
    let day_before = "2026-10-26T10:00:00Z";
    for (number, (now, view, shown)) in [
        (day_before, "open", [true, true]),
        (day_before, "", [true, true]),
        (day_before, "decide", [true, false]),
        (day_before, "applicant", [false, true]),
        (day_before, "today", [false, false]),
        ("2026-10-27T10:00:00Z", "today", [true, true]),
        ("2026-10-28T10:00:00Z", "today", [true, true]),
    ]
    .into_iter()
    .enumerate()
    {
        CLOCK.set(time(now)); // Later, and so everyone logs in anew.
        let badge = officer(&store, &format!("aida{number}"), &[]).await;
        let path = format!("/?view={view}");
        let answer = ask(&desk(&store), &path, &badge.cookie, None).await;
        let found = [&decide, &applicant].map(|case| shows(&answer, case));
        assert_eq!(found, shown, "{now} {view}");
    }
}

#[tokio::test]
async fn what_is_due_today_says_how_much_of_the_day_is_left() {
    let store = Memory::default();
    standing(&store, Status::AwaitingOfficer, "DEU-BER").await;
    for (who, now, says) in [
        ("aida", "2026-10-27T10:00:00Z", "2 h left today"),
        ("berik", "2026-10-27T11:15:00Z", "45 min left today"),
        ("vera", "2026-10-27T12:00:01Z", "overdue"),
    ] {
        CLOCK.set(time(now));
        let badge = officer(&store, who, &[]).await;
        let answer = ask(&desk(&store), "/", &badge.cookie, None).await;
        assert!(answer.body.contains(says), "{now} {says}");
    }
}

#[tokio::test]
async fn the_overview_counts_cases_of_ones_missions_and_is_not_for_everyone() {
    let store = Memory::default();
    standing(&store, Status::AwaitingOfficer, "DEU-BER").await;
    standing(&store, Status::Registered, "TUR-ANK").await;
    standing(&store, Status::AwaitingOfficer, "JPN-TYO").await;
    for (who, role, missions, cases) in [
        ("vera", Role::Supervisor, &[][..], Some(3)),
        ("dana", Role::Auditor, &["JPN-TYO"], Some(1)),
        ("aida", Role::Officer, &[], None),
    ] {
        let word = hire(&store, who, role, missions).await;
        let badge = log_in(&desk(&store), who, &word).await;
        let answer = ask(&desk(&store), "/overview", &badge.cookie, None).await;
        let shown = cases.map(|cases| format!("<dt>Cases</dt><dd>{cases}</dd>"));
        match shown {
            Some(shown) => assert!(answer.body.contains(&shown), "{who}"),
            None => assert_eq!(answer.status, StatusCode::FORBIDDEN, "{who}"),
        }
    }
}
