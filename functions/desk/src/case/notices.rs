//! What the applicant was told, and whether it reached them.

use casework::case::Case;
use casework::notice::{NoticeEnd, Posted, Undelivered};
use casework::words::Words;
use maud::{Markup, html};

use super::local;

/// The section: folded up, unless somebody must tell the applicant another way.
pub fn section(words: &Words, case: &Case, notices: &[Posted]) -> Markup {
    let undelivered = notices.iter().any(|one| undelivered(one).is_some());
    html! {
        @if !notices.is_empty() {
            details #notices .timeline open[undelivered] {
                summary { (words.say("notices-title")) }
                ol .events {
                    @for one in notices {
                        li {
                            @if let Some(settled) = &one.settled { (local(case, settled.at)) " " }
                            (words.say(&format!("notice-{}-subject", one.notice.kind.key())))
                            " – " (far(words, one))
                        }
                    }
                }
            }
        }
    }
}

/// Leads to the section where the last message did not reach the applicant: nobody looks for that.
pub fn mark(words: &Words, notices: &[Posted]) -> Markup {
    let last = notices.last().and_then(undelivered);
    html! {
        @if last.is_some() { a .chip .hard href="#notices" { (words.say("notice-undelivered")) } }
    }
}

/// How far it came.
fn far(words: &Words, one: &Posted) -> Markup {
    if let Some(why) = undelivered(one) {
        return html! {
            strong { (words.say(why.key())) }
            @if let Undelivered::Refused(code) = why { " (" (code) ")" }
        };
    }
    let tries = [("tries", one.tries.to_string())];
    let tries = tries.each_ref().map(|(name, n)| (*name, n.as_str()));
    let text = match one.settled.as_ref().map(|settled| &settled.end) {
        None if one.tries == 0 => words.say("notice-queued"),
        None => words.say_with("notice-waits", &tries),
        Some(NoticeEnd::Overtaken) => words.say("notice-overtaken"),
        Some(NoticeEnd::Sent | NoticeEnd::Undelivered { .. }) => words.say("notice-sent"),
    };
    html! { (text) }
}

const fn undelivered(one: &Posted) -> Option<&Undelivered> {
    match &one.settled {
        Some(settled) => match &settled.end {
            NoticeEnd::Undelivered { why } => Some(why),
            NoticeEnd::Sent | NoticeEnd::Overtaken => None,
        },
        None => None,
    }
}
