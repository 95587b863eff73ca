//! An application with what was read of its papers.

use casework::application::Application;
use casework::case::Case;
use casework::ports::StoreError;
use intake::{Intake, IntakeError, outcome};

use crate::{Portal, Sight, Store};

/// The case that an application would be now. A paper that cannot be read at the moment is left
/// out: nothing waits for it, and it is read when it is next asked for.
pub async fn draft<S: Store, E: Sight>(
    portal: &Portal<S, E>,
    application: &Application,
) -> Result<Case, StoreError> {
    let intake = Intake::new(&portal.store, &portal.eyes);
    let at = (portal.now)();
    let mut read = Vec::new();
    for pages in application.scans() {
        match intake.seen(&pages).await {
            Ok(seen) => {
                let received_on = at.to_zoned(jiff::tz::TimeZone::UTC).date();
                let outcome = outcome(seen, &pages, received_on);
                read.push((pages, outcome));
            }
            Err(IntakeError::Store(error)) => return Err(error),
            Err(_) => {}
        }
    }
    let draft = application.draft(read, at);
    draft.map_err(|why| StoreError::Permanent(why.to_string()))
}
