//! Papers: which are asked for, sending one, and what was read on it.
//!
//! A paper is kept and noted in its application before anything looks at it: nothing that happens
//! later loses it, and sending it again changes nothing.

use std::sync::Arc;

use axum::Extension;
use axum::extract::{Form, Multipart, Path, State};
use axum::http::StatusCode;
use axum::response::Response;
use casework::application::{Application, Identity, NotTaken, PaperSent, Slot};
use casework::case::{Case, FiledScan};
use casework::document::Document;
use casework::finding_code::RefusalCode;
use casework::ports::StoreError;
use casework::reading::DocumentKind;
use casework::scan::{ScanId, ScanOutcome};
use casework::words::{Words, key_of};
use maud::{Markup, html};
use web::address::to;

use crate::crop::{href, size};
use crate::door::{Visit, not_found};
use crate::form::{Problem, Typed, mend, problems};
use crate::held::draft;
use crate::home::{step_path, step_words};
use crate::misdirected::Came;
use crate::page::{again, back, page, sorry, store_failed};
use crate::sent::{NotSent, Sent, sent};
use crate::{Portal, Sight, Store, hand_in, hints, misdirected};

/// The largest paper of an applicant, bytes (20 MiB).
pub const SIZE_BYTES_MAX: usize = 20 << 20;
/// Long side of the page picture, pixels: values stay readable in it, and it is light on a phone.
const PICTURE_SIDE_PX_MAX: u32 = 1_400;
/// Tries at a write that another tab is faster with.
const ATTEMPTS_MAX: u32 = 8;

/// The types of file a browser offers; the content decides, never these.
const ACCEPT: &str = "image/jpeg,image/png,image/webp,image/tiff,application/pdf";

/// Asks which document shows who they are.
pub async fn identity(Extension(visit): Extension<Arc<Visit>>) -> Response {
    ask_identity(&visit, &[])
}

fn ask_identity(visit: &Visit, mending: &[Problem]) -> Response {
    let words = &visit.words;
    let title = words.say("portal-identity-title");
    let chosen = visit.application.identity;
    let content = html! {
        (back(words, &visit.path("")))
        (problems(words, mending))
        h1 { (title) }
        p { (words.say("portal-identity-help")) }
        form .stack method="post" action=(visit.path("identity")) {
            fieldset {
                legend .hidden { (title) }
                (mend(mending, "identity-1"))
                @for (identity, number) in [Identity::Passport, Identity::IdCard].into_iter().zip(1..) {
                    label .choice {
                        input id={ "identity-" (number) } type="radio" name="identity" value=(identity.as_str()) checked[chosen == Some(identity)];
                        span { (words.say(&format!("portal-identity-{}", identity.as_str()))) }
                    }
                }
            }
            button { (words.say("portal-continue")) }
        }
    };
    if mending.is_empty() {
        page(words, &title, &content)
    } else {
        again(words, &title, &content)
    }
}

/// Takes the answer.
pub async fn choose_identity<S: Store, E: Sight>(
    State(portal): State<Arc<Portal<S, E>>>,
    Extension(visit): Extension<Arc<Visit>>,
    Form(typed): Form<Typed>,
) -> Response {
    let Some(identity) = Identity::from_code(typed.text("identity")) else {
        let sentence = visit.words.say("portal-choose-one");
        return ask_identity(
            &visit,
            &[Problem {
                at: "identity-1".into(),
                sentence,
            }],
        );
    };
    let kept = change(&portal, &visit.application, |application| {
        application.showing(identity)
    })
    .await;
    onward(&portal, &visit, kept).await
}

/// Changes the application as it stands, again where another tab was faster.
pub async fn change<S: Store, E: Sight>(
    portal: &Portal<S, E>,
    application: &Application,
    how: impl Fn(Application) -> Result<Application, NotTaken>,
) -> Result<Result<Application, NotTaken>, StoreError> {
    let mut stands = application.clone();
    for _ in 0..ATTEMPTS_MAX {
        let changed = match how(stands.clone()) {
            Ok(changed) => changed,
            Err(why) => return Ok(Err(why)),
        };
        if portal.store.keep_application(&changed).await? {
            return Ok(Ok(changed));
        }
        let again = portal
            .store
            .application(&application.reference, &application.link)
            .await?;
        stands = again.unwrap_or(stands);
    }
    Err(StoreError::Transient(
        "the application is being changed by others".to_owned(),
    ))
}

/// To the next step after a change, or to what stands in its way.
pub async fn onward<S: Store, E: Sight>(
    portal: &Portal<S, E>,
    visit: &Visit,
    kept: Result<Result<Application, NotTaken>, StoreError>,
) -> Response {
    let application = match kept {
        Ok(Ok(application)) => application,
        Ok(Err(why)) => return not_taken(visit, &why),
        Err(error) => return store_failed(&visit.words, &error),
    };
    match draft(portal, &application).await {
        Ok(draft) => to(&step_path(visit, application.next_step(&draft))),
        Err(error) => store_failed(&visit.words, &error),
    }
}

/// Why a step was not taken: back to the application, which says what may be done now.
pub fn not_taken(visit: &Visit, why: &NotTaken) -> Response {
    match why {
        NotTaken::TooManyPapers => {
            sorry(&visit.words, StatusCode::CONFLICT, "portal-too-many-papers")
        }
        NotTaken::HandedIn | NotTaken::TooEarly | NotTaken::Entries(_) => to(&visit.path("")),
    }
}

/// A place for a paper, and what was read on the one in it.
pub async fn show<S: Store, E: Sight>(
    State(portal): State<Arc<Portal<S, E>>>,
    Extension(visit): Extension<Arc<Visit>>,
    Path((_, slot)): Path<(String, String)>,
) -> Response {
    let Some(slot) = Slot::from_code(&slot) else {
        return not_found(&visit.words);
    };
    match draft(&portal, &visit.application).await {
        Ok(draft) => slot_page(&visit, slot, Some(&draft), &[]),
        Err(error) => store_failed(&visit.words, &error),
    }
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
            data-sending data-progress=(words.say("portal-paper-progress")) data-again=(words.say("portal-paper-lost"))
            data-reading=(words.say("portal-paper-reading")) data-failed=(words.say("portal-paper-failed")) {
            label for="file" { span { (words.say("portal-paper-choose")) } }
            p .quiet #file-help { (words.say("portal-paper-help")) }
            (mend(mending, "file"))
            input #file name="file" type="file" accept=(ACCEPT) required aria-describedby="file-help" data-hints=(slot.as_str());
            input type="hidden" name="sent_anyway" value="";
            button .quiet type="button" data-camera hidden { (words.say("portal-paper-camera")) }
            (hints::view(words, slot))
            p role="status" data-state {}
            button .quiet[!first] data-send { (words.say("portal-paper-send")) }
        }
        script type="module" src="/paper.js" {}
        script type="module" src="/hints.js" {}
    }
}

/// What became of the paper that was sent.
fn said(visit: &Visit, slot: Slot, draft: &Case, paper: &PaperSent) -> Markup {
    let words = &visit.words;
    let filed = draft.scans.iter().find(|filed| filed.scan == paper.scan);
    let next = visit.application.next_step(draft);
    let next = html! {
        p { a .button href=(step_path(visit, next)) { (words.say("portal-continue")) } span .hidden { ": " (step_words(words, next)) } }
    };
    let Some(FiledScan { scan, outcome, .. }) = filed else {
        return html! {
            p .note { (words.say("portal-paper-unread")) }
            (next)
        };
    };
    match outcome {
        ScanOutcome::Refused { code, .. } => html! {
            div .complaint role="alert" { p { (refusal(words, *code)) } }
        },
        ScanOutcome::Read { documents, .. } => {
            let warnings = warnings(words, slot, documents);
            html! {
                @for warning in &warnings { p .note { (warning) } }
                @if warnings.is_empty() { p .clean { "✓ " (words.say("portal-paper-read")) } }
                (shown(words, draft, scan, slot))
                (values(words, documents))
                (next)
            }
        }
    }
}

fn refusal(words: &Words, code: RefusalCode) -> String {
    words.say(&format!("refusal-{}", key_of(code.code())))
}

/// What is poor about a paper, or looks like another than was asked for; none of it stops anyone.
fn warnings(words: &Words, slot: Slot, documents: &[Document]) -> Vec<String> {
    let mut warnings: Vec<String> = documents
        .iter()
        .flat_map(|document| &document.quality.findings)
        .map(|code| words.say(&format!("quality-{}", key_of(code.code()))))
        .collect();
    warnings.sort();
    warnings.dedup();
    let is = |kind| documents.iter().any(|document| document.kind == kind);
    if let Some(wanted) = slot.document().filter(|wanted| !is(*wanted)) {
        let known = documents.iter().find(|d| d.kind != DocumentKind::Unknown);
        let wanted = words.say(wanted.key());
        warnings.push(match known {
            Some(document) => {
                let seen = words.say(document.kind.key());
                words.say_with(
                    "portal-paper-other",
                    &[("seen", &seen), ("wanted", &wanted)],
                )
            }
            None => words.say_with("portal-paper-unknown", &[("wanted", &wanted)]),
        });
    }
    warnings
}

/// The page as it was received.
fn shown(words: &Words, draft: &Case, scan: &ScanId, slot: Slot) -> Markup {
    let label = words.say(&format!("portal-slot-{}", slot.as_str()));
    html! {
        @if let Some([width, height]) = size(draft, scan, 1) {
            img .received src=(href(draft, scan, 1)) width=(width) height=(height) alt=(label);
        }
    }
}

/// How many values were read; they are looked at one after another with the card.
fn values(words: &Words, documents: &[Document]) -> Markup {
    let count: usize = documents.iter().map(|document| document.fields.len()).sum();
    html! {
        @if count > 0 {
            p { (words.say_with("portal-paper-values", &[("count", &count.to_string())])) }
        }
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
            to(&visit.path(""))
        }
        Ok(Ok(_)) => to(&visit.path(&format!("papers/{}", slot.as_str()))),
        Ok(Err(why)) => not_taken(&visit, &why),
        Err(error) => store_failed(words, &error),
    }
}

/// Whether papers may still come: once decided, a case takes none.
async fn takes_papers<S: Store, E: Sight>(
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
    change(portal, application, |application| {
        application.with_paper(paper.clone())
    })
    .await
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
