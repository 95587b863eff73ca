//! The card, a section a page: every entry with where its value comes from, to be confirmed or corrected.

mod children;

use std::collections::BTreeMap;
use std::sync::Arc;

use axum::Extension;
use axum::extract::{Form, Path, State};
use axum::response::Response;
use casework::application::{EntryFault, NotTaken, Section};
use casework::card::children::CHILDREN;
use casework::card::schema::{EntryType, SchemaField};
use casework::card::{CardCause, EntryValue};
use casework::case::Case;
use casework::country::Country;
use casework::document::Certainty;
use casework::finding::Place;
use casework::mission::Missions;
use casework::reading::FieldName;
use casework::refusal::place;
use casework::words::Words;
use jiff::civil::Date;
use maud::{Markup, html};
use web::address::to;

use crate::crop::crop;
use crate::door::{Visit, not_found};
use crate::form::{Problem, Typed, mend, problems};
use crate::held::{Failed, change, drafted};
use crate::page::{again, back, page};
use crate::step::onward;
use crate::{Portal, Sight, Store};

/// A section of the card.
pub async fn show<S: Store, E: Sight>(
    State(portal): State<Arc<Portal<S, E>>>,
    Extension(visit): Extension<Arc<Visit>>,
    Path((_, section)): Path<(String, String)>,
) -> Result<Response, Failed> {
    let Some(section) = Section::from_code(&section) else {
        return Ok(not_found(&visit.words));
    };
    if visit.application.handed_in.is_some() {
        return Ok(to(&visit.path("")));
    }
    let draft = drafted(&portal, &visit).await?;
    Ok(section_page(&visit, section, &draft, None, &[]))
}

/// Takes a section as it was filled in.
pub async fn fill<S: Store, E: Sight>(
    State(portal): State<Arc<Portal<S, E>>>,
    Extension(visit): Extension<Arc<Visit>>,
    Path((_, section)): Path<(String, String)>,
    Form(typed): Form<Typed>,
) -> Result<Response, Failed> {
    let Some(section) = Section::from_code(&section) else {
        return Ok(not_found(&visit.words));
    };
    let fields = section.fields(visit.application.kind);
    let texts: BTreeMap<FieldName, String> = fields
        .map(|field| (FieldName::from_key(field.key.clone()), text(&typed, field)))
        .collect();
    let kept = change(&portal, &visit.application, |application| {
        application.with_section(section, &texts)
    })
    .await;
    let Ok(Err(NotTaken::Entries(faults))) = &kept else {
        return Ok(onward(&portal, &visit, kept).await);
    };
    let mending = mending(&visit, section, faults);
    let draft = drafted(&portal, &visit).await?;
    Ok(section_page(
        &visit,
        section,
        &draft,
        Some(&typed),
        &mending,
    ))
}

fn mending(visit: &Visit, section: Section, faults: &[EntryFault]) -> Vec<Problem> {
    let words = &visit.words;
    let label = |name: &FieldName| {
        let mut fields = section.fields(visit.application.kind);
        let field = fields.find(|field| field.key == name.as_str());
        field.map_or("", |field| field.labels.of(words.language))
    };
    let problem = |fault: &EntryFault| {
        let key = match fault.cause {
            None => "portal-entry-missing",
            Some(CardCause::NotADay) => "portal-entry-day",
            Some(CardCause::NotTwelveDigits) => "portal-entry-iin",
            Some(CardCause::NotASex | CardCause::NotAChoice) => "portal-choose-one",
            Some(CardCause::NotAChild) => "portal-entry-child",
            Some(CardCause::TooLong) => "portal-entry-long",
            Some(
                CardCause::UnknownKey
                | CardCause::Twice
                | CardCause::NotText
                | CardCause::NotYesOrNo
                | CardCause::NotAConsent,
            ) => "portal-entry-other",
        };
        Problem {
            at: fault.field.as_str().to_owned(),
            sentence: format!("{}: {}", label(&fault.field), words.say(key)),
        }
    };
    faults.iter().map(problem).collect()
}

fn section_page(
    visit: &Visit,
    section: Section,
    draft: &Case,
    typed: Option<&Typed>,
    mending: &[Problem],
) -> Response {
    let words = &visit.words;
    let title = words.say(&format!("portal-section-{}", section.as_str()));
    let path = visit.path(&format!("card/{}", section.as_str()));
    let fields = section.fields(visit.application.kind);
    let content = html! {
        (back(words, &visit.path("")))
        (problems(words, mending))
        h1 { (title) }
        p { (words.say("portal-section-help")) }
        form .card method="post" action=(path) {
            @for field in fields { (entry(visit, draft, section, field, typed, mending)) }
            button { (words.say("portal-section-right")) }
        }
    };
    if mending.is_empty() {
        page(words, &title, &content)
    } else {
        again(words, &title, &content)
    }
}

/// What was typed into an entry; children are typed by rows.
fn text(typed: &Typed, field: &SchemaField) -> String {
    if field.key == CHILDREN.as_str() {
        children::typed(typed)
    } else {
        typed.text(&field.key).to_owned()
    }
}

/// Where the value before a person comes from.
enum Origin<'a> {
    Read(&'a EntryValue),
    Typed,
    Suggested,
    Nothing,
}

fn entry(
    visit: &Visit,
    draft: &Case,
    section: Section,
    field: &SchemaField,
    typed: Option<&Typed>,
    mending: &[Problem],
) -> Markup {
    let words = &visit.words;
    let name = FieldName::from_key(field.key.clone());
    let read = draft
        .card
        .entries
        .get(&name)
        .and_then(|entry| entry.read.as_ref());
    let own = visit.application.entries.get(&name);
    let (value, origin) = match (typed, own, read) {
        (Some(typed), _, _) => (text(typed, field), Origin::Typed),
        (_, Some(own), _) => (own.reveal().clone(), Origin::Typed),
        (_, _, Some(read)) => (read.value.reveal().clone(), Origin::Typed),
        (None, None, None) => (suggested(visit, field), Origin::Suggested),
    };
    let origin = match read {
        Some(read) if *read.value.reveal() == value => Origin::Read(read),
        _ if value.is_empty() => Origin::Nothing,
        _ => origin,
    };
    let optional = !section.requires(field, visit.application.kind);
    if field.key == CHILDREN.as_str() {
        return children::rows(words, field.labels.of(words.language), &value, mending);
    }
    html! {
        div .entry {
            label for=(field.key) {
                span { (field.labels.of(words.language)) @if optional { " " span .quiet { (words.say("portal-optional")) } } }
            }
            (mend(mending, &field.key))
            @if let Some(read) = read { (crop(draft, &read.source, &words.say("portal-crop"))) }
            (control(words, field, &value))
            (from(words, &origin))
        }
    }
}

/// The country one lives in is most likely the mission's.
fn suggested(visit: &Visit, field: &SchemaField) -> String {
    let missions = Missions::embedded();
    let mission = missions.get(&visit.application.mission);
    let country = mission.and_then(|mission| Country::by_code(&mission.country));
    let country = country.filter(|_| field.key == "address_country");
    country.map_or_else(String::new, |country| {
        country.names.of(visit.words.language).to_owned()
    })
}

fn from(words: &Words, origin: &Origin<'_>) -> Markup {
    match origin {
        Origin::Nothing => html! {},
        Origin::Typed => html! { p .from { "✎ " (words.say("portal-from-typed")) } },
        Origin::Suggested => html! { p .from { (words.say("portal-from-suggested")) } },
        Origin::Read(read) => {
            let Place::Document { document, .. } = &read.source else {
                return html! { p .from { (place(&read.source, words)) } };
            };
            let document = words.say(document.key());
            let (sign, key) = match read.certainty {
                Some(Certainty::Verified) => ("✓", "portal-from-verified"),
                Some(Certainty::Doubtful) => ("?", "portal-from-doubtful"),
                Some(Certainty::Read) | None => ("○", "portal-from-read"),
            };
            html! { p .from .doubtful[sign == "?"] { (sign) " " (words.say_with(key, &[("document", &document)])) } }
        }
    }
}

/// What a value is entered into.
fn control(words: &Words, field: &SchemaField, value: &str) -> Markup {
    let key = field.key.as_str();
    let choices: Vec<(String, String)> = match field.entry_type {
        EntryType::Sex => ["M", "F"]
            .map(|code| (code.to_owned(), field.shown(code, words)))
            .into(),
        EntryType::Choice => {
            let choices = field.choices.iter();
            choices
                .map(|choice| {
                    (
                        choice.code.clone(),
                        choice.labels.of(words.language).to_owned(),
                    )
                })
                .collect()
        }
        EntryType::Text
        | EntryType::Name
        | EntryType::Number
        | EntryType::Date
        | EntryType::Iin
        | EntryType::Country
        | EntryType::Bool
        | EntryType::Consent => Vec::new(),
    };
    let digits = matches!(field.entry_type, EntryType::Date | EntryType::Iin).then_some("numeric");
    let (shown, hint) = match field.entry_type {
        EntryType::Date => (shown_day(value), Some(words.say("portal-hint-day"))),
        EntryType::Iin => (value.to_owned(), Some(words.say("portal-hint-iin"))),
        EntryType::Country => (field.shown(value, words), None),
        EntryType::Text
        | EntryType::Name
        | EntryType::Number
        | EntryType::Sex
        | EntryType::Choice
        | EntryType::Bool
        | EntryType::Consent => (value.to_owned(), None),
    };
    let hint_id = hint.as_ref().map(|_| format!("{key}-hint"));
    html! {
        @if let Some(hint) = hint { p .quiet .hint id=[hint_id.as_ref()] { (hint) } }
        @if choices.is_empty() {
            input id=(key) name=(key) value=(shown) inputmode=[digits] maxlength="1000" spellcheck="false"
                autocomplete=(autocomplete(key)) aria-describedby=[hint_id.as_ref()];
        } @else {
            select id=(key) name=(key) autocomplete=(autocomplete(key)) {
                option value="" { "–" }
                @for (code, label) in choices { option value=(code) selected[code == value] { (label) } }
            }
        }
    }
}

/// A day as people write it where the service is used; what is no day stays as it was typed.
pub fn shown_day(value: &str) -> String {
    let day: Option<Date> = value.parse().ok();
    day.map_or_else(
        || value.to_owned(),
        |day| day.strftime("%d.%m.%Y").to_string(),
    )
}

/// What a browser may fill in by itself (WCAG 1.3.5): only what is about the person on the card.
fn autocomplete(key: &str) -> &'static str {
    match key {
        "surname" => "family-name",
        "given_names" => "given-name",
        "patronymic" => "additional-name",
        "birth_date" => "bday",
        "address_country" => "country-name",
        "address_city" => "address-level2",
        "address_street" => "street-address",
        "address_postcode" => "postal-code",
        "phone" => "tel",
        "email" => "email",
        _ => "off",
    }
}
