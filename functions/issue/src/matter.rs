//! What a paper says of its case: values in words, dates by the mission's clock.

use casework::card::schema::{EntryType, Schema};
use casework::case::{Case, CaseKind, Event, Recorded};
use casework::country::Country;
use casework::finding::{Finding, Ground};
use casework::finding_code::QualityFinding;
use casework::mission::{Mission, Missions};
use casework::personal::Personal;
use casework::reading::FieldName;
use casework::words::{Language, Words, key_of};
use jiff::Timestamp;
use jiff::civil::Date;

use crate::IssueError;
use crate::paper::{Order, PaperKind};
use crate::payload::Attested;

/// A case as one paper tells it.
pub(crate) struct Matter<'a> {
    /// Which paper.
    pub kind: PaperKind,
    /// The case.
    pub case: &'a Case,
    /// Where it was decided.
    pub mission: &'a Mission,
    /// What the paper rests on.
    pub rests_on: &'a Recorded,
    /// The date on the paper, by the mission's clock.
    pub on: Date,
}

impl<'a> Matter<'a> {
    /// The matter of an ordered paper.
    pub(crate) fn of(
        case: &'a Case,
        timeline: &'a [Recorded],
        order: Order,
        missions: &'a Missions,
    ) -> Result<Self, IssueError> {
        let code = &case.manifest.mission;
        let mission = missions.get(code);
        let mission = mission.ok_or_else(|| IssueError::NoSuchMission(code.clone()))?;
        let mut newest_first = timeline.iter().rev();
        let rests_on = newest_first.find(|recorded| carries(order.kind, &recorded.event));
        let rests_on = rests_on.ok_or(IssueError::Broken)?;
        Ok(Self {
            kind: order.kind,
            case,
            mission,
            rests_on,
            on: match order.kind {
                PaperKind::Certificate => order.today,
                PaperKind::AcceptanceSlip => day(case.manifest.received_at, mission),
                PaperKind::PassportInsert
                | PaperKind::Notification
                | PaperKind::Refusal
                | PaperKind::BetterCopy => day(rests_on.at, mission),
            },
        })
    }

    /// What the code of the paper attests.
    pub(crate) fn attested(&self) -> Result<Attested, IssueError> {
        let names = ["surname", "given_names"].map(|key| self.value(key));
        if self.kind.registers() && names.first() == Some(&None) {
            return Err(IssueError::Lacking("surname"));
        }
        let initials = names
            .into_iter()
            .flatten()
            .filter_map(initial)
            .collect::<String>();
        Ok(Attested {
            kind: self.kind,
            reference: self.case.id.clone(),
            mission: self.mission.code.clone(),
            on: self.on,
            version: u32::try_from(self.rests_on.version).map_err(|_| IssueError::TooLong)?,
            initials: Personal::new(initials),
        })
    }

    /// The value of the card's entry that counts.
    pub(crate) fn value(&self, key: &str) -> Option<&str> {
        let entry = self.case.card.entries.get(&FieldName::from_key(key))?;
        let value = entry.resolved()?.value.reveal().trim();
        (!value.is_empty()).then_some(value)
    }

    /// An entry of the card, or a fact of the case after an `@`, in words.
    pub(crate) fn shown(&self, name: &str, words: &Words) -> Option<String> {
        match name.strip_prefix('@') {
            Some(fact) => self.fact(fact, words),
            None => self.entry(name, words),
        }
    }

    fn entry(&self, key: &str, words: &Words) -> Option<String> {
        let field = Schema::current().field(key)?;
        let value = self.value(key)?;
        if field.entry_type == EntryType::Date {
            return Some(value.parse().map_or_else(|_| value.to_owned(), shown_date));
        }
        Some(field.shown(value, words))
    }

    fn fact(&self, fact: &str, words: &Words) -> Option<String> {
        match fact {
            "mission" => Some(self.place(words.language)),
            "decided" => (self.case.ended_at).map(|at| shown_date(day(at, self.mission))),
            "copy" => self.copy(words),
            "received" => Some(self.moment(self.case.manifest.received_at)),
            "due" => Some(self.moment(self.case.due_at)),
            "kind" => Some(words.say(match self.case.manifest.kind {
                CaseKind::Permanent => "kind-permanent",
                CaseKind::Temporary => "kind-temporary",
            })),
            "ground" => self.refused().map(|refused| {
                let key = key_of(refused.ground.as_str());
                format!(
                    "{}. {}",
                    refused.number(),
                    words.say(&format!("ground-{key}"))
                )
            }),
            "scans" => Some(self.case.scan_ids().len().to_string()),
            _ => None,
        }
    }

    /// Which copy of a certificate it is; nothing of the first.
    fn copy(&self, words: &Words) -> Option<String> {
        let Event::CertificateReissued { copy } = self.rests_on.event else {
            return None;
        };
        let (copy, on) = (
            copy.to_string(),
            shown_date(day(self.rests_on.at, self.mission)),
        );
        Some(words.say_with("paper-copy", &[("copy", &copy), ("on", &on)]))
    }

    /// Date and time by the mission's clock.
    fn moment(&self, at: Timestamp) -> String {
        let at = at.to_zoned(self.mission.time_zone.clone());
        at.strftime("%d.%m.%Y %H:%M").to_string()
    }

    /// The refusal, if that is what the paper rests on.
    pub(crate) fn refused(&self) -> Option<Refused<'_>> {
        let Event::Refused {
            ground,
            findings,
            language,
            reasons,
        } = &self.rests_on.event
        else {
            return None;
        };
        let stands = |finding: &&Finding| findings.contains(&finding.reason);
        Some(Refused {
            ground: *ground,
            language: *language,
            reasons: reasons.reveal(),
            findings: self.case.findings.iter().filter(stands).collect(),
        })
    }

    /// Better copies asked for: the file's name as it came, and what is wrong with it.
    pub(crate) fn copies(&self) -> impl Iterator<Item = (&str, QualityFinding)> {
        let asked = self.case.better_copies_asked.iter();
        asked.map(|copy| {
            let filed = self.case.scans.iter().find(|filed| filed.scan == copy.scan);
            let name = filed.map_or("", |filed| filed.name.reveal().as_str());
            (name, copy.code)
        })
    }

    /// City and country of the mission.
    pub(crate) fn place(&self, language: Language) -> String {
        let city = self.mission.names.of(language);
        match Country::by_code(&self.mission.country) {
            Some(country) => format!("{city}, {}", country.names.of(language)),
            None => city.to_owned(),
        }
    }
}

/// What an officer refused with.
pub(crate) struct Refused<'a> {
    /// The ground.
    pub ground: Ground,
    /// The language of the text.
    pub language: Option<Language>,
    /// The text.
    pub reasons: &'a str,
    /// What it rests on.
    pub findings: Vec<&'a Finding>,
}

impl Refused<'_> {
    /// The ground's number in the Rules.
    fn number(&self) -> usize {
        let at = Ground::ALL.iter().position(|ground| *ground == self.ground);
        at.unwrap_or_default() + 1
    }
}

/// Whether a paper of this kind rests on an event like this.
const fn carries(kind: PaperKind, event: &Event) -> bool {
    match kind {
        PaperKind::PassportInsert | PaperKind::Notification => {
            matches!(event, Event::Approved { .. })
        }
        PaperKind::Certificate => matches!(
            event,
            Event::Approved { .. } | Event::CertificateReissued { .. }
        ),
        PaperKind::Refusal => matches!(event, Event::Refused { .. }),
        PaperKind::BetterCopy => matches!(event, Event::BetterCopyAsked { .. }),
        PaperKind::AcceptanceSlip => matches!(event, Event::Opened { .. }),
    }
}

fn day(at: Timestamp, mission: &Mission) -> Date {
    at.to_zoned(mission.time_zone.clone()).date()
}

/// A day as the papers write it: `24.11.2026`.
pub(crate) fn shown_date(day: Date) -> String {
    day.strftime("%d.%m.%Y").to_string()
}

fn initial(name: &str) -> Option<char> {
    let mut letters = name.chars().filter(|c| c.is_alphabetic());
    letters.next()?.to_uppercase().next()
}
