//! A refusal: the ground, the findings it rests on, and the text, drafted for the officer to edit.

pub mod second;

use std::sync::Arc;

use axum::Extension;
use axum::extract::Query;
use axum::http::StatusCode;
use axum::response::Response;
use casework::case::action::ActionName;
use casework::case::{Case, Refusal};
use casework::finding::Ground;
use casework::refusal::draft;
use casework::words::{Language, key_of};
use maud::{Markup, html};
use web::language::LANGUAGES;

use crate::act::Typed;
use crate::case::{act_form, path};
use crate::door::Visit;
use crate::policy::Page;

/// The page; ground and language stand in its address.
pub async fn show(
    Extension(visit): Extension<Arc<Visit>>,
    Extension(case): Extension<Arc<Case>>,
    Query(asked): Query<Typed>,
) -> Response {
    if !visit.may(&case, ActionName::Refuse) {
        return visit.sorry(StatusCode::CONFLICT, "desk-not-now");
    }
    let words = &visit.words;
    let returned = case.refusal_sent_back().map(|(refusal, _)| refusal);
    let ground = asked.ground().or(returned.map(|refusal| refusal.ground));
    let ground = ground.unwrap_or_else(|| likeliest(&case));
    let language = asked
        .language()
        .or(returned.map(|refusal| refusal.language));
    let language = language.or(case.manifest.language);
    let language = language.unwrap_or(words.language);
    // What was sent back is mended, unless another ground or another language is wanted.
    let same = |refusal: &&Refusal| (refusal.ground, refusal.language) == (ground, language);
    let begun = returned.filter(same).map(Begun::Returned);
    let content = html! {
        div .narrow {
            p .back { a href={ "/cases/" (case.id) } data-key="open" { "← " (words.say("desk-to-case")) } }
            h1 { (words.say("refuse-title")) " " span .reference { (case.id) } }
            (choices(&visit, &case, ground, language))
            @if begun.is_some() { (second::section(&visit, &case)) }
            (form(&visit, &case, ground, language, begun))
        }
    };
    visit.page(&words.say("refuse-title"), &content)
}

/// The ground of the first finding that supports one.
fn likeliest(case: &Case) -> Ground {
    let mut grounds = case.findings.iter().filter_map(|finding| finding.ground);
    grounds.next().unwrap_or(Ground::NonCompliant)
}

/// Another ground or another language is another draft.
fn choices(visit: &Visit, case: &Case, ground: Ground, language: Language) -> Markup {
    let words = &visit.words;
    let to = |ground: Ground, language: Language| {
        let (path, ground) = (path(case, Page::Refusal), ground.as_str());
        format!("{path}?ground={ground}&language={}", language.code())
    };
    html! {
        nav .choices aria-label=(words.say("refuse-ground")) {
            h2 { (words.say("refuse-ground")) }
            @for (one, number) in Ground::ALL.into_iter().zip(1..) {
                a href=(to(one, language)) aria-current=[(one == ground).then_some("true")] {
                    span .letter { (number) } " " (words.say(&ground_key(one)))
                }
            }
        }
        nav .choices .row aria-label=(words.say("refuse-language")) {
            h2 { (words.say("refuse-language")) }
            @for (one, name) in LANGUAGES {
                a href=(to(ground, one)) lang=(one.code()) aria-current=[(one == language).then_some("true")] { (name) }
            }
        }
    }
}

fn ground_key(ground: Ground) -> String {
    format!("ground-{}", key_of(ground.as_str()))
}

/// A refusal that somebody has begun to word.
#[derive(Clone, Copy)]
enum Begun<'a> {
    /// With a form that was not taken.
    Typed(&'a Typed),
    /// And that was sent back.
    Returned(&'a Refusal),
}

impl Begun<'_> {
    fn text(self) -> String {
        match self {
            Self::Typed(typed) => typed.text("text"),
            Self::Returned(refusal) => refusal.reasons.reveal().clone(),
        }
    }

    fn rests_on(self, reason: &str) -> bool {
        match self {
            Self::Typed(typed) => typed.all("finding").any(|known| known == reason),
            Self::Returned(refusal) => refusal.findings.iter().any(|known| known == reason),
        }
    }
}

/// The text and what it rests on; drafted where nobody has begun yet.
fn form(
    visit: &Visit,
    case: &Case,
    ground: Ground,
    language: Language,
    begun: Option<Begun<'_>>,
) -> Markup {
    let words = &visit.words;
    let text = begun.map_or_else(|| draft(case, ground, language), Begun::text);
    let mut supporting: Vec<&str> = case.supporting(ground).map(|f| f.reason.as_str()).collect();
    supporting.dedup();
    let chosen = |reason: &str| begun.is_none_or(|begun| begun.rests_on(reason));
    let two = case.refusal_needs_second_officer();
    let content = html! {
        input type="hidden" name="ground" value=(ground.as_str());
        input type="hidden" name="language" value=(language.code());
        fieldset {
            legend { (words.say("refuse-rests-on")) }
            @if supporting.is_empty() { p .quiet { (words.say("refuse-no-findings")) } }
            @for reason in supporting {
                label .check { input type="checkbox" name="finding" value=(reason) checked[chosen(reason)]; " " (words.say(reason)) }
            }
        }
        label { span { (words.say("refuse-text")) }
            textarea name="text" rows="14" lang=(language.code()) required aria-describedby="text-help" { (text) } }
        p .quiet #text-help { (words.say("refuse-text-help")) }
        @if two { p .quiet { (words.say("refuse-propose-help")) } }
        button .grave data-key="send" { (words.say(if two { "refuse-propose" } else { "refuse-send" })) }
    };
    act_form(visit, case, Page::Refuse, "stack", &content)
}

/// The form with what was typed into it before.
pub fn again(visit: &Visit, case: &Case, typed: &Typed) -> Markup {
    let ground = typed.ground().unwrap_or_else(|| likeliest(case));
    let language = typed.language().unwrap_or(visit.words.language);
    html! {
        p { strong { (visit.words.say(&ground_key(ground))) } }
        (form(visit, case, ground, language, Some(Begun::Typed(typed))))
    }
}
