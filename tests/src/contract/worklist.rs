//! The worklist.

use std::collections::BTreeSet;

use casework::case::{Case, CaseId, Event, MissionCode, Status};
use casework::finding::{Rule, Severity};
use casework::ports::{Cases, WorklistCursor, WorklistQuery, WorklistRow};
use casework::reading::FieldName;
use casework::scan::ScanId;

use super::Adapter;
use super::cases::written;
use super::invented::{DUE, derived, filed, manifest, opened, opened_by, then, time};

/// Walks the worklist to its end.
async fn walk(store: &impl Cases, mut query: WorklistQuery) -> Vec<WorklistRow> {
    let mut rows = Vec::new();
    loop {
        let page = store.worklist(&query).await.unwrap();
        assert!(page.rows.len() <= query.rows_max() as usize);
        let last = page.rows.last().map(WorklistRow::cursor);
        rows.extend(page.rows);
        match page.next {
            None => return rows,
            next => {
                assert_eq!(next, last, "the next page begins where this one ended");
                query.after = next;
            }
        }
    }
}

pub(crate) async fn pages_show_every_case_once_in_order(place: &impl Adapter) {
    const CASES: u32 = 1000;
    let store = place.open().await;
    let mut expected = BTreeSet::new();
    for number in 0..CASES {
        // Sixty times among a thousand cases, and two statuses in turn.
        let due_at = format!("2026-10-27T12:00:{:02}Z", number % 60);
        let scans = [ScanId::of(b"to come")];
        let scans = if number % 2 == 0 { &scans[..] } else { &[] };
        let case = written(&store, opened_by(manifest(number, scans), &due_at)).await;
        let (due_at, case) = (case.due_at, case.id);
        expected.insert(WorklistCursor { due_at, case });
    }
    let expected: Vec<_> = expected.into_iter().collect();
    // A hundred rows and twice five hundred meet the end of a page exactly.
    for limit in [7, 100, 200, 0, u32::MAX] {
        let query = WorklistQuery {
            limit,
            ..WorklistQuery::default()
        };
        let rows = walk(&store, query).await;
        let found: Vec<_> = rows.iter().map(WorklistRow::cursor).collect();
        assert_eq!(found.len(), expected.len(), "{limit}");
        assert!(found == expected, "{limit}");
    }
}

pub(crate) async fn filters_let_through_what_they_name(place: &impl Adapter) {
    let store = place.open().await;
    let [reading, awaiting, withdrawn, elsewhere] = four_cases(&store).await;
    let tokyo = || Some(MissionCode("JPN-TYO".into()));
    let (open, reading_only) = (None, Some(Status::Reading));
    let (instant, earlier) = ("2026-10-27T12:00:02Z", "2026-10-27T12:00:01.999999999Z");
    for (mission, status, due_until, expected) in [
        (None, open, None, vec![&reading, &awaiting, &elsewhere]),
        (None, reading_only, None, vec![&reading]),
        (None, Some(Status::Withdrawn), None, vec![&withdrawn]),
        (tokyo(), open, None, vec![&elsewhere]),
        (tokyo(), reading_only, None, vec![]),
        (None, open, Some(instant), vec![&reading, &awaiting]),
        (None, open, Some(earlier), vec![&reading]),
    ] {
        let query = WorklistQuery {
            mission,
            status,
            due_until: due_until.map(time),
            ..WorklistQuery::default()
        };
        let rows = walk(&store, query.clone()).await;
        let found: Vec<_> = rows.iter().map(|row| &row.case).collect();
        assert_eq!(found, expected, "{query:?}");
    }
    let ended_too = WorklistQuery {
        with_ended: true,
        ..WorklistQuery::default()
    };
    let rows = walk(&store, ended_too).await;
    let found: Vec<_> = rows.iter().map(|row| &row.case).collect();
    assert_eq!(found, [&reading, &withdrawn, &awaiting, &elsewhere]);
}

/// One that is being read, one that waits, one that was withdrawn, one at another mission;
/// due at seconds 0, 2, 1 and 3.
async fn four_cases(store: &impl Cases) -> [CaseId; 4] {
    let due = |second: u32| format!("2026-10-27T12:00:{second:02}Z");
    let to_come = manifest(1, &[ScanId::of(b"to come")]);
    let mut elsewhere = manifest(4, &[]);
    elsewhere.mission = MissionCode("JPN-TYO".into());
    let reading = written(store, opened_by(to_come, &due(0))).await;
    let awaiting = written(store, opened_by(manifest(2, &[]), &due(2))).await;
    let opened = written(store, opened_by(manifest(3, &[]), &due(1))).await;
    let withdrawn = written(store, then(&opened, "applicant", Event::Withdrawn)).await;
    let elsewhere = written(store, opened_by(elsewhere, &due(3))).await;
    [reading, awaiting, withdrawn, elsewhere].map(|case| case.id)
}

pub(crate) async fn a_row_shows_the_case_as_it_stands(place: &impl Adapter) {
    let store = place.open().await;
    let shown = async |case: &Case| {
        let rows = walk(&store, WorklistQuery::default()).await;
        assert_eq!(rows, [WorklistRow::of(case)]);
        rows.into_iter().next().unwrap()
    };
    let case = written(&store, opened(1)).await;
    let row = shown(&case).await;
    assert_eq!((row.applicant, row.pages, row.due_at), (None, 0, time(DUE)));

    let names = [
        (FieldName::GIVEN_NAMES, "ӘСЕЛ"),
        (FieldName::SURNAME, "ҮЛГІ"),
    ];
    let found = [
        (Rule::R9, Severity::Warning),
        (Rule::R18, Severity::Ask),
        (Rule::R5, Severity::Hard),
        (Rule::R5, Severity::Hard),
    ];
    let case = written(&store, then(&case, "intake", filed(&ScanId::of(b"a")))).await;
    let case = written(&store, then(&case, "intake", derived(&names, &found))).await;
    let row = shown(&case).await;
    assert!(row.applicant == Some("ҮЛГІ ӘСЕЛ".into()), "surname first");
    assert_eq!(
        row.findings,
        [found[2], found[0], found[1]],
        "hard ones first"
    );
    assert_eq!((row.pages, row.status), (2, case.status()));
}
