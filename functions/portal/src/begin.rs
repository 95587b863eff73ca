//! How an application begins, and how one comes back to it.

use std::collections::BTreeMap;
use std::sync::Arc;

use axum::extract::{Form, Path, Query, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use casework::application::{Application, Beginning};
use casework::card::schema::Schema;
use casework::case::{CaseId, CaseKind, MissionCode};
use casework::consent::ConsentText;
use casework::country::Country;
use casework::mission::Missions;
use casework::personal::Personal;
use casework::reading::FieldName;
use casework::words::Words;
use maud::{Markup, html};
use serde::Deserialize;

use crate::door::{LINK_COOKIE, path_of};
use crate::form::{Problem, Typed, mend, problems};
use crate::link::{Secret, Seed};
use crate::page::{again, back, page, sorry, store_failed, to, words_for};
use crate::{Portal, Sight, Store};

/// How the applicant is reached: the card's entries that are asked for first.
const E_MAIL: FieldName = FieldName::new("email");
const PHONE: FieldName = FieldName::new("phone");

/// What was answered so far. None of it is a secret or a person's.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct Answers {
    stay: String,
    permit: String,
    mission: String,
    consent: String,
    /// The question that was on the page; where it still has no answer, one must be chosen.
    asked: String,
}

/// The next question.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Question {
    Stay,
    Permit,
    /// No question: without a permit there is no permanent registration yet.
    NoPermit,
    Mission,
    Consent,
    /// No question: without consent there is no registration.
    NoConsent,
    Contact,
}

impl Question {
    const fn as_str(self) -> &'static str {
        match self {
            Self::Stay => "stay",
            Self::Permit => "permit",
            Self::NoPermit => "no-permit",
            Self::Mission => "mission",
            Self::Consent => "consent",
            Self::NoConsent => "no-consent",
            Self::Contact => "contact",
        }
    }
}

impl Answers {
    /// Permanent or temporary, once both plain questions say so.
    fn kind(&self) -> Option<CaseKind> {
        match (self.stay.as_str(), self.permit.as_str()) {
            ("temporary", _) => Some(CaseKind::Temporary),
            ("permanent", "yes") => Some(CaseKind::Permanent),
            _ => None,
        }
    }

    fn mission(&self) -> Option<MissionCode> {
        let code = MissionCode(self.mission.clone());
        Missions::embedded()
            .get(&code)
            .map(|mission| mission.code.clone())
    }

    fn consent(&self) -> Option<&'static ConsentText> {
        self.consent.parse().ok().and_then(ConsentText::of)
    }

    fn next(&self) -> Question {
        match (self.stay.as_str(), self.permit.as_str()) {
            ("permanent", "no") => return Question::NoPermit,
            ("permanent", "yes") | ("temporary", _) => {}
            ("permanent", _) => return Question::Permit,
            _ => return Question::Stay,
        }
        if self.mission().is_none() {
            Question::Mission
        } else if self.consent == "refused" {
            Question::NoConsent
        } else if self.consent().is_none() {
            Question::Consent
        } else {
            Question::Contact
        }
    }

    /// What was answered before this question, as fields of its form.
    fn carried(&self, question: Question) -> Vec<(&'static str, &str)> {
        let all = [
            ("stay", self.stay.as_str()),
            ("permit", self.permit.as_str()),
            ("mission", self.mission.as_str()),
            ("consent", self.consent.as_str()),
        ];
        let before = all
            .into_iter()
            .take_while(|(name, _)| *name != question.as_str());
        before.filter(|(_, value)| !value.is_empty()).collect()
    }

    /// The way to the question before this one.
    fn before(&self, question: Question) -> String {
        let mut carried = self.carried(question);
        carried.pop();
        let pairs: Vec<String> = carried
            .iter()
            .map(|(name, value)| format!("{name}={value}"))
            .collect();
        if question == Question::Stay {
            "/".to_owned()
        } else {
            format!("/apply?{}", pairs.join("&"))
        }
    }
}

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
        Question::NoPermit => ("/apply?stay=temporary".to_owned(), "portal-no-permit-go"),
        Question::NoConsent
        | Question::Stay
        | Question::Permit
        | Question::Mission
        | Question::Consent
        | Question::Contact => (answers.before(question), "portal-no-consent-go"),
    };
    html! { p { a .button href=(href) { (words.say(key)) } } }
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
        stay: text("stay"),
        permit: text("permit"),
        mission: text("mission"),
        consent: text("consent"),
        asked: String::new(),
    };
    let (Some(kind), Some(mission), Some(consent)) =
        (answers.kind(), answers.mission(), answers.consent())
    else {
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
        consent: consent.version,
        contact: entries(&typed),
    };
    let application = Application::begun(beginning, (portal.now)());
    // One that stands already was begun by this very form, and goes on as it is.
    match portal.store.keep_application(&application).await {
        Ok(_) => let_in(&portal, &application.reference, &secret, "link"),
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

/// Lets the holder of a secret in, and on to something of the application.
fn let_in<S, E>(
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

#[cfg(test)]
mod tests {
    use super::*;

    fn answers(stay: &str, permit: &str, mission: &str, consent: &str) -> Answers {
        let [stay, permit, mission, consent] = [stay, permit, mission, consent].map(str::to_owned);
        Answers {
            stay,
            permit,
            mission,
            consent,
            asked: String::new(),
        }
    }

    #[test]
    fn two_plain_questions_say_which_kind_it_is() {
        for (stay, permit, kind, next) in [
            ("", "", None, Question::Stay),
            ("elsewhere", "yes", None, Question::Stay),
            (
                "temporary",
                "",
                Some(CaseKind::Temporary),
                Question::Mission,
            ),
            ("permanent", "", None, Question::Permit),
            ("permanent", "no", None, Question::NoPermit),
            (
                "permanent",
                "yes",
                Some(CaseKind::Permanent),
                Question::Mission,
            ),
        ] {
            let given = answers(stay, permit, "", "");
            assert_eq!(
                (given.kind(), given.next()),
                (kind, next),
                "{stay} {permit}"
            );
        }
    }

    #[test]
    fn the_rest_is_asked_in_order_and_the_way_back_keeps_what_came_before() {
        for (mission, consent, next, before) in [
            ("", "", Question::Mission, "/apply?"),
            ("nowhere", "", Question::Mission, "/apply?"),
            ("DEU-BER", "", Question::Consent, "/apply?stay=temporary"),
            (
                "DEU-BER",
                "1999-01-01",
                Question::Consent,
                "/apply?stay=temporary",
            ),
            (
                "DEU-BER",
                "refused",
                Question::NoConsent,
                "/apply?stay=temporary&mission=DEU-BER",
            ),
            (
                "DEU-BER",
                "2026-11-01",
                Question::Contact,
                "/apply?stay=temporary&mission=DEU-BER",
            ),
        ] {
            let given = answers("temporary", "", mission, consent);
            assert_eq!(given.next(), next, "{mission} {consent}");
            assert_eq!(given.before(next), before, "{mission} {consent}");
        }
    }

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
