//! The text of a refusal, drafted from the findings for the officer to edit.
//!
//! Never here: whether to refuse. An officer decides that.

use crate::card::schema::{EntryType, Schema};
use crate::case::Case;
use crate::finding::{Finding, Ground, Place, Witness};
use crate::words::{Language, Words, key_of};

/// Stands in a draft where only the officer knows what to say; no refusal is sent with it.
pub const OPEN: &str = "[…]";

impl Ground {
    /// The three of them, in the order of the Rules.
    pub const ALL: [Self; 3] = [Self::Unreliable, Self::NonCompliant, Self::NoConsent];

    /// As written in records and JSON.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Unreliable => "unreliable",
            Self::NonCompliant => "non_compliant",
            Self::NoConsent => "no_consent",
        }
    }

    /// The ground written so.
    pub fn from_code(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|ground| ground.as_str() == text)
    }
}

impl Case {
    /// The findings that would support a refusal on this ground.
    pub fn supporting(&self, ground: Ground) -> impl Iterator<Item = &Finding> {
        let findings = self.findings.iter();
        findings.filter(move |finding| finding.ground == Some(ground))
    }
}

/// A first text: the ground, then every fact that supports it with its values and places. The facts
/// stay open where no finding names one. What the applicant may do stands on the letter, whatever is
/// made of the text.
pub fn draft(case: &Case, ground: Ground, language: Language) -> String {
    let words = Words::of(language);
    let mut paragraphs = vec![words.say(&format!("refusal-ground-{}", key_of(ground.as_str())))];
    let facts: Vec<String> = case.supporting(ground).map(|f| fact(f, &words)).collect();
    if facts.is_empty() {
        paragraphs.push(words.say("refusal-facts-open"));
    } else {
        paragraphs.push(facts.join("\n"));
    }
    paragraphs.join("\n\n")
}

/// One fact: the rule's sentence, then each value with its place.
fn fact(finding: &Finding, words: &Words) -> String {
    let field = finding.field.as_ref();
    let field = field.and_then(|name| Schema::current().field(name.as_str()));
    let value = |witness: &Witness| {
        let value = witness.value.reveal();
        let shown = field.map_or_else(|| value.clone(), |field| field.shown(value, words));
        format!("{shown} ({})", place(&witness.place, words))
    };
    // Of what is there or is not, the sentence says it.
    let is_told = field.is_some_and(|field| field.entry_type == EntryType::Bool);
    let values = finding.values.iter().filter(|_| !is_told);
    let mut values: Vec<String> = values.map(value).collect();
    values.dedup();
    let sentence = words.say(&finding.reason);
    if values.is_empty() {
        format!("– {sentence}")
    } else {
        format!("– {sentence} {}.", values.join("; "))
    }
}

/// A place in words.
pub fn place(place: &Place, words: &Words) -> String {
    match place {
        Place::Document { document, page, .. } => {
            let document = words.say(document.key());
            let page = page.to_string();
            words.say_with(
                "place-document",
                &[("document", &document), ("page", &page)],
            )
        }
        Place::DeclaredCard => words.say("place-declared-card"),
        Place::Correction => words.say("place-correction"),
        Place::Case => words.say("place-case"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::case::{Actor, CaseKind, Channel, Manifest, MissionCode, Role, open};
    use crate::finding::{Rule, Severity};
    use crate::reading::FieldName;

    fn case() -> Case {
        let manifest = Manifest {
            kind: CaseKind::Temporary,
            channel: Channel::Consulate,
            mission: MissionCode("DEU-BER".into()),
            received_at: "2026-10-23T09:00:00Z".parse().unwrap(),
            card: None,
            scans: Vec::new(),
            batch: None,
            signature: None,
            language: None,
            sent_anyway: Vec::new(),
        };
        let actor = Actor {
            role: Role::Intake,
            account: None,
        };
        let at = "2026-10-23T09:00:00Z".parse().unwrap();
        let mut case = open(manifest, at, &actor, at).unwrap().case;
        let said = |value: &str, place| Witness {
            value: value.into(),
            place,
            certainty: None,
            confidence: None,
        };
        case.findings = vec![Finding {
            rule: Rule::R3,
            severity: Severity::Warning,
            ground: Some(Ground::Unreliable),
            field: Some(FieldName::SEX),
            reason: "r3-sex-differs".into(),
            values: vec![said("F", Place::DeclaredCard), said("M", Place::Correction)],
        }];
        case
    }

    #[test]
    fn a_draft_names_the_ground_and_the_facts_in_the_applicants_language() {
        for (language, says) in [
            (
                Language::En,
                ["unreliable", "female (declared card); male (correction)."],
            ),
            (
                Language::Ru,
                [
                    "недостоверн",
                    "женский (заявленная карточка); мужской (исправление).",
                ],
            ),
            (
                Language::Kk,
                ["дұрыс емес", "әйел (мәлімделген карточка); ер (түзету)."],
            ),
        ] {
            let text = draft(&case(), Ground::Unreliable, language);
            for part in says {
                assert!(text.contains(part), "{part}: {text}");
            }
            assert!(!text.contains("refusal-"), "{text}");
        }
    }

    #[test]
    fn a_draft_without_findings_leaves_the_facts_to_the_officer() {
        for language in Language::ALL {
            for ground in [Ground::NonCompliant, Ground::NoConsent] {
                let text = draft(&case(), ground, language);
                assert!(text.contains(OPEN) && !text.contains("female"), "{text}");
            }
        }
        assert_eq!(case().supporting(Ground::Unreliable).count(), 1);
    }
}
