//! Everything that is kept about an application, as its holder may see it.
//!
//! Left out: what concerns other cases, which of the staff acted, and what the private link is known
//! by, which would help only whoever guesses it.

use serde::Serialize;

use super::{Application, LinkKey};
use crate::card::schema::{EntryType, Schema};
use crate::case::{Case, Event, Recorded};
use crate::finding::{Finding, Rule};
use crate::notice::Posted;
use crate::personal::Personal;
use crate::words::Words;

/// An application, its case and what was told of it.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Mine {
    application: Application,
    case: Option<Case>,
    timeline: Vec<Recorded>,
    /// What was sent to the applicant, or waits to be.
    pub messages: Vec<Posted>,
}

impl Mine {
    /// What of these is the holder's to see.
    pub fn of(
        application: Application,
        case: Option<Case>,
        timeline: Vec<Recorded>,
        messages: Vec<Posted>,
    ) -> Self {
        let link = LinkKey(String::new());
        Self {
            application: Application {
                link,
                ..application
            },
            case: case.map(without_others),
            timeline: timeline.into_iter().map(without_staff).collect(),
            messages,
        }
    }

    /// All of it, as JSON.
    pub fn as_json(&self) -> String {
        serde_json::to_string_pretty(self).unwrap_or_default()
    }

    /// The card in words: what counts at the desk, else what was typed so far.
    pub fn entries(&self, words: &Words) -> Vec<(String, String)> {
        let value = |key: &str| -> Option<&Personal<String>> {
            let at_desk = self.case.as_ref().and_then(|case| {
                let mut entries = case.card.entries.iter();
                let (_, entry) = entries.find(|(name, _)| name.as_str() == key)?;
                Some(&entry.resolved()?.value)
            });
            let mut typed = self.application.entries.iter();
            let typed = typed.find(|(name, _)| name.as_str() == key);
            at_desk.or(typed.map(|(_, value)| value))
        };
        let fields = Schema::current().fields_of(self.application.kind);
        let told = fields.filter(|field| field.entry_type != EntryType::Consent);
        let shown = told.filter_map(|field| {
            let value = value(&field.key)?.reveal();
            let label = field.labels.of(words.language).to_owned();
            Some((label, field.shown(value, words)))
        });
        shown.collect()
    }
}

fn is_own(finding: &Finding) -> bool {
    !matches!(finding.rule, Rule::R16 | Rule::R17)
}

fn without_others(mut case: Case) -> Case {
    case.findings.retain(is_own);
    case.claimed_by = None;
    case
}

fn without_staff(mut one: Recorded) -> Recorded {
    one.actor.account = None;
    if let Event::Derived { findings, .. } = &mut one.event {
        findings.retain(is_own);
    }
    one
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::application::tests::{at, draft, filled};
    use crate::case::{Actor, CaseKind, Role};
    use crate::finding::Severity;
    use crate::words::Language;

    #[test]
    fn the_holder_sees_all_but_others_and_staff() {
        let application = filled(CaseKind::Temporary);
        let aida = Actor {
            role: Role::Officer,
            account: Some("aida".into()),
        };
        let mut case = draft(&application);
        let other = Finding {
            rule: Rule::R16,
            severity: Severity::Warning,
            ground: None,
            field: None,
            reason: "r16-another-case".into(),
            values: Vec::new(),
        };
        case.findings.push(other);
        case.claimed_by = Some(aida.clone());
        let later = at("2026-11-20T10:00:00Z");
        let claimed = Recorded {
            version: 9,
            at: later,
            actor: aida,
            event: Event::Claimed,
        };
        let mine = Mine::of(application, Some(case), vec![claimed], Vec::new());
        let text = mine.as_json();
        for hidden in ["aida", "r16-another-case", "\"link\": \"00\""] {
            assert!(!text.contains(hidden), "{hidden}: {text}");
        }
        assert!(text.contains("ҮЛГІ") && text.contains("claimed"));
        let words = Words::of(Language::En);
        let entries = mine.entries(&words);
        assert!(entries.iter().any(|(label, _)| label == "Surname"));
    }
}
