//! A row of the worklist: until when, whose, where it stands, what is the matter.

use casework::case::{CaseKind, Status};
use casework::finding::{Rule, Severity};
use casework::mission::Missions;
use casework::words::{Words, key_of};
use casework::worklist::WorklistRow;
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp, Zoned};
use maud::{Markup, html};

use crate::page::ABSENT;

/// Rows as a table.
pub fn table(words: &Words, rows: &[WorklistRow], now: Timestamp) -> Markup {
    html! {
        div .scroll role="region" aria-label=(words.say("desk-worklist")) tabindex="0" {
            table .worklist {
                thead { tr {
                    @for key in ["desk-due", "desk-case", "desk-applicant", "desk-kind", "desk-mission", "desk-status", "desk-findings"] {
                        th scope="col" { (words.say(key)) }
                    }
                } }
                tbody { @for row in rows { (line(words, row, now)) } }
            }
        }
    }
}

fn line(words: &Words, row: &WorklistRow, now: Timestamp) -> Markup {
    let late = row.due_at < now && !row.status.ended();
    html! {
        tr {
            td .due .late[late] {
                time datetime=(row.due_at) { (due(row).strftime("%Y-%m-%d %H:%M").to_string()) }
                @if late { " " span .chip .hard { (words.say("desk-late")) } }
                @else if let Some(left) = until_close(row, now) { br; strong { (left_words(words, left)) } }
            }
            th scope="row" { a .reference href={ "/cases/" (row.case) } data-walk { (row.case) } }
            td { @match &row.applicant { Some(name) => (name.reveal()), None => (ABSENT) } }
            td { (kind_words(words, row.kind)) }
            td .code { (row.mission) }
            td {
                (status_words(words, row.status))
                @if let Some(who) = &row.claimed_by { br; span .quiet { (words.say_with("held", &[("who", who)])) } }
            }
            td .chips {
                (refusal_chip(words, row))
                @for (rule, severity) in &row.findings { (rule_chip(words, *rule, *severity)) }
                @match (row.findings.is_empty(), row.status) {
                    (true, Status::AwaitingSecondOfficer) => {},
                    (true, Status::AwaitingOfficer) => span .clean { "✓ " (words.say("desk-clean")) },
                    (true, _) => (ABSENT),
                    (false, _) => {},
                }
            }
        }
    }
}

/// What goes on between two officers: it is what there is to do before anything else.
fn refusal_chip(words: &Words, row: &WorklistRow) -> Markup {
    let by = row.refusal_proposed_by.as_deref();
    html! {
        @if let Some(who) = by { span .chip .hard { (words.say_with("chip-refusal-proposed", &[("who", who)])) } " " }
        @else if row.refusal_sent_back && !row.status.ended() { span .chip .ask { (words.say("chip-refusal-sent-back")) } " " }
    }
}

/// The due time on the mission's clock.
fn due(row: &WorklistRow) -> Zoned {
    let missions = Missions::embedded();
    let mission = missions.get(&row.mission);
    let zone = mission.map_or(TimeZone::UTC, |m| m.time_zone.clone());
    row.due_at.to_zoned(zone)
}

/// What is left of the working day on which an open case is due; nothing on any other day.
pub(super) fn until_close(row: &WorklistRow, now: Timestamp) -> Option<SignedDuration> {
    let due = due(row);
    let today = now.to_zoned(due.time_zone().clone()).date() == due.date();
    let open = today && now <= row.due_at && !row.status.ended();
    open.then(|| row.due_at.duration_since(now))
}

/// Whole hours, of the last one whole minutes; rounded down, so that nobody counts on more.
fn left_words(words: &Words, left: SignedDuration) -> String {
    let (hours, minutes) = (left.as_hours().to_string(), left.as_mins().to_string());
    if left.as_hours() > 0 {
        words.say_with("due-hours", &[("hours", &hours)])
    } else {
        words.say_with("due-minutes", &[("minutes", &minutes)])
    }
}

/// A severity as a chip: never by its colour alone.
pub fn chip(words: &Words, text: &str, severity: Severity) -> Markup {
    let (class, key) = match severity {
        Severity::Hard => ("hard", "severity-hard"),
        Severity::Ask => ("ask", "severity-ask"),
        Severity::Warning => ("warning", "severity-warning"),
    };
    html! { span class={ "chip " (class) } title=(words.say(key)) { (text) span .hidden { " " (words.say(key)) } } " " }
}

/// What a rule finds, as a chip that says what it is about.
pub fn rule_chip(words: &Words, rule: Rule, severity: Severity) -> Markup {
    chip(words, &words.say(&rule_key(rule)), severity)
}

/// The key of what a rule is about.
pub fn rule_key(rule: Rule) -> String {
    format!("rule-{rule:?}").to_lowercase()
}

/// A status in words.
pub fn status_words(words: &Words, status: Status) -> String {
    words.say(&format!("status-{}", key_of(status.as_str())))
}

/// A kind in words.
pub fn kind_words(words: &Words, kind: CaseKind) -> String {
    words.say(match kind {
        CaseKind::Permanent => "kind-permanent",
        CaseKind::Temporary => "kind-temporary",
    })
}

#[cfg(test)]
mod tests {
    use casework::case::MissionCode;
    use casework::words::Language;

    use super::*;

    #[test]
    fn what_is_left_is_told_on_the_missions_own_day_only() {
        let row = |due: &str| WorklistRow {
            case: "ZNDX-Y37Q-8S0N".to_owned().try_into().unwrap(),
            kind: CaseKind::Temporary,
            mission: MissionCode("KOR-SEL".into()),
            status: Status::AwaitingOfficer,
            due_at: due.parse().unwrap(),
            applicant: None,
            findings: Vec::new(),
            pages: 1,
            ended_at: None,
            corrected: Vec::new(),
            claimed_by: None,
            refusal_proposed_by: None,
            refusal_sent_back: false,
            audit_differs: None,
        };
        let words = Words::of(Language::En);
        // 18:00 in Seoul is 09:00 UTC; its day begins at 15:00 UTC of the day before.
        for (now, left) in [
            ("2026-10-26T14:59:00Z", None),
            ("2026-10-26T15:00:00Z", Some("18 h left today")),
            ("2026-10-27T07:00:00Z", Some("2 h left today")),
            ("2026-10-27T08:01:00Z", Some("59 min left today")),
            ("2026-10-27T09:00:00Z", Some("0 min left today")),
            ("2026-10-27T09:00:01Z", None),
        ] {
            let found = until_close(&row("2026-10-27T09:00:00Z"), now.parse().unwrap());
            let found = found.map(|left| left_words(&words, left));
            assert_eq!(found.as_deref(), left, "{now}");
        }
    }
}
