//! What time does to cases, over every store.

use casework::case::{Case, Event, Status};
use casework::ports::{Cases, Uploads};
use casework::vigil::{Standing, Vigil};
use clock::look;
use jiff::SignedDuration;

use crate::cloud::Cloud;
use crate::contract::cases::written;
use crate::contract::invented::{change, manifest, opened_by, then, time};
use crate::contract::uploads::claimed;
use crate::contract::{Adapter, Local};
use crate::machine::Machine;
use crate::memory::Memory;

const NOW: &str = "2026-10-27T12:00:00Z";

async fn due(store: &impl Cases, number: u32, due_at: &str) -> Case {
    written(store, opened_by(manifest(number, &[]), due_at)).await
}

async fn terms_records_and_uploads_are_found(place: &impl Adapter) {
    let store = place.open().await;
    let ran_out = due(&store, 1, "2026-10-27T11:59:59Z").await;
    let at_risk = due(&store, 2, "2026-10-27T16:00:00Z").await;
    due(&store, 3, "2026-10-27T16:00:01Z").await;
    let gone = due(&store, 4, "2026-10-01T16:00:00Z").await;
    let gone = written(&store, then(&gone, "applicant", Event::Withdrawn)).await;
    let upload = claimed("a/scan.jpg", "one", time("2026-10-27T11:00:00Z"));
    assert!(store.keep_upload(&upload).await.unwrap());

    let found = look(&store, Vigil::embedded(), time(NOW)).await.unwrap();
    let pressing: Vec<_> = found
        .pressing
        .iter()
        .map(|p| (&p.case, p.standing))
        .collect();
    let expected = [
        (&ran_out.id, Standing::RanOut),
        (&at_risk.id, Standing::AtRisk),
    ];
    assert_eq!(pressing, expected);
    assert_eq!(found.open.whole.cases, 3);
    assert_eq!(found.uploads_waiting, 1);
    assert_eq!(found.oldest_upload, SignedDuration::from_hours(1));
    assert!(found.kept_long_enough.is_empty() && !found.cut_short);
    let ended = Status::ALL.into_iter().filter(|status| status.ended());
    assert_eq!(found.kept_without_end, ended.collect::<Vec<_>>());

    let vigil: Vigil = serde_json::from_str(
        r#"{"source": "invented", "at_risk_hours": 0, "ended_cases_kept_days": {"withdrawn": 1, "refused": 1}}"#,
    )
    .unwrap();
    let later = time("2026-10-29T12:00:00Z");
    let found = look(&store, &vigil, later).await.unwrap();
    assert_eq!(gone.status(), Status::Withdrawn);
    assert_eq!(found.kept_long_enough, std::slice::from_ref(&gone.id));
    let set = [Status::Withdrawn, Status::Refused];
    assert!(
        set.iter()
            .all(|status| !found.kept_without_end.contains(status))
    );
    assert!(found.kept_without_end.contains(&Status::Registered));
    let kept = store.load(&gone.id).await.unwrap();
    assert_eq!(kept, Some(gone), "it is told, and nothing is destroyed");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn on_every_store() {
    terms_records_and_uploads_are_found(&Memory::default()).await;
    terms_records_and_uploads_are_found(&Local::new()).await;
    let cloud = Cloud::new();
    Box::pin(terms_records_and_uploads_are_found(&cloud)).await;
}

#[tokio::test]
async fn the_command_names_the_cases_that_press_and_nobody() {
    let machine = Machine::new();
    let store = local::Store::open(&machine.path("store")).unwrap();
    let case = due(&store, 1, "2020-10-27T11:59:59Z").await;
    let far = due(&store, 2, "2999-10-27T11:59:59Z").await;
    let read = Event::Claimed;
    written(&store, change(Some(&far), "aida", vec![read])).await;
    let said = machine.say(["clock"]);
    assert!(
        said.contains(case.id.as_str()) && said.contains("2020-10-27 12:59"),
        "{said}"
    );
    assert!(
        !said.contains(far.id.as_str()) && !said.contains("ҮЛГІ"),
        "{said}"
    );
    assert!(
        said.contains("2 open cases: 0 about to run out, 1 ran out"),
        "{said}"
    );
    assert!(
        said.contains("No end of keeping is set for 7 of the 7"),
        "{said}"
    );
}
