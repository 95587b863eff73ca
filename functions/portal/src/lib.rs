//! Applicants over HTTP: apply, send papers, check what was read, sign, follow.
//!
//! Handlers over the ports of `casework`, the same on one machine and in the cloud. What is handed
//! in goes through the very intake that takes everything else.
//! Never here: a rule about documents, the clock, a store's name, a route of the desk, words in one
//! language only, a secret in an address that a form or a log could repeat.

mod answers;
mod appeal;
mod begin;
mod card;
mod certificate;
mod crop;
mod data;
mod door;
mod enter;
mod follow;
mod form;
mod genuine;
mod hand_in;
mod held;
mod hints;
mod home;
mod identity;
mod misdirected;
mod page;
mod paper;
mod pieces;
pub mod policy;
mod sent;
mod sign;
mod step;
mod when;

use std::sync::Arc;

use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::middleware::{from_fn_with_state, map_response};
use axum::routing::{MethodRouter, on};
use casework::ports::{
    Applications, Cases, Erase, Outbox, Pieces, ReadScan, Readings, Scans, ShowPage,
};
use casework::words::Language;
use issue::{KnownSeals, Seal};
use jiff::Timestamp;
use signature::revocation::{Evidence, Responder};
use signature::trust::Trust;
use web::{script, stylesheet};

pub use hand_in::hand_over_waiting;
use policy::Page;
pub use web::link;
use web::link::Links;

/// What the pages are made from.
#[derive(Debug)]
pub struct Portal<S, E> {
    /// Scans, readings, cases and applications.
    pub store: S,
    /// What reads a scan and turns its page into a picture.
    pub eyes: E,
    /// The language of someone who has not chosen one.
    pub language: Language,
    /// How browsers reach it, without a slash at the end; private links begin so.
    pub address: String,
    /// What links are known by.
    pub links: Links,
    /// What signs the papers that are printed.
    pub seal: Seal,
    /// What signs them and ever signed them: whose papers are genuine.
    pub known_seals: KnownSeals,
    /// Whose certificates signatures may have; nobody's, where signing was not set up.
    pub trust: Option<Trust>,
    /// What is known of certificates that were revoked.
    pub evidence: Evidence,
    /// Who is asked about a signer's certificate, where somebody is.
    pub responder: Option<Arc<dyn Responder>>,
    /// The time, asked for with every request.
    pub now: fn() -> Timestamp,
}

impl<S, E> Portal<S, E> {
    /// Whether browsers reach it over TLS; without, only on the machine itself.
    fn over_tls(&self) -> bool {
        self.address.starts_with("https://")
    }
}

/// What the portal keeps things in.
pub trait Store:
    Scans + Readings + Cases + Applications + Outbox + Pieces + Erase + 'static
{
}
impl<T: Scans + Readings + Cases + Applications + Outbox + Pieces + Erase + 'static> Store for T {}

/// What the portal sees with.
pub trait Sight: ReadScan + ShowPage + 'static {}
impl<T: ReadScan + ShowPage + 'static> Sight for T {}

/// A request at most, bytes: a paper of the size that applicants may send, and what a form adds.
const REQUEST_BYTES_MAX: usize = paper::SIZE_BYTES_MAX + (64 << 10);

/// Every page of the portal, each as the policy's table has it.
pub fn router<S: Store, E: Sight>(portal: Portal<S, E>) -> Router {
    let portal = Arc::new(portal);
    let routes = Page::ALL.iter().fold(Router::new(), |routes, page| {
        routes.route(page.path(), handler::<S, E>(*page))
    });
    routes
        .fallback(|| async {})
        .layer(DefaultBodyLimit::max(REQUEST_BYTES_MAX))
        .layer(from_fn_with_state(Arc::clone(&portal), door::guard::<S, E>))
        .layer(map_response(page::headers))
        .with_state(portal)
}

fn handler<S: Store, E: Sight>(page: Page) -> MethodRouter<Arc<Portal<S, E>>> {
    let verb = page.verb().filter();
    match page {
        Page::Stylesheet => on(verb, async || stylesheet(STYLE)),
        Page::Script => on(verb, async || script(include_str!("scripts/portal.js"))),
        Page::PaperScript => on(verb, async || script(include_str!("scripts/paper.js"))),
        Page::HintsScript => on(verb, async || script(include_str!("scripts/hints.js"))),
        Page::CameraScript => on(verb, async || script(HINTS_CAMERA)),
        Page::LookScript => on(verb, async || script(HINTS_LOOK)),
        Page::OutlineScript => on(verb, async || script(HINTS_OUTLINE)),
        Page::TextScript => on(verb, async || script(HINTS_TEXT)),
        Page::PictureScript => on(verb, async || script(include_str!("scripts/picture.js"))),
        Page::SignScript => on(verb, async || script(include_str!("scripts/sign.js"))),
        Page::ClientScript => on(verb, async || script(CLIENT)),
        Page::Language => on(verb, page::choose_language),
        Page::Start => on(verb, begin::start::<S, E>),
        Page::Ask => on(verb, begin::ask::<S, E>),
        Page::Begin => on(verb, begin::begin::<S, E>),
        Page::Return => on(verb, enter::come_back::<S, E>),
        Page::Open => on(verb, enter::open::<S, E>),
        Page::Genuine => on(verb, genuine::ask::<S, E>),
        Page::CheckGenuine => on(verb, genuine::check::<S, E>),
        Page::Link => on(verb, enter::link::<S, E>),
        Page::Application => on(verb, home::show::<S, E>),
        Page::Keep => on(verb, home::keep::<S, E>),
        Page::Identity => on(verb, identity::show),
        Page::ChooseIdentity => on(verb, identity::choose::<S, E>),
        Page::Paper => on(verb, paper::show::<S, E>),
        Page::SendPaper => on(verb, paper::send::<S, E>),
        Page::Pieces => on(verb, pieces::arrived::<S, E>),
        Page::SendPiece => on(verb, pieces::take::<S, E>),
        Page::Picture => on(verb, paper::picture::<S, E>),
        Page::Section => on(verb, card::show::<S, E>),
        Page::FillSection => on(verb, card::fill::<S, E>),
        Page::Answers => on(verb, answers::show::<S, E>),
        Page::Confirm => on(verb, answers::confirm::<S, E>),
        Page::Sign => on(verb, sign::show::<S, E>),
        Page::TakeSignature => on(verb, sign::take::<S, E>),
        Page::Counter => on(verb, hand_in::counter::<S, E>),
        Page::HandIn => on(verb, hand_in::unsigned::<S, E>),
        Page::Slip => on(verb, hand_in::slip),
        Page::Document => on(verb, follow::document::<S, E>),
        Page::Withdrawal => on(verb, follow::withdrawal),
        Page::Withdraw => on(verb, follow::withdraw::<S, E>),
        Page::Certificate => on(verb, certificate::show::<S, E>),
        Page::RequestCertificate => on(verb, certificate::request::<S, E>),
        Page::Data => on(verb, data::show::<S, E>),
        Page::DataFile => on(verb, data::file::<S, E>),
        Page::Deletion => on(verb, data::deletion::<S, E>),
        Page::Delete => on(verb, data::delete::<S, E>),
        Page::Appeal => on(verb, appeal::show::<S, E>),
        Page::TakeAppeal => on(verb, appeal::take::<S, E>),
    }
}

const HINTS_CAMERA: &str = include_str!("scripts/hints-camera.js");
const HINTS_LOOK: &str = include_str!("scripts/hints-look.js");
const HINTS_OUTLINE: &str = include_str!("scripts/hints-outline.js");
const HINTS_TEXT: &str = include_str!("scripts/hints-text.js");

/// How the portal looks.
const STYLE: &[&str] = &[include_str!("look/portal.css")];

/// The client as its author publishes it (MIT; `ncalayer-client.LICENSE`), made an ES module by the
/// two lines around it.
const CLIENT: &str = concat!(
    "const exports = {};\n",
    include_str!("scripts/ncalayer-client.js"),
    "\nexport const { NCALayerClient } = exports;\n"
);
