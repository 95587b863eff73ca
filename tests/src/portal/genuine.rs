//! Whether a printed paper is genuine, asked by anyone.

use axum::http::StatusCode;
use casework::case::action::Action;
use casework::mission::Missions;
use issue::{Issue, Order, PaperKind, Seal};
use jiff::civil::date;

use super::appeal::decided;
use super::{SEAL, Site};

#[tokio::test]
async fn anyone_sees_what_a_papers_code_attests_and_no_altered_code_attests_anything() {
    let site = Site::open();
    let reason = Some("the original was compared".to_owned());
    let holder = decided(&site, Action::Approve { reason }).await;
    let seals = [SEAL, [6; 32]].map(|secret| Seal::from_secret(&secret));
    let [ours, strange] = seals.each_ref().map(|seal| Issue {
        store: &site.store,
        seal,
        missions: Missions::embedded(),
    });
    let order = Order {
        kind: PaperKind::Notification,
        with_english: false,
        today: date(2026, 11, 30),
    };
    let code = ours.paper(&holder.reference, order).await.unwrap().payload;
    let of_another = strange
        .paper(&holder.reference, order)
        .await
        .unwrap()
        .payload;
    let check = async |code: &str| site.post("/genuine", "", &[("code", code)]).await;

    let asks = site.get("/genuine", "").await.body;
    assert!(asks.contains("Is this document genuine?"), "{asks}");
    // As people copy it: in small letters, broken into lines.
    let copied = format!(" {}\n{} ", code[..40].to_lowercase(), &code[40..]);
    let page = check(&copied).await;
    assert_eq!(page.status, StatusCode::OK, "{}", page.body);
    for said in [holder.reference.as_str(), "23 October 2026", "Berlin"] {
        assert!(page.body.contains(said), "{said}: {}", page.body);
    }
    // A letter of the signature.
    let at = code.len() - 40;
    let other = if &code[at..=at] == "A" { "B" } else { "A" };
    let altered = [&code[..at], other, &code[at + 1..]].concat();
    for (code, says) in [
        (altered.as_str(), "made up"),
        (of_another.as_str(), "does not know the key"),
        ("TIRKEU1:", "not the text of a document"),
        ("", "not the text of a document"),
        ("<script>alert(1)</script>", "not the text of a document"),
    ] {
        let page = check(code).await;
        assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY, "{code}");
        assert!(page.body.contains(says), "{code}: {}", page.body);
        assert!(!page.body.contains("<script>alert"), "{}", page.body);
        assert!(!page.body.contains(holder.reference.as_str()), "{code}");
    }
}
