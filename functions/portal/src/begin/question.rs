//! Which question comes next on the way to an application, from what was answered so far.
//!
//! Never here: a page.

use casework::case::{CaseKind, MissionCode};
use casework::consent::ConsentText;
use casework::mission::Missions;
use serde::Deserialize;

/// What was answered so far. None of it is a secret or a person's.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct Answers {
    pub whom: String,
    pub stay: String,
    pub permit: String,
    pub mission: String,
    pub consent: String,
    /// The question that was on the page; where it still has no answer, one must be chosen.
    pub asked: String,
}

/// The next question.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Question {
    Whom,
    Stay,
    Permit,
    /// No question: without a permit there is no permanent registration yet.
    NoPermit,
    Mission,
    Consent,
    /// No question: without consent there is no registration.
    NoConsent,
    Contact,
}

impl Question {
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Whom => "whom",
            Self::Stay => "stay",
            Self::Permit => "permit",
            Self::NoPermit => "no-permit",
            Self::Mission => "mission",
            Self::Consent => "consent",
            Self::NoConsent => "no-consent",
            Self::Contact => "contact",
        }
    }
}

impl Answers {
    /// Whether somebody else applies for the person, once that is said.
    pub fn represented(&self) -> Option<bool> {
        match self.whom.as_str() {
            "self" => Some(false),
            "other" => Some(true),
            _ => None,
        }
    }

    /// Permanent or temporary, once both plain questions say so.
    pub fn kind(&self) -> Option<CaseKind> {
        match (self.stay.as_str(), self.permit.as_str()) {
            ("temporary", _) => Some(CaseKind::Temporary),
            ("permanent", "yes") => Some(CaseKind::Permanent),
            _ => None,
        }
    }

    pub fn mission(&self) -> Option<MissionCode> {
        let code = MissionCode(self.mission.clone());
        Missions::embedded()
            .get(&code)
            .map(|mission| mission.code.clone())
    }

    pub fn consent(&self) -> Option<&'static ConsentText> {
        self.consent.parse().ok().and_then(ConsentText::of)
    }

    /// What is asked next.
    pub fn next(&self) -> Question {
        if self.represented().is_none() {
            return Question::Whom;
        }
        match (self.stay.as_str(), self.permit.as_str()) {
            ("permanent", "no") => return Question::NoPermit,
            ("permanent", "yes") | ("temporary", _) => {}
            ("permanent", _) => return Question::Permit,
            _ => return Question::Stay,
        }
        if self.mission().is_none() {
            Question::Mission
        } else if self.consent == "refused" {
            Question::NoConsent
        } else if self.consent().is_none() {
            Question::Consent
        } else {
            Question::Contact
        }
    }

    /// What was answered before this question, as fields of its form.
    pub fn carried(&self, question: Question) -> Vec<(&'static str, &str)> {
        let all = [
            ("whom", self.whom.as_str()),
            ("stay", self.stay.as_str()),
            ("permit", self.permit.as_str()),
            ("mission", self.mission.as_str()),
            ("consent", self.consent.as_str()),
        ];
        let before = all
            .into_iter()
            .take_while(|(name, _)| *name != question.as_str());
        before.filter(|(_, value)| !value.is_empty()).collect()
    }

    /// The way to the question before this one.
    pub fn before(&self, question: Question) -> String {
        let mut carried = self.carried(question);
        carried.pop();
        let pairs: Vec<String> = carried
            .iter()
            .map(|(name, value)| format!("{name}={value}"))
            .collect();
        if question == Question::Whom {
            "/".to_owned()
        } else {
            format!("/apply?{}", pairs.join("&"))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn answers(stay: &str, permit: &str, mission: &str, consent: &str) -> Answers {
        let [stay, permit, mission, consent] = [stay, permit, mission, consent].map(str::to_owned);
        Answers {
            whom: "self".to_owned(),
            stay,
            permit,
            mission,
            consent,
            asked: String::new(),
        }
    }

    #[test]
    fn two_plain_questions_say_which_kind_it_is() {
        for (stay, permit, kind, next) in [
            ("", "", None, Question::Stay),
            ("elsewhere", "yes", None, Question::Stay),
            (
                "temporary",
                "",
                Some(CaseKind::Temporary),
                Question::Mission,
            ),
            ("permanent", "", None, Question::Permit),
            ("permanent", "no", None, Question::NoPermit),
            (
                "permanent",
                "yes",
                Some(CaseKind::Permanent),
                Question::Mission,
            ),
        ] {
            let given = answers(stay, permit, "", "");
            assert_eq!(
                (given.kind(), given.next()),
                (kind, next),
                "{stay} {permit}"
            );
        }
    }

    #[test]
    fn for_whom_is_asked_first() {
        for (whom, represented, next) in [
            ("", None, Question::Whom),
            ("nobody", None, Question::Whom),
            ("self", Some(false), Question::Stay),
            ("other", Some(true), Question::Stay),
        ] {
            let given = Answers {
                whom: whom.to_owned(),
                ..Answers::default()
            };
            assert_eq!((given.represented(), given.next()), (represented, next));
        }
        assert_eq!(Answers::default().before(Question::Whom), "/");
    }

    #[test]
    fn the_rest_is_asked_in_order_and_the_way_back_keeps_what_came_before() {
        for (mission, consent, next, before) in [
            ("", "", Question::Mission, "/apply?whom=self"),
            ("nowhere", "", Question::Mission, "/apply?whom=self"),
            (
                "DEU-BER",
                "",
                Question::Consent,
                "/apply?whom=self&stay=temporary",
            ),
            (
                "DEU-BER",
                "1999-01-01",
                Question::Consent,
                "/apply?whom=self&stay=temporary",
            ),
            (
                "DEU-BER",
                "refused",
                Question::NoConsent,
                "/apply?whom=self&stay=temporary&mission=DEU-BER",
            ),
            (
                "DEU-BER",
                "2026-11-01",
                Question::Contact,
                "/apply?whom=self&stay=temporary&mission=DEU-BER",
            ),
        ] {
            let given = answers("temporary", "", mission, consent);
            assert_eq!(given.next(), next, "{mission} {consent}");
            assert_eq!(given.before(next), before, "{mission} {consent}");
        }
    }
}
