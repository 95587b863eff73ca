//! Another certificate on request.

use casework::case::Status;
use casework::case::action::Action;
use casework::ports::Cases as _;

use super::Site;
use super::appeal::decided;

#[tokio::test]
async fn whoever_is_registered_asks_for_another_certificate_once() {
    let site = Site::open();
    let reason = Some("the original was compared".to_owned());
    let holder = decided(&site, Action::Approve { reason }).await;
    let (path, cookie) = (holder.path("/certificate"), holder.cookie.as_str());
    // Its paper is at another path.
    let link = format!("href=\"{path}\"");
    let page = site.get(&holder.path(""), cookie).await.body;
    assert!(page.contains(&link), "{page}");
    let asks = site.get(&path, cookie).await.body;
    assert!(asks.contains("Ask for another certificate"), "{asks}");
    for _ in 0..2 {
        let asked = site.post(&path, cookie, &[]).await;
        assert_eq!(asked.location(), holder.path(""));
    }
    let case = site.store.load(&holder.reference).await.unwrap().unwrap();
    assert_eq!(case.status(), Status::CertificateRequested);
    let page = site.get(&holder.path(""), cookie).await.body;
    assert!(page.contains("an officer issues it") && !page.contains(&link));
    assert!(page.contains("You are registered"), "{page}");
}
