//! A page of the worklist: every status asked for has its own partition, asked at the same time.

use casework::case::Status;
use casework::ports::{StoreError, WorklistPage, WorklistQuery, WorklistRow};
use casework::record::from_record;
use futures_util::future::try_join_all;

use crate::Store;
use crate::item::text_of;
use crate::keys::{WORKLIST_OF_ALL, WORKLIST_OF_MISSION, due_after, due_until, work};
use crate::table::Stretch;
use crate::write::ROW;

impl Store {
    pub(crate) async fn page(&self, query: &WorklistQuery) -> Result<WorklistPage, StoreError> {
        let of_status = query.statuses().map(|status| self.rows(query, status));
        let rows = try_join_all(of_status).await?;
        Ok(WorklistPage::of(rows.concat(), query.rows_max()))
    }

    async fn rows(
        &self,
        query: &WorklistQuery,
        status: Status,
    ) -> Result<Vec<WorklistRow>, StoreError> {
        let mission = query.mission.as_ref();
        let rows = Stretch {
            index: Some(mission.map_or(WORKLIST_OF_ALL, |_| WORKLIST_OF_MISSION)),
            of: work(status, mission),
            from: due_after(query.after.as_ref()),
            to: due_until(query.due_until),
            items_max: Some(query.rows_max() + 1),
        };
        if rows.from > rows.to {
            return Ok(Vec::new());
        }
        let items = self.stretch(&rows).await?;
        items
            .iter()
            .map(|item| from_record("a row of the worklist", text_of(item, ROW)?))
            .collect()
    }
}
