//! What the rules must know of other cases, asked of the store.

use super::Surroundings;
use crate::case::{Action, Case};
use crate::personal::Personal;
use crate::ports::{Cases, StoreError};
use crate::reading::FieldName;
use crate::scan::{ScanId, ScanOutcome};

/// The surroundings of a case as things will stand after the action.
///
/// # Errors
/// [`StoreError`] where the store failed.
pub async fn surroundings(
    store: &impl Cases,
    case: &Case,
    action: &Action,
) -> Result<Surroundings, StoreError> {
    let (iins, scans) = after(case, action);
    let mut around = Surroundings::default();
    for iin in &iins {
        for id in store.of_person(iin).await? {
            let known = around.same_person.iter().any(|(other, _)| *other == id);
            if id != case.id
                && !known
                && let Some(other) = store.load(&id).await?
            {
                around.same_person.push((id, other.status()));
            }
        }
    }
    for scan in &scans {
        for id in store.holding(scan).await? {
            let other = if id == case.id {
                None
            } else {
                store.load(&id).await?
            };
            around.scan_of_another_person |= other.is_some_and(|other| {
                let theirs = other.iins();
                !theirs.is_empty()
                    && !iins.is_empty()
                    && iins.iter().all(|iin| !theirs.contains(iin))
            });
        }
    }
    Ok(around)
}

/// The IINs and the scans of the case after the action.
fn after(case: &Case, action: &Action) -> (Vec<Personal<String>>, Vec<ScanId>) {
    let mut iins: Vec<Personal<String>> = case.iins().into_iter().collect();
    let mut scans: Vec<ScanId> = case.scans.iter().map(|f| f.scan.clone()).collect();
    if let Action::FileScan { scan, outcome, .. } = action {
        scans.push(scan.clone());
        if let ScanOutcome::Read { documents, .. } = outcome {
            let read = documents.iter();
            let read = read.filter_map(|d| d.fields.get(&FieldName::IIN));
            iins.extend(read.map(|field| field.value.clone()));
        }
    }
    if let Action::Correct { field, value } = action
        && *field == FieldName::IIN
    {
        iins.push(value.clone());
    }
    (iins, scans)
}
