//! Papers: a place for each, and the sending of one.
//!
//! A paper is kept and noted in its application before anything looks at it: nothing that happens
//! later loses it, and sending it again changes nothing.

mod said;

use std::sync::Arc;

use axum::Extension;
use axum::extract::{Multipart, Path, State};
use axum::response::Response;
use casework::application::{Application, NotTaken, PaperSent, Slot};
use casework::case::Case;
use casework::finding_code::RefusalCode;
use casework::ports::StoreError;
use casework::scan::ScanId;
use maud::{Markup, html};
use web::address::to;

use crate::door::{Visit, not_found};
use crate::form::{Problem, mend, problems};
use crate::held::{Failed, change, drafted};
use crate::misdirected::Came;
use crate::page::{again, back, page, store_failed};
use crate::sent::{NotSent, Sent, sent};
use crate::step::not_taken;
use crate::{Portal, Sight, Store, hand_in, hints, misdirected};
use said::{refusal, said};

/// The largest paper of an applicant, bytes (20 MiB).
pub const SIZE_BYTES_MAX: usize = 20 << 20;
/// Long side of the page picture, pixels: values stay readable in it, and it is light on a phone.
const PICTURE_SIDE_PX_MAX: u32 = 1_400;
/// The types of file a browser offers; the content decides, never these.
const ACCEPT: &str = "image/jpeg,image/png,image/webp,image/tiff,application/pdf";

/// A place for a paper, and what was read on the one in it.
pub async fn show<S: Store, E: Sight>(
    State(portal): State<Arc<Portal<S, E>>>,
    Extension(visit): Extension<Arc<Visit>>,
    Path((_, slot)): Path<(String, String)>,
) -> Result<Response, Failed> {
    let Some(slot) = Slot::from_code(&slot) else {
        return Ok(not_found(&visit.words));
    };
    let draft = drafted(&portal, &visit).await?;
    Ok(slot_page(&visit, slot, Some(&draft), &[]))
}

fn slot_page(visit: &Visit, slot: Slot, draft: Option<&Case>, mending: &[Problem]) -> Response {
    let words = &visit.words;
    let title = words.say(&format!("portal-slot-{}", slot.as_str()));
    let sent = visit.application.paper(slot);
    let content = html! {
        (back(words, &visit.path("")))
        (problems(words, mending))
        h1 { (title) }
        @if let Some(draft) = draft && let Some(paper) = sent {
            (said(visit, slot, draft, paper))
            h2 { (words.say("portal-paper-another")) }
        } @else {
            p { (words.say(&format!("portal-slot-{}-help", slot.as_str()))) }
        }
        (sending(visit, slot, sent.is_none(), mending))
    };
    hints::with_camera(if mending.is_empty() {
        page(words, &title, &content)
    } else {
        again(words, &title, &content)
    })
}

/// One field for one file; scripts make the way of it kind.
fn sending(visit: &Visit, slot: Slot, first: bool, mending: &[Problem]) -> Markup {
    let words = &visit.words;
    html! {
        form .stack .sending method="post" enctype="multipart/form-data" action=(visit.path(&format!("papers/{}", slot.as_str())))
            data-sending data-progress=(words.say("portal-paper-sending")) data-again=(words.say("portal-paper-lost"))
            data-reading=(words.say("portal-paper-reading")) data-failed=(words.say("portal-paper-failed")) {
            label for="file" { span { (words.say("portal-paper-choose")) } }
            p .quiet #file-help { (words.say("portal-paper-help")) }
            (mend(mending, "file"))
            input #file name="file" type="file" accept=(ACCEPT) required aria-describedby="file-help" data-hints=(slot.as_str());
            input type="hidden" name="sent_anyway" value="";
            button .quiet type="button" data-camera hidden { (words.say("portal-paper-camera")) }
            (hints::view(words, slot))
            p .quiet data-drop hidden { (words.say("portal-paper-drop")) }
            progress data-bar hidden max="1" value="0" aria-label=(words.say("portal-paper-progress")) {}
            p role="status" data-state {}
            button .quiet[!first] data-send { (words.say("portal-paper-send")) }
        }
        script type="module" src="/paper.js" {}
        script type="module" src="/hints.js" {}
    }
}

/// Takes a paper.
pub async fn send<S: Store, E: Sight>(
    State(portal): State<Arc<Portal<S, E>>>,
    Extension(visit): Extension<Arc<Visit>>,
    Extension(came): Extension<Came>,
    Path((_, slot)): Path<(String, String)>,
    form: Multipart,
) -> Response {
    let words = &visit.words;
    let sent = sent(form).await;
    match takes_papers(&portal, &visit.application).await {
        Ok(true) => {}
        Ok(false) => return misdirected::lock_away(&portal, words, sent.ok(), came).await,
        Err(error) => return store_failed(words, &error),
    }
    let Some(slot) = Slot::from_code(&slot) else {
        return misdirected::lock_away(&portal, words, sent.ok(), came).await;
    };
    let complain = |sentence| {
        slot_page(
            &visit,
            slot,
            None,
            &[Problem {
                at: "file".into(),
                sentence,
            }],
        )
    };
    let sent = match in_one(&portal, &visit.application, slot, sent).await {
        Ok(Some(sent)) => sent,
        Ok(None) => return arrived(&visit, slot),
        Err(error) => return store_failed(words, &error),
    };
    let sent = match sent {
        Ok(sent) if sent.bytes.is_empty() => {
            return complain(refusal(words, RefusalCode::EmptyFile));
        }
        Ok(sent) if sent.bytes.len() > SIZE_BYTES_MAX => {
            return complain(refusal(words, RefusalCode::TooLarge));
        }
        Ok(sent) => sent,
        Err(NotSent::NoFile) => return complain(words.say("portal-paper-none")),
        Err(NotSent::CutOff) => return complain(words.say("portal-paper-cut-off")),
    };
    match keep(&portal, &visit.application, slot, sent).await {
        Ok(Ok(application)) if application.handed_in.is_some() => {
            // Kept and noted: what fails here is done when the application is next looked at.
            let (store, eyes, now) = (&portal.store, &portal.eyes, (portal.now)());
            let _ = hand_in::hand_over(store, eyes, &application, now).await;
            arrived(&visit, slot)
        }
        Ok(Ok(_)) => arrived(&visit, slot),
        Ok(Err(why)) => not_taken(&visit, &why),
        Err(error) => store_failed(words, &error),
    }
}

/// What was sent, its pieces put together where it came in pieces; none where it came before.
async fn in_one<S: Store, E: Sight>(
    portal: &Portal<S, E>,
    application: &Application,
    slot: Slot,
    sent: Result<Sent, NotSent>,
) -> Result<Option<Result<Sent, NotSent>>, StoreError> {
    let Ok(Sent {
        whole: Some(whole),
        name,
        warned_of,
        ..
    }) = sent
    else {
        return Ok(Some(sent));
    };
    Ok(match gathered(portal, application, slot, &whole).await? {
        Gathered::Whole(bytes) => Some(Ok(Sent {
            name,
            warned_of,
            ..Sent::of(bytes)
        })),
        Gathered::Before => None,
        Gathered::NotWhole => Some(Err(NotSent::CutOff)),
    })
}

/// To what became of it.
fn arrived(visit: &Visit, slot: Slot) -> Response {
    if visit.application.handed_in.is_some() {
        return to(&visit.path(""));
    }
    to(&visit.path(&format!("papers/{}", slot.as_str())))
}

/// What came of a paper that was sent piece by piece.
enum Gathered {
    Whole(Vec<u8>),
    /// It is the place's paper already: the same form, sent again.
    Before,
    NotWhole,
}

async fn gathered<S: Store, E: Sight>(
    portal: &Portal<S, E>,
    application: &Application,
    slot: Slot,
    paper: &ScanId,
) -> Result<Gathered, StoreError> {
    let reference = &application.reference;
    if let Some(bytes) = portal.store.whole(reference, paper).await? {
        return Ok(Gathered::Whole(bytes));
    }
    let there = application.paper(slot);
    if there.is_some_and(|there| there.scan == *paper) {
        return Ok(Gathered::Before);
    }
    // What is here, if anything, will never be whole: it begins anew.
    portal.store.forget(reference).await?;
    Ok(Gathered::NotWhole)
}

/// Whether papers may still come: once decided, a case takes none.
pub async fn takes_papers<S: Store, E: Sight>(
    portal: &Portal<S, E>,
    application: &Application,
) -> Result<bool, StoreError> {
    let case = portal.store.load(&application.reference).await?;
    Ok(case.is_none_or(|case| !case.status().ended()))
}

async fn keep<S: Store, E: Sight>(
    portal: &Portal<S, E>,
    application: &Application,
    slot: Slot,
    sent: Sent,
) -> Result<Result<Application, NotTaken>, StoreError> {
    let scan = portal.store.keep(&sent.bytes).await?;
    let paper = PaperSent {
        slot,
        scan,
        name: sent.name.into(),
        sent_anyway: sent.warned_of,
    };
    let kept = change(portal, application, |application| {
        application.with_paper(paper.clone())
    })
    .await?;
    portal.store.forget(&application.reference).await?;
    Ok(kept)
}

/// A page of a scan of the application, as a picture made here.
pub async fn picture<S: Store, E: Sight>(
    State(portal): State<Arc<Portal<S, E>>>,
    Extension(visit): Extension<Arc<Visit>>,
    Path((_, scan, number)): Path<(String, String, u32)>,
) -> Response {
    let scan = ScanId::try_from(scan).ok();
    let theirs = |scan: &ScanId| {
        visit
            .application
            .papers
            .iter()
            .any(|paper| paper.scan == *scan)
    };
    let Some(scan) = scan.filter(theirs) else {
        return not_found(&visit.words);
    };
    web::shown(
        portal
            .eyes
            .picture(&scan, number, PICTURE_SIDE_PX_MAX)
            .await,
    )
}
