//! From the first answer to the case at the desk.

use axum::http::StatusCode;
use casework::case::{Channel, Status};
use casework::finding_code::Hint;
use casework::ports::{Applications, Cases, Scans};
use casework::reading::FieldName;
use casework::scan::ScanId;

use super::eyes::passport;
use super::{Answer, Holder, Site};
use crate::contract::invented::{IIN, OTHER_IIN};

/// What a passport does not say.
const REST: &[(&str, &str)] = &[
    ("birth_place", "АЛМАТЫ"),
    ("document_kind", "passport"),
    ("address_country", "Германия"),
    ("address_city", "Берлин"),
    ("address_street", "Musterweg 5"),
    ("purpose_of_stay", "study"),
    ("stay_until", "16.07.2027"),
];

/// Fills in a section with what its page has before it, and with the rest.
async fn fill(site: &Site, holder: &Holder, section: &str, instead: &[(&str, &str)]) -> Answer {
    let path = holder.path(&format!("/card/{section}"));
    let page = site.get(&path, &holder.cookie).await;
    let names = page.body.split(r#" name=""#).skip(1);
    let names: Vec<String> = names
        .map(|rest| rest.split_once('"').unwrap().0.to_owned())
        .collect();
    let value = |name: &String| -> String {
        let known = instead.iter().chain(REST).find(|(known, _)| known == name);
        if let Some((_, value)) = known {
            return (*value).to_owned();
        }
        let control = page.between(&format!(r#" name="{name}""#), "</div>");
        let shown = control
            .split_once(r#"value=""#)
            .map_or("", |(_, rest)| rest.split_once('"').unwrap().0);
        let chosen = control
            .split_once(" selected")
            .map(|(before, _)| before.rsplit('"').nth(1).unwrap());
        chosen
            .unwrap_or(if control.contains("<select") {
                ""
            } else {
                shown
            })
            .to_owned()
    };
    let form: Vec<(String, String)> = names
        .iter()
        .map(|name| (name.clone(), value(name)))
        .collect();
    let form: Vec<(&str, &str)> = form
        .iter()
        .map(|(name, value)| (name.as_str(), value.as_str()))
        .collect();
    site.post(&path, &holder.cookie, &form).await
}

/// An application whose every section is filled in and confirmed.
pub(super) async fn confirmed(site: &Site, paper: &[u8], instead: &[(&str, &str)]) -> Holder {
    let holder = site.begin().await;
    let chosen = site
        .post(
            &holder.path("/identity"),
            &holder.cookie,
            &[("identity", "passport")],
        )
        .await;
    assert_eq!(chosen.location(), holder.path("/papers/passport"));
    let sent = site
        .send(&holder.path("/papers/passport"), &holder.cookie, paper)
        .await;
    assert_eq!(
        sent.location(),
        holder.path("/papers/passport"),
        "{}",
        sent.body
    );
    for section in ["person", "document", "address", "stay", "more"] {
        let filled = fill(site, &holder, section, instead).await;
        assert_eq!(
            filled.status,
            StatusCode::SEE_OTHER,
            "{section}: {}",
            filled.body
        );
    }
    let confirmed = site
        .post(&holder.path("/answers"), &holder.cookie, &[])
        .await;
    assert_eq!(
        confirmed.location(),
        holder.path("/sign"),
        "{}",
        confirmed.body
    );
    holder
}

#[tokio::test]
async fn an_application_becomes_the_case_of_its_reference() {
    let site = Site::open();
    let holder = confirmed(&site, &passport(IIN), &[]).await;
    assert!(
        site.store.load(&holder.reference).await.unwrap().is_none(),
        "not before it is handed in"
    );
    let handed_in = site
        .post(&holder.path("/counter"), &holder.cookie, &[])
        .await;
    assert_eq!(handed_in.location(), holder.path(""));
    let case = site.store.load(&holder.reference).await.unwrap().unwrap();
    assert_eq!(
        (case.status(), case.manifest.channel),
        (Status::AwaitingOfficer, Channel::Portal)
    );
    let declared = case.declared.as_ref().unwrap();
    for (key, value) in [
        ("surname", "СӘБИТОВ"),
        ("iin", IIN),
        ("stay_until", "2027-07-16"),
        ("email", "aigul@mail.example"),
        ("signed", "false"),
        ("consent.version", "2026-11-01"),
        ("consent.data", "true"),
    ] {
        assert_eq!(
            declared.get(&FieldName::from_key(key)),
            Some(value),
            "{key}"
        );
    }
    // Friday noon by the mission's clock: due on the next working day that Kazakhstan has too.
    assert_eq!(case.due_at.to_string(), "2026-10-27T17:00:00Z");
    let page = site.get(&holder.path(""), &holder.cookie).await;
    assert!(page.body.contains("Your application was received") && page.body.contains("/slip"));
    let slip = site.get(&holder.path("/slip"), &holder.cookie).await;
    assert!(slip.body.contains("class=\"qr\"") && slip.body.contains(holder.reference.as_str()));
    let paper = site
        .get(&holder.path("/documents/acceptance-slip"), &holder.cookie)
        .await;
    assert!(paper.body.starts_with("%PDF-"), "{}", paper.status);
    let again = site
        .post(&holder.path("/counter"), &holder.cookie, &[])
        .await;
    assert_eq!(again.location(), holder.path(""));
    let after = site.store.load(&holder.reference).await.unwrap().unwrap();
    assert_eq!(
        after.version, case.version,
        "handing in again changes nothing"
    );
}

#[tokio::test]
async fn what_was_handed_in_and_is_no_case_yet_is_handed_over_later() {
    let site = Site::open();
    let holder = confirmed(
        &site,
        b"broken",
        &[
            ("surname", "СӘБИТОВ"),
            ("given_names", "АЙДАР"),
            ("sex", "M"),
            ("birth_date", "01.01.1990"),
            ("citizenship", "KAZ"),
            ("iin", IIN),
            ("document_number", "N10000001"),
            ("document_issue_date", "02.03.2024"),
            ("document_expiry_date", "01.03.2034"),
        ],
    )
    .await;
    site.post(&holder.path("/counter"), &holder.cookie, &[])
        .await;
    assert_eq!(
        site.store.to_hand_over(9).await.unwrap().len(),
        1,
        "the reader is ill"
    );
    let page = site.get(&holder.path(""), &holder.cookie).await;
    assert_eq!(page.status, StatusCode::OK, "{}", page.body);
    let failed = portal::hand_over_waiting(&site.store, &super::Eyes, super::now()).await;
    assert_eq!(failed.unwrap(), (0, 1));
    let well = passport(IIN);
    // A reader that is well again has read it meanwhile.
    let seen = casework::ports::ReadScan::read(&super::Eyes, &well, None)
        .await
        .unwrap();
    let scan = ScanId::of(b"broken");
    casework::ports::Readings::keep_seen(&site.store, &scan, "plain text", &seen)
        .await
        .unwrap();
    let done = portal::hand_over_waiting(&site.store, &super::Eyes, super::now()).await;
    assert_eq!(done.unwrap(), (1, 0));
    let case = site.store.load(&holder.reference).await.unwrap().unwrap();
    assert_eq!(case.status(), Status::AwaitingOfficer);
}

#[tokio::test]
async fn the_same_form_and_the_same_paper_again_change_nothing() {
    let site = Site::open();
    let page = site
        .get(
            "/apply?whom=self&stay=temporary&mission=DEU-BER&consent=2026-11-01",
            "",
        )
        .await;
    let seed = page.between(r#"name="seed" value=""#, "\"").to_owned();
    let holder = site.begin_with(&seed).await;
    assert_eq!(site.begin_with(&seed).await, holder);
    site.post(
        &holder.path("/identity"),
        &holder.cookie,
        &[("identity", "passport")],
    )
    .await;
    let mut pages = Vec::new();
    for _ in 0..2 {
        let sent = site
            .send(
                &holder.path("/papers/passport"),
                &holder.cookie,
                &passport(IIN),
            )
            .await;
        assert_eq!(sent.status, StatusCode::SEE_OTHER);
        pages.push(site.get(sent.location(), &holder.cookie).await.body);
    }
    assert_eq!(pages[0], pages[1]);
    assert!(pages[0].contains("9 values were read"), "{}", pages[0]);
}

#[tokio::test]
async fn a_wrong_paper_is_told_kindly_and_stops_nobody() {
    let site = Site::open();
    let holder = site.begin().await;
    site.post(
        &holder.path("/identity"),
        &holder.cookie,
        &[("identity", "passport")],
    )
    .await;
    let slot = holder.path("/papers/passport");
    for (bytes, status, told) in [
        (
            &b""[..],
            StatusCode::UNPROCESSABLE_ENTITY,
            "The selected file is empty",
        ),
        (
            b"back\niin=900101300017",
            StatusCode::OK,
            "This looks like: back of the identity card",
        ),
        (b"nonsense", StatusCode::OK, "The picture is damaged"),
        (b"broken", StatusCode::OK, "cannot be read at the moment"),
    ] {
        let sent = site.send(&slot, &holder.cookie, bytes).await;
        let page = if sent.status == StatusCode::SEE_OTHER {
            site.get(sent.location(), &holder.cookie).await
        } else {
            sent
        };
        assert_eq!(page.status, status, "{told}");
        assert!(page.body.contains(told), "{told}: {}", page.body);
        assert!(
            page.body.contains("name=\"file\""),
            "{told}: another can be sent"
        );
    }
}

#[tokio::test]
async fn what_differs_from_the_document_is_told_before_it_is_signed() {
    let site = Site::open();
    let holder = confirmed(&site, &passport(IIN), &[("iin", OTHER_IIN)]).await;
    let page = site.get(&holder.path("/answers"), &holder.cookie).await;
    assert!(
        page.body.contains("The IIN is not the same everywhere"),
        "{}",
        page.body
    );
    assert!(page.body.contains(IIN) && page.body.contains(OTHER_IIN));
    assert!(
        !page.body.contains("not signed"),
        "what is still to come is no complaint"
    );
}

#[tokio::test]
async fn a_section_says_every_fault_at_once_and_keeps_what_was_typed() {
    let site = Site::open();
    let holder = site.begin().await;
    let typed = [
        ("surname", ""),
        ("iin", "12"),
        ("given_names", "<b>АЙДАР"),
        ("birth_date", "31.02.1990"),
    ];
    let page = site
        .post(&holder.path("/card/person"), &holder.cookie, &typed)
        .await;
    assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY);
    for told in [
        "Surname: must be filled in",
        "IIN: must be 12 digits",
        "Date of birth: there is no such day",
    ] {
        assert!(page.body.contains(told), "{told}: {}", page.body);
    }
    assert!(page.body.contains("&lt;b&gt;АЙДАР"));
}

#[tokio::test]
async fn an_applicant_withdraws_and_sends_nothing_after_it() {
    let site = Site::open();
    let holder = confirmed(&site, &passport(IIN), &[]).await;
    site.post(&holder.path("/counter"), &holder.cookie, &[])
        .await;
    let better = site
        .send(
            &holder.path("/papers/other"),
            &holder.cookie,
            b"passport\niin=900101300017",
        )
        .await;
    assert_eq!(better.location(), holder.path(""));
    let case = site.store.load(&holder.reference).await.unwrap().unwrap();
    assert_eq!(case.scans.len(), 2, "what comes later goes to the case");
    for _ in 0..2 {
        site.send_anyway(
            &holder.path("/papers/other"),
            &holder.cookie,
            b"poor",
            "BLUR",
        )
        .await;
    }
    let case = site.store.load(&holder.reference).await.unwrap().unwrap();
    let warned: Vec<_> = case.manifest.warned_of(&ScanId::of(b"poor")).collect();
    assert_eq!(warned, [Hint::Blur], "and so does what the page warned of");
    site.post(&holder.path("/withdraw"), &holder.cookie, &[])
        .await;
    let case = site.store.load(&holder.reference).await.unwrap().unwrap();
    assert_eq!(case.status(), Status::Withdrawn);
    let late = site
        .send(&holder.path("/papers/other"), &holder.cookie, b"late")
        .await;
    assert_eq!(late.status, StatusCode::NOT_FOUND);
    assert!(
        site.store
            .bytes(&ScanId::of(b"late"))
            .await
            .unwrap()
            .is_none()
    );
    let page = site.get(&holder.path(""), &holder.cookie).await;
    assert!(page.body.contains("You withdrew the application"));
}
