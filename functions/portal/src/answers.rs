//! All of it once more before it is signed: every answer, and what the rules would ask about.

use std::sync::Arc;

use axum::Extension;
use axum::extract::State;
use axum::response::Response;
use casework::application::{Section, Slot, mendable};
use casework::card::schema::{EntryType, SchemaField};
use casework::case::Case;
use casework::finding::Finding;
use casework::reading::FieldName;
use casework::refusal::place;
use maud::{Markup, html};
use web::address::to;

use crate::card::shown_day;
use crate::crop::crop;
use crate::door::Visit;
use crate::held::{Failed, change, drafted};
use crate::home::kind_words;
use crate::page::{back, page};
use crate::step::{onward, step_path};
use crate::when::city;
use crate::{Portal, Sight, Store};

/// The page; who came too early goes on where they were.
pub async fn show<S: Store, E: Sight>(
    State(portal): State<Arc<Portal<S, E>>>,
    Extension(visit): Extension<Arc<Visit>>,
) -> Result<Response, Failed> {
    let draft = drafted(&portal, &visit).await?;
    if visit.application.clone().confirmed(&draft).is_err() {
        let next = visit.application.next_step(&draft);
        return Ok(to(&step_path(&visit, next)));
    }
    let title = visit.words.say("portal-answers-title");
    Ok(page(&visit.words, &title, &content(&visit, &draft)))
}

/// It is right, as a whole.
pub async fn confirm<S: Store, E: Sight>(
    State(portal): State<Arc<Portal<S, E>>>,
    Extension(visit): Extension<Arc<Visit>>,
) -> Result<Response, Failed> {
    let draft = drafted(&portal, &visit).await?;
    let kept = change(&portal, &visit.application, |application| {
        application.confirmed(&draft)
    })
    .await;
    Ok(onward(&portal, &visit, kept).await)
}

fn content(visit: &Visit, draft: &Case) -> Markup {
    let (words, application) = (&visit.words, &visit.application);
    let findings: Vec<&Finding> = mendable(draft).collect();
    html! {
        (back(words, &visit.path("")))
        h1 { (words.say("portal-answers-title")) }
        p { (words.say("portal-answers-help")) }
        @if !findings.is_empty() {
            section .note aria-labelledby="to-mend" {
                h2 #to-mend { (words.say("portal-answers-differs")) }
                p { (words.say("portal-answers-differs-help")) }
                ul .list { @for finding in findings { li { (told(visit, draft, finding)) } } }
            }
        }
        dl .sheet {
            div { dt { (words.say("desk-kind")) } dd { (kind_words(words, application.kind)) } }
            div { dt { (words.say("desk-mission")) } dd { (city(words, application)) } }
        }
        (papers(visit, draft))
        @for section in application.sections() { (answers(visit, section)) }
        form .stack method="post" action=(visit.path("answers")) {
            p { (words.say("portal-answers-declare")) }
            button { (words.say("portal-answers-right")) }
        }
    }
}

/// What does not agree, with every value and the place it stands; and the way to mend it.
fn told(visit: &Visit, draft: &Case, finding: &Finding) -> Markup {
    let words = &visit.words;
    let to = finding
        .settled_by()
        .and_then(|field| section_of(visit, field));
    html! {
        p { strong { (words.say(&finding.reason)) } }
        @for witness in &finding.values {
            @let place = place(&witness.place, words);
            p .witness { (crop(draft, &witness.place, &place)) span { (shown_day(witness.value.reveal())) " " span .place { (place) } } }
        }
        @if let Some(section) = to {
            p { a href=(visit.path(&format!("card/{}", section.as_str()))) { (words.say("portal-change")) ": " (words.say(&format!("portal-section-{}", section.as_str()))) } }
        }
    }
}

fn section_of(visit: &Visit, field: &SchemaField) -> Option<Section> {
    let kind = visit.application.kind;
    let mut sections = visit.application.sections();
    sections.find(|section| section.fields(kind).any(|known| known.key == field.key))
}

fn papers(visit: &Visit, draft: &Case) -> Markup {
    let words = &visit.words;
    let slots: Vec<Slot> = visit.application.slots();
    html! {
        h2 { (words.say("portal-home-papers")) }
        dl .sheet {
            @for slot in slots {
                div {
                    dt { (words.say(&format!("portal-slot-{}", slot.as_str()))) }
                    dd {
                        @if visit.application.paper(slot).is_some() { (words.say("portal-answers-sent")) }
                        @else if visit.application.has(slot, draft) { (words.say("portal-answers-on-other")) }
                        " " a .change href=(visit.path(&format!("papers/{}", slot.as_str()))) { (words.say("portal-change")) span .hidden { ": " (words.say(&format!("portal-slot-{}", slot.as_str()))) } }
                    }
                }
            }
        }
    }
}

fn answers(visit: &Visit, section: Section) -> Markup {
    let (words, application) = (&visit.words, &visit.application);
    let title = words.say(&format!("portal-section-{}", section.as_str()));
    html! {
        div .with-change {
            h2 { (title) }
            a .change href=(visit.path(&format!("card/{}", section.as_str()))) { (words.say("portal-change")) span .hidden { ": " (title) } }
        }
        dl .sheet {
            @for field in section.fields(application.kind) {
                @if let Some(value) = application.entries.get(&FieldName::from_key(field.key.clone())) {
                    div {
                        dt { (field.labels.of(words.language)) }
                        dd { (if field.entry_type == EntryType::Date { shown_day(value.reveal()) } else { field.shown(value.reveal(), words) }) }
                    }
                }
            }
        }
    }
}
