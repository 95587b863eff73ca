//! Where the page says of a picture what is poor about it, before it is sent: every sentence that may
//! be said stands there hidden, and the scripts show those that apply.
//!
//! Never here: how anything is measured; a word that keeps anyone from sending.

use axum::http::HeaderValue;
use axum::response::Response;
use casework::application::Slot;
use casework::finding_code::Hint;
use casework::words::Words;
use maud::{Markup, html};
use web::PERMISSIONS;

/// What the page of a paper may use: the camera.
const CAMERA: HeaderValue =
    HeaderValue::from_static("camera=(self), microphone=(), geolocation=()");

/// The picture that was chosen, what is said of it, and the camera.
pub fn view(words: &Words, slot: Slot) -> Markup {
    html! {
        button .quiet type="button" data-live hidden { (words.say("hint-camera")) }
        p .note role="alert" data-no-camera hidden { (words.say("hint-no-camera")) }
        div .live data-view hidden {
            div .looked { video playsinline muted aria-label=(words.say("hint-view")) {} svg {} }
            div role="status" data-live-told { (sentences(words, slot)) }
            button type="button" data-take { (words.say("hint-take")) }
            button .quiet type="button" data-stop { (words.say("hint-stop")) }
        }
        div .looked data-preview {}
        div role="status" data-told {
            (sentences(words, slot))
            p .quiet data-hint="ANYWAY" hidden { (words.say("hint-anyway")) }
        }
    }
}

fn sentences(words: &Words, slot: Slot) -> Markup {
    html! {
        @for hint in Hint::ALL {
            p .note data-hint=(hint.code()) hidden { (sentence(words, slot, *hint)) }
        }
        p .clean data-hint="CLEAR" hidden { "✓ " (words.say("hint-clear")) }
    }
}

/// Of the wrong side it is said which one is asked for.
fn sentence(words: &Words, slot: Slot, hint: Hint) -> String {
    match (hint, slot) {
        (Hint::WrongSide, Slot::Front | Slot::Back | Slot::Passport) => {
            words.say(&format!("hint-wrong-side-{}", slot.as_str()))
        }
        _ => words.say(hint.key()),
    }
}

/// The page may use the camera.
pub fn with_camera(mut page: Response) -> Response {
    page.headers_mut().insert(PERMISSIONS, CAMERA);
    page
}
