//! What a refusal rests on, and how two officers refuse.

use super::*;
use crate::case::apply::tests::{act, case_at, correct, someone};
use crate::case::{Action, End, Role, Status};
use crate::finding::{Finding, Rule, Severity};
use crate::notice::NoticeKind;
use crate::reading::FieldName;

fn finding(reason: &str, ground: Option<Ground>) -> Finding {
    Finding {
        rule: Rule::R2,
        severity: Severity::Hard,
        ground,
        field: None,
        reason: reason.to_owned(),
        values: Vec::new(),
    }
}

fn refusal() -> Refusal {
    Refusal {
        ground: Ground::NonCompliant,
        findings: Vec::new(),
        language: Language::Kk,
        reasons: "Себебі …".into(),
    }
}

/// A refusal that Aida proposed at a mission that wants two officers.
fn proposed() -> (Case, Actor) {
    let aida = someone(Role::Officer, "aida");
    let case = act(&case_at("KOR-SEL"), &aida, Action::Claim).unwrap().case;
    let proposed = act(&case, &aida, Action::Refuse(refusal())).unwrap();
    assert_eq!(proposed.notices, [], "the applicant hears nothing");
    (proposed.case, aida)
}

#[test]
fn a_refusal_says_something_and_rests_on_findings_that_support_its_ground() {
    let aida = someone(Role::Officer, "aida");
    let mut case = case_at("DEU-BER");
    case.findings = vec![
        finding("r2-birth-date-differs", Some(Ground::Unreliable)),
        finding("r18-back-missing", None),
    ];
    let refuse = |ground, findings: &[&str], text: &str| {
        let refusal = Refusal {
            ground,
            findings: findings.iter().map(|key| (*key).to_owned()).collect(),
            language: Language::Kk,
            reasons: text.into(),
        };
        act(&case, &aida, Action::Refuse(refusal)).map(|change| change.case.status())
    };
    let none = |key: &str| Err(NotNow::NoSuchFinding(key.to_owned()));
    let (one, two) = (Ground::Unreliable, Ground::NonCompliant);
    let differs = "r2-birth-date-differs";
    for (ground, findings, text, ended) in [
        (
            one,
            &[differs, differs][..],
            "Себебі …",
            Ok(Status::Refused),
        ),
        (two, &[], "Себебі …", Ok(Status::Refused)),
        (one, &[differs], " \n", Err(NotNow::NoText)),
        (one, &[differs], "Себебі: […]", Err(NotNow::NoText)),
        (two, &[differs], "Себебі …", none(differs)),
        (one, &["r5-iin-differs"], "Себебі …", none("r5-iin-differs")),
        (
            one,
            &["r18-back-missing"],
            "Себебі …",
            none("r18-back-missing"),
        ),
    ] {
        assert_eq!(
            refuse(ground, findings, text),
            ended,
            "{ground:?} {findings:?}"
        );
    }
}

#[test]
fn where_two_officers_refuse_the_second_confirms_what_the_first_proposed() {
    let (case, aida) = proposed();
    let told = case_at("KOR-SEL").status();
    assert_eq!(case.status(), Status::AwaitingSecondOfficer);
    assert_eq!(case.status_told(), told);
    assert_eq!(case.claimed_by, None, "it is the second officer's turn");
    assert_eq!(case.end, None);

    let own = act(&case, &aida, Action::ConfirmRefusal);
    assert_eq!(own, Err(NotNow::OwnProposal));
    let own = someone(Role::Supervisor, "aida");
    let supervisor = act(&case, &own, Action::ConfirmRefusal);
    assert!(matches!(supervisor, Err(NotNow::NotAllowed { .. })));

    let berik = someone(Role::Officer, "berik");
    let confirmed = act(&case, &berik, Action::ConfirmRefusal).unwrap();
    let Refusal {
        ground,
        findings,
        language,
        reasons,
    } = refusal();
    assert_eq!(
        confirmed.events[0].event,
        Event::Refused {
            ground,
            findings,
            language: Some(language),
            reasons
        }
    );
    assert_eq!(confirmed.events[0].actor, berik);
    assert_eq!(confirmed.case.end, Some(End::Refused { ground }));
    assert_eq!(confirmed.case.status(), Status::Refused);
    let kinds: Vec<_> = confirmed.notices.iter().map(|n| n.kind).collect();
    assert_eq!(kinds, [NoticeKind::Refused]);
}

#[test]
fn a_refusal_is_sent_back_with_a_word_or_taken_back_and_proposed_anew() {
    let (case, aida) = proposed();
    let berik = someone(Role::Officer, "berik");
    let send_back = |word: &str| Action::ReturnRefusal(word.into());
    assert_eq!(act(&case, &berik, send_back(" ")), Err(NotNow::NoText));
    for who in [&berik, &aida] {
        let returned = act(&case, who, send_back("Which page?")).unwrap();
        assert_eq!(returned.notices, []);
        let case = returned.case;
        assert_eq!(case.status(), case_at("KOR-SEL").status());
        assert_eq!(case.claimed_by, None);
        let (refused, returned) = case.refusal_sent_back().unwrap();
        assert_eq!((refused, &returned.by), (&refusal(), who));
        for action in [Action::ConfirmRefusal, send_back("Again?")] {
            let twice = act(&case, &berik, action);
            assert!(matches!(twice, Err(NotNow::NotAllowed { .. })));
        }
        let again = act(&case, &berik, Action::Refuse(refusal())).unwrap().case;
        assert_eq!(again.status(), Status::AwaitingSecondOfficer);
        assert_eq!(again.refusal_sent_back(), None);
        assert!(act(&again, &aida, Action::ConfirmRefusal).is_ok());
    }
}

#[test]
fn what_was_proposed_is_gone_when_what_is_known_changes() {
    let (case, aida) = proposed();
    let berik = someone(Role::Officer, "berik");
    let applicant = someone(Role::Applicant, "");
    let mut other = case.declared.clone().unwrap();
    other.entries.insert(FieldName::SEX, "M".into());
    let anew = act(&case, &applicant, Action::DeclareCard(other)).unwrap();
    assert_eq!(anew.case.refusal_proposed, None);
    assert_eq!(anew.case.status(), case.status_told());
    assert_eq!(anew.notices, []);
    // Officers send it back first: they do not work on what it rests on.
    let corrected = act(&case, &aida, correct(FieldName::SEX, "M"));
    assert!(matches!(corrected, Err(NotNow::NotAllowed { .. })));
    // What changes nothing that is known leaves it.
    let claimed = act(&case, &berik, Action::Claim).unwrap().case;
    assert_eq!(claimed.status(), Status::AwaitingSecondOfficer);
    let withdrawn = act(&case, &applicant, Action::Withdraw).unwrap().case;
    assert_eq!(withdrawn.status(), Status::Withdrawn);
}

#[test]
fn what_an_officer_may_press_is_what_the_case_lets_them_do() {
    use crate::case::action::ActionName::{Approve, ConfirmRefusal, Refuse, ReturnRefusal};
    let (case, aida) = proposed();
    let berik = someone(Role::Officer, "berik");
    for (who, action, lets) in [
        (&aida, ConfirmRefusal, false),
        (&aida, ReturnRefusal, true),
        (&berik, ConfirmRefusal, true),
        (&berik, ReturnRefusal, true),
        (&berik, Approve, false),
        (&berik, Refuse, false),
    ] {
        assert_eq!(case.lets(who, action), lets, "{who:?} {action:?}");
    }
    let claimed = act(&case, &berik, Action::Claim).unwrap().case;
    let dana = someone(Role::Officer, "dana");
    assert!(!claimed.lets(&dana, ConfirmRefusal));
    assert!(claimed.lets(&berik, ConfirmRefusal));
}
