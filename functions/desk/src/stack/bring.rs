//! Files of a stack come in: each goes to the disk as it comes, none is ever held whole.

use std::sync::Arc;

use axum::Extension;
use axum::extract::State;
use axum::extract::multipart::{Field, Multipart, MultipartError, MultipartRejection};
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use casework::case::{CaseKind, Channel, MissionCode};
use casework::personal::Personal;
use casework::ports::{Incoming, StoreError};
use casework::scan::ScanId;
use casework::stack::{Stack, StackFile, Terms};
use maud::{Markup, html};

use super::{content, listed, own_missions};
use crate::door::{Visit, same_token};
use crate::page::store_failed;
use crate::worklist::kind_words;
use crate::{Desk, Sight, Store};

/// A file at most, bytes: 500 pages of a good scanner.
const FILE_BYTES_MAX: u64 = 1 << 30;
/// Files of a stack at most.
const FILES_MAX: usize = 500;
/// A field that is no file, bytes.
const FIELD_BYTES_MAX: usize = 1024;
/// A file's name at most, characters.
const NAME_CHARS_MAX: usize = 255;

/// Where one chooses files.
pub(super) fn form(visit: &Visit) -> Markup {
    let words = &visit.words;
    let missions = own_missions(visit);
    html! {
        form .bring method="post" action="/stacks" enctype="multipart/form-data" {
            input type="hidden" name="token" value=(visit.form_token);
            h2 { (words.say("stack-bring")) }
            p .quiet #bring-help { (words.say("stack-bring-help")) }
            div .filters {
                label { span { (words.say("desk-mission")) }
                    select name="mission" required {
                        @for (code, name) in &missions { option value=(code) { (name) } }
                    }
                }
                label { span { (words.say("stack-kind")) }
                    select name="kind" {
                        option value="" { (words.say("stack-kind-by-documents")) }
                        option value="permanent" { (kind_words(words, CaseKind::Permanent)) }
                        option value="temporary" { (kind_words(words, CaseKind::Temporary)) }
                    }
                }
                label { span { (words.say("stack-choose")) }
                    input type="file" name="files" multiple required aria-describedby="bring-help"
                        accept=".pdf,.tif,.tiff,.jpg,.jpeg,.png,.webp,application/pdf,image/tiff,image/jpeg,image/png,image/webp";
                }
                button data-key="send" { (words.say("stack-send")) }
            }
        }
    }
}

/// Why nothing was brought.
enum NotBrought {
    /// The form is not their own.
    Stale,
    /// It is no such form.
    Unclear,
    /// No file was chosen.
    NoFile,
    /// A file is larger than anything that is taken, or they are too many.
    TooMuch,
    /// It broke off on its way.
    BrokenOff,
    /// The store failed.
    Store(StoreError),
}

impl From<StoreError> for NotBrought {
    fn from(error: StoreError) -> Self {
        Self::Store(error)
    }
}

impl From<MultipartError> for NotBrought {
    fn from(_: MultipartError) -> Self {
        Self::BrokenOff
    }
}

/// Takes the files, and goes to their stack.
pub async fn bring<S: Store, E: Sight>(
    State(desk): State<Arc<Desk<S, E>>>,
    Extension(visit): Extension<Arc<Visit>>,
    form: Result<Multipart, MultipartRejection>,
) -> Response {
    let received = match form {
        Ok(form) => receive(&desk, &visit, form).await,
        Err(_) => Err(NotBrought::Unclear),
    };
    let (status, complaint) = match received {
        Ok(stack) => {
            let to = format!("/stacks/{}", stack.id);
            return (StatusCode::SEE_OTHER, [(header::LOCATION, to)]).into_response();
        }
        Err(NotBrought::Store(error)) => return store_failed(&visit.words, &error),
        Err(NotBrought::Stale) => return visit.sorry(StatusCode::FORBIDDEN, "desk-stale-form"),
        Err(NotBrought::Unclear) => return visit.sorry(StatusCode::BAD_REQUEST, "desk-unclear"),
        Err(NotBrought::NoFile) => (StatusCode::UNPROCESSABLE_ENTITY, "stack-no-file"),
        Err(NotBrought::TooMuch) => (StatusCode::PAYLOAD_TOO_LARGE, "stack-too-much"),
        Err(NotBrought::BrokenOff) => (StatusCode::BAD_REQUEST, "stack-broken-off"),
    };
    match listed(&desk.store, &visit.account.reach).await {
        Ok(stacks) => {
            let content = content(&visit, &stacks, Some(complaint));
            let page = visit.page(&visit.words.say("stacks"), &content);
            (status, page).into_response()
        }
        Err(error) => store_failed(&visit.words, &error),
    }
}

/// The fields in the form's order: the token comes before anything is written.
async fn receive<S: Store, E: Sight>(
    desk: &Desk<S, E>,
    visit: &Visit,
    mut form: Multipart,
) -> Result<Stack, NotBrought> {
    let token = match form.next_field().await? {
        Some(field) if field.name() == Some("token") => text(field).await?,
        _ => return Err(NotBrought::Stale),
    };
    if !same_token(&token, &visit.form_token) {
        return Err(NotBrought::Stale);
    }
    let (mut mission, mut kind, mut files) = (None, None, Vec::new());
    while let Some(field) = form.next_field().await? {
        match field.name() {
            Some("mission") => mission = Some(MissionCode(text(field).await?)),
            Some("kind") => kind = kind_of(&text(field).await?),
            Some("files") => {
                let name = name(&field);
                if files.len() >= FILES_MAX {
                    return Err(NotBrought::TooMuch);
                }
                if let Some(name) = name {
                    let scan = keep(&desk.store, field).await?;
                    files.push(StackFile::new(Personal::new(name), scan));
                }
            }
            _ => return Err(NotBrought::Unclear),
        }
    }
    let own = own_missions(visit);
    let mission = mission.filter(|code| own.iter().any(|(known, _)| known == code));
    let mission = mission.ok_or(NotBrought::Unclear)?;
    if files.is_empty() {
        return Err(NotBrought::NoFile);
    }
    let now = (desk.now)();
    let terms = Terms {
        mission,
        channel: Channel::Consulate,
        kind,
        received_at: now,
        card: None,
    };
    let stack = Stack::new(terms, files, visit.actor(), now);
    // The same stack again is the one that is there.
    desk.store.keep_stack(&stack).await?;
    Ok(stack)
}

fn kind_of(text: &str) -> Option<CaseKind> {
    match text {
        "permanent" => Some(CaseKind::Permanent),
        "temporary" => Some(CaseKind::Temporary),
        _ => None,
    }
}

/// The file's name as data: its last part, without what steers a terminal; none where no file was
/// chosen.
fn name(field: &Field<'_>) -> Option<String> {
    let given = field.file_name().filter(|name| !name.is_empty())?;
    let last = given.rsplit(['/', '\\']).next().unwrap_or(given);
    let shown = last.chars().filter(|c| !c.is_control());
    Some(shown.take(NAME_CHARS_MAX).collect())
}

async fn text(mut field: Field<'_>) -> Result<String, NotBrought> {
    let mut bytes = Vec::new();
    while let Some(piece) = field.chunk().await? {
        if bytes.len() + piece.len() > FIELD_BYTES_MAX {
            return Err(NotBrought::Unclear);
        }
        bytes.extend_from_slice(&piece);
    }
    String::from_utf8(bytes).map_err(|_| NotBrought::Unclear)
}

/// To the disk as it comes.
async fn keep<S: Store>(store: &S, mut field: Field<'_>) -> Result<ScanId, NotBrought> {
    let (mut incoming, mut size_bytes) = (store.begin()?, 0_u64);
    while let Some(piece) = field.chunk().await? {
        size_bytes += piece.len() as u64;
        if size_bytes > FILE_BYTES_MAX {
            return Err(NotBrought::TooMuch);
        }
        incoming.write(&piece)?;
    }
    Ok(incoming.finish().await?.0)
}
