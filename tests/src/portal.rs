//! The portal's pages over a store on disk: from the first answer to the case, and who sees what.

mod appeal;
mod apply;
mod certificate;
mod data;
mod door;
mod eyes;
mod genuine;
mod mailed;
mod pieces;
mod signing;

use std::sync::Arc;

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::http::{HeaderMap, Request, StatusCode, header};
use casework::case::CaseId;
use casework::words::Language;
use issue::Seal;
use jiff::Timestamp;
use local::Store;
use portal::link::Links;
use portal::{Portal, router};
use samples::eds::office::Office;
use signature::revocation::{Evidence, Responder};
use signature::trust::Trust;
use tower::ServiceExt as _;

use crate::contract::invented::time;
use eyes::Eyes;

/// What the private links of these tests are known by.
const KEY: &str = "a key of nobody's";
/// What the site's papers are signed with.
const SEAL: [u8; 32] = [5; 32];
const NOW: &str = "2026-10-23T10:00:00Z";

fn now() -> Timestamp {
    time(NOW)
}

/// A portal on a store of its own.
struct Site {
    dir: tempfile::TempDir,
    store: Store,
    portal: Router,
}

/// What the portal answers.
#[derive(Debug)]
struct Answer {
    status: StatusCode,
    headers: HeaderMap,
    body: String,
}

impl Answer {
    fn location(&self) -> &str {
        let location = self
            .headers
            .get(header::LOCATION)
            .expect("it leads nowhere");
        location.to_str().unwrap()
    }

    /// What stands between the two.
    fn between(&self, before: &str, after: &str) -> &str {
        let (_, rest) = self
            .body
            .split_once(before)
            .unwrap_or_else(|| panic!("no {before}: {}", self.body));
        rest.split_once(after).unwrap().0
    }
}

impl Site {
    fn open() -> Self {
        Self::asking(None)
    }

    /// One that asks this responder about signers.
    fn asking(responder: Option<Arc<dyn Responder>>) -> Self {
        let dir = tempfile::tempdir().unwrap();
        let store = Store::open(dir.path()).unwrap();
        let (mut trust, mut evidence) = (Trust::new(), Evidence::new());
        let [(_, root), (_, issuer), (_, root_list), (_, issuer_list)] =
            Office::open().unwrap().files(now());
        trust.add_root(&root).unwrap();
        trust.add_authority(&issuer).unwrap();
        for list in [root_list, issuer_list] {
            evidence.add_list(&list, &trust).unwrap();
        }
        let seal = Seal::from_secret(&SEAL);
        let portal = Portal {
            store: store.clone(),
            eyes: Eyes,
            language: Language::En,
            address: "https://portal.example".into(),
            links: Links::of(KEY),
            known_seals: [seal.public()].into_iter().collect(),
            seal,
            trust: Some(trust),
            evidence,
            responder,
            now,
        };
        Self {
            portal: router(portal),
            store,
            dir,
        }
    }

    /// Files that were locked away.
    fn locked_away(&self) -> usize {
        let shards = std::fs::read_dir(self.dir.path().join("quarantine")).unwrap();
        let files = shards.map(|shard| std::fs::read_dir(shard.unwrap().path()).unwrap().count());
        files.sum()
    }

    async fn ask(&self, request: Request<Body>) -> Answer {
        let response = self.portal.clone().oneshot(request).await.unwrap();
        let (head, body) = response.into_parts();
        let bytes = to_bytes(body, 1 << 22).await.unwrap();
        Answer {
            status: head.status,
            headers: head.headers,
            body: String::from_utf8_lossy(&bytes).into_owned(),
        }
    }

    async fn get(&self, path: &str, cookie: &str) -> Answer {
        let request = Request::builder().uri(path).header(header::COOKIE, cookie);
        self.ask(request.body(Body::empty()).unwrap()).await
    }

    async fn post(&self, path: &str, cookie: &str, form: &[(&str, &str)]) -> Answer {
        let pairs = form
            .iter()
            .map(|(name, value)| format!("{name}={}", encoded(value)));
        let request = Request::post(path)
            .header(header::COOKIE, cookie)
            .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded");
        let body = Body::from(pairs.collect::<Vec<_>>().join("&"));
        self.ask(request.body(body).unwrap()).await
    }

    /// Sends a file, as a browser does.
    async fn send(&self, path: &str, cookie: &str, bytes: &[u8]) -> Answer {
        self.send_anyway(path, cookie, bytes, "").await
    }

    /// The same although the page warned of this.
    async fn send_anyway(&self, path: &str, cookie: &str, bytes: &[u8], hints: &str) -> Answer {
        let warned = format!(
            "--x\r\nContent-Disposition: form-data; name=\"sent_anyway\"\r\n\r\n{hints}\r\n"
        );
        let head = "--x\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.jpg\"\r\nContent-Type: image/jpeg\r\n\r\n";
        let body = [warned.as_bytes(), head.as_bytes(), bytes, b"\r\n--x--\r\n"].concat();
        let request = Request::post(path)
            .header(header::COOKIE, cookie)
            .header(header::CONTENT_TYPE, "multipart/form-data; boundary=x");
        self.ask(request.body(Body::from(body)).unwrap()).await
    }

    /// Begins an application and lets its holder in.
    async fn begin(&self) -> Holder {
        let questions = "whom=self&stay=temporary&mission=DEU-BER&consent=2026-11-01";
        let page = self.get(&format!("/apply?{questions}"), "").await;
        let seed = page.between(r#"name="seed" value=""#, "\"").to_owned();
        self.begin_with(&seed).await
    }

    async fn begin_with(&self, seed: &str) -> Holder {
        let form = [
            ("whom", "self"),
            ("stay", "temporary"),
            ("mission", "DEU-BER"),
            ("consent", "2026-11-01"),
            ("seed", seed),
            ("email", "aigul@mail.example"),
        ];
        let begun = self.post("/apply", "", &form).await;
        assert_eq!(begun.status, StatusCode::SEE_OTHER, "{}", begun.body);
        let cookie = begun.headers[header::SET_COOKIE].to_str().unwrap();
        let cookie = cookie.split(';').next().unwrap().to_owned();
        let reference = begun.location().split('/').nth(2).unwrap().to_owned();
        Holder {
            reference: CaseId::try_from(reference).unwrap(),
            cookie,
        }
    }
}

/// Who holds the link of an application.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Holder {
    reference: CaseId,
    cookie: String,
}

impl Holder {
    fn path(&self, rest: &str) -> String {
        format!("/applications/{}{rest}", self.reference)
    }

    fn code(&self) -> &str {
        self.cookie.split_once('=').unwrap().1
    }
}

fn encoded(text: &str) -> String {
    let plain = |b: u8| b.is_ascii_alphanumeric() || b"-_.~".contains(&b);
    let bytes = text.bytes().map(|b| {
        if plain(b) {
            char::from(b).to_string()
        } else {
            format!("%{b:02X}")
        }
    });
    bytes.collect()
}
