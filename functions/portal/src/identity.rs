//! Which document shows who they are: a question and its answer.

use std::sync::Arc;

use axum::Extension;
use axum::extract::{Form, State};
use axum::response::Response;
use casework::application::Identity;
use maud::html;

use crate::door::Visit;
use crate::form::{Problem, Typed, mend, problems};
use crate::held::change;
use crate::page::{again, back, page};
use crate::step::onward;
use crate::{Portal, Sight, Store};

/// Asks which document shows who they are.
pub async fn show(Extension(visit): Extension<Arc<Visit>>) -> Response {
    ask(&visit, &[])
}

fn ask(visit: &Visit, mending: &[Problem]) -> Response {
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
pub async fn choose<S: Store, E: Sight>(
    State(portal): State<Arc<Portal<S, E>>>,
    Extension(visit): Extension<Arc<Visit>>,
    Form(typed): Form<Typed>,
) -> Response {
    let Some(identity) = Identity::from_code(typed.text("identity")) else {
        let sentence = visit.words.say("portal-choose-one");
        return ask(
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
