//! The desk's pages over a store in memory: the door, and who may do what.

mod audits;
mod by_hand;
mod cases;
mod decisions;
mod door;
mod load;
mod matrix;
mod papers;
mod printed;
mod race;
mod refusals;
mod sign_in;
mod site;
mod stacks;
mod told;
mod worklist;

use std::cell::Cell;
use std::collections::BTreeSet;

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::http::{HeaderMap, Request, StatusCode, header};
use casework::account::{Account, Credential, Reach};
use casework::audit::Audits;
use casework::case::{MissionCode, Role};
use casework::personal::Personal;
use casework::ports::{Accounts, KeepAccount, ReadScan, ReaderFailure, Seen, ShowPage};
use casework::scan::ScanId;
use casework::words::Language;
use desk::{Desk, NewPassword, router};
use issue::Seal;
use jiff::Timestamp;
use tower::ServiceExt as _;

use crate::contract::accounts::name;
use crate::contract::invented::time;
use crate::memory::Memory;

thread_local! {
    /// The desk's clock; every test runs on a thread of its own.
    static CLOCK: Cell<Timestamp> = Cell::new(time("2026-10-23T10:00:00Z"));
}

fn now() -> Timestamp {
    CLOCK.get()
}

/// Eyes that see the same picture everywhere.
#[derive(Debug)]
struct Eyes;

impl ReadScan for Eyes {
    fn version(&self) -> &'static str {
        "none"
    }

    async fn read(&self, _: &[u8], _: Option<&str>) -> Result<Seen, ReaderFailure> {
        Err(ReaderFailure("nobody reads here".to_owned()))
    }
}

impl ShowPage for Eyes {
    async fn picture(
        &self,
        _: &ScanId,
        page: u32,
        _: u32,
    ) -> Result<Option<Vec<u8>>, ReaderFailure> {
        Ok((page == 1).then(|| b"a picture".to_vec()))
    }
}

fn settings(store: &Memory) -> Desk<Memory, Eyes> {
    Desk {
        store: store.clone(),
        eyes: Eyes,
        language: Language::En,
        over_tls: false,
        now,
        audits: audits(),
        seal: seal(),
        provider: None,
    }
}

/// Every clean case is drawn.
fn audits() -> Audits {
    Audits::of("a key", 100)
}

/// One key for every desk of a test.
fn seal() -> Seal {
    Seal::from_secret(&[7; 32])
}

fn desk(store: &Memory) -> Router {
    router(settings(store))
}

/// What the desk answers.
struct Answer {
    status: StatusCode,
    headers: HeaderMap,
    body: String,
}

impl Answer {
    fn location(&self) -> Option<&str> {
        self.headers.get(header::LOCATION)?.to_str().ok()
    }

    /// The cookie of this name as it was set, with its attributes.
    fn set_cookie(&self, name: &str) -> Option<String> {
        let set = self.headers.get_all(header::SET_COOKIE).iter();
        let mut set = set.map(|value| value.to_str().unwrap().to_owned());
        set.find(|text| text.starts_with(&format!("{name}=")))
    }

    /// The token of the page's forms.
    fn token(&self) -> String {
        let (_, rest) = self.body.split_once(r#"name="token" value=""#).unwrap();
        rest.split_once('"').unwrap().0.to_owned()
    }
}

/// Asks; a form makes it a POST.
async fn ask(desk: &Router, path: &str, cookies: &str, form: Option<&[(&str, &str)]>) -> Answer {
    let request = Request::builder().uri(path).header(header::COOKIE, cookies);
    let request = match form {
        None => request.body(Body::empty()),
        Some(form) => {
            let text = form
                .iter()
                .map(|(name, value)| format!("{name}={}", encoded(value)))
                .collect::<Vec<_>>()
                .join("&");
            let kind = "application/x-www-form-urlencoded";
            let request = request.method("POST").header(header::CONTENT_TYPE, kind);
            request.body(Body::from(text))
        }
    };
    let response = desk.clone().oneshot(request.unwrap()).await.unwrap();
    let (head, body) = response.into_parts();
    let bytes = to_bytes(body, 1 << 22).await.unwrap();
    Answer {
        status: head.status,
        headers: head.headers,
        body: String::from_utf8_lossy(&bytes).into_owned(),
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

/// Adds a person of these missions; everywhere where none is named. Returns their password.
async fn hire(store: &Memory, who: &str, role: Role, missions: &[&str]) -> String {
    let password = NewPassword::new().unwrap();
    let account = staff(who, role, missions, password.hash);
    assert!(
        store
            .keep_account(&account, KeepAccount::New)
            .await
            .unwrap()
    );
    password.shown.into_inner()
}

/// A person of these missions; everywhere where none is named.
fn staff(who: &str, role: Role, missions: &[&str], password: Personal<String>) -> Account {
    let codes: BTreeSet<_> = missions.iter().map(|c| MissionCode((*c).into())).collect();
    Account {
        name: name(who),
        role,
        reach: if codes.is_empty() {
            Reach::Everywhere
        } else {
            Reach::At(codes)
        },
        credential: Credential::Password(password),
    }
}

/// Someone who logged in: their cookie and their forms' token.
#[derive(Debug, Clone)]
struct Badge {
    cookie: String,
    token: String,
}

/// Tries to log in, as a browser does.
async fn try_login(desk: &Router, who: &str, password: &str, next: &str) -> Answer {
    let page = ask(desk, "/login", "", None).await;
    let door = page.set_cookie("tirkeu_door").unwrap();
    let token = page.token();
    let form = [
        ("token", &*token),
        ("name", who),
        ("password", password),
        ("next", next),
    ];
    ask(desk, "/login", pair(&door), Some(&form)).await
}

/// A cookie without its attributes.
fn pair(set_cookie: &str) -> &str {
    set_cookie.split(';').next().unwrap()
}

async fn log_in(desk: &Router, who: &str, password: &str) -> Badge {
    let answer = try_login(desk, who, password, "/").await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.body);
    let cookie = pair(&answer.set_cookie("tirkeu_session").unwrap()).to_owned();
    let token = ask(desk, "/", &cookie, None).await.token();
    Badge { cookie, token }
}
