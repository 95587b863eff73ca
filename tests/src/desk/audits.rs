//! A second look at clean cases: for those who oversee, after the decision, once.

use casework::audit::AuditOutcome;
use casework::case::{Event, Role, Status};
use casework::reading::FieldName;
use casework::words::{Language, Words};

use super::decisions::{act, see};
use super::papers::Papers;
use super::site::Site;

#[test]
fn a_clean_case_is_looked_at_a_second_time_by_those_who_oversee() {
    for language in Language::ALL {
        let (words, code) = (Words::of(language), language.code());
        let site = Site::open();
        let mut officer = site.someone("aida", Role::Officer, 0, code);
        let mut auditor = site.someone("dana", Role::Auditor, 1, code);
        let mut supervisor = site.someone("vera", Role::Supervisor, 0, code);
        let asked = words.say("audit-help");

        let case = site.receive(&Papers::of(1));
        for browser in [&mut officer, &mut auditor, &mut supervisor] {
            let page = see(browser, &case).body;
            assert!(!page.contains(&asked), "nobody is told before the decision");
        }
        assert_eq!(act(&mut officer, &case, "approve", &[]).status, 303);
        let clean = site.case(&case.id);
        assert!(!see(&mut officer, &clean).body.contains(&asked));
        let denied = act(&mut officer, &clean, "audit", &[("outcome", "agrees")]);
        assert_eq!(denied.status, 403);
        assert!(see(&mut supervisor, &clean).body.contains(&asked));
        let overview = supervisor.get("/overview").body;
        assert!(overview.contains(&words.say("audits-waiting")));
        assert!(overview.contains(&words.say("audits-none")));

        let differs = [
            ("outcome", "differs"),
            ("field", "surname"),
            ("word", "САБИТОВ"),
        ];
        for (name, value, status) in [
            ("word", " ", 422),
            ("field", "no_such", 422),
            ("outcome", "verified", 400),
        ] {
            let wrong =
                differs.map(|(known, old)| (known, if known == name { value } else { old }));
            let answer = act(&mut auditor, &clean, "audit", &wrong);
            assert_eq!(answer.status, status, "{name}={value}");
        }
        assert_eq!(act(&mut auditor, &clean, "audit", &differs).status, 303);
        let audited = site.case(&case.id);
        assert_eq!(audited.status(), Status::Registered);
        let outcome = AuditOutcome::Differs {
            field: FieldName::SURNAME,
            word: "САБИТОВ".into(),
        };
        assert_eq!(
            site.events(&case.id).pop(),
            Some(Event::Audited { outcome })
        );
        let page = see(&mut supervisor, &audited).body;
        assert!(!page.contains(&asked), "once");
        assert!(page.contains(&words.say("event-audited")) && page.contains("САБИТОВ"));
        let again = act(&mut supervisor, &audited, "audit", &[("outcome", "agrees")]);
        assert_eq!(again.status, 409);
        let overview = supervisor.get("/overview").body;
        assert!(!overview.contains(&words.say("audits-waiting")));
        assert!(overview.contains(&words.say("audits-differ")));
    }
}

#[test]
fn a_case_that_was_not_clean_is_not_set_for_audit() {
    let site = Site::open();
    let mut officer = site.someone("aida", Role::Officer, 0, "en");
    let mut auditor = site.someone("dana", Role::Auditor, 1, "en");
    let case = site.receive(&Papers::of(1).passport_says("surname", "АХМЕТОВ"));
    let reason = [("reason", "The certificate of marriage was shown.")];
    assert_eq!(act(&mut officer, &case, "approve", &reason).status, 303);
    let registered = site.case(&case.id);
    let audited = act(&mut auditor, &registered, "audit", &[("outcome", "agrees")]);
    assert_eq!(audited.status, 409);
    assert_eq!(site.case(&case.id), registered);
}
