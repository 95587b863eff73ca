//! What the rules must know of other cases, asked of the store.

use std::collections::BTreeSet;

use super::Surroundings;
use crate::case::{Action, Case, iin_digits};
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
            let ours = some_pages(case, Some(action), scan);
            around.scan_of_another_person |= other.is_some_and(|other| {
                let theirs = other.iins();
                let shared = (ours.as_ref())
                    .zip(some_pages(&other, None, scan).as_ref())
                    .is_some_and(|(ours, theirs)| ours.is_disjoint(theirs));
                !shared
                    && !theirs.is_empty()
                    && !iins.is_empty()
                    && iins.iter().all(|iin| !theirs.contains(iin))
            });
        }
    }
    Ok(around)
}

/// The pages of a scan that are in a case after the action; none where it is the whole scan: only
/// of a stack, which people share page by page, does each have some.
fn some_pages(case: &Case, action: Option<&Action>, scan: &ScanId) -> Option<BTreeSet<u32>> {
    if let Some(Action::FileScan {
        scan: filed,
        outcome,
        ..
    }) = action
        && filed == scan
    {
        return outcome.some_pages();
    }
    if let Some(filed) = case.scans.iter().find(|filed| filed.scan == *scan) {
        return filed.outcome.some_pages();
    }
    let listed = case
        .manifest
        .scans
        .iter()
        .find(|listed| listed.scan == *scan);
    listed.and_then(|listed| Some(listed.pages.as_ref()?.iter().copied().collect()))
}

/// The IINs and the scans of the case after the action.
fn after(case: &Case, action: &Action) -> (BTreeSet<Personal<String>>, Vec<ScanId>) {
    let mut said: Vec<&Personal<String>> = Vec::new();
    let mut scans: Vec<ScanId> = case.scans.iter().map(|f| f.scan.clone()).collect();
    if let Action::FileScan { scan, outcome, .. } = action {
        scans.push(scan.clone());
        if let ScanOutcome::Read { documents, .. } = outcome {
            let read = documents.iter();
            let read = read.filter_map(|d| d.fields.get(&FieldName::IIN));
            said.extend(read.map(|field| &field.value));
        }
    }
    if let Action::DeclareCard(card) = action {
        said.extend(card.entries.get(&FieldName::IIN));
    }
    if let Action::Correct { field, value } = action
        && *field == FieldName::IIN
    {
        said.push(value);
    }
    if let Action::Transcribe(read) = action {
        said.extend(read.entries.get(&FieldName::IIN));
    }
    let mut iins = case.iins();
    iins.extend(said.into_iter().filter_map(iin_digits));
    (iins, scans)
}
