//! What happened to a case, and who did it.

use casework::audit::AuditOutcome;
use casework::card::schema::Schema;
use casework::case::{Case, Event, Recorded};
use casework::words::Words;
use maud::{Markup, html};

use super::local;
use crate::strike_off::ground_words;

/// The section, folded up.
pub fn section(words: &Words, case: &Case, timeline: &[Recorded]) -> Markup {
    html! {
        details .timeline {
            summary { (words.say("desk-timeline")) }
            (list(words, case, timeline.iter()))
        }
    }
}

/// These events, one a line; what merely follows from another is left out.
pub fn list<'a>(words: &Words, case: &Case, events: impl Iterator<Item = &'a Recorded>) -> Markup {
    let told = events.filter(|one| !matches!(one.event, Event::Derived { .. }));
    html! {
        ol .events {
            @for one in told {
                li {
                    (local(case, one.at)) " "
                    (words.say(&format!("event-{}", one.event.name())))
                    @if let Event::Corrected { field, value } = &one.event { (corrected(words, field.as_str(), value.reveal())) }
                    @if let Event::StruckOff { ground } = &one.event { ": " (ground_words(words, *ground)) }
                    @if let Event::CertificateReissued { copy } = &one.event { ": № " (copy) }
                    @if let Event::Audited { outcome } = &one.event { (audited(words, outcome)) }
                    @if let Event::RefusalReturned { word } = &one.event { ": " q { (word.reveal()) } }
                    " – " (words.say(&format!("role-{}", one.actor.role.as_str())))
                    @if let Some(account) = &one.actor.account { " " (account) }
                }
            }
        }
    }
}

fn audited(words: &Words, outcome: &AuditOutcome) -> Markup {
    html! {
        @match outcome {
            AuditOutcome::Agrees => { ": " (words.say("audit-agrees")) },
            AuditOutcome::Differs { field, word } => { (corrected(words, field.as_str(), word.reveal())) },
        }
    }
}

fn corrected(words: &Words, key: &str, value: &str) -> Markup {
    let field = Schema::current().field(key);
    html! {
        @if let Some(field) = field { ": " (field.labels.of(words.language)) " – " strong { (field.shown(value, words)) } }
    }
}
