//! Refusals at a mission that wants two officers, over real HTTP and real SQLite.

use std::sync::Barrier;
use std::thread;

use casework::case::{Case, Event, Role, Status};
use casework::notice::NoticeKind;
use casework::words::{Language, Words};

use super::decisions::{act, open};
use super::papers::Papers;
use super::race::races;
use super::site::Site;
use crate::served::Browser;

const TEXT: &str = "Себебі: тегі сәйкес емес.";

/// Papers of a mission whose refusals two officers make.
fn papers(number: u32) -> Papers {
    let mut papers = Papers::of(number).passport_says("surname", "АХМЕТОВ");
    papers.mission = "KOR-SEL";
    papers
}

fn propose(officer: &mut Browser, case: &Case) {
    let form = [
        ("ground", "unreliable"),
        ("language", "kk"),
        ("finding", "r9-surname-differs"),
        ("text", TEXT),
    ];
    assert_eq!(act(officer, case, "refuse", &form).status, 303);
}

fn told(site: &Site, case: &Case) -> Vec<NoticeKind> {
    site.notices(&case.id)
}

#[test]
fn a_refusal_is_proposed_sent_back_mended_and_confirmed_by_the_other_officer() {
    for language in Language::ALL {
        let words = Words::of(language);
        let site = Site::open();
        let [mut aida, mut berik] = [("aida", 0), ("berik", 1)]
            .map(|(who, at)| site.someone(who, Role::Officer, at, language.code()));
        let case = site.receive(&papers(1));
        let before = told(&site, &case);
        let form = aida.get(&format!("/cases/{}/refuse", case.id)).body;
        assert!(form.contains(&words.say("refuse-propose-help")));
        propose(&mut aida, &case);
        let proposed = site.case(&case.id);
        assert_eq!(proposed.status(), Status::AwaitingSecondOfficer);

        let own = open(&mut aida, &proposed).body;
        assert!(own.contains(&words.say("refusal-proposed-own")));
        assert!(!own.contains("/refusal/confirm"), "no button of her own");
        let confirmed = act(&mut aida, &proposed, "refusal/confirm", &[]);
        assert_eq!(confirmed.status, 409);
        let why = words.say("not-now-own-proposal");
        assert!(confirmed.body.contains(&why));
        assert_eq!(aida.get("/next").location, "/", "not offered to her");

        let path = format!("/cases/{}", case.id);
        assert_eq!(berik.get("/next").location, path);
        let chip = words.say_with("chip-refusal-proposed", &[("who", "aida")]);
        assert!(berik.get("/?view=decide").body.contains(&chip));
        let page = open(&mut berik, &proposed).body;
        for part in [TEXT, "aida", &words.say("r9-surname-differs")] {
            assert!(page.contains(part), "{part}");
        }
        assert!(page.contains("/refusal/confirm") && !page.contains("/approve"));
        let wordless = act(&mut berik, &proposed, "refusal/return", &[("word", " ")]);
        assert_eq!(wordless.status, 422);
        let word = [("word", "Which page?")];
        assert_eq!(
            act(&mut berik, &proposed, "refusal/return", &word).status,
            303
        );

        let returned = site.case(&case.id);
        assert_eq!(returned.status(), case.status());
        assert!(open(&mut aida, &returned).body.contains("Which page?"));
        let list = aida.get("/").body;
        assert!(list.contains(&words.say("chip-refusal-sent-back")));
        let mended = aida.get(&format!("/cases/{}/refuse", case.id)).body;
        assert!(mended.contains(TEXT) && mended.contains("Which page?"));
        propose(&mut aida, &returned);
        assert_eq!(told(&site, &case), before, "the applicant heard nothing");

        let again = site.case(&case.id);
        assert_eq!(act(&mut berik, &again, "refusal/confirm", &[]).status, 303);
        assert_eq!(site.case(&case.id).status(), Status::Refused);
        let refused = site.events(&case.id).pop().unwrap();
        assert!(matches!(refused, Event::Refused { reasons, .. } if reasons.reveal() == TEXT));
        let told = told(&site, &case);
        assert_eq!(
            told.strip_prefix(&*before),
            Some(&[NoticeKind::Refused][..])
        );
    }
}

#[test]
fn two_second_officers_who_race_give_exactly_one_answer() {
    let site = Site::open();
    let mut first = site.someone("vera", Role::Officer, 0, "en");
    let mut officers =
        [("aida", 0), ("berik", 1)].map(|(who, at)| site.someone(who, Role::Officer, at, "en"));
    for race in 0..races() {
        let case = site.receive(&papers(race));
        propose(&mut first, &case);
        let case = site.case(&case.id);
        let start = Barrier::new(2);
        let answer = |officer: &mut Browser, number: u32| {
            let confirms = (race >> number) & 1 == 0;
            start.wait();
            if confirms {
                act(officer, &case, "refusal/confirm", &[]).status
            } else {
                act(officer, &case, "refusal/return", &[("word", "…")]).status
            }
        };
        let [one, other] = &mut officers;
        let ends = thread::scope(|scope| {
            let one = scope.spawn(|| answer(one, 0));
            let other = scope.spawn(|| answer(other, 1));
            [one.join().unwrap(), other.join().unwrap()]
        });
        assert!(
            matches!(ends, [303, 409] | [409, 303]),
            "race {race}: {ends:?}"
        );
        let answered =
            |event: &&Event| matches!(event, Event::Refused { .. } | Event::RefusalReturned { .. });
        let events = site.events(&case.id);
        assert_eq!(events.iter().filter(answered).count(), 1, "race {race}");
    }
}
