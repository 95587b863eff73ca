//! On a schedule: terms that run out, records whose keeping is over, uploads that wait.
//!
//! Handlers over the ports of `casework`; the same on one machine and in the cloud. What was
//! found is told to staff and changes nothing: what time does is a function of the time.
//!
//! Never here: the clock, a rule about terms ([`casework::vigil`]), a person's data.

use std::collections::BTreeMap;

use casework::case::{CaseId, MissionCode, Status};
use casework::finding::Rule;
use casework::overview::Overview;
use casework::ports::{Cases, StoreError, Uploads};
use casework::vigil::{Standing, Vigil};
use casework::worklist::{WorklistQuery, WorklistRow};
use jiff::{SignedDuration, Timestamp};

/// Pages of the worklist that one look reads at most: 100,000 cases.
const PAGES_MAX: usize = 500;
/// Uploads that wait are counted up to here.
const UPLOADS_MAX: u32 = 1000;
/// A case is due within so long of its end at most: where ended ones are looked for by due time.
const DUE_AROUND_END: SignedDuration = SignedDuration::from_hours(24 * 60);

/// What is looked through.
pub trait Store: Cases + Uploads {}
impl<T: Cases + Uploads> Store for T {}

/// An open case whose term has run out or soon will have.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pressing {
    /// The case.
    pub case: CaseId,
    /// Its mission.
    pub mission: MissionCode,
    /// Where it stands.
    pub status: Status,
    /// Until when it is to be decided.
    pub due_at: Timestamp,
    /// How its term stands.
    pub standing: Standing,
}

/// What a look found.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Found {
    /// Open cases that press, due soonest first.
    pub pressing: Vec<Pressing>,
    /// All open cases, counted.
    pub open: Overview,
    /// Cases that are kept no longer; people destroy them.
    pub kept_long_enough: Vec<CaseId>,
    /// The ways to end for which nobody has set how long such cases are kept: those are.
    pub kept_without_end: Vec<Status>,
    /// Uploads that have no end yet, up to a thousand.
    pub uploads_waiting: u64,
    /// How long the oldest of them has waited.
    pub oldest_upload: SignedDuration,
    /// Whether there was more than one look may read.
    pub cut_short: bool,
}

impl Found {
    /// How many open cases stand so.
    pub fn standing(&self, standing: Standing) -> u64 {
        let pressing = self.pressing.iter();
        pressing.filter(|one| one.standing == standing).count() as u64
    }

    /// Open cases in which each rule finds something.
    pub const fn findings(&self) -> &BTreeMap<Rule, u32> {
        &self.open.whole.findings
    }
}

/// Looks at every open case, at ended ones whose keeping is bounded, and at uploads that wait.
///
/// # Errors
/// [`StoreError`] where the store failed.
pub async fn look(store: &impl Store, vigil: &Vigil, now: Timestamp) -> Result<Found, StoreError> {
    let mut found = Found {
        kept_without_end: vigil.kept_without_end().collect(),
        ..Found::default()
    };
    let open = |row: WorklistRow, found: &mut Found| {
        found.open.count(&row, now);
        found.pressing.extend(pressing(vigil, &row, now));
    };
    walk(store, WorklistQuery::default(), &mut found, open).await?;
    for (status, since) in vigil.kept_since(now) {
        let query = WorklistQuery {
            status: Some(status),
            due_until: since.checked_add(DUE_AROUND_END).ok(),
            ..WorklistQuery::default()
        };
        let over = |row: WorklistRow, found: &mut Found| {
            if vigil.kept_long_enough(&row, now) {
                found.kept_long_enough.push(row.case);
            }
        };
        walk(store, query, &mut found, over).await?;
    }
    let waiting = store.without_end(now, UPLOADS_MAX).await?;
    found.uploads_waiting = waiting.len() as u64;
    let waited = waiting.iter().map(|one| now.duration_since(one.came_at));
    found.oldest_upload = waited.max().unwrap_or_default();
    Ok(found)
}

/// Every row of the worklist that a question asks for, as far as one look reads.
async fn walk(
    store: &impl Cases,
    mut query: WorklistQuery,
    found: &mut Found,
    each: impl Fn(WorklistRow, &mut Found),
) -> Result<(), StoreError> {
    for _ in 0..PAGES_MAX {
        let page = store.worklist(&query).await?;
        for row in page.rows {
            each(row, found);
        }
        query.after = page.next;
        if query.after.is_none() {
            return Ok(());
        }
    }
    found.cut_short = true;
    Ok(())
}

fn pressing(vigil: &Vigil, row: &WorklistRow, now: Timestamp) -> Option<Pressing> {
    let standing = vigil.standing(row, now)?;
    (standing != Standing::Runs).then(|| Pressing {
        case: row.case.clone(),
        mission: row.mission.clone(),
        status: row.status,
        due_at: row.due_at,
        standing,
    })
}
