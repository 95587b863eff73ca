//! Papers at the desk: there to be printed, and the certificate as often as it is asked for.

use axum::http::{StatusCode, header};
use casework::case::{Event, Role, Status};
use casework::words::{Language, Words};

use super::cases::standing;
use super::decisions::{act, open, see};
use super::papers::Papers;
use super::site::Site;
use super::{ask, desk, hire, log_in};
use crate::memory::Memory;

#[tokio::test]
async fn a_paper_is_a_pdf_with_a_name_and_only_of_what_the_case_supports() {
    let store = Memory::default();
    let case = standing(&store, Status::AwaitingOfficer, "DEU-BER").await;
    let word = hire(&store, "berik", Role::Clerk, &[]).await;
    let desk = desk(&store);
    let badge = log_in(&desk, "berik", &word).await;
    let path = format!("/cases/{}/papers/acceptance-slip", case.id);
    let page = ask(&desk, &format!("/cases/{}", case.id), &badge.cookie, None).await;
    assert!(page.body.contains(&format!("href=\"{path}\"")));
    let paper = ask(&desk, &path, &badge.cookie, None).await;
    assert_eq!(paper.status, StatusCode::OK);
    assert_eq!(paper.headers[header::CONTENT_TYPE], "application/pdf");
    let name = paper.headers[header::CONTENT_DISPOSITION].to_str().unwrap();
    assert!(name.contains(case.id.as_str()), "{name}");
    assert!(paper.body.starts_with("%PDF-"));
    let english = format!("{path}?english=yes");
    let english = ask(&desk, &english, &badge.cookie, None).await;
    assert!(english.body.starts_with("%PDF-"));
    assert_ne!(english.body, paper.body, "with English too");
    let other = format!("/cases/{}/papers/refusal", case.id);
    let other = ask(&desk, &other, &badge.cookie, None).await;
    assert_eq!(other.status, StatusCode::NOT_FOUND);
}

#[test]
fn a_certificate_is_issued_again_by_an_officer() {
    for language in Language::ALL {
        let words = Words::of(language);
        let site = Site::open();
        let mut officer = site.someone("aida", Role::Officer, 0, language.code());
        let mut clerk = site.someone("berik", Role::Clerk, 1, language.code());
        let case = site.receive(&Papers::of(1));
        let early = act(&mut officer, &case, "certificate", &[]);
        assert_eq!(early.status, 409, "nobody is registered yet");
        assert_eq!(act(&mut officer, &case, "approve", &[]).status, 303);
        let registered = site.case(&case.id);
        let reissue = words.say("certificate-reissue");
        assert!(open(&mut officer, &registered).body.contains(&reissue));
        assert!(!see(&mut clerk, &registered).body.contains(&reissue));
        assert_eq!(act(&mut clerk, &registered, "certificate", &[]).status, 403);
        assert_eq!(
            act(&mut officer, &registered, "certificate", &[]).status,
            303
        );
        let issued = site.events(&case.id).pop();
        assert_eq!(issued, Some(Event::CertificateReissued { copy: 2 }));
        let twice = act(&mut officer, &registered, "certificate", &[]);
        assert_eq!(twice.status, 409, "a press sent twice makes one copy");
        let page = open(&mut officer, &site.case(&case.id)).body;
        for part in [
            words.say("event-certificate-reissued"),
            words.say_with("certificate-copy", &[("copy", "2")]),
        ] {
            assert!(page.contains(&part), "{part}");
        }
    }
}
