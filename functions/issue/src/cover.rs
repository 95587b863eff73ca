//! The cover sheet: laid before the papers of one person, so that a stack is split there. It
//! attests nothing and carries no signature; it names a case or a kind, never a person.

use casework::case::CaseKind;
use casework::cover::CoverSheet;
use casework::mission::Missions;
use casework::words::{Language, Words};
use jiff::civil::datetime;

use crate::IssueError;
use crate::block::{Block, InEach, Said};
use crate::press::{About, press};
use crate::qr::modules;
use crate::sheet::lay_out;
use crate::template::PageFormat;

const LANGUAGES: [Language; 2] = [Language::Kk, Language::Ru];

/// Prints a cover sheet, Kazakh and Russian: PDF/A-2a, the same bytes for the same sheet.
///
/// # Errors
/// [`IssueError`] where the mission is not known, or the page cannot be written.
pub fn cover_sheet(cover: &CoverSheet, missions: &Missions) -> Result<Vec<u8>, IssueError> {
    let payload = cover.to_string();
    let words = LANGUAGES.map(Words::of);
    let each = |text: &dyn Fn(&Words) -> String| -> InEach {
        let said = |words: &Words| Said {
            language: Some(words.language),
            text: text(words),
        };
        words.iter().map(said).collect()
    };
    let mut blocks = vec![
        Block::Letterhead(each(&|words| format!("{}\n", words.say("cover-sheet")))),
        Block::Title(each(&|words| words.say(title(cover)))),
    ];
    match cover {
        CoverSheet::NewCase { mission, .. } => {
            let known = missions.get(mission);
            let known = known.ok_or_else(|| IssueError::NoSuchMission(mission.clone()))?;
            blocks.push(Block::Heading(each(&|words| {
                let place = known.names.of(words.language);
                format!("{place} · {mission}")
            })));
        }
        CoverSheet::Case { case } => blocks.push(Block::Heading(vec![Said {
            language: None,
            text: case.as_str().to_owned(),
        }])),
    }
    blocks.push(Block::Paragraph(each(&|words| {
        words.say(match cover {
            CoverSheet::NewCase { .. } => "cover-how-new",
            CoverSheet::Case { .. } => "cover-how-case",
        })
    })));
    blocks.push(Block::Code {
        modules: modules(&payload).ok_or(IssueError::TooLong)?,
        about: each(&|words| words.say("cover-code")),
        key: payload.clone(),
    });
    let laid_out = lay_out(&blocks, PageFormat::CoverSheet)?;
    let [kazakh, _] = &words;
    let about = About {
        title: &kazakh.say(title(cover)),
        language: kazakh.language.code(),
        author: &kazakh.say("paper-ministry"),
        // It rests on nothing that happened: the same sheet has the same bytes on every day.
        at: datetime(2000, 1, 1, 0, 0, 0, 0),
        identity: &payload,
    };
    press(&laid_out, &about).map_err(IssueError::Press)
}

/// A name for its file.
pub fn cover_sheet_name(cover: &CoverSheet) -> String {
    match cover {
        CoverSheet::NewCase { kind, mission } => {
            let kind = match kind {
                CaseKind::Permanent => "permanent",
                CaseKind::Temporary => "temporary",
            };
            format!("cover-sheet-{kind}-{mission}.pdf")
        }
        CoverSheet::Case { case } => format!("cover-sheet-{case}.pdf"),
    }
}

/// The key of its title.
const fn title(cover: &CoverSheet) -> &'static str {
    match cover {
        CoverSheet::NewCase { kind, .. } => match kind {
            CaseKind::Permanent => "cover-new-permanent",
            CaseKind::Temporary => "cover-new-temporary",
        },
        CoverSheet::Case { .. } => "cover-case",
    }
}

#[cfg(test)]
mod tests {
    use casework::case::MissionCode;
    use ocr::codes::read;
    use ocr::file::{Limits, open};

    use super::*;

    fn sheets() -> Vec<CoverSheet> {
        let case = "ZNDX-Y37Q-8S0N".to_owned().try_into().unwrap();
        let mission = MissionCode("DEU-BER".into());
        let new = |kind| CoverSheet::NewCase {
            kind,
            mission: mission.clone(),
        };
        vec![
            new(CaseKind::Permanent),
            new(CaseKind::Temporary),
            CoverSheet::Case { case },
        ]
    }

    #[test]
    fn a_printed_sheet_is_read_as_what_it_says_and_is_one_page() {
        for sheet in sheets() {
            let pdf = cover_sheet(&sheet, &Missions::embedded()).unwrap();
            assert_eq!(pdf, cover_sheet(&sheet, &Missions::embedded()).unwrap());
            let file = open(&pdf, None, &Limits::APPLICANT).unwrap();
            assert_eq!(file.pages, 1);
            let codes = read(&file.page(1).unwrap());
            let said: Vec<_> = codes
                .iter()
                .map(|code| code.text.reveal().parse())
                .collect();
            assert_eq!(said, [Ok(sheet)]);
        }
    }

    #[test]
    fn there_is_no_sheet_for_a_mission_that_there_is_not() {
        let nowhere = CoverSheet::NewCase {
            kind: CaseKind::Temporary,
            mission: MissionCode("XXX-YYY".into()),
        };
        let printed = cover_sheet(&nowhere, &Missions::embedded());
        assert!(matches!(printed, Err(IssueError::NoSuchMission(_))));
    }
}
