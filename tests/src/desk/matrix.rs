//! Route × role × mission × state, generated from the policy's table and held against the desk.

use axum::Router;
use axum::http::StatusCode;
use axum::routing::get;
use casework::case::action::allowed;
use casework::case::{Case, Role, Status};
use casework::scan::ScanId;
use desk::guarded;
use desk::policy::{Page, Verb, Who};
use issue::PaperKind;

use super::cases::{SCAN, standing};
use super::sign_in::{come_back, desk_beside_provider, hire_there, send_away};
use super::stacks::{bring, upload, waiting};
use super::{Answer, Badge, ask, desk, hire, log_in, settings, try_login};
use crate::memory::Memory;

const OWN: &str = "DEU-BER";
const OTHER: &str = "JPN-TYO";
/// Someone of the organisation who has an account.
const SUBJECT: &str = "248";

/// How a request ends, as the policy knows it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum End {
    LetIn,
    ToLogin,
    Denied,
    NoSuchCase,
    NotNow,
}

/// What the two tables say: who may ask, and what may be done to a case that stands so.
fn expected(page: Page, role: Option<Role>, mission: &str, status: Status) -> End {
    let roles = match page.who() {
        Who::Anyone => return End::LetIn,
        Who::Staff(roles) => roles,
    };
    match role {
        None if page.verb() == Verb::Get => End::ToLogin,
        Some(role) if roles.contains(&role) => {
            if (page.names_case() || page.names_stack()) && mission != OWN {
                return End::NoSuchCase;
            }
            // A case that was decided takes no page, whatever is complained of.
            let decided = status.ended() || status == Status::Appealed;
            if page == Page::PlacePage && decided {
                return End::NotNow;
            }
            if page == Page::Paper && !prints(status) {
                return End::NoSuchCase;
            }
            match page.acts() {
                Some(action) if !allowed(status, role).contains(&action) => End::NotNow,
                _ => End::LetIn,
            }
        }
        _ => End::Denied,
    }
}

/// Whether a case that stands so has a paper.
const fn prints(status: Status) -> bool {
    !matches!(
        status,
        Status::Withdrawn | Status::StruckOff | Status::Joined
    )
}

fn ended(answer: &Answer) -> End {
    let to_login = answer
        .location()
        .is_some_and(|to| to.starts_with("/login?"));
    match answer.status {
        StatusCode::FORBIDDEN => End::Denied,
        StatusCode::NOT_FOUND => End::NoSuchCase,
        StatusCode::CONFLICT => End::NotNow,
        StatusCode::SEE_OTHER if to_login => End::ToLogin,
        StatusCode::OK | StatusCode::SEE_OTHER => End::LetIn,
        other => panic!("{other}: {}", answer.body),
    }
}

/// A paper of the case as it stands; where there is none, one that there is not.
fn paper(case: &Case) -> &'static str {
    let standing = issue::standing(case);
    let first = standing.first().copied();
    first.unwrap_or(PaperKind::AcceptanceSlip).as_str()
}

fn path(page: Page, case: &Case) -> String {
    let stack = waiting(&case.manifest.mission.0).id;
    let id = if page.names_stack() {
        stack.as_str()
    } else {
        case.id.as_str()
    };
    page.path()
        .replace("{id}", id)
        .replace("{file}", "0")
        .replace("{kind}", "permanent")
        .replace("{mission}", OWN)
        .replace("{scan}", ScanId::of(SCAN).as_str())
        .replace("{page}", "1")
        .replace("{paper}", paper(case))
        .replace("{code}", "kk")
        .replace("{state}", "off")
}

/// Asks for the page as a browser of this person would.
async fn visit(
    desk: &Router,
    page: Page,
    case: &Case,
    badge: Option<&Badge>,
    word: &str,
) -> Answer {
    if page == Page::LogIn {
        return try_login(desk, "clerk", word, "/").await;
    }
    if page == Page::SignedIn {
        let away = send_away(desk, "/").await;
        return come_back(desk, &away.cookie, &away.state, SUBJECT).await;
    }
    let cookie = badge.map_or("", |badge| &badge.cookie);
    if page == Page::BringStack {
        let token = badge.map_or("", |badge| &badge.token);
        return upload(desk, cookie, token, OWN, &[("a.pdf", b"a scan")]).await;
    }
    let (version, scan) = (case.version.to_string(), ScanId::of(SCAN));
    let form = [
        ("token", badge.map_or("", |badge| &badge.token)),
        ("version", &version),
        ("field", "phone"),
        ("value", "+49 30 000 00 12"),
        ("scan", scan.as_str()),
        ("code", "BLUR"),
        ("reason", "shown at the counter"),
        ("ground", "non_compliant"),
        ("language", "kk"),
        ("text", "…"),
        ("word", "…"),
        ("outcome", "agrees"),
        ("strike_off", "stay_ended"),
        ("file", "0"),
        ("page", "1"),
        ("case", case.id.as_str()),
        ("kind", "temporary"),
        ("considered_by", "…"),
        ("name", "…"),
        ("iin", "900101300017"),
        ("postal_address", "…"),
        ("challenged", "…"),
        ("learned_on", "23.10.2026"),
        ("circumstances", "…"),
        ("signed_on", "23.10.2026"),
    ];
    let form = (page.verb() == Verb::Post).then_some(&form[..]);
    ask(desk, &path(page, case), cookie, form).await
}

#[tokio::test]
async fn every_route_role_mission_and_state_ends_as_the_policy_says() {
    let people = Memory::default();
    let (mut badges, mut clerks_word) = (vec![(None, None)], String::new());
    for role in Role::STAFF {
        let word = hire(&people, role.as_str(), role, &[OWN]).await;
        let badge = log_in(&desk(&people), role.as_str(), &word).await;
        badges.push((Some(role), Some(badge)));
        if role == Role::Clerk {
            clerks_word = word;
        }
    }
    hire_there(&people, "elsewhere", SUBJECT).await;
    let mut asked = 0;
    for status in Status::ALL {
        for mission in [OWN, OTHER] {
            let cases = people.copied();
            let case = standing(&cases, status, mission).await;
            bring(&cases, &waiting(mission)).await;
            for page in Page::ALL {
                for (role, badge) in &badges {
                    if *page == Page::LogIn && status != Status::Reading {
                        continue; // Hashing is slow by design, and the door knows no cases.
                    }
                    let desk = desk_beside_provider(&cases.copied());
                    let answer = visit(&desk, *page, &case, badge.as_ref(), &clerks_word).await;
                    let end = expected(*page, *role, mission, status);
                    assert_eq!(
                        ended(&answer),
                        end,
                        "{page:?} {role:?} {mission} {status:?}"
                    );
                    asked += 1;
                }
            }
        }
    }
    let doors = badges.len() * 2;
    assert_eq!(
        asked,
        (Page::ALL.len() - 1) * Status::ALL.len() * doors + doors
    );
}

#[tokio::test]
async fn a_route_that_is_not_listed_is_denied_to_everyone() {
    let store = Memory::default();
    let word = hire(&store, "vera", Role::Supervisor, &[]).await;
    let badge = log_in(&desk(&store), "vera", &word).await;
    let routes = Router::new()
        .route("/unlisted", get(|| async { "in" }))
        .route("/cases/{other}", get(|| async { "in" }))
        .route("/login", get(|| async { "in" }).delete(|| async { "in" }))
        .route("/", get(|| async { "in" }).post(|| async { "in" }));
    let desk = guarded(routes, settings(&store));
    for cookie in ["", &badge.cookie] {
        for path in ["/unlisted", "/cases/7F3K", "/unlisted?x=/login"] {
            let answer = ask(&desk, path, cookie, None).await;
            assert_eq!(answer.status, StatusCode::FORBIDDEN, "{path}");
            assert_ne!(answer.body, "in", "{path}");
        }
        let posted = ask(&desk, "/", cookie, Some(&[("token", &badge.token)])).await;
        assert_eq!(posted.status, StatusCode::FORBIDDEN);
        let nowhere = ask(&desk, "/nowhere", cookie, None).await;
        assert_eq!(nowhere.status, StatusCode::NOT_FOUND);
    }
    // The listed ones are let in, so that the denials above say something.
    assert_eq!(ask(&desk, "/login", "", None).await.body, "in");
    assert_eq!(ask(&desk, "/", &badge.cookie, None).await.body, "in");
}

#[tokio::test]
async fn the_worklist_shows_only_cases_of_ones_missions() {
    let store = Memory::default();
    let own = standing(&store, Status::AwaitingOfficer, OWN).await;
    let other = standing(&store, Status::AwaitingOfficer, OTHER).await;
    for (who, missions, path, shown) in [
        ("aida", &[OWN][..], "/", vec![&own]),
        ("berik", &[OWN, OTHER], "/", vec![&own, &other]),
        ("vera", &[], "/", vec![&own, &other]),
        ("dana", &[OTHER], "/?mission=DEU-BER", vec![]),
        ("erlan", &[], "/?mission=DEU-BER", vec![&own]),
        ("gaukhar", &["TUR-ANK"], "/", vec![]),
    ] {
        let word = hire(&store, who, Role::Officer, missions).await;
        let desk = desk(&store);
        let badge = log_in(&desk, who, &word).await;
        let page = ask(&desk, path, &badge.cookie, None).await.body;
        for case in [&own, &other] {
            let is_shown = page.contains(case.id.as_str());
            assert_eq!(
                is_shown,
                shown.contains(&case),
                "{who} {}",
                case.manifest.mission
            );
        }
    }
}
