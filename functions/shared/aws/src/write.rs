//! A change of a case as one transaction: all of it, or nothing.
//!
//! A transaction has a hundred items. A case of more scans than fit has its remaining links put
//! ahead of it, marked so ([`crate::links`]): a link too many costs a look, a link too few would
//! lose a case.

use casework::case::{Case, Recorded};
use casework::notice::Notice;
use casework::ports::StoreError;
use casework::record::{sortable, to_record};
use casework::worklist::WorklistRow;

use crate::Store;
use crate::body::{Body, INLINE_BYTES_MAX};
use crate::item::{Item, keyed, number, text, with};
use crate::keys::{self, ItemKey, OUTBOX_WAITING, WORKLIST_OF_ALL, WORKLIST_OF_MISSION};
use crate::links::ahead;
use crate::transaction::{ITEMS_MAX, VERSION, Written};

/// What the worklist shows, in the case's item and both indexes.
pub(crate) const ROW: &str = "row";

/// A change that is to be written.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Change<'a> {
    pub(crate) before: Option<&'a Case>,
    pub(crate) events: &'a [Recorded],
    pub(crate) case: &'a Case,
    pub(crate) notices: &'a [Notice],
}

impl Store {
    pub(crate) async fn write(&self, change: Change<'_>) -> Result<Written, StoreError> {
        let mut puts = vec![self.case_item(change.case).await?];
        for recorded in change.events {
            puts.push(self.event_item(change.case, recorded).await?);
        }
        let now = (self.0.now)();
        for notice in change.notices {
            puts.push(notice_item(notice, now)?);
        }
        let mut links = self.links(change.before, change.case);
        let room = ITEMS_MAX.checked_sub(puts.len()).ok_or_else(|| {
            StoreError::Permanent(format!("case {}: too many events at once", change.case.id))
        })?;
        for key in links.split_off(room) {
            self.put("put a link ahead", ahead(&key)).await?;
        }
        let expected = change.before.map(|case| case.version);
        let mut items = Vec::with_capacity(ITEMS_MAX);
        for (index, item) in puts.into_iter().enumerate() {
            // The first is the case, which must stand where it stood; the rest must be new.
            items.push(self.put_if(item, expected.filter(|_| index == 0))?);
        }
        for key in &links.added {
            items.push(self.put_always(keyed(key))?);
        }
        for key in &links.removed {
            items.push(self.delete(key)?);
        }
        self.transact("write a case", items).await
    }

    async fn case_item(&self, case: &Case) -> Result<Item, StoreError> {
        let row = WorklistRow::of(case);
        let which = format!("case {}", case.id);
        let body = self.body(case, to_record(&which, case)?).await?;
        let item = with(
            keyed(&ItemKey::case(&case.id)),
            [
                (VERSION, number(case.version)),
                (ROW, text(to_record(&which, &row)?)),
                (WORKLIST_OF_ALL.1, text(keys::work(row.status, None))),
                (
                    WORKLIST_OF_MISSION.1,
                    text(keys::work(row.status, Some(&row.mission))),
                ),
                (WORKLIST_OF_ALL.2, text(keys::due(&row))),
            ],
        );
        Ok(body.onto(item))
    }

    async fn event_item(&self, case: &Case, recorded: &Recorded) -> Result<Item, StoreError> {
        let version = recorded.version;
        let which = format!("event {version} of case {}", case.id);
        let body = self.body(case, to_record(&which, recorded)?).await?;
        Ok(body.onto(keyed(&ItemKey::event(&case.id, version))))
    }

    async fn body(&self, case: &Case, record: String) -> Result<Body, StoreError> {
        let folder = format!("cases/{}", case.id);
        Body::keep(&self.0.objects, &folder, record, INLINE_BYTES_MAX).await
    }
}

pub(crate) fn notice_item(notice: &Notice, now: jiff::Timestamp) -> Result<Item, StoreError> {
    let record = to_record("a notice", notice)?;
    let item = keyed(&ItemKey::notice(&notice.case, notice.version));
    let queued_at = keys::queued(&sortable(now), notice.version);
    let item = with(
        item,
        [
            (OUTBOX_WAITING.1, text(OUTBOX_WAITING.1)),
            (OUTBOX_WAITING.2, text(queued_at)),
        ],
    );
    Ok(Body::Inline(record).onto(item))
}
