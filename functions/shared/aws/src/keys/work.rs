//! The keys of the worklist's two indexes.

use casework::case::{MissionCode, Status};
use casework::record::sortable;
use casework::worklist::{WorklistCursor, WorklistRow};
use jiff::Timestamp;

/// The partition of a status in the worklist, of one mission or of all.
pub(crate) fn work(status: Status, mission: Option<&MissionCode>) -> String {
    let status = status.as_str();
    mission.map_or_else(
        || status.to_owned(),
        |mission| format!("{status}#{mission}"),
    )
}

/// The place of a row within its partition.
pub(crate) fn due(row: &WorklistRow) -> String {
    due_at(row.due_at, row.case.as_str())
}

/// The first place behind a row; the first of all without one.
pub(crate) fn due_after(cursor: Option<&WorklistCursor>) -> String {
    // References have one length: only this one's key is a beginning of the key that is made.
    cursor.map_or_else(
        || "0".to_owned(),
        |c| due_at(c.due_at, c.case.as_str()) + "!",
    )
}

/// The last place of an instant; the last of all without one.
pub(crate) fn due_until(until: Option<Timestamp>) -> String {
    until.map_or_else(|| casework::record::NEVER.to_owned(), |at| due_at(at, "~"))
}

fn due_at(at: Timestamp, case: &str) -> String {
    format!("{}#{case}", sortable(at))
}

#[cfg(test)]
mod tests {
    use casework::case::CaseId;

    use super::*;

    #[test]
    fn keys_sort_as_what_they_stand_for() {
        // The last symbol is the check symbol; one of them fits.
        let id = |start: &str| {
            let mut symbols = "0123456789ABCDEFGHJKMNPQRSTVWXYZ".chars();
            symbols.find_map(|check| CaseId::try_from(format!("{start}{check}")).ok())
        };
        let (low, high) = (id("0000-0000-000").unwrap(), id("ZZZZ-ZZZZ-ZZZ").unwrap());
        let at = |text: &str| text.parse::<Timestamp>().unwrap();
        let (early, late) = (
            at("2026-10-27T12:00:00Z"),
            at("2026-10-27T12:00:00.000000001Z"),
        );
        let row = |due: Timestamp, case: &CaseId| due_at(due, case.as_str());
        let cursor = |due_at, case: &CaseId| WorklistCursor {
            due_at,
            case: case.clone(),
        };
        let order = [
            due_after(None),
            row(early, &low),
            due_after(Some(&cursor(early, &low))),
            row(early, &high),
            due_after(Some(&cursor(early, &high))),
            due_until(Some(early)),
            row(late, &low),
            due_until(Some(late)),
            due_until(None),
        ];
        assert!(order.windows(2).all(|two| two[0] < two[1]), "{order:?}");
    }
}
