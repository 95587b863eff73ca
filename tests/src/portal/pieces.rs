//! A paper that comes piece by piece over a link that breaks.

use axum::body::Body;
use axum::http::{Request, StatusCode, header};
use casework::ports::{Applications as _, Scans as _};
use casework::scan::ScanId;

use super::eyes::passport;
use super::{Answer, Holder, Site};
use crate::contract::invented::IIN;

fn path(holder: &Holder, bytes: &[u8]) -> String {
    holder.path(&format!("/papers/passport/pieces/{}", ScanId::of(bytes)))
}

async fn piece(site: &Site, path: &str, cookie: &str, offset: usize, bytes: &[u8]) -> Answer {
    let request = Request::post(path)
        .header(header::COOKIE, cookie)
        .header("upload-offset", offset.to_string());
    let body = Body::from(bytes.to_vec());
    site.ask(request.body(body).unwrap()).await
}

/// The form that says that it is whole.
async fn whole(site: &Site, holder: &Holder, bytes: &[u8]) -> Answer {
    let part = |name: &str, text: &str| {
        format!("--x\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{text}\r\n")
    };
    let body = part("whole", ScanId::of(bytes).as_str()) + &part("name", "a.jpg") + "--x--\r\n";
    let request = Request::post(holder.path("/papers/passport"))
        .header(header::COOKIE, &holder.cookie)
        .header(header::CONTENT_TYPE, "multipart/form-data; boundary=x");
    site.ask(request.body(Body::from(body)).unwrap()).await
}

#[tokio::test]
async fn a_cut_paper_goes_on_where_it_stopped_and_is_one_paper() {
    let site = Site::open();
    let holder = site.begin().await;
    let (bytes, cookie) = (passport(IIN), holder.cookie.as_str());
    let path = path(&holder, &bytes);
    assert_eq!(site.get(&path, cookie).await.body, "0");
    let (head, tail) = bytes.split_at(20);
    assert_eq!(piece(&site, &path, cookie, 0, head).await.body, "20");
    // The answer was lost: the same piece again is told what is here and adds nothing.
    let again = piece(&site, &path, cookie, 0, head).await;
    assert_eq!(
        (again.status, again.body.as_str()),
        (StatusCode::CONFLICT, "20")
    );
    let early = whole(&site, &holder, b"another").await;
    assert_eq!(early.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(site.get(&path, cookie).await.body, "0", "it begins anew");
    piece(&site, &path, cookie, 0, head).await;
    let all = piece(&site, &path, cookie, 20, tail).await;
    assert_eq!(all.body, bytes.len().to_string());
    for _ in 0..2 {
        let sent = whole(&site, &holder, &bytes).await;
        assert_eq!(sent.location(), holder.path("/papers/passport"));
    }
    let application = site.store.begun(&holder.reference).await.unwrap().unwrap();
    let [paper] = &application.papers[..] else {
        panic!("{application:?}")
    };
    assert_eq!(paper.scan, ScanId::of(&bytes));
    let kept = site.store.bytes(&paper.scan).await.unwrap();
    assert_eq!(kept, Some(bytes));
    let incoming = std::fs::read_dir(site.dir.path().join("incoming")).unwrap();
    assert_eq!(incoming.count(), 0, "nothing is left over");
}

#[tokio::test]
async fn pieces_are_bounded_and_only_their_holders() {
    let site = Site::open();
    let (holder, other) = (site.begin().await, site.begin().await);
    let path = path(&holder, b"a paper");
    let cookie = holder.cookie.as_str();
    for (offset, bytes) in [(0, (1 << 20) + 1), (20 << 20, 1)] {
        let refused = piece(&site, &path, cookie, offset, &vec![0; bytes]).await;
        assert_eq!(refused.status, StatusCode::PAYLOAD_TOO_LARGE, "{offset}");
    }
    let before = site.locked_away();
    let strange = piece(&site, &path, &other.cookie, 0, b"a paper").await;
    assert_eq!(strange.status, StatusCode::NOT_FOUND);
    assert_eq!(site.locked_away(), before + 1);
    assert_eq!(site.get(&path, cookie).await.body, "0");
}
