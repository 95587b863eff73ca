//! How a complaint comes to its case.

use jiff::Timestamp;

use super::NotNow;
use crate::appeal::{Appeal, Terms, Typed};
use crate::case::{Actor, Case, Event, Role};
use crate::mission::Missions;
use crate::term::due;

impl Case {
    /// A complaint is taken whole, whenever it comes; one that stands unsigned is taken again on paper.
    pub(super) fn appealing(
        &self,
        typed: &Typed,
        actor: &Actor,
        at: Timestamp,
    ) -> Result<Event, NotNow> {
        let on_paper = actor.role != Role::Applicant;
        let appeal = Appeal::stated(typed, on_paper, self.day_of(at));
        let appeal = appeal.map_err(NotNow::AppealLacks)?;
        let hand_on_by = match &self.appeal {
            Some(lodged) if lodged.appeal == appeal => return Err(NotNow::Nothing),
            Some(lodged) if lodged.appeal.is_signed() => return Err(NotNow::AppealStands),
            Some(lodged) => lodged.hand_on_by,
            None => self.hand_on_by(at),
        };
        Ok(Event::Appealed { appeal, hand_on_by })
    }

    /// Until when the mission hands on a complaint that comes now: at once where its calendar says
    /// nothing, since a complaint is never turned away.
    fn hand_on_by(&self, at: Timestamp) -> Timestamp {
        let missions = Missions::embedded();
        let mission = missions.get(&self.manifest.mission);
        let days = Terms::embedded().working_days_to_hand_on;
        let due = mission.and_then(|mission| due(at, mission, days).ok());
        due.map_or(at, |due| due.due_at)
    }
}
