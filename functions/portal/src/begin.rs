//! How an application begins: the start page, a question a page, and its beginning.

mod question;

use std::collections::BTreeMap;
use std::sync::Arc;

use axum::extract::{Form, Query, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::Response;
use casework::application::{Application, Beginning};
use casework::card::schema::Schema;
use casework::consent::ConsentText;
use casework::country::Country;
use casework::mission::Missions;
use casework::notice::Notice;
use casework::personal::Personal;
use casework::ports::StoreError;
use casework::reading::FieldName;
use casework::words::Words;
use maud::{Markup, html};
use question::{Answers, Question};

use crate::enter::let_in;
use crate::form::{Problem, Typed, mend, problems};
use crate::link::Seed;
use crate::page::{again, back, page, sorry, store_failed, words_for};
use crate::{Portal, Sight, Store};

/// How the applicant is reached: the card's entries that are asked for first.
pub const E_MAIL: FieldName = FieldName::new("email");
const PHONE: FieldName = FieldName::new("phone");

/// The start page.
pub async fn start<S: Store, E: Sight>(
    State(portal): State<Arc<Portal<S, E>>>,
    headers: HeaderMap,
) -> Response {
    let words = words_for(&portal, &headers);
    let content = html! {
        h1 { (words.say("portal-start-title")) }
        p .lead { (words.say("portal-start-lead")) }
        ul .facts {
            li { strong { (words.say("portal-start-free")) } " " (words.say("portal-start-free-why")) }
            li { strong { (words.say("portal-start-term")) } " " (words.say("portal-start-term-why")) }
            li { strong { (words.say("portal-start-minutes")) } " " (words.say("portal-start-minutes-why")) }
        }
        h2 { (words.say("portal-start-need")) }
        ul .list {
            li { (words.say("portal-start-need-identity")) }
            li { (words.say("portal-start-need-permit")) }
            li { (words.say("portal-start-need-address")) }
            li { (words.say("portal-start-need-eds")) }
        }
        p { a .button href="/apply" { (words.say("portal-start-begin")) } }
        p { a href="/return" { (words.say("portal-return-title")) } }
        p { a href="/genuine" { (words.say("portal-genuine-title")) } }
        p .quiet { (words.say("portal-start-voluntary")) }
    };
    page(&words, &words.say("portal-start-title"), &content)
}

/// The next question.
pub async fn ask<S: Store, E: Sight>(
    State(portal): State<Arc<Portal<S, E>>>,
    Query(answers): Query<Answers>,
    headers: HeaderMap,
) -> Response {
    let words = words_for(&portal, &headers);
    let question = answers.next();
    let unanswered = answers.asked == question.as_str();
    let problem = unanswered.then(|| Problem {
        at: format!("{}-1", question.as_str()),
        sentence: words.say("portal-choose-one"),
    });
    asked(
        &words,
        &answers,
        question,
        &Typed::default(),
        problem.as_slice(),
    )
}

fn asked(
    words: &Words,
    answers: &Answers,
    question: Question,
    typed: &Typed,
    mending: &[Problem],
) -> Response {
    let title = words.say(&format!("portal-{}-title", question.as_str()));
    let fields = match question {
        Question::Whom => radios(words, question, &["self", "other"], mending),
        Question::Stay => radios(words, question, &["permanent", "temporary"], mending),
        Question::Permit => radios(words, question, &["yes", "no"], mending),
        Question::Mission => missions(words, mending),
        Question::Consent => consent(words),
        Question::NoPermit | Question::NoConsent => advice(words, answers, question),
        Question::Contact => return contact(words, answers, typed, mending),
    };
    let content = html! {
        (back(words, &answers.before(question)))
        (problems(words, mending))
        h1 { (title) }
        p { (words.say(&format!("portal-{}-help", question.as_str()))) }
        @if matches!(question, Question::NoPermit | Question::NoConsent) { (fields) }
        @else {
            form .stack method="get" action="/apply" {
                (hidden(answers, question))
                input type="hidden" name="asked" value=(question.as_str());
                (fields)
            }
        }
    };
    if mending.is_empty() {
        page(words, &title, &content)
    } else {
        again(words, &title, &content)
    }
}

fn hidden(answers: &Answers, question: Question) -> Markup {
    html! {
        @for (name, value) in answers.carried(question) { input type="hidden" name=(name) value=(value); }
    }
}

fn radios(words: &Words, question: Question, values: &[&str], mending: &[Problem]) -> Markup {
    let name = question.as_str();
    html! {
        fieldset {
            legend .hidden { (words.say(&format!("portal-{name}-title"))) }
            (mend(mending, &format!("{name}-1")))
            @for (value, number) in values.iter().zip(1..) {
                label .choice {
                    input id={ (name) "-" (number) } type="radio" name=(name) value=(value);
                    span { (words.say(&format!("portal-{name}-{value}"))) }
                }
            }
        }
        button { (words.say("portal-continue")) }
    }
}

/// Missions by the country one lives in.
fn missions(words: &Words, mending: &[Problem]) -> Markup {
    let missions = Missions::embedded();
    let named = missions.codes().filter_map(|code| {
        let mission = missions.get(code)?;
        let country = Country::by_code(&mission.country)?.names.of(words.language);
        Some((
            format!("{country} – {}", mission.names.of(words.language)),
            &code.0,
        ))
    });
    let mut named: Vec<_> = named.collect();
    named.sort();
    html! {
        label {
            span { (words.say("portal-mission-label")) }
            (mend(mending, "mission-1"))
            select #mission-1 name="mission" autocomplete="off" {
                option value="" { (words.say("portal-mission-none")) }
                @for (name, code) in named { option value=(code) { (name) } }
            }
        }
        button { (words.say("portal-continue")) }
    }
}

/// The consent's eight parts; given or refused.
fn consent(words: &Words) -> Markup {
    let Some(text) = ConsentText::current() else {
        return html! {};
    };
    let parts = Schema::current()
        .field("consent")
        .map_or(&[][..], |field| &field.parts);
    let label = |code: &str| {
        let part = parts.iter().find(|part| part.code == code);
        part.map_or("", |part| part.labels.of(words.language))
    };
    html! {
        ol .parts {
            @for part in &text.parts {
                li { strong { (label(&part.code)) } " " (part.text.of(words.language)) }
            }
        }
        p .quiet { (words.say("portal-consent-version")) " " (text.version) }
        button name="consent" value=(text.version) { (words.say("portal-consent-give")) }
        button .quiet name="consent" value="refused" { (words.say("portal-consent-refuse")) }
    }
}

/// What may be done where an answer stands in the way.
fn advice(words: &Words, answers: &Answers, question: Question) -> Markup {
    let (href, key) = match question {
        Question::NoPermit => (
            format!("/apply?whom={}&stay=temporary", whom(answers)),
            "portal-no-permit-go",
        ),
        Question::NoConsent
        | Question::Whom
        | Question::Stay
        | Question::Permit
        | Question::Mission
        | Question::Consent
        | Question::Contact => (answers.before(question), "portal-no-consent-go"),
    };
    html! { p { a .button href=(href) { (words.say(key)) } } }
}

/// Only ever one of the two answers, so that what an address says is not repeated.
fn whom(answers: &Answers) -> &'static str {
    match answers.represented() {
        Some(true) => "other",
        Some(false) | None => "self",
    }
}

/// Asks for e-mail and telephone. Its form begins the application, once however often it is sent.
fn contact(words: &Words, answers: &Answers, typed: &Typed, mending: &[Problem]) -> Response {
    let seed = Seed::read(typed.text("seed")).map_or_else(Seed::new, Ok);
    let Ok(seed) = seed else {
        return sorry(
            words,
            StatusCode::SERVICE_UNAVAILABLE,
            "portal-store-failed",
        );
    };
    let title = words.say("portal-contact-title");
    let content = html! {
        (back(words, &answers.before(Question::Contact)))
        (problems(words, mending))
        h1 { (title) }
        p { (words.say("portal-contact-help")) }
        form .stack method="post" action="/apply" {
            (hidden(answers, Question::Contact))
            input type="hidden" name="seed" value=(seed.reveal());
            label { span { (words.say("portal-contact-email")) }
                (mend(mending, "email"))
                input #email name="email" type="email" autocomplete="email" maxlength="254" value=(typed.text("email"));
            }
            label { span { (words.say("portal-contact-phone")) }
                input #phone name="phone" type="tel" autocomplete="tel" maxlength="40" value=(typed.text("phone"));
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

/// Begins an application.
pub async fn begin<S: Store, E: Sight>(
    State(portal): State<Arc<Portal<S, E>>>,
    headers: HeaderMap,
    Form(typed): Form<Typed>,
) -> Response {
    let words = words_for(&portal, &headers);
    let text = |name: &str| typed.text(name).to_owned();
    let answers = Answers {
        whom: text("whom"),
        stay: text("stay"),
        permit: text("permit"),
        mission: text("mission"),
        consent: text("consent"),
        asked: String::new(),
    };
    let (Some(represented), Some(kind), Some(mission), Some(consent)) = (
        answers.represented(),
        answers.kind(),
        answers.mission(),
        answers.consent(),
    ) else {
        return asked(&words, &answers, answers.next(), &typed, &[]);
    };
    let Some(seed) = Seed::read(typed.text("seed")) else {
        return contact(&words, &answers, &typed, &[]);
    };
    if !is_address(typed.text("email")) {
        let problem = Problem {
            at: "email".into(),
            sentence: words.say("portal-contact-no-email"),
        };
        return contact(&words, &answers, &typed, &[problem]);
    }
    let (secret, batch) = portal.links.begun(&seed);
    let beginning = Beginning {
        batch,
        link: portal.links.key(&secret),
        kind,
        mission,
        represented,
        language: words.language,
        consent: consent.version,
        contact: entries(&typed),
    };
    let application = Application::begun(beginning, (portal.now)());
    // One that stands already was begun by this very form, and goes on as it is.
    let kept = async {
        portal.store.keep_application(&application).await?;
        if application.entries.contains_key(&E_MAIL) {
            let notice = Notice::of_application(application.reference.clone());
            portal.store.post(&notice).await?;
        }
        Ok::<(), StoreError>(())
    };
    match kept.await {
        Ok(()) => let_in(&portal, &application.reference, &secret, "link"),
        Err(error) => store_failed(&words, &error),
    }
}

/// An address is looked at no further than this: whether it exists is the mail's to find out.
fn is_address(text: &str) -> bool {
    let text = text.trim();
    text.is_empty()
        || text
            .split_once('@')
            .is_some_and(|(one, other)| !one.is_empty() && other.contains('.'))
}

fn entries(typed: &Typed) -> BTreeMap<FieldName, Personal<String>> {
    let texts = [
        (E_MAIL, typed.text("email").trim()),
        (PHONE, typed.text("phone").trim()),
    ];
    let given = texts.into_iter().filter(|(_, text)| !text.is_empty());
    given.map(|(name, text)| (name, text.into())).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_has_a_name_and_a_place() {
        for (text, is_one) in [
            ("", true),
            (" a@b.example ", true),
            ("a@b", false),
            ("@b.c", false),
            ("ab", false),
        ] {
            assert_eq!(is_address(text), is_one, "{text}");
        }
    }
}
