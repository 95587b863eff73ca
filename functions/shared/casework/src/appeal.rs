//! A complaint against a refusal: what it states, what is missing of it, and its terms.
//!
//! It is filed with the body whose act is challenged and considered by its superior; a missed term
//! bars nothing (Administrative Procedural and Process-Related Code, Art. 91–93).
//! Never here: whether it is right.

mod terms;

use std::collections::BTreeMap;

use jiff::civil::Date;
use jiff::tz::TimeZone;
use jiff::{Timestamp, ToSpan as _};
use serde::{Deserialize, Serialize};

use crate::case::{Case, iin_digits};
use crate::document::normal;
use crate::mission::Missions;
use crate::personal::Personal;
use crate::reading::FieldName;
use crate::words::Words;
use crate::worklist::WorklistRow;
pub use terms::Terms;

/// Characters of a part.
const TEXT_LENGTH_MAX: usize = 10_000;

/// A part of a complaint, in the order in which it is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Part {
    /// The body that considers it.
    ConsideredBy,
    /// Surname, given names, patronymic of whoever complains.
    Name,
    /// Their IIN.
    Iin,
    /// Their postal address.
    PostalAddress,
    /// The address they live at.
    ActualAddress,
    /// The body or the official whose act is challenged.
    Challenged,
    /// The day on which they learned of the act; the term counts from it.
    LearnedOn,
    /// Circumstances and evidence.
    Circumstances,
    /// What is attached.
    Attachments,
    /// Whatever else they state.
    Other,
    /// The date beside the signature; nothing while it is not signed.
    SignedOn,
}

/// A complaint: every part that must be there is, and in its form.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Appeal {
    parts: BTreeMap<Part, Personal<String>>,
}

/// A complaint as it came to its case.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Lodged {
    /// What it states.
    pub appeal: Appeal,
    /// When it came.
    pub lodged_at: Timestamp,
    /// Until when the mission hands it on.
    pub hand_on_by: Timestamp,
    /// When it did.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub handed_on_at: Option<Timestamp>,
}

/// A part that cannot stay as it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct AppealFault {
    /// Which.
    pub part: Part,
    /// What is wrong.
    pub cause: AppealCause,
}

/// What is wrong with a part.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AppealCause {
    /// It is empty and must not be.
    Missing,
    /// It is no IIN.
    NotTwelveDigits,
    /// There is no such day.
    NotADay,
    /// The day has not come yet.
    NotYet,
    /// It is longer than is kept.
    TooLong,
}

/// What is typed into a complaint, by its parts.
pub type Typed = BTreeMap<Part, String>;

impl Part {
    /// Every part, in order.
    pub const ALL: [Self; 11] = [
        Self::ConsideredBy,
        Self::Name,
        Self::Iin,
        Self::PostalAddress,
        Self::ActualAddress,
        Self::Challenged,
        Self::LearnedOn,
        Self::Circumstances,
        Self::Attachments,
        Self::Other,
        Self::SignedOn,
    ];

    /// As written in records, in forms and, in kebab case, in the keys of words.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::ConsideredBy => "considered_by",
            Self::Name => "name",
            Self::Iin => "iin",
            Self::PostalAddress => "postal_address",
            Self::ActualAddress => "actual_address",
            Self::Challenged => "challenged",
            Self::LearnedOn => "learned_on",
            Self::Circumstances => "circumstances",
            Self::Attachments => "attachments",
            Self::Other => "other",
            Self::SignedOn => "signed_on",
        }
    }

    /// Whether it must be there; the date beside the signature is on whatever came on paper.
    pub const fn required(self, on_paper: bool) -> bool {
        match self {
            Self::ConsideredBy
            | Self::Name
            | Self::Iin
            | Self::PostalAddress
            | Self::Challenged
            | Self::LearnedOn
            | Self::Circumstances => true,
            Self::SignedOn => on_paper,
            Self::ActualAddress | Self::Attachments | Self::Other => false,
        }
    }

    /// Whether it is a day.
    pub const fn is_day(self) -> bool {
        matches!(self, Self::LearnedOn | Self::SignedOn)
    }

    /// Whether it may take several lines.
    pub const fn is_long(self) -> bool {
        match self {
            Self::ConsideredBy
            | Self::PostalAddress
            | Self::ActualAddress
            | Self::Challenged
            | Self::Circumstances
            | Self::Attachments
            | Self::Other => true,
            Self::Name | Self::Iin | Self::LearnedOn | Self::SignedOn => false,
        }
    }

    /// Its text in its one form; nothing where it is empty.
    fn formed(self, text: &str, today: Date) -> Result<Option<String>, AppealCause> {
        let text = text.replace("\r\n", "\n").trim().to_owned();
        if text.is_empty() {
            return Ok(None);
        }
        if text.chars().count() > TEXT_LENGTH_MAX {
            return Err(AppealCause::TooLong);
        }
        if self == Self::Iin {
            let digits = iin_digits(&text.into()).ok_or(AppealCause::NotTwelveDigits)?;
            return Ok(Some(digits.into_inner()));
        }
        if self.is_day() {
            let day = normal::date(&text).ok_or(AppealCause::NotADay)?;
            if day > today {
                return Err(AppealCause::NotYet);
            }
            return Ok(Some(day.to_string()));
        }
        Ok(Some(text))
    }
}

impl Appeal {
    /// The complaint that was typed, where nothing is missing of it. Who lives at their postal address
    /// need not write it twice.
    ///
    /// # Errors
    /// Every part that cannot stay so.
    pub fn stated(typed: &Typed, on_paper: bool, today: Date) -> Result<Self, Vec<AppealFault>> {
        let mut parts = BTreeMap::new();
        let mut faults = Vec::new();
        for part in Part::ALL {
            let text = typed.get(&part).map_or("", String::as_str);
            match part.formed(text, today) {
                Ok(Some(text)) => drop(parts.insert(part, Personal::new(text))),
                Ok(None) if part.required(on_paper) => faults.push(AppealFault {
                    part,
                    cause: AppealCause::Missing,
                }),
                Ok(None) => {}
                Err(cause) => faults.push(AppealFault { part, cause }),
            }
        }
        if let Some(postal) = parts.get(&Part::PostalAddress).cloned() {
            parts.entry(Part::ActualAddress).or_insert(postal);
        }
        if faults.is_empty() {
            Ok(Self { parts })
        } else {
            Err(faults)
        }
    }

    /// A part of it.
    pub fn part(&self, part: Part) -> Option<&Personal<String>> {
        self.parts.get(&part)
    }

    /// What it has, in order.
    pub fn parts(&self) -> impl Iterator<Item = (Part, &Personal<String>)> {
        self.parts.iter().map(|(part, text)| (*part, text))
    }

    /// Whether it bears a signature.
    pub fn is_signed(&self) -> bool {
        self.parts.contains_key(&Part::SignedOn)
    }

    /// Whether one that comes on this day comes after the term; it is taken all the same.
    pub fn is_late(&self, comes_on: Date) -> bool {
        let learned = self.part(Part::LearnedOn);
        let learned: Option<Date> = learned.and_then(|day| day.reveal().parse().ok());
        let months = Terms::embedded().months_to_file.months();
        let last = learned.and_then(|day| day.checked_add(months).ok());
        last.is_some_and(|last| comes_on > last)
    }
}

impl Case {
    /// The day of a time by the mission's clock.
    pub fn day_of(&self, at: Timestamp) -> Date {
        let missions = Missions::embedded();
        let mission = missions.get(&self.manifest.mission);
        let zone = mission.map_or(TimeZone::UTC, |mission| mission.time_zone.clone());
        at.to_zoned(zone).date()
    }

    /// A complaint against this case's refusal as far as the case knows it, for a person to go on with.
    pub fn appeal_draft(&self, words: &Words) -> Typed {
        let entry = |key: &'static str| {
            let entry = self.card.entries.get(&FieldName::new(key));
            let value = entry.and_then(|entry| entry.resolved());
            value.map(|value| value.value.reveal().clone())
        };
        let address = [
            "address_street",
            "address_postcode",
            "address_city",
            "address_country",
        ];
        let address: Vec<String> = address.into_iter().filter_map(entry).collect();
        let missions = Missions::embedded();
        let mission = missions.get(&self.manifest.mission);
        let city = mission.map_or(self.manifest.mission.0.as_str(), |mission| {
            mission.names.of(words.language)
        });
        let day = self.ended_at.map(|at| self.day_of(at));
        let day = day.map_or_else(String::new, |day| day.strftime("%d.%m.%Y").to_string());
        let act = [
            ("mission", city),
            ("day", &*day),
            ("reference", self.id.as_str()),
        ];
        let name = WorklistRow::of(self).applicant;
        let parts = [
            (Part::ConsideredBy, words.say("paper-ministry")),
            (
                Part::Name,
                name.map_or_else(String::new, Personal::into_inner),
            ),
            (Part::Iin, entry("iin").unwrap_or_default()),
            (Part::PostalAddress, address.join(", ")),
            (
                Part::Challenged,
                words.say_with("appeal-challenged-draft", &act),
            ),
            (Part::LearnedOn, day),
        ];
        parts.into_iter().collect()
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    fn whole() -> Typed {
        [
            (Part::ConsideredBy, "Ministry"),
            (Part::Name, "ҮЛГІЕВ САНЖАР"),
            (Part::Iin, "900101 300017"),
            (Part::PostalAddress, "Hauptstraße 1, Berlin"),
            (Part::Challenged, "the mission in Berlin"),
            (Part::LearnedOn, "23.10.2026"),
            (Part::Circumstances, "The dates agree.\r\nSee the passport."),
        ]
        .map(|(part, text)| (part, text.to_owned()))
        .into()
    }

    #[test]
    fn a_whole_complaint_is_kept_in_one_form() {
        let appeal = Appeal::stated(&whole(), false, date(2026, 11, 1)).unwrap();
        let part = |part| appeal.part(part).map(|text| text.reveal().as_str());
        assert_eq!(part(Part::Iin), Some("900101300017"));
        assert_eq!(part(Part::LearnedOn), Some("2026-10-23"));
        assert_eq!(part(Part::ActualAddress), part(Part::PostalAddress));
        assert_eq!(
            part(Part::Circumstances),
            Some("The dates agree.\nSee the passport.")
        );
        assert!(!appeal.is_signed());
    }

    #[test]
    fn everything_that_is_missing_or_wrong_is_told_at_once() {
        use AppealCause::{Missing, NotADay, NotTwelveDigits, NotYet, TooLong};
        let today = date(2026, 11, 1);
        let stated = |typed: &Typed, on_paper| {
            let faults = Appeal::stated(typed, on_paper, today).unwrap_err();
            let told = faults.into_iter().map(|fault| (fault.part, fault.cause));
            told.collect::<Vec<_>>()
        };
        let required = Part::ALL.into_iter().filter(|part| part.required(true));
        let all: Vec<_> = required.map(|part| (part, Missing)).collect();
        assert_eq!(stated(&Typed::new(), true), all);
        for (part, text, cause) in [
            (Part::Name, "  ", Missing),
            (Part::Iin, "90010130001", NotTwelveDigits),
            (Part::LearnedOn, "31.02.2026", NotADay),
            (Part::LearnedOn, "02.11.2026", NotYet),
            (Part::Circumstances, &"x".repeat(10_001), TooLong),
        ] {
            let mut typed = whole();
            typed.insert(part, text.to_owned());
            assert_eq!(stated(&typed, false), [(part, cause)]);
        }
        assert_eq!(stated(&whole(), true), [(Part::SignedOn, Missing)]);
    }

    #[test]
    fn a_missed_term_is_told_and_bars_nothing() {
        let appeal = Appeal::stated(&whole(), false, date(2027, 6, 1)).unwrap();
        for (day, late) in [
            (date(2026, 10, 23), false),
            (date(2027, 1, 23), false),
            (date(2027, 1, 24), true),
        ] {
            assert_eq!(appeal.is_late(day), late, "{day}");
        }
    }
}
