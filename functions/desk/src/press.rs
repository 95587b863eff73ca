//! What prints at the desk of this machine.

use crate::paper::{PaperOrder, PrintedPaper, Printer};
use casework::case::Case;
use casework::cover::CoverSheet;
use casework::mission::Missions;
use issue::{Order, PaperKind, Seal};

/// Prints papers that are sealed with the store's key.
#[derive(Debug)]
pub struct Press(pub Seal);

impl Printer for Press {
    fn cover_sheet(&self, sheet: &CoverSheet) -> Option<Vec<u8>> {
        issue::cover_sheet(sheet, &Missions::embedded()).ok()
    }

    fn papers(&self, case: &Case) -> Vec<&'static str> {
        let standing = issue::standing(case);
        standing.into_iter().map(PaperKind::as_str).collect()
    }

    fn paper(&self, order: &PaperOrder<'_>) -> Option<PrintedPaper> {
        let missions = Missions::embedded();
        let mission = missions.get(&order.case.manifest.mission)?;
        let wanted = Order {
            kind: PaperKind::from_name(order.name)?,
            with_english: order.with_english,
            today: order.now.to_zoned(mission.time_zone.clone()).date(),
        };
        let paper = issue::print(order.case, order.timeline, wanted, &missions, &self.0).ok()?;
        Some(PrintedPaper {
            file_name: paper.file_name,
            pdf: paper.pdf,
        })
    }
}
