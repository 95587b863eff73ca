//! Cases with their events.

use casework::case::{Case, CaseId, Recorded};
use casework::notice::Notice;
use casework::personal::Personal;
use casework::ports::{Append, Cases, StoreError, WorklistPage, WorklistQuery};
use casework::record::{follows, from_record};
use casework::scan::ScanId;
use futures_util::future::try_join_all;

use crate::Store;
use crate::body::Body;
use crate::item::number_of;
use crate::keys::ItemKey;
use crate::table::Stretch;
use crate::transaction::{ATTEMPTS_MAX, VERSION, Written, pause};
use crate::write::Change;

impl Cases for Store {
    async fn load(&self, id: &CaseId) -> Result<Option<Case>, StoreError> {
        Ok(self.stored(id).await?.map(|(_, case)| case))
    }

    async fn timeline(&self, id: &CaseId) -> Result<Vec<Recorded>, StoreError> {
        self.events_between(id, 0, u64::MAX).await
    }

    /// What was there before says what the change adds; the condition on its version says that
    /// it still was there. A condition that failed is answered by what stands there: whoever
    /// finds their own events has written them, in an attempt whose answer was lost.
    async fn append(
        &self,
        expected_version: u64,
        events: &[Recorded],
        case: &Case,
        notices: &[Notice],
    ) -> Result<Append, StoreError> {
        for attempt in 0..ATTEMPTS_MAX {
            let stored = self.stored(&case.id).await?;
            let found_version = stored.as_ref().map_or(0, |(version, _)| *version);
            let before = stored.map(|(_, case)| case);
            if found_version != expected_version {
                let after = self.events_between(&case.id, expected_version, case.version);
                let mine = !events.is_empty() && after.await? == events;
                return Ok(if mine {
                    Append::Done
                } else {
                    Append::Conflict { found_version }
                });
            }
            follows(before.clone(), events, case)?;
            let change = Change {
                before: before.as_ref(),
                events,
                case,
                notices,
            };
            match self.write(change).await? {
                Written::Now => return Ok(Append::Done),
                Written::ConditionFailed => {}
                Written::Crossed => pause(attempt).await,
            }
        }
        Err(StoreError::Transient(format!(
            "others are writing case {}; try again",
            case.id
        )))
    }

    async fn worklist(&self, query: &WorklistQuery) -> Result<WorklistPage, StoreError> {
        self.page(query).await
    }

    async fn holding(&self, scan: &ScanId) -> Result<Vec<CaseId>, StoreError> {
        self.holding_scan(scan).await
    }

    async fn of_person(&self, iin_or_name: &Personal<String>) -> Result<Vec<CaseId>, StoreError> {
        self.of_people(iin_or_name).await
    }
}

impl Store {
    /// The version and the snapshot; the fold of the events where an older program made the
    /// snapshot.
    async fn stored(&self, id: &CaseId) -> Result<Option<(u64, Case)>, StoreError> {
        let Some(item) = self.item(&ItemKey::case(id)).await? else {
            return Ok(None);
        };
        let version = number_of(&item, VERSION)?;
        let snapshot = Body::of(&item)?.record(&self.0.objects).await?;
        if let Ok(case) = serde_json::from_str(&snapshot) {
            return Ok(Some((version, case)));
        }
        let events = self.events_between(id, 0, version).await?;
        let case = Case::from_events(&events)
            .map_err(|e| StoreError::Permanent(format!("case {id}: {e}")))?;
        Ok(Some((version, case)))
    }

    /// The events after version `after`, up to version `until`, oldest first.
    async fn events_between(
        &self,
        id: &CaseId,
        after: u64,
        until: u64,
    ) -> Result<Vec<Recorded>, StoreError> {
        let (from, to) = (after.saturating_add(1), until);
        if from > to {
            return Ok(Vec::new());
        }
        let (from, to) = (ItemKey::event(id, from), ItemKey::event(id, to));
        let events = Stretch {
            index: None,
            of: from.pk,
            from: from.sk,
            to: to.sk,
            items_max: None,
        };
        let items = self.stretch(&events).await?;
        let which = format!("an event of case {id}");
        let read = items.iter().map(async |item| {
            let record = Body::of(item)?.record(&self.0.objects).await?;
            from_record(&which, &record)
        });
        try_join_all(read).await
    }
}
