//! Items by which cases are found: under a scan, under a person.

use std::collections::BTreeSet;

use casework::case::{Case, CaseId, person_key};
use casework::personal::Personal;
use casework::ports::{Cases as _, StoreError};
use casework::scan::ScanId;

use crate::Store;
use crate::item::{Item, keyed, text_of, with};
use crate::keys::{self, CASE, ItemKey, SK};
use crate::table::Stretch;

/// An item that went ahead of its transaction, for want of room in it: whoever follows it looks
/// into the case.
const AHEAD: &str = "ahead";

/// The links that a change adds and takes away.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Links {
    pub(crate) added: Vec<ItemKey>,
    pub(crate) removed: Vec<ItemKey>,
}

impl Links {
    /// Takes from the end what a transaction has no room for.
    pub(crate) fn split_off(&mut self, room: usize) -> Vec<ItemKey> {
        let mut over = self.added.split_off(room.min(self.added.len()));
        let room = room - self.added.len();
        over.append(&mut self.removed.split_off(room.min(self.removed.len())));
        over
    }
}

/// The item of a link that goes ahead.
pub(crate) fn ahead(key: &ItemKey) -> Item {
    let sure = aws_sdk_dynamodb::types::AttributeValue::Bool(true);
    with(keyed(key), [(AHEAD, sure)])
}

impl Store {
    /// The links that lead to the case as it is after a change and did not before, and the other
    /// way round.
    pub(crate) fn links(&self, before: Option<&Case>, after: &Case) -> Links {
        let (there, wanted) = (before.map(|case| self.keys(case)), self.keys(after));
        let there = there.unwrap_or_default();
        Links {
            added: wanted.difference(&there).cloned().collect(),
            removed: there.difference(&wanted).cloned().collect(),
        }
    }

    fn keys(&self, case: &Case) -> BTreeSet<ItemKey> {
        let scans = case.scan_ids().into_iter().map(keys::scan);
        let people = case.person_keys();
        let people = people.iter().map(|key| keys::person(&self.0.iin_key, key));
        let all = scans.chain(people);
        all.map(|pk| ItemKey::link(pk, &case.id)).collect()
    }

    pub(crate) async fn holding_scan(&self, scan: &ScanId) -> Result<Vec<CaseId>, StoreError> {
        let holds = |case: &Case| case.scan_ids().contains(scan);
        self.found(keys::scan(scan), holds).await
    }

    pub(crate) async fn of_people(
        &self,
        iin_or_name: &Personal<String>,
    ) -> Result<Vec<CaseId>, StoreError> {
        let Some(key) = person_key(iin_or_name) else {
            return Ok(Vec::new());
        };
        let names = |case: &Case| case.person_keys().contains(&key);
        self.found(keys::person(&self.0.iin_key, &key), names).await
    }

    /// The cases linked under a key, by reference.
    async fn found(
        &self,
        of: String,
        leads_there: impl Fn(&Case) -> bool,
    ) -> Result<Vec<CaseId>, StoreError> {
        let links = Stretch {
            index: None,
            of,
            from: CASE.to_owned(),
            to: format!("{CASE}~"),
            items_max: None,
        };
        let mut found = Vec::new();
        for link in self.stretch(&links).await? {
            let id = case_id(&link)?;
            let sure = !link.contains_key(AHEAD)
                || self.load(&id).await?.is_some_and(|case| leads_there(&case));
            if sure {
                found.push(id);
            }
        }
        Ok(found)
    }
}

fn case_id(link: &Item) -> Result<CaseId, StoreError> {
    let id = text_of(link, SK)?.trim_start_matches(CASE).to_owned();
    CaseId::try_from(id).map_err(|e| StoreError::Permanent(format!("a stored key: {e}")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_has_no_room_goes_ahead_and_nothing_is_lost() {
        let key = |pk: &str| ItemKey {
            pk: pk.to_owned(),
            sk: String::new(),
        };
        for (room, added, removed, over) in [
            (9, 2, 2, 0),
            (4, 2, 2, 0),
            (3, 2, 1, 1),
            (2, 2, 0, 2),
            (1, 1, 0, 3),
            (0, 0, 0, 4),
        ] {
            let mut links = Links {
                added: vec![key("a"), key("b")],
                removed: vec![key("c"), key("d")],
            };
            let ahead = links.split_off(room);
            let found = (links.added.len(), links.removed.len(), ahead.len());
            assert_eq!(found, (added, removed, over), "{room}");
            let all: BTreeSet<_> = [links.added, links.removed, ahead]
                .concat()
                .into_iter()
                .collect();
            assert_eq!(all.len(), 4);
        }
    }
}
