//! Clerks and officers over HTTP: the worklist and the case.
//!
//! Handlers over the ports of `casework`, the same on one machine and in the cloud.
//! Never here: a rule about documents, the clock, a store's name, words in one language only.

mod act;
mod appeal;
mod audit;
mod better_copy;
mod case;
mod cover_sheet;
mod crop;
mod door;
mod keys;
mod overview;
mod page;
mod paper;
pub mod policy;
mod refusal;
mod search;
mod stack;
mod strike_off;
mod worklist;

use std::sync::Arc;

use axum::Extension;
use axum::Router;
use axum::extract::{DefaultBodyLimit, Path, State};
use axum::http::StatusCode;
use axum::middleware::{from_fn_with_state, map_response};
use axum::response::{IntoResponse, Response};
use axum::routing::{MethodRouter, on, post};
use casework::audit::Audits;
use casework::case::Case;
use casework::case::action::ActionName;
use casework::ports::{
    Accounts, Cases, IdentityProvider, Outbox, Scans, ScansInPieces, ShowPage, Stacks,
};
use casework::scan::ScanId;
use casework::words::Language;
use issue::Seal;
use jiff::Timestamp;
use web::{script, stylesheet};

pub use door::Secret;
pub use door::password::NewPassword;
use policy::Page;
use stack::hand::Said;

/// What the pages are made from.
#[derive(Debug)]
pub struct Desk<S, E> {
    /// Scans, cases and accounts.
    pub store: S,
    /// What turns a scan's page into a picture.
    pub eyes: E,
    /// The language of someone who has not chosen one.
    pub language: Language,
    /// Whether browsers reach it over TLS; without, only on the machine itself.
    pub over_tls: bool,
    /// The time, asked for with every request.
    pub now: fn() -> Timestamp,
    /// How clean cases are drawn for a second look.
    pub audits: Audits,
    /// What signs the papers it prints.
    pub seal: Seal,
    /// Where people prove who they are who have no password here.
    pub provider: Option<Arc<dyn IdentityProvider>>,
}

/// Where a browser comes back to from an OpenID provider, which must have been told of it.
pub const SIGNED_IN_PATH: &str = Page::SignedIn.path();

/// What the desk keeps things in.
pub trait Store: Scans + ScansInPieces + Cases + Outbox + Accounts + Stacks + 'static {}
impl<T: Scans + ScansInPieces + Cases + Outbox + Accounts + Stacks + 'static> Store for T {}

/// What the desk sees with.
pub trait Sight: ShowPage + 'static {}
impl<T: ShowPage + 'static> Sight for T {}

/// Long side of the page picture a viewer gets, pixels: an A4 page stays readable.
const PICTURE_SIDE_PX_MAX: u32 = 2_000;

/// Every page of the desk, each as the policy's table has it.
pub fn router<S: Store, E: Sight>(desk: Desk<S, E>) -> Router {
    let routes = Page::ALL.iter().fold(Router::new(), |routes, page| {
        routes.route(page.path(), handler::<S, E>(*page))
    });
    guarded(routes, desk)
}

/// These routes behind the door: those that the policy's table does not list are denied.
pub fn guarded<S: Store, E: Sight>(routes: Router<Arc<Desk<S, E>>>, desk: Desk<S, E>) -> Router {
    let desk = Arc::new(desk);
    routes
        .fallback(StatusCode::NOT_FOUND)
        .layer(from_fn_with_state(Arc::clone(&desk), door::guard::<S, E>))
        .layer(map_response(page::headers))
        .with_state(desk)
}

fn handler<S: Store, E: Sight>(page: Page) -> MethodRouter<Arc<Desk<S, E>>> {
    let verb = page.verb().filter();
    match page {
        Page::Stylesheet => on(verb, async || stylesheet(STYLE)),
        Page::Script => on(verb, async || script(include_str!("scripts/desk.js"))),
        Page::KeysScript => on(verb, async || script(include_str!("scripts/keys.js"))),
        Page::ViewerScript => on(verb, async || script(include_str!("scripts/viewer.js"))),
        Page::Keys => on(verb, keys::show),
        Page::TurnKeys => on(verb, keys::turn),
        Page::Language => on(verb, page::choose_language),
        Page::Login => on(verb, door::login::show::<S, E>),
        Page::LogIn => on(verb, door::login::log_in::<S, E>),
        Page::SignIn => on(verb, door::sign_in::begin::<S, E>),
        Page::SignedIn => on(verb, door::sign_in::come_back::<S, E>),
        Page::LogOut => on(verb, door::login::log_out::<S, E>),
        Page::Worklist => on(verb, worklist::show::<S, E>),
        Page::Case => on(verb, case::show::<S, E>),
        Page::Picture => on(verb, picture::<S, E>),
        Page::Search => on(verb, search::find::<S, E>),
        Page::Overview => on(verb, overview::show::<S, E>),
        Page::Next => on(verb, worklist::next::<S, E>),
        Page::BetterCopy => on(verb, better_copy::show),
        Page::Refusal => on(verb, refusal::show),
        Page::Correct => acting::<S, E>(ActionName::Correct),
        Page::Transcribe => acting::<S, E>(ActionName::Transcribe),
        Page::Look => acting::<S, E>(ActionName::Look),
        Page::Claim => acting::<S, E>(ActionName::Claim),
        Page::Release => acting::<S, E>(ActionName::Release),
        Page::AskBetterCopy => acting::<S, E>(ActionName::AskBetterCopy),
        Page::Approve => acting::<S, E>(ActionName::Approve),
        Page::Refuse => acting::<S, E>(ActionName::Refuse),
        Page::ConfirmRefusal => acting::<S, E>(ActionName::ConfirmRefusal),
        Page::ReturnRefusal => acting::<S, E>(ActionName::ReturnRefusal),
        Page::StrikingOff => on(verb, strike_off::show::<S, E>),
        Page::StrikeOff => acting::<S, E>(ActionName::StrikeOff),
        Page::Audit => acting::<S, E>(ActionName::Audit),
        Page::Paper => on(verb, paper::print::<S, E>),
        Page::ReissueCertificate => acting::<S, E>(ActionName::ReissueCertificate),
        Page::Appealing => on(verb, appeal::show::<S, E>),
        Page::Appeal => acting::<S, E>(ActionName::Appeal),
        Page::HandOnAppeal => acting::<S, E>(ActionName::HandOnAppeal),
        Page::StacksScript => on(verb, async || script(include_str!("scripts/stacks.js"))),
        Page::Stacks => on(verb, stack::list::<S, E>),
        // Its own limits are larger, and kept file by file.
        Page::BringStack => {
            on(verb, stack::bring::bring::<S, E>).layer(DefaultBodyLimit::disable())
        }
        Page::Stack => on(verb, stack::report::show::<S, E>),
        Page::StackPicture => on(verb, stack::picture::<S, E>),
        Page::StackThumbnail => on(verb, stack::thumbnail::<S, E>),
        Page::PlacePage => saying::<S, E>(Said::Place),
        Page::NewCaseOfPage => saying::<S, E>(Said::NewCase),
        Page::DropPage => saying::<S, E>(Said::Drop),
        Page::CoverSheets => on(verb, cover_sheet::list),
        Page::NewCoverSheet => on(verb, cover_sheet::for_new),
        Page::CaseCoverSheet => on(verb, cover_sheet::for_case),
    }
}

/// A form that does this to a case.
fn acting<S: Store, E: Sight>(name: ActionName) -> MethodRouter<Arc<Desk<S, E>>> {
    post(move |desk, visit, case, typed| act::act::<S, E>(name, desk, visit, case, typed))
}

/// A form that says this of a page of a stack.
fn saying<S: Store, E: Sight>(said: Said) -> MethodRouter<Arc<Desk<S, E>>> {
    post(move |desk, visit, stack, typed| stack::hand::say::<S, E>(said, desk, visit, stack, typed))
}

/// How the desk looks.
const STYLE: &[&str] = &[
    include_str!("look/worklist.css"),
    include_str!("look/case.css"),
    include_str!("look/stacks.css"),
];

/// A page of a scan of a case, as a picture made here.
async fn picture<S: Store, E: Sight>(
    State(desk): State<Arc<Desk<S, E>>>,
    Extension(case): Extension<Arc<Case>>,
    Path((_, scan, page)): Path<(String, String, u32)>,
) -> Response {
    let scan = ScanId::try_from(scan).ok();
    let Some(scan) = scan.filter(|scan| case.scan_ids().contains(scan)) else {
        return StatusCode::NOT_FOUND.into_response();
    };
    shown(&desk, &scan, page).await
}

/// A page of a kept scan.
async fn shown<S: Store, E: Sight>(desk: &Desk<S, E>, scan: &ScanId, page: u32) -> Response {
    web::shown(desk.eyes.picture(scan, page, PICTURE_SIDE_PX_MAX).await)
}
