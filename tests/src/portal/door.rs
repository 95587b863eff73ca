//! Who sees what: an application is its holder's; to others there is none.

use axum::body::Body;
use axum::http::{Request, StatusCode, header};
use casework::ports::Scans;
use casework::scan::ScanId;
use portal::policy::{Page, Who};

use super::apply::confirmed;
use super::eyes::passport;
use super::{Answer, Holder, Site};
use crate::contract::invented::IIN;

/// Everything of an answer that another could compare.
fn seen(answer: &Answer) -> (StatusCode, String, Vec<(String, String)>) {
    let headers = answer.headers.iter();
    let mut headers: Vec<_> = headers
        .map(|(name, value)| (name.to_string(), format!("{value:?}")))
        .collect();
    headers.sort();
    (answer.status, answer.body.clone(), headers)
}

#[tokio::test]
async fn another_persons_application_and_none_are_one_answer_on_every_page() {
    let site = Site::open();
    let (mine, theirs) = (site.begin().await, site.begin().await);
    let none = Holder {
        reference: casework::case::CaseId::try_from("0000-0000-0000".to_owned()).unwrap(),
        cookie: mine.cookie.clone(),
    };
    for page in Page::ALL.iter().filter(|page| page.who() == Who::Holder) {
        let mut answers = Vec::new();
        for (reference, cookie) in [
            (&none.reference, mine.cookie.as_str()),
            (&theirs.reference, &mine.cookie),
            (&theirs.reference, ""),
            (&theirs.reference, "tirkeu_link=nonsense"),
        ] {
            let path = page
                .path()
                .replace("{reference}", reference.as_str())
                .replace(['{', '}'], "");
            let answer = match page.verb() {
                portal::policy::Verb::Get => site.get(&path, cookie).await,
                portal::policy::Verb::Post => site.post(&path, cookie, &[]).await,
            };
            answers.push(seen(&answer));
        }
        assert_eq!(answers[0].0, StatusCode::NOT_FOUND, "{page:?}");
        assert!(
            answers.windows(2).all(|two| two[0] == two[1]),
            "{page:?}: {answers:?}"
        );
    }
}

#[tokio::test]
async fn a_paper_for_no_open_application_is_locked_away_and_hurts_nobodys() {
    let site = Site::open();
    let ended = confirmed(&site, &passport(IIN), &[]).await;
    site.post(&ended.path("/counter"), &ended.cookie, &[]).await;
    site.post(&ended.path("/withdraw"), &ended.cookie, &[])
        .await;
    let (mine, theirs) = (site.begin().await, site.begin().await);
    let good = passport("900101300811");
    site.send(&mine.path("/papers/passport"), &mine.cookie, &good)
        .await;
    let slot = "/papers/passport";
    let mut answers = Vec::new();
    for (path, cookie) in [
        (
            "/applications/0000-0000-0000/papers/passport".to_owned(),
            &mine.cookie,
        ),
        (theirs.path(slot), &mine.cookie),
        (ended.path(slot), &ended.cookie),
        (mine.path("/papers/nothing"), &mine.cookie),
    ] {
        let before = site.locked_away();
        answers.push(seen(&site.send(&path, cookie, &good).await));
        // The same bytes at the same time have the same name where they are locked away.
        assert!(site.locked_away() == 1 && before <= 1, "{path}");
    }
    assert!(
        answers.windows(2).all(|two| two[0] == two[1]),
        "{answers:?}"
    );
    assert_eq!(answers[0].0, StatusCode::NOT_FOUND);
    let kept = site.store.bytes(&ScanId::of(&good)).await.unwrap();
    assert_eq!(
        kept.as_deref(),
        Some(good.as_slice()),
        "the good paper stays where it is"
    );
}

#[tokio::test]
async fn a_link_is_used_up_by_nothing_and_guessing_it_waits() {
    let site = Site::open();
    let holder = site.begin().await;
    let link = format!("/open/{}/{}", holder.reference, holder.code());
    for _ in 0..3 {
        let page = site.get(&link, "").await;
        assert_eq!(page.status, StatusCode::OK);
        assert!(page.headers.get(header::SET_COOKIE).is_none());
    }
    let open = async |reference: &str, code: &str| {
        site.post("/return", "", &[("reference", reference), ("code", code)])
            .await
    };
    let reference = holder.reference.as_str();
    let opened = open(&reference.to_lowercase(), &holder.code().to_uppercase()).await;
    assert_eq!(opened.location(), holder.path(""));
    let wrong = "a".repeat(32);
    let mut told = Vec::new();
    for _ in 0..7 {
        let page = open(reference, &wrong).await;
        told.push(page.body.contains("Too many tries"));
    }
    assert_eq!(told, [false, false, false, false, false, true, true]);
    assert!(
        open(reference, holder.code())
            .await
            .body
            .contains("Too many tries")
    );
    let page = site.get(&holder.path(""), &holder.cookie).await;
    assert_eq!(page.status, StatusCode::OK, "who is in stays in");
}

#[tokio::test]
async fn a_form_of_another_site_and_a_page_that_is_not_there_are_turned_away() {
    let site = Site::open();
    let holder = site.begin().await;
    for (path, cookie) in [
        ("/apply", ""),
        (&*holder.path("/withdraw"), &*holder.cookie),
    ] {
        let request = Request::post(path)
            .header(header::COOKIE, cookie)
            .header(header::HOST, "portal.example")
            .header(header::ORIGIN, "https://evil.example");
        let answer = site.ask(request.body(Body::empty()).unwrap()).await;
        assert_eq!(answer.status, StatusCode::FORBIDDEN, "{path}");
    }
    // The desk's pages are not here.
    for path in [
        "/login",
        "/cases/0000-0000-0000",
        "/overview",
        "/desk.css",
        "/nowhere",
    ] {
        assert_eq!(
            site.get(path, "").await.status,
            StatusCode::NOT_FOUND,
            "{path}"
        );
    }
}

#[tokio::test]
async fn only_the_holders_own_scans_are_shown() {
    let site = Site::open();
    let (mine, theirs) = (site.begin().await, site.begin().await);
    let paper = passport(IIN);
    site.send(&theirs.path("/papers/passport"), &theirs.cookie, &paper)
        .await;
    let picture = format!("/scans/{}/pages/1", ScanId::of(&paper));
    for (holder, page, status) in [
        (&theirs, &picture, StatusCode::OK),
        (&mine, &picture, StatusCode::NOT_FOUND),
        (
            &theirs,
            &picture.replace("/pages/1", "/pages/2"),
            StatusCode::NOT_FOUND,
        ),
    ] {
        assert_eq!(
            site.get(&holder.path(page), &holder.cookie).await.status,
            status
        );
    }
}

#[tokio::test]
async fn every_page_may_do_little_and_its_cookie_goes_nowhere_else() {
    let site = Site::open();
    let page = site.get("/", "").await;
    let policy = page.headers[header::CONTENT_SECURITY_POLICY]
        .to_str()
        .unwrap();
    assert!(
        policy.contains("default-src 'none'") && !policy.contains("unsafe"),
        "{policy}"
    );
    let form = [
        ("whom", "self"),
        ("stay", "temporary"),
        ("mission", "DEU-BER"),
        ("consent", "2026-11-01"),
        ("seed", &*"b".repeat(32)),
    ];
    let begun = site.post("/apply", "", &form).await;
    let cookie = begun.headers[header::SET_COOKIE].to_str().unwrap();
    let path = begun.location().trim_end_matches("/link");
    for part in [
        "HttpOnly",
        "SameSite=Strict",
        "Secure",
        &format!("Path={path};"),
    ] {
        assert!(cookie.contains(part), "{part}: {cookie}");
    }
    let files = std::fs::read(site.dir.path().join("tirkeu.sqlite-wal")).unwrap();
    let secret = cookie.split_once('=').unwrap().1.split(';').next().unwrap();
    let holds = files
        .windows(secret.len())
        .any(|bytes| bytes == secret.as_bytes());
    assert!(!holds, "the secret is kept nowhere");
}
