//! A notice in words: plain, short, and nothing of a person but the greeting and the reference.

use casework::card::EntryValue;
use casework::case::{Ask, Case};
use casework::document::Certainty;
use casework::mission::Missions;
use casework::notice::{Message, Notice, NoticeKind};
use casework::personal::Personal;
use casework::reading::FieldName;
use casework::words::{Language, Words};
use jiff::tz::TimeZone;

/// The message that tells the applicant how their case stands, in these languages one under
/// the other; nothing where the card has no e-mail address that is certain enough to write to.
pub fn compose(case: &Case, notice: &Notice, languages: &[Language]) -> Option<Message> {
    let to = address(case)?;
    let parts: Vec<Part> = languages
        .iter()
        .map(|language| Part::of(case, notice, &Words::of(*language)))
        .collect();
    let subjects: Vec<&str> = parts.iter().map(|part| part.subject.as_str()).collect();
    let text: Vec<String> = parts.iter().map(Part::text).collect();
    let html: Vec<String> = parts.iter().map(Part::html).collect();
    Some(Message {
        id: notice.id(),
        to,
        languages: languages.to_vec(),
        subject: format!("{}: {}", notice.case, subjects.join(" · ")),
        text: text.join("\n\n* * *\n\n").into(),
        html: page(&html.join("<hr>\n")).into(),
        papers: Vec::new(),
    })
}

/// A value that may be used to speak to the person: what a reader doubts may be another's.
pub(crate) fn certain(case: &Case, field: &str) -> Option<Personal<String>> {
    let entry = case.card.entries.get(&FieldName::from_key(field))?;
    let certain = |value: &&EntryValue| value.certainty != Some(Certainty::Doubtful);
    entry.resolved().filter(certain).map(|v| v.value.clone())
}

/// The e-mail address. Only its form is looked at: whether it exists is the mail's to find out.
fn address(case: &Case) -> Option<Personal<String>> {
    let email = certain(case, "email")?;
    let text = email.reveal().trim();
    let (local, domain) = text.split_once('@')?;
    let odd = |c: char| c.is_whitespace() || c.is_control() || c == '@';
    let whole = !local.is_empty() && !domain.is_empty() && !domain.contains(odd);
    (whole && !local.contains(odd)).then(|| text.into())
}

/// A message in one language.
struct Part {
    language: Language,
    subject: String,
    before: Vec<String>,
    asks: Vec<String>,
    after: Vec<String>,
}

impl Part {
    fn of(case: &Case, notice: &Notice, words: &Words) -> Self {
        let key = notice.kind.key();
        let due = due(case, words.language);
        let missions = Missions::embedded();
        let mission = missions.get(&case.manifest.mission);
        let city = mission.map_or(case.manifest.mission.0.as_str(), |m| {
            m.names.of(words.language)
        });
        let reference = [("reference", notice.case.as_str()), ("mission", city)];
        let mut after = vec![words.say(&format!("notice-{key}-next"))];
        after.push(words.say_with("notice-reference", &reference));
        after.push(words.say("notice-footer"));
        Self {
            language: words.language,
            subject: words.say(&format!("notice-{key}-subject")),
            before: vec![
                greeting(case, words),
                words.say_with(&format!("notice-{key}"), &[("due", &due)]),
            ],
            asks: if is_asking(notice.kind) {
                asks(case, words)
            } else {
                Vec::new()
            },
            after,
        }
    }

    fn text(&self) -> String {
        let mut paragraphs = self.before.clone();
        let asks: Vec<String> = self.asks.iter().map(|ask| format!("– {ask}")).collect();
        if !asks.is_empty() {
            paragraphs.push(asks.join("\n"));
        }
        paragraphs.extend(self.after.iter().cloned());
        paragraphs.join("\n\n")
    }

    fn html(&self) -> String {
        let paragraph = |text: &String| format!("<p>{}</p>\n", escaped(text));
        let item = |text: &String| format!("<li>{}</li>\n", escaped(text));
        let mut html: String = self.before.iter().map(paragraph).collect();
        if !self.asks.is_empty() {
            let items: String = self.asks.iter().map(item).collect();
            html.extend(["<ul>\n", &items, "</ul>\n"]);
        }
        html.extend(self.after.iter().map(paragraph));
        format!("<div lang=\"{}\">\n{html}</div>\n", self.language.code())
    }
}

fn greeting(case: &Case, words: &Words) -> String {
    let name = certain(case, "given_names").map(|name| as_written(name.reveal()));
    match name.filter(|name| !name.is_empty()) {
        Some(name) => words.say_with("notice-greeting", &[("name", &name)]),
        None => words.say("notice-greeting-nobody"),
    }
}

/// Documents print names in capitals; a letter does not.
fn as_written(name: &str) -> String {
    let word = |word: &str| {
        let mut letters = word.chars();
        let first = letters.next().into_iter().flat_map(char::to_uppercase);
        first.chain(letters.flat_map(char::to_lowercase)).collect()
    };
    let words: Vec<String> = name.split_whitespace().map(word).collect();
    words.join(" ")
}

/// Whether a notice asks for something; the others only tell.
const fn is_asking(kind: NoticeKind) -> bool {
    match kind {
        NoticeKind::DocumentsAwaited
        | NoticeKind::BetterCopyAwaited
        | NoticeKind::OtherSideAwaited
        | NoticeKind::ApplicantAwaited => true,
        NoticeKind::PrivateLink
        | NoticeKind::Received
        | NoticeKind::Registered
        | NoticeKind::Refused
        | NoticeKind::AppealReceived
        | NoticeKind::AppealHandedOn
        | NoticeKind::StruckOff => false,
    }
}

fn asks(case: &Case, words: &Words) -> Vec<String> {
    let said = |ask: &Ask| {
        let why = words.say(&ask.why);
        ask.document.map_or_else(
            || why.clone(),
            |kind| format!("{}: {why}", words.say(kind.key())),
        )
    };
    case.asks_of_applicant().iter().map(said).collect()
}

/// The last day of the term that runs, by the mission's clock.
fn due(case: &Case, language: Language) -> String {
    let missions = Missions::embedded();
    let mission = missions.get(&case.manifest.mission);
    let zone = mission.map_or(TimeZone::UTC, |m| m.time_zone.clone());
    let format = match language {
        Language::Kk | Language::Ru => "%d.%m.%Y",
        Language::En => "%-d %B %Y",
    };
    case.next_due_at()
        .to_zoned(zone)
        .strftime(format)
        .to_string()
}

pub(crate) fn page(body: &str) -> String {
    format!(
        "<!doctype html>\n<html><head><meta charset=\"utf-8\"></head><body>\n{body}</body></html>\n"
    )
}

pub(crate) fn escaped(text: &str) -> String {
    let mut html = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '&' => html.push_str("&amp;"),
            '<' => html.push_str("&lt;"),
            '>' => html.push_str("&gt;"),
            '"' => html.push_str("&quot;"),
            other => html.push(other),
        }
    }
    html
}

#[cfg(test)]
pub(crate) mod tests;
