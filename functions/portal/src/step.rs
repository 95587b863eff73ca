//! The steps of an application on its pages: where each is, what it is called, and the way to the next.

use axum::http::StatusCode;
use axum::response::Response;
use casework::application::{Application, NotTaken, Step};
use casework::ports::StoreError;
use casework::words::Words;
use web::address::to;

use crate::door::Visit;
use crate::held::draft;
use crate::page::{sorry, store_failed};
use crate::{Portal, Sight, Store};

/// The address of a step.
pub fn step_path(visit: &Visit, step: Step) -> String {
    visit.path(&match step {
        Step::Identity => "identity".to_owned(),
        Step::Paper(slot) => format!("papers/{}", slot.as_str()),
        Step::Section(section) => format!("card/{}", section.as_str()),
        Step::Answers => "answers".to_owned(),
        Step::Sign => "sign".to_owned(),
        Step::Follow => String::new(),
    })
}

/// The name of a step.
pub fn step_words(words: &Words, step: Step) -> String {
    match step {
        Step::Identity => words.say("portal-identity-title"),
        Step::Paper(slot) => words.say(&format!("portal-slot-{}", slot.as_str())),
        Step::Section(section) => words.say(&format!("portal-section-{}", section.as_str())),
        Step::Answers => words.say("portal-answers-title"),
        Step::Sign => words.say("portal-sign-title"),
        Step::Follow => words.say("portal-follow-title"),
    }
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
