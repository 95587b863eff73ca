//! Cover sheets: the sheet that a clerk lays before the papers of one person, and what its code says.
//!
//! The text is `TIRKEU-COVER1:` and then `NEW/PERMANENT/DEU-BER` (a new case of this kind at this
//! mission; one such sheet serves for any number of people) or `CASE/7F3K-9Q2M-4B1T` (more papers
//! for this case): all of it in the QR code's alphanumeric mode, and nothing of a person in it.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use crate::case::{CaseId, CaseKind, MissionCode};

/// What every cover sheet's code begins with, also one of a later program.
pub const COVER_PREFIX: &str = "TIRKEU-COVER";
const FORMAT: &str = "1:";

/// What a cover sheet says of the papers below it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "for")]
pub enum CoverSheet {
    /// They are a new case.
    NewCase {
        /// Of this kind.
        kind: CaseKind,
        /// At this mission.
        mission: MissionCode,
    },
    /// They belong to a case that there is.
    Case {
        /// By reference.
        case: CaseId,
    },
}

/// The text is no cover sheet's, or one of a program that knows more.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("this is no cover sheet that can be used here: print a new one")]
pub struct NotACoverSheet;

impl fmt::Display for CoverSheet {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{COVER_PREFIX}{FORMAT}")?;
        match self {
            Self::NewCase { kind, mission } => write!(f, "NEW/{}/{mission}", word(*kind)),
            Self::Case { case } => write!(f, "CASE/{case}"),
        }
    }
}

impl FromStr for CoverSheet {
    type Err = NotACoverSheet;

    fn from_str(text: &str) -> Result<Self, NotACoverSheet> {
        let said = text.strip_prefix(COVER_PREFIX);
        let said = said.and_then(|text| text.strip_prefix(FORMAT));
        let parts: Vec<&str> = said.ok_or(NotACoverSheet)?.split('/').collect();
        match parts.as_slice() {
            ["NEW", kind, mission] if is_mission(mission) => {
                let kinds = [CaseKind::Permanent, CaseKind::Temporary];
                let kind = kinds.into_iter().find(|known| word(*known) == *kind);
                let mission = MissionCode((*mission).to_owned());
                let kind = kind.ok_or(NotACoverSheet)?;
                Ok(Self::NewCase { kind, mission })
            }
            ["CASE", case] => {
                let case = CaseId::try_from((*case).to_owned());
                let case = case.map_err(|_| NotACoverSheet)?;
                Ok(Self::Case { case })
            }
            _ => Err(NotACoverSheet),
        }
    }
}

const fn word(kind: CaseKind) -> &'static str {
    match kind {
        CaseKind::Permanent => "PERMANENT",
        CaseKind::Temporary => "TEMPORARY",
    }
}

/// Whether it is written as a mission's code is; whether there is such a mission is for others to say.
fn is_mission(text: &str) -> bool {
    (3..=16).contains(&text.len())
        && (text.bytes()).all(|b| b.is_ascii_uppercase() || b.is_ascii_digit() || b == b'-')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cover_sheet_says_what_it_was_printed_to_say() {
        let new = |kind| CoverSheet::NewCase {
            kind,
            mission: MissionCode("DEU-BER".into()),
        };
        let case = CaseId::try_from("ZNDX-Y37Q-8S0N".to_owned()).unwrap();
        for (sheet, text) in [
            (
                new(CaseKind::Permanent),
                "TIRKEU-COVER1:NEW/PERMANENT/DEU-BER",
            ),
            (
                new(CaseKind::Temporary),
                "TIRKEU-COVER1:NEW/TEMPORARY/DEU-BER",
            ),
            (
                CoverSheet::Case { case },
                "TIRKEU-COVER1:CASE/ZNDX-Y37Q-8S0N",
            ),
        ] {
            assert_eq!(sheet.to_string(), text);
            assert_eq!(text.parse(), Ok(sheet));
            let alphanumeric =
                |b: u8| b.is_ascii_uppercase() || b.is_ascii_digit() || b" $%*+-./:".contains(&b);
            assert!(text.bytes().all(alphanumeric), "{text}");
        }
    }

    #[test]
    fn what_was_not_printed_here_is_no_cover_sheet() {
        for text in [
            "",
            "TIRKEU-COVER",
            "TIRKEU-COVER1:",
            "TIRKEU-COVER2:NEW/PERMANENT/DEU-BER",
            "TIRKEU-COVER1:NEW/ETERNAL/DEU-BER",
            "TIRKEU-COVER1:NEW/PERMANENT/deu-ber",
            "TIRKEU-COVER1:NEW/PERMANENT/",
            "TIRKEU-COVER1:NEW/PERMANENT/DEU-BER/",
            "TIRKEU-COVER1:CASE/ZNDX-Y37Q-8S0M",
            " TIRKEU-COVER1:CASE/ZNDX-Y37Q-8S0N",
        ] {
            assert_eq!(text.parse::<CoverSheet>(), Err(NotACoverSheet), "{text}");
        }
    }
}
