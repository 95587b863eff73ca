//! Every decision of an officer over real HTTP and real SQLite, in the three languages, without scripts.

use casework::case::{Case, Event, Role, Status};
use casework::finding::Ground;
use casework::finding_code::QualityFinding;
use casework::reading::FieldName;
use casework::words::{Language, Words};

use super::papers::Papers;
use super::site::Site;
use crate::served::{Browser, Page};

/// Everyone's words: the page must say them in the person's language.
pub(super) fn in_every_language(test: impl Fn(&Site, &mut Browser, &Words)) {
    for language in Language::ALL {
        let site = Site::open();
        let mut officer = site.someone("aida", Role::Officer, 0, language.code());
        test(&site, &mut officer, &Words::of(language));
    }
}

/// Posts a form of a page of this case, against the version the case has.
pub(super) fn act(browser: &mut Browser, case: &Case, what: &str, form: &[(&str, &str)]) -> Page {
    let version = case.version.to_string();
    let mut all = vec![("version", version.as_str())];
    all.extend(form);
    browser.post(&format!("/cases/{}/{what}", case.id), &all)
}

/// The case as this person sees it.
pub(super) fn see(browser: &mut Browser, case: &Case) -> Page {
    let page = browser.get(&format!("/cases/{}", case.id));
    assert_eq!(page.status, 200);
    page
}

/// The same, where there is something that they may do to it.
pub(super) fn open(browser: &mut Browser, case: &Case) -> Page {
    let page = see(browser, case);
    assert!(
        page.body
            .contains(&format!("name=\"version\" value=\"{}\"", case.version))
    );
    page
}

#[test]
fn a_clean_case_is_registered_with_one_press() {
    in_every_language(|site, officer, words| {
        let case = site.receive(&Papers::of(1));
        assert_eq!(
            (case.status(), &*case.findings),
            (Status::AwaitingOfficer, &[][..])
        );
        let page = open(officer, &case);
        assert!(page.body.contains(&words.say("desk-everything-agrees")));
        assert!(
            page.body
                .contains(&format!(">{}</button>", words.say("decide-approve")))
        );
        assert!(!page.body.contains("name=\"reason\""), "nothing to explain");

        let done = act(officer, &case, "approve", &[]);
        assert_eq!(
            (done.status, done.location),
            (303, format!("/cases/{}", case.id))
        );
        assert_eq!(site.case(&case.id).status(), Status::Registered);
        let again = act(officer, &case, "approve", &[]);
        assert_eq!(again.status, 303, "the same press sent twice is one");
        let decided = site.events(&case.id);
        let decisions = decided
            .iter()
            .filter(|e| matches!(e, Event::Approved { .. }));
        assert_eq!(decisions.count(), 1);
        let page = officer.get(&format!("/cases/{}", case.id)).body;
        assert!(page.contains(&words.say("status-registered")));
        assert!(!page.contains("/approve"), "a decided case has no button");
    });
}

#[test]
fn a_hard_finding_is_approved_only_with_a_reason() {
    in_every_language(|site, officer, words| {
        let case = site.receive(&Papers::of(1).passport_says("surname", "АХМЕТОВ"));
        let page = open(officer, &case);
        assert!(page.body.contains(&words.say("r9-surname-differs")));
        assert!(page.body.contains(&words.say("decide-approve-anyway")));
        for reason in ["", " \r\n"] {
            let refused = act(officer, &case, "approve", &[("reason", reason)]);
            assert_eq!(refused.status, 422);
            assert!(refused.body.contains(&words.say("not-now-reason")));
            assert_eq!(site.case(&case.id).version, case.version);
        }
        let reason = "The applicant married.\r\nThe certificate was shown.";
        assert_eq!(
            act(officer, &case, "approve", &[("reason", reason)]).status,
            303
        );
        let Some(Event::Approved { reason: Some(kept) }) = site.events(&case.id).pop() else {
            panic!("approved with its reason")
        };
        assert_eq!(kept, reason.replace("\r\n", "\n"));
    });
}

#[test]
fn taking_a_value_or_entering_another_derives_everything_anew_at_once() {
    in_every_language(|site, officer, words| {
        let iin = FieldName::IIN;
        let other = Papers::of(2).iin;
        for (number, take_declared) in [(1, true), (3, false)] {
            let papers = Papers::of(number).passport_says("iin", &other);
            let case = site.receive(&papers);
            let page = open(officer, &case).body;
            assert!(page.contains(&words.say("r5-iin-differs")));
            for value in [&papers.iin, &other] {
                assert!(
                    page.contains(&format!("name=\"value\" value=\"{value}\"")),
                    "{value} can be taken"
                );
            }
            let value = if take_declared { &papers.iin } else { &other };
            let taken = act(
                officer,
                &case,
                "correct",
                &[("field", "iin"), ("value", value), ("back", "findings")],
            );
            assert_eq!(
                (taken.status, taken.location),
                (303, format!("/cases/{}#findings", case.id))
            );
            let after = site.case(&case.id);
            assert_eq!(after.corrections[&iin].reveal(), value);
            assert!(
                after.findings.iter().all(|f| f.reason != "r5-iin-differs"),
                "settled at once"
            );
            assert!(
                open(officer, &after)
                    .body
                    .contains(&words.say("desk-settled-one"))
            );
        }
    });
}

#[test]
fn a_value_that_the_entry_cannot_hold_changes_nothing_and_comes_back_to_be_mended() {
    in_every_language(|site, officer, words| {
        let case = site.receive(&Papers::of(4).passport_says("surname", "АХМЕТОВ"));
        for (value, status) in [("", 422), ("САБИТОВ", 303)] {
            let edited = act(
                officer,
                &case,
                "correct",
                &[("field", "surname"), ("value", value)],
            );
            assert_eq!(edited.status, status, "{value}");
        }
        let wrong = site.case(&case.id);
        let edited = act(
            officer,
            &wrong,
            "correct",
            &[("field", "birth_date"), ("value", "31.02.1990")],
        );
        assert_eq!(edited.status, 422);
        assert!(
            edited.body.contains("value=\"31.02.1990\""),
            "what was typed is kept"
        );
        assert!(edited.body.contains(&words.say("not-now-value")));
        assert_eq!(site.case(&case.id), wrong);
    });
}

#[test]
fn a_refusal_is_drafted_edited_and_rests_on_findings_that_stand() {
    in_every_language(|site, officer, words| {
        let case = site.receive(&Papers::of(1).passport_says("surname", "АХМЕТОВ"));
        let form = officer.get(&format!(
            "/cases/{}/refuse?ground=unreliable&language=kk",
            case.id
        ));
        assert!(form.body.contains(&words.say("refuse-rests-on")));
        let applicants = Words::of(Language::Kk);
        assert!(
            form.body
                .contains(&applicants.say("refusal-ground-unreliable"))
        );
        assert!(
            form.body.contains("СӘБИТОВ") && form.body.contains("АХМЕТОВ"),
            "both values"
        );

        let whole = [
            ("ground", "unreliable"),
            ("language", "kk"),
            ("finding", "r9-surname-differs"),
            ("text", "Себебі: тегі сәйкес емес."),
        ];
        for (name, value, status) in [
            ("text", "", 422),
            ("text", "Себебі: […]", 422),
            ("finding", "r5-iin-differs", 422),
            ("ground", "no_consent", 422),
            ("ground", "none", 400),
            ("language", "xx", 400),
        ] {
            let changed =
                whole.map(|(known, old)| (known, if known == name { value } else { old }));
            let answer = act(officer, &case, "refuse", &changed);
            assert_eq!(answer.status, status, "{name}={value}");
            assert_eq!(site.case(&case.id).version, case.version);
        }
        assert_eq!(act(officer, &case, "refuse", &whole).status, 303);
        let refused = site.events(&case.id).pop().unwrap();
        let expected = Event::Refused {
            ground: Ground::Unreliable,
            findings: vec!["r9-surname-differs".into()],
            language: Some(Language::Kk),
            reasons: "Себебі: тегі сәйкес емес.".into(),
        };
        assert_eq!(refused, expected);
    });
}

#[test]
fn a_better_copy_is_asked_for_with_a_code() {
    in_every_language(|site, officer, words| {
        let papers = Papers::of(1);
        let case = site.receive(&papers);
        let form = officer.get(&format!("/cases/{}/better-copy", case.id));
        assert!(form.body.contains(&words.say("copy-help")));
        assert!(form.body.contains(&words.say("quality-glare")));
        let scan = papers.scan();
        for (code, status) in [("NONE", 400), ("GLARE", 303)] {
            let asked = act(
                officer,
                &case,
                "better-copy",
                &[("scan", scan.as_str()), ("code", code)],
            );
            assert_eq!(asked.status, status, "{code}");
        }
        let after = site.case(&case.id);
        assert_eq!(after.status(), Status::AwaitingBetterCopy);
        assert_eq!(after.better_copies_asked[0].code, QualityFinding::Glare);
    });
}

#[test]
fn whoever_is_overtaken_sees_what_changed_and_keeps_what_they_typed() {
    in_every_language(|site, officer, words| {
        let mut other = site.someone("berik", Role::Officer, 1, "en");
        let case = site.receive(&Papers::of(1).passport_says("surname", "АХМЕТОВ"));
        assert_eq!(
            act(
                &mut other,
                &case,
                "correct",
                &[("field", "surname"), ("value", "СӘБИТОВ")]
            )
            .status,
            303
        );
        open(officer, &site.case(&case.id));

        let form = [("field", "phone"), ("value", "+49 30 000 00 12")];
        let late = act(officer, &case, "correct", &form);
        assert_eq!(late.status, 409);
        for part in [
            &words.say("overtaken"),
            &words.say("event-corrected"),
            "berik",
            "СӘБИТОВ",
            "+49 30 000 00 12",
        ] {
            assert!(late.body.contains(part), "{part}");
        }
        let fresh = site.case(&case.id);
        assert!(
            !fresh.corrections.contains_key(&FieldName::new("phone")),
            "nothing was written"
        );
        assert_eq!(
            act(officer, &fresh, "correct", &form).status,
            303,
            "its form sends it anew"
        );

        let seen = site.case(&case.id);
        assert_eq!(act(&mut other, &seen, "approve", &[]).status, 303);
        let refusal = [
            ("ground", "unreliable"),
            ("language", "kk"),
            ("text", "Менің мәтінім"),
        ];
        let late = act(officer, &seen, "refuse", &refusal);
        assert_eq!(late.status, 409);
        assert!(late.body.contains(&words.say("event-approved")));
        assert!(late.body.contains("Менің мәтінім"), "it may be copied");
        assert!(!late.body.contains("/refuse\""), "and no longer sent");
    });
}

#[test]
fn a_case_in_someones_hand_is_theirs_until_it_is_given_back() {
    in_every_language(|site, officer, words| {
        let mut other = site.someone("berik", Role::Officer, 1, "en");
        let mut supervisor = site.someone("vera", Role::Supervisor, 1, "en");
        let case = site.receive(&Papers::of(1));
        assert_eq!(act(officer, &case, "claim", &[]).status, 303);
        let held = site.case(&case.id);
        assert!(open(officer, &held).body.contains(&words.say("hands-own")));
        let page = other.get(&format!("/cases/{}", case.id)).body;
        assert!(page.contains("aida") && !page.contains("/approve"));
        let approved = act(&mut other, &held, "approve", &[]);
        assert_eq!(approved.status, 409);
        assert!(approved.body.contains("aida"));
        assert_eq!(other.get("/next").location, "/", "not offered to others");
        assert_eq!(officer.get("/next").location, format!("/cases/{}", case.id));

        assert_eq!(act(&mut supervisor, &held, "release", &[]).status, 303);
        let free = site.case(&case.id);
        assert_eq!(act(&mut other, &free, "approve", &[]).status, 303);
    });
}

#[test]
fn what_the_machine_read_is_marked_until_a_person_has_looked() {
    in_every_language(|site, officer, words| {
        let case = site.receive(&Papers::of(1));
        let unseen = words.say("desk-unseen");
        assert!(open(officer, &case).body.contains(&unseen));
        assert_eq!(act(officer, &case, "look", &[("back", "card")]).status, 303);
        let seen = site.case(&case.id);
        assert!(!open(officer, &seen).body.contains(&unseen));
    });
}

#[test]
fn the_next_case_is_the_one_due_soonest_and_never_the_one_just_left() {
    let site = Site::open();
    let mut officer = site.someone("aida", Role::Officer, 0, "en");
    assert_eq!(officer.get("/next").location, "/");
    let cases = [1, 2].map(|number| site.receive(&Papers::of(number)));
    let paths = cases.each_ref().map(|case| format!("/cases/{}", case.id));
    assert_eq!(officer.get("/next").location, paths[0]);
    let id = paths[0].trim_start_matches("/cases/");
    assert_eq!(officer.get(&format!("/next?after={id}")).location, paths[1]);
}
