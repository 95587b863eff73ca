//! Stacks at the desk: brought, watched, accounted for, and put right by hand.

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::http::{Request, StatusCode, header};
use casework::case::{Actor, CaseKind, Channel, MissionCode, Role, Status};
use casework::cover::CoverSheet;
use casework::mission::Missions;
use casework::ports::{PageLooked, Scans, Stacks};
use casework::reading::PageReading;
use casework::scan::ScanId;
use casework::stack::{Fate, PageRef, Stack, StackFile, StackPage, Stage, Terms, Why};
use tower::ServiceExt as _;

use super::cases::standing;
use super::{Answer, Badge, ask, desk, hire, log_in};
use crate::contract::invented::{RECEIVED, time};
use crate::memory::Memory;

const FIRST: PageRef = PageRef { file: 0, page: 1 };

/// A stack of one file that came to this mission.
fn came(mission: &str) -> Stack {
    let terms = Terms {
        mission: MissionCode(mission.to_owned()),
        channel: Channel::Consulate,
        kind: None,
        received_at: time(RECEIVED),
        card: None,
    };
    let file = StackFile::new("monday.pdf".into(), ScanId::of(b"a stack"));
    let clerk = Actor {
        role: Role::Clerk,
        account: Some("berik".to_owned()),
    };
    Stack::new(terms, vec![file], clerk, time(RECEIVED))
}

/// A stack that is done, its first page waiting for a hand, the second blank.
pub(super) fn waiting(mission: &str) -> Stack {
    let page = |page, fate| StackPage {
        at: PageRef { file: 0, page },
        fate,
        by: None,
    };
    let waits = Fate::NeedsHand {
        why: Why::Stranger,
        suggested: None,
    };
    let opened = came(mission).opened(vec![Ok(2)]);
    let sorted = opened.sorted(vec![page(1, waits), page(2, Fate::Blank)], Vec::new());
    sorted.filed(&[].into(), &[].into())
}

/// Brings it there, step by step, with its first page's picture.
pub(super) async fn bring(store: &Memory, stack: &Stack) {
    store.keep(b"a stack").await.unwrap();
    for version in 1..=stack.version {
        let step = Stack {
            version,
            ..stack.clone()
        };
        assert!(store.keep_stack(&step).await.unwrap());
    }
    let looked = PageLooked {
        seen: Ok(PageReading {
            size: [100, 100],
            digest: "a".repeat(64),
            blank: false,
            cover: None,
            readings: Vec::new(),
            findings: Vec::new(),
        }),
        thumbnail: b"a small picture".to_vec(),
    };
    store.keep_page(&stack.id, FIRST, &looked).await.unwrap();
}

/// Sends files as a browser does.
pub(super) async fn upload(
    desk: &Router,
    cookie: &str,
    token: &str,
    mission: &str,
    files: &[(&str, &[u8])],
) -> Answer {
    let mut body = Vec::new();
    for (name, value) in [("token", token), ("mission", mission), ("kind", "")] {
        body.extend(
            format!("--b\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n")
                .into_bytes(),
        );
    }
    for (name, bytes) in files {
        body.extend(
            format!(
                "--b\r\nContent-Disposition: form-data; name=\"files\"; filename=\"{name}\"\r\n\r\n"
            )
            .into_bytes(),
        );
        body.extend(*bytes);
        body.extend(b"\r\n");
    }
    body.extend(b"--b--\r\n");
    let request = Request::post("/stacks")
        .header(header::COOKIE, cookie)
        .header(header::CONTENT_TYPE, "multipart/form-data; boundary=b");
    let request = request.body(Body::from(body)).unwrap();
    let response = desk.clone().oneshot(request).await.unwrap();
    let (head, body) = response.into_parts();
    let bytes = to_bytes(body, 1 << 22).await.unwrap();
    Answer {
        status: head.status,
        headers: head.headers,
        body: String::from_utf8(bytes.to_vec()).unwrap(),
    }
}

/// A clerk of Berlin at a desk over this store.
async fn clerk(store: &Memory) -> (Router, Badge) {
    let desk = desk(store);
    let word = hire(store, "berik", Role::Clerk, &["DEU-BER"]).await;
    let badge = log_in(&desk, "berik", &word).await;
    (desk, badge)
}

#[tokio::test]
async fn files_become_a_stack_and_the_same_again_the_same_stack() {
    let store = Memory::default();
    let (desk, badge) = clerk(&store).await;
    let files: [(&str, &[u8]); 2] = [("C:\\scans\\Дүйсенбі.pdf", b"one"), ("b.tiff", b"two")];
    let mut places = Vec::new();
    for _ in 0..2 {
        let sent = upload(&desk, &badge.cookie, &badge.token, "DEU-BER", &files).await;
        assert_eq!(sent.status, StatusCode::SEE_OTHER, "{}", sent.body);
        places.push(sent.location().unwrap().to_owned());
    }
    assert_eq!(places[0], places[1]);
    let stacks = store.stacks(None, 9).await.unwrap();
    let [stack] = stacks.as_slice() else {
        panic!("{} stacks", stacks.len())
    };
    assert_eq!(stack.stage, Stage::Reading);
    let names: Vec<_> = stack
        .files
        .iter()
        .map(|f| f.name.reveal().as_str())
        .collect();
    assert_eq!(names, ["Дүйсенбі.pdf", "b.tiff"]);
    for (file, (_, bytes)) in stack.files.iter().zip(files) {
        assert_eq!(
            store.bytes(&file.scan).await.unwrap().as_deref(),
            Some(bytes)
        );
    }
    let page = ask(&desk, &places[0], &badge.cookie, None).await;
    assert!(page.body.contains("data-progress"), "{}", page.body);
}

#[tokio::test]
async fn what_cannot_be_brought_says_why_and_leaves_nothing() {
    let store = Memory::default();
    let (desk, badge) = clerk(&store).await;
    let one: (&str, &[u8]) = ("a.pdf", b"one");
    let many: Vec<(&str, &[u8])> = vec![one; 501];
    for (token, mission, files, status) in [
        ("", "DEU-BER", &[one][..], StatusCode::FORBIDDEN),
        (&*badge.token, "JPN-TYO", &[one], StatusCode::BAD_REQUEST),
        (&badge.token, "XXX-YYY", &[one], StatusCode::BAD_REQUEST),
        (
            &badge.token,
            "DEU-BER",
            &[],
            StatusCode::UNPROCESSABLE_ENTITY,
        ),
        (
            &badge.token,
            "DEU-BER",
            &[("", b"")],
            StatusCode::UNPROCESSABLE_ENTITY,
        ),
        (
            &badge.token,
            "DEU-BER",
            &many,
            StatusCode::PAYLOAD_TOO_LARGE,
        ),
    ] {
        let sent = upload(&desk, &badge.cookie, token, mission, files).await;
        assert_eq!(sent.status, status, "{mission} {}", files.len());
    }
    let urlencoded = ask(
        &desk,
        "/stacks",
        &badge.cookie,
        Some(&[("token", &badge.token)]),
    )
    .await;
    assert_eq!(urlencoded.status, StatusCode::BAD_REQUEST);
    assert_eq!(store.stacks(None, 9).await.unwrap(), []);
}

#[tokio::test]
async fn a_page_that_waits_is_placed_once_by_whoever_is_first() {
    let store = Memory::default();
    let case = standing(&store, Status::AwaitingOfficer, "DEU-BER").await;
    bring(&store, &waiting("DEU-BER")).await;
    let (desk, badge) = clerk(&store).await;
    let id = waiting("DEU-BER").id;
    let page = ask(&desk, &format!("/stacks/{id}"), &badge.cookie, None).await;
    for shown in ["monday.pdf", "Another person", "2</dd>"] {
        assert!(page.body.contains(shown), "{shown}: {}", page.body);
    }
    let say = async |what: &str, fields: &[(&str, &str)]| {
        let own = [("token", &*badge.token), ("file", "0"), ("page", "1")];
        let form: Vec<_> = own.iter().chain(fields).copied().collect();
        ask(
            &desk,
            &format!("/stacks/{id}/{what}"),
            &badge.cookie,
            Some(&form),
        )
        .await
    };
    let nowhere = say("place", &[("reference", "7F3K-9Q2M-4B1T")]).await;
    assert_eq!(nowhere.status, StatusCode::CONFLICT);
    let unsaid = say("drop", &[("reason", " ")]).await;
    assert_eq!(unsaid.status, StatusCode::BAD_REQUEST);
    for (what, fields, status) in [
        ("place", [("case", case.id.as_str())], StatusCode::SEE_OTHER),
        ("drop", [("reason", "a receipt")], StatusCode::CONFLICT),
        ("new-case", [("kind", "temporary")], StatusCode::CONFLICT),
    ] {
        let said = say(what, &fields).await;
        assert_eq!(said.status, status, "{what}");
    }
    let stack = store.stack(&id).await.unwrap().unwrap();
    let page = stack.page(FIRST).unwrap();
    assert_eq!(stack.stage, Stage::Filing);
    assert_eq!(page.fate, Fate::InCase { case: case.id });
    let (actor, _) = page.by.as_ref().unwrap();
    assert_eq!(actor.account.as_deref(), Some("berik"));
}

#[tokio::test]
async fn a_page_is_dropped_with_a_reason_or_begins_a_case() {
    for (what, field) in [
        ("drop", ("reason", "a receipt")),
        ("new-case", ("kind", "permanent")),
    ] {
        let store = Memory::default();
        bring(&store, &waiting("DEU-BER")).await;
        let (desk, badge) = clerk(&store).await;
        let id = waiting("DEU-BER").id;
        let form = [
            ("token", &*badge.token),
            ("file", "0"),
            ("page", "1"),
            field,
        ];
        let path = format!("/stacks/{id}/{what}");
        let said = ask(&desk, &path, &badge.cookie, Some(&form)).await;
        assert_eq!(said.status, StatusCode::SEE_OTHER, "{what}");
        let stack = store.stack(&id).await.unwrap().unwrap();
        let count = stack.count();
        assert_eq!(count.accounted(), count.pages_in);
        if what == "drop" {
            let reason = "a receipt".into();
            assert_eq!(stack.page(FIRST).unwrap().fate, Fate::Dropped { reason });
            assert_eq!(stack.stage, Stage::Done);
        } else {
            let manifest = stack.cases[0].manifest.as_ref().unwrap();
            assert_eq!(manifest.kind, CaseKind::Permanent);
            assert_eq!(manifest.scans[0].pages.as_deref(), Some(&[1][..]));
        }
    }
}

#[tokio::test]
async fn pictures_and_cover_sheets_are_shown_to_whom_they_concern() {
    let store = Memory::default();
    let case = standing(&store, Status::AwaitingOfficer, "DEU-BER").await;
    bring(&store, &waiting("DEU-BER")).await;
    bring(&store, &waiting("JPN-TYO")).await;
    let (desk, badge) = clerk(&store).await;
    let (own, other) = (waiting("DEU-BER").id, waiting("JPN-TYO").id);
    let printed = |sheet: &str| {
        let sheet: CoverSheet = sheet.parse().unwrap();
        let pdf = issue::cover_sheet(&sheet, &Missions::embedded()).unwrap();
        String::from_utf8_lossy(&pdf).into_owned()
    };
    let of_kind = printed("TIRKEU-COVER1:NEW/TEMPORARY/DEU-BER");
    let of_case = CoverSheet::Case {
        case: case.id.clone(),
    };
    let of_case = printed(&of_case.to_string());
    for (path, status, body) in [
        (
            format!("/stacks/{own}/pages/0/1/small"),
            200,
            "a small picture",
        ),
        (format!("/stacks/{own}/pages/0/2/small"), 404, ""),
        (format!("/stacks/{own}/pages/0/1"), 200, "a picture"),
        (format!("/stacks/{own}/pages/1/1"), 404, ""),
        (format!("/stacks/{other}/pages/0/1/small"), 404, ""),
        (format!("/stacks/{other}"), 404, ""),
        ("/cover-sheets/temporary/DEU-BER".to_owned(), 200, &of_kind),
        ("/cover-sheets/temporary/JPN-TYO".to_owned(), 404, ""),
        ("/cover-sheets/eternal/DEU-BER".to_owned(), 404, ""),
        (format!("/cases/{}/cover-sheet", case.id), 200, &of_case),
    ] {
        let shown = ask(&desk, &path, &badge.cookie, None).await;
        assert_eq!(shown.status.as_u16(), status, "{path}");
        assert!(shown.body.contains(body), "{path}");
    }
    let list = ask(&desk, "/stacks", &badge.cookie, None).await;
    assert!(list.body.contains(own.as_str()) && !list.body.contains(other.as_str()));
}
