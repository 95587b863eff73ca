//! Stacks, each written in place of its version before, and their pages as they are read.

use std::collections::BTreeSet;

use casework::case::MissionCode;
use casework::ports::{PageLooked, Stacks, StoreError};
use casework::reading::PageSeen;
use casework::record::{from_record, sortable, to_record};
use casework::stack::{PageRef, Stack, StackId, Stage};
use rusqlite::{OptionalExtension as _, Params, Row, Transaction};

use crate::Store;
use crate::cases::{execute, texts};
use crate::failure::sqlite_failure;

const WHICH: &str = "a stack";
const PAGE: &str = "a page of a stack";

impl Stacks for Store {
    async fn stack(&self, id: &StackId) -> Result<Option<Stack>, StoreError> {
        self.database.read(|tx| one(tx, id))
    }

    async fn keep_stack(&self, stack: &Stack) -> Result<bool, StoreError> {
        const SQL: &str = "INSERT INTO stacks (id, version, mission, came_at, to_do, stack)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6)
             ON CONFLICT (id) DO UPDATE SET version = ?2, to_do = ?5, stack = ?6";
        let text = to_record(WHICH, stack)?;
        self.database.write(|tx| {
            let there = one(tx, &stack.id)?;
            if there.as_ref() == Some(stack) {
                return Ok(true);
            }
            if there.map_or(0, |there| there.version) + 1 != stack.version {
                return Ok(false);
            }
            let to_do = stack.stage != Stage::Done;
            let (id, mission) = (stack.id.as_str(), &stack.terms.mission.0);
            let came_at = sortable(stack.came_at);
            execute(tx, SQL, (id, stack.version, mission, came_at, to_do, text))?;
            Ok(true)
        })
    }

    async fn stacks(
        &self,
        missions: Option<&BTreeSet<MissionCode>>,
        limit: u32,
    ) -> Result<Vec<Stack>, StoreError> {
        const ANY: &str = "SELECT stack FROM stacks ORDER BY came_at DESC LIMIT ?";
        const OF: &str = "SELECT stack FROM stacks WHERE mission = ? ORDER BY came_at DESC LIMIT ?";
        let mut stacks = self.database.read(|tx| {
            let Some(missions) = missions else {
                return read(tx, ANY, [limit]);
            };
            let mut stacks = Vec::new();
            for mission in missions {
                stacks.extend(read(tx, OF, (&mission.0, limit))?);
            }
            Ok(stacks)
        })?;
        stacks.sort_by_key(|stack| std::cmp::Reverse(stack.came_at));
        stacks.truncate(limit as usize);
        Ok(stacks)
    }

    async fn stacks_to_do(&self) -> Result<Vec<StackId>, StoreError> {
        const SQL: &str = "SELECT id FROM stacks WHERE to_do = 1 ORDER BY came_at";
        let ids = self.database.read(|tx| texts(tx, SQL, []))?;
        ids.into_iter().map(stored_id).collect()
    }

    async fn keep_page(
        &self,
        id: &StackId,
        at: PageRef,
        page: &PageLooked,
    ) -> Result<(), StoreError> {
        const SQL: &str =
            "INSERT OR REPLACE INTO stack_pages (stack, file, page, digest, seen, thumbnail)
             VALUES (?, ?, ?, ?, ?, ?)";
        let digest = page.seen.as_ref().ok().map(|seen| &seen.digest);
        let text = to_record(PAGE, &page.seen)?;
        let values = (id.as_str(), at.file, at.page, digest, text, &page.thumbnail);
        self.database.write(|tx| execute(tx, SQL, values))
    }

    async fn pages_seen(&self, id: &StackId) -> Result<Vec<(PageRef, PageSeen)>, StoreError> {
        const SQL: &str =
            "SELECT file, page, seen FROM stack_pages WHERE stack = ? ORDER BY file, page";
        let rows: Vec<(PageRef, String)> = self.database.read(|tx| {
            let row = |row: &Row<'_>| Ok((page_ref(row)?, row.get(2)?));
            tx.prepare_cached(SQL)
                .and_then(|mut select| select.query_map([id.as_str()], row)?.collect())
                .map_err(|e| sqlite_failure(&e))
        })?;
        let seen = |(at, text): (PageRef, String)| Ok((at, from_record(PAGE, &text)?));
        rows.into_iter().map(seen).collect()
    }

    async fn pages_read(&self, id: &StackId) -> Result<u32, StoreError> {
        const SQL: &str = "SELECT count(*) FROM stack_pages WHERE stack = ?";
        self.database.read(|tx| {
            tx.prepare_cached(SQL)
                .and_then(|mut select| select.query_row([id.as_str()], |row| row.get(0)))
                .map_err(|e| sqlite_failure(&e))
        })
    }

    async fn thumbnail(&self, id: &StackId, at: PageRef) -> Result<Option<Vec<u8>>, StoreError> {
        const SQL: &str =
            "SELECT thumbnail FROM stack_pages WHERE stack = ? AND file = ? AND page = ?";
        let found: Option<Vec<u8>> = self.database.read(|tx| {
            let keys = (id.as_str(), at.file, at.page);
            tx.prepare_cached(SQL)
                .and_then(|mut select| select.query_row(keys, |row| row.get(0)).optional())
                .map_err(|e| sqlite_failure(&e))
        })?;
        Ok(found.filter(|jpeg| !jpeg.is_empty()))
    }

    async fn page_before(
        &self,
        id: &StackId,
        digest: &str,
    ) -> Result<Option<(StackId, PageRef)>, StoreError> {
        const SQL: &str = "SELECT file, page, other.id FROM stack_pages seen
             JOIN stacks other ON other.id = seen.stack JOIN stacks own ON own.id = ?2
             WHERE digest = ?1 AND (other.came_at, other.id) < (own.came_at, own.id)
             ORDER BY other.came_at, other.id, file, page LIMIT 1";
        let found: Option<(PageRef, String)> = self.database.read(|tx| {
            let row = |row: &Row<'_>| Ok((page_ref(row)?, row.get(2)?));
            tx.prepare_cached(SQL)
                .and_then(|mut select| select.query_row((digest, id.as_str()), row).optional())
                .map_err(|e| sqlite_failure(&e))
        })?;
        found.map(|(at, id)| Ok((stored_id(id)?, at))).transpose()
    }
}

fn page_ref(row: &Row<'_>) -> rusqlite::Result<PageRef> {
    Ok(PageRef {
        file: row.get(0)?,
        page: row.get(1)?,
    })
}

fn stored_id(text: String) -> Result<StackId, StoreError> {
    StackId::try_from(text).map_err(|e| StoreError::Permanent(format!("a stored key: {e}")))
}

fn one(tx: &Transaction<'_>, id: &StackId) -> Result<Option<Stack>, StoreError> {
    const SQL: &str = "SELECT stack FROM stacks WHERE id = ?";
    read(tx, SQL, [id.as_str()]).map(|mut found| found.pop())
}

fn read(tx: &Transaction<'_>, sql: &str, keys: impl Params) -> Result<Vec<Stack>, StoreError> {
    let texts = texts(tx, sql, keys)?;
    texts.iter().map(|text| from_record(WHICH, text)).collect()
}
