//! Stacks beside the pages: those that clerks upload are worked on, and the watched folder is
//! looked at, for as long as the desk is served.

use std::path::Path;
use std::time::Duration;

use casework::case::{Actor, Role};
use casework::ports::Stacks as _;
use casework::words::Words;
use intake::Intake;
use intake::manifest::TakeSettings;
use local::Store;

use crate::eyes::{Allowance, Eyes};
use crate::take::{TakeError, Taking};
use crate::watch::{Place, Watched, given};
use crate::{now, show};

type Error = Box<dyn std::error::Error>;

/// From one look to the next: what did not change for so long was finished.
const LOOK_EVERY: Duration = Duration::from_secs(2);

/// In whose name a machine brings a stack.
pub const MACHINE: Actor = Actor {
    role: Role::Intake,
    account: None,
};

/// Works on every stack that is not done, one after another. A stack that fails is taken up again
/// at the next look.
pub async fn work(store: &Store, eyes: &Eyes, settings: &TakeSettings) -> Result<(), Error> {
    let intake = Intake::new(store, eyes);
    for id in store.stacks_to_do().await? {
        // One that fails keeps no other waiting.
        if let Err(error) = intake.work_on(&id, settings, now(), &mut |_, _| {}).await {
            crate::complain(&error);
        }
    }
    Ok(())
}

/// Goes on for as long as it is let: stacks of the desk, and those of the folder where one is watched.
pub async fn keep_working(
    store: Store,
    mut watched: Option<Watched>,
    settings: &TakeSettings,
    words: &Words,
) {
    let eyes = Eyes::over(store.clone(), Allowance::Batch);
    loop {
        if let Err(error) = work(&store, &eyes, settings).await {
            crate::complain(error.as_ref());
        }
        if let Some(watched) = &mut watched
            && let Err(error) = once(&store, &eyes, watched, settings, words).await
        {
            crate::complain(error.as_ref());
        }
        tokio::time::sleep(LOOK_EVERY).await;
    }
}

/// Watches a folder; until nothing is left in it, or without end.
pub async fn watch(
    store: &Store,
    dir: &Path,
    settings: &TakeSettings,
    words: &Words,
    until_empty: bool,
) -> Result<(), Error> {
    let mut watched = Watched::open(dir).map_err(|e| format!("{}: {e}", dir.display()))?;
    let eyes = Eyes::over(store.clone(), Allowance::Batch);
    loop {
        let waits = once(store, &eyes, &mut watched, settings, words).await?;
        if until_empty && !waits {
            return Ok(());
        }
        tokio::time::sleep(LOOK_EVERY).await;
    }
}

/// Looks once and takes in what is claimed; whether anything is still being written.
async fn once(
    store: &Store,
    eyes: &Eyes,
    watched: &mut Watched,
    settings: &TakeSettings,
    words: &Words,
) -> Result<bool, Error> {
    let waits = watched.look()?;
    for claim in watched.claimed()? {
        let given = given(&claim);
        let intake = Intake::new(store, eyes);
        let taking = Taking::new(intake, settings, MACHINE, now(), given.scans());
        let report = match taking.take(&given).await {
            // What is said of it cannot be used; the others still may be.
            Err(TakeError::Settings(error)) => {
                crate::complain(&error);
                watched.put_away(&claim, Place::Left)?;
                continue;
            }
            other => other?,
        };
        let count = report.count(store).await?;
        show::report(&report, count, words)?;
        let place = if report.complete() && count.lost == 0 {
            Place::Done
        } else {
            Place::Left
        };
        watched.put_away(&claim, place)?;
    }
    Ok(waits)
}
