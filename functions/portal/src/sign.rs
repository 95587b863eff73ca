//! Signing: the exact bytes of the request, the signer's program, and what came of it.

use std::sync::Arc;

use axum::Extension;
use axum::extract::{Form, State};
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use casework::application::Application;
use casework::iin::IinDigits;
use casework::ports::StoreError;
use casework::signing::ElectronicSignature;
use data_encoding::BASE64;
use maud::{Markup, html};
use signature::outcome::{Fault, Outcome, Signer, Unsupported};
use signature::revocation::Evidence;
use signature::trust::Trust;
use signature::{Submission, revocation_question, verify};
use tokio::task::spawn_blocking;
use web::address::to;

use crate::door::Visit;
use crate::form::{Problem, Typed, problems};
use crate::page::{SIGNING_POLICY, back, frame, store_failed};
use crate::{Portal, Sight, Store, hand_in};

/// Bytes that make a question to a responder its own (RFC 9654).
const NONCE_BYTES: usize = 32;

/// The page.
pub async fn show<S: Store, E: Sight>(
    State(portal): State<Arc<Portal<S, E>>>,
    Extension(visit): Extension<Arc<Visit>>,
) -> Response {
    sign_page(&portal, &visit, &[])
}

fn sign_page<S, E>(portal: &Portal<S, E>, visit: &Visit, mending: &[Problem]) -> Response {
    let words = &visit.words;
    let Some(request) = visit
        .application
        .request()
        .filter(|_| visit.application.handed_in.is_none())
    else {
        return to(&visit.path(""));
    };
    let title = words.say("portal-sign-title");
    let content = html! {
        (back(words, &visit.path("answers")))
        (problems(words, mending))
        h1 { (title) }
        @if portal.trust.is_some() { (with_eds(visit, &request)) }
        section {
            h2 { (words.say("portal-sign-counter")) }
            p { (words.say("portal-sign-counter-help")) }
            p { a .button .quiet href=(visit.path("counter")) { (words.say("portal-sign-counter-go")) } }
        }
    };
    let status = if mending.is_empty() {
        StatusCode::OK
    } else {
        StatusCode::UNPROCESSABLE_ENTITY
    };
    let policy = HeaderValue::from_static(SIGNING_POLICY);
    let page = frame(words, &title, &content);
    (status, [(header::CONTENT_SECURITY_POLICY, policy)], page).into_response()
}

/// The form that carries a signature: a script has it made by the program on the signer's machine.
fn with_eds(visit: &Visit, request: &[u8]) -> Markup {
    let words = &visit.words;
    html! {
        section {
            h2 { (words.say("portal-sign-eds")) }
            p { (words.say("portal-sign-eds-help")) }
            noscript { p .note { (words.say("portal-sign-no-script")) } }
            form .stack method="post" action=(visit.path("sign")) #signing hidden data-content=(BASE64.encode(request))
                data-language=(words.language.code()) data-asks=(words.say("portal-sign-asks"))
                data-absent=(words.say("portal-sign-absent")) data-cancelled=(words.say("portal-sign-cancelled"))
                data-sends=(words.say("portal-sign-sends")) {
                input type="hidden" name="signature" value="";
                button { (words.say("portal-sign-go")) }
                p role="status" data-state {}
            }
            details {
                summary { (words.say("portal-sign-content")) }
                pre .request tabindex="0" { (String::from_utf8_lossy(request)) }
            }
            script type="module" src="/sign.js" {}
        }
    }
}

/// Takes a signature: a good one hands the application in, another says what to do.
pub async fn take<S: Store, E: Sight>(
    State(portal): State<Arc<Portal<S, E>>>,
    Extension(visit): Extension<Arc<Visit>>,
    Form(typed): Form<Typed>,
) -> Response {
    let text: String = typed.text("signature").split_whitespace().collect();
    let message = BASE64.decode(text.as_bytes()).unwrap_or_default();
    let Some(checked) = check(&portal, &visit.application, &message).await else {
        return to(&visit.path(""));
    };
    match checked {
        Ok((signer, revocation_known)) => {
            let kept = keep(
                &portal,
                &visit.application,
                &message,
                signer,
                revocation_known,
            )
            .await;
            match kept {
                Ok(signature) => hand_in::hand_in(&portal, &visit, Some(signature)).await,
                Err(error) => store_failed(&visit.words, &error),
            }
        }
        Err(key) => {
            let sentence = visit.words.say(key);
            sign_page(
                &portal,
                &visit,
                &[Problem {
                    at: "signing".into(),
                    sentence,
                }],
            )
        }
    }
}

/// Who signed, and whether it is known that their certificate was not revoked; else the key of what
/// is wrong. None where there is nothing to sign, or nobody's signature is known here.
async fn check<S, E>(
    portal: &Portal<S, E>,
    application: &Application,
    message: &[u8],
) -> Option<Result<(Signer, bool), &'static str>> {
    let content = application.request()?;
    let trust = portal.trust.as_ref()?;
    let submission = Submission {
        message,
        content: &content,
        applicant: IinDigits::of(application.signer()?)?,
        received_at: (portal.now)(),
    };
    let evidence = known(portal, trust, &submission).await;
    Some(match verify(&submission, trust, &evidence) {
        Outcome::Valid(signer) => Ok((signer, true)),
        Outcome::RevocationUnknown { signer, .. } => Ok((signer, false)),
        Outcome::Invalid { fault } => Err(fault_key(&fault)),
        Outcome::Unsupported { what } => Err(unsupported_key(what)),
    })
}

/// What is known of revocations, with the responder's word about this signer, where one is asked and
/// answers.
async fn known<S, E>(
    portal: &Portal<S, E>,
    trust: &Trust,
    submission: &Submission<'_>,
) -> Evidence {
    let mut evidence = portal.evidence.clone();
    let mut nonce = [0; NONCE_BYTES];
    let Some(responder) = portal.responder.clone() else {
        return evidence;
    };
    if getrandom::fill(&mut nonce).is_err() {
        return evidence;
    }
    let Some(question) = revocation_question(submission, trust, &nonce) else {
        return evidence;
    };
    let answer = spawn_blocking(move || responder.answer(&question)).await;
    if let Ok(Some(answer)) = answer {
        // What is no answer says nothing: then what was known before decides.
        let _ = evidence.add_answer(&answer, Some(&nonce), trust);
    }
    evidence
}

/// The key of a cause. Causes with a next step of their own are named; the rest share their kind's.
fn fault_key(fault: &Fault) -> &'static str {
    match fault {
        Fault::Expired { .. } => "eds-invalid-expired",
        Fault::OtherPerson { .. } | Fault::IinMissing | Fault::NotAPerson => {
            "eds-invalid-other-person"
        }
        Fault::AuthenticationOnly | Fault::NotForSigning => "eds-invalid-authentication-only",
        Fault::Revoked { .. } => "eds-invalid-revoked",
        Fault::IssuerUnknown | Fault::IssuerUnfit => "eds-invalid-issuer-unknown",
        Fault::SigningTimeImplausible | Fault::NotYetValid { .. } => "eds-invalid-clock",
        Fault::ContentDiffers | Fault::DigestDiffers => "eds-invalid-content-differs",
        Fault::Malformed { .. }
        | Fault::TooLarge
        | Fault::SignerCount
        | Fault::CertificateMissing
        | Fault::AttributesWrong
        | Fault::SignatureWrong
        | Fault::CertificateSubstituted
        | Fault::CertificateForged => "eds-invalid",
    }
}

/// The same for what is not verified here.
const fn unsupported_key(what: Unsupported) -> &'static str {
    match what {
        Unsupported::GostOf2004 => "eds-unsupported-gost-of2004",
        Unsupported::MessageKind
        | Unsupported::Digest
        | Unsupported::Algorithm
        | Unsupported::Curve
        | Unsupported::KeyLength
        | Unsupported::CriticalExtension => "eds-unsupported",
    }
}

async fn keep<S: Store, E: Sight>(
    portal: &Portal<S, E>,
    application: &Application,
    message: &[u8],
    signer: Signer,
    revocation_known: bool,
) -> Result<ElectronicSignature, StoreError> {
    let content = application.request().unwrap_or_default();
    Ok(ElectronicSignature {
        signer: signer.iin,
        certificate_sha256: signer.certificate_sha256,
        signed_at: signer.signed_at,
        verified_at: (portal.now)(),
        revocation_known,
        content: portal.store.keep(&content).await?,
        message: portal.store.keep(message).await?,
    })
}
