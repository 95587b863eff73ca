//! How one comes back to an application: by its private link, or by reference and code.

use std::sync::Arc;

use axum::extract::{Form, Path, State};
use axum::http::{HeaderMap, header};
use axum::response::{IntoResponse, Response};
use casework::case::CaseId;
use casework::words::Words;
use maud::html;
use web::address::to;

use crate::door::{LINK_COOKIE, path_of};
use crate::form::{Problem, Typed, mend, problems};
use crate::link::Secret;
use crate::page::{again, back, page, store_failed, words_for};
use crate::{Portal, Sight, Store};

/// Lets the holder of a secret in, and on to something of the application.
pub fn let_in<S, E>(
    portal: &Portal<S, E>,
    reference: &CaseId,
    secret: &Secret,
    rest: &str,
) -> Response {
    let secure = if portal.over_tls() { "; Secure" } else { "" };
    let kept = format!(
        "{LINK_COOKIE}={}; Path={}; HttpOnly; SameSite=Strict{secure}",
        secret.reveal(),
        path_of(reference, "")
    );
    ([(header::SET_COOKIE, kept)], to(&path_of(reference, rest))).into_response()
}

/// Asks for reference and code.
pub async fn come_back<S: Store, E: Sight>(
    State(portal): State<Arc<Portal<S, E>>>,
    headers: HeaderMap,
) -> Response {
    let words = words_for(&portal, &headers);
    enter(&words, &Typed::default(), &[])
}

fn enter(words: &Words, typed: &Typed, mending: &[Problem]) -> Response {
    let title = words.say("portal-return-title");
    let content = html! {
        (back(words, "/"))
        (problems(words, mending))
        h1 { (title) }
        p { (words.say("portal-return-help")) }
        form .stack method="post" action="/return" {
            label { span { (words.say("portal-reference")) }
                (mend(mending, "reference"))
                input #reference name="reference" autocomplete="off" autocapitalize="characters" spellcheck="false" maxlength="20" value=(typed.text("reference"));
            }
            label { span { (words.say("portal-code")) }
                input #code name="code" autocomplete="off" autocapitalize="none" spellcheck="false" maxlength="60";
            }
            button { (words.say("portal-open")) }
        }
    };
    if mending.is_empty() {
        page(words, &title, &content)
    } else {
        again(words, &title, &content)
    }
}

/// Where a private link leads. Whatever follows links by itself uses nothing up: there is a button.
pub async fn link<S: Store, E: Sight>(
    State(portal): State<Arc<Portal<S, E>>>,
    Path((reference, code)): Path<(String, String)>,
    headers: HeaderMap,
) -> Response {
    let words = words_for(&portal, &headers);
    let title = words.say("portal-link-title");
    let content = html! {
        h1 { (title) }
        p { (words.say("portal-link-help")) }
        form .stack method="post" action="/return" {
            input type="hidden" name="reference" value=(reference);
            input type="hidden" name="code" value=(code);
            button { (words.say("portal-open")) }
        }
    };
    page(&words, &title, &content)
}

/// Opens an application. What is wrong with reference or code is not told: nobody learns which exist.
pub async fn open<S: Store, E: Sight>(
    State(portal): State<Arc<Portal<S, E>>>,
    headers: HeaderMap,
    Form(typed): Form<Typed>,
) -> Response {
    let words = words_for(&portal, &headers);
    let wrong = |key: &str| {
        let problem = Problem {
            at: "reference".into(),
            sentence: words.say(key),
        };
        enter(&words, &typed, &[problem])
    };
    let reference = CaseId::try_from(typed.text("reference").to_owned());
    let (Ok(reference), Some(secret)) = (reference, Secret::read(typed.text("code"))) else {
        return wrong("portal-return-wrong");
    };
    let now = (portal.now)();
    let key = portal.links.key(&secret);
    let opened = async {
        let before = portal.store.count_opening(&reference, now).await?;
        if before.turn_away(now) {
            return Ok(Err("portal-return-wait"));
        }
        if portal.store.application(&reference, &key).await?.is_none() {
            return Ok(Err("portal-return-wrong"));
        }
        portal.store.forget_openings(&reference).await.map(Ok)
    };
    match opened.await {
        Ok(Ok(())) => let_in(&portal, &reference, &secret, ""),
        Ok(Err(key)) => wrong(key),
        Err(error) => store_failed(&words, &error),
    }
}
