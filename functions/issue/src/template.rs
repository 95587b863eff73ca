//! Templates: which parts a paper has, in which order. Data, versioned by the date the form came into force
//! (`templates/*.json`); the sentences are in the words of `casework`.

use std::sync::LazyLock;

use jiff::civil::Date;
use serde::Deserialize;

use crate::paper::PaperKind;

/// One paper's template.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Template {
    /// Since when it is in force.
    pub in_force_from: Date,
    /// Where it was read.
    pub source: String,
    /// What it is printed on.
    pub page: PageFormat,
    /// The key of its title.
    pub title: String,
    /// What stands below the title.
    pub parts: Vec<Part>,
    /// The key of what stands beside the code.
    pub code: String,
}

/// What a paper is printed on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum PageFormat {
    /// A4, two columns: Kazakh and Russian beside one another.
    A4,
    /// 88 by 125 mm, a passport's page: one language below the other.
    Passport,
    /// A4, large type and a large code: read by a scanner's eye first.
    CoverSheet,
}

/// One part of a paper. Texts are keys of words.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Part {
    /// A paragraph in every language.
    Say(String),
    /// A paragraph in small print in every language.
    Note(String),
    /// Entries of the card, and facts of the case after an `@`, with their labels; what has no value has no row.
    Rows(Vec<String>),
    /// A line to sign on.
    Sign(String),
    /// A heading in every language.
    Heading(String),
    /// The officer's text, in the language it was written in.
    Reasons,
    /// The findings that a refusal rests on, with field and places.
    Findings,
    /// The files of which better copies are asked for, each with what is wrong with it.
    Copies,
}

/// By kind and date, the oldest first.
static TEMPLATES: LazyLock<Vec<(PaperKind, Template)>> = LazyLock::new(|| {
    PaperKind::ALL
        .map(|kind| (kind, embedded(json(kind))))
        .into()
});

const fn json(kind: PaperKind) -> &'static str {
    match kind {
        PaperKind::PassportInsert => include_str!("../templates/passport-insert.json"),
        PaperKind::Notification => include_str!("../templates/notification.json"),
        PaperKind::Certificate => include_str!("../templates/certificate.json"),
        PaperKind::Refusal => include_str!("../templates/refusal.json"),
        PaperKind::BetterCopy => include_str!("../templates/better-copy.json"),
        PaperKind::AcceptanceSlip => include_str!("../templates/acceptance-slip.json"),
    }
}

#[expect(
    clippy::expect_used,
    reason = "embedded data; a test reads every template"
)]
fn embedded(json: &str) -> Template {
    serde_json::from_str(json).expect("the embedded templates are read by a test")
}

impl Template {
    /// The template of a kind in force on a day; the oldest for earlier days.
    #[expect(
        clippy::expect_used,
        reason = "every kind has a template; a test asks for each"
    )]
    pub(crate) fn of(kind: PaperKind, day: Date) -> &'static Self {
        let templates = || {
            let of_kind = TEMPLATES.iter().filter(move |(of, _)| *of == kind);
            of_kind.map(|(_, template)| template)
        };
        let in_force = templates().rfind(|template| template.in_force_from <= day);
        in_force
            .or(templates().next())
            .expect("a template of every kind")
    }
}

#[cfg(test)]
mod tests {
    use casework::card::schema::Schema;
    use casework::words::{Language, Words};

    use super::*;

    #[test]
    fn every_template_is_read_and_names_words_and_entries_that_exist() {
        for kind in PaperKind::ALL {
            let template = Template::of(kind, Date::MAX);
            assert_eq!(Template::of(kind, Date::MIN).page, template.page);
            let words = Words::of(Language::En);
            for key in [&template.title, &template.code] {
                assert!(words.has(key), "{key}");
            }
            let name = format!("paper-kind-{}", kind.as_str());
            assert!(words.has(&name), "{name}");
            for part in &template.parts {
                match part {
                    Part::Reasons | Part::Findings | Part::Copies => {}
                    Part::Say(key) | Part::Note(key) | Part::Sign(key) | Part::Heading(key) => {
                        assert!(words.has(key), "{key}");
                    }
                    Part::Rows(names) => {
                        for name in names {
                            let known = match name.strip_prefix('@') {
                                Some(fact) => words.has(&format!("paper-row-{fact}")),
                                None => Schema::current().field(name).is_some(),
                            };
                            assert!(known, "{name}");
                        }
                    }
                }
            }
        }
    }
}
