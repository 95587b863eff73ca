//! Sums over fields.

use casework::document::Certainty;

use super::score::FieldRow;
use crate::sums::percent;

/// Sums over fields.
#[derive(Default)]
pub struct Sums {
    /// How many there are.
    pub all: u32,
    /// Read right.
    pub exact: u32,
    /// Not read.
    pub absent: u32,
    /// Read wrong.
    pub wrong: u32,
    /// Of these, not called doubtful.
    pub wrong_unnoticed: u32,
    /// Read right and called doubtful.
    pub exact_doubtful: u32,
    /// A zone of the same document says them too.
    pub in_zone: u32,
    /// Of these, verified.
    pub in_zone_verified: u32,
    /// Verified.
    pub verified: u32,
    /// Of these, wrong.
    pub verified_wrong: u32,
}

impl Sums {
    /// Over fields.
    pub fn over<'a>(fields: impl IntoIterator<Item = &'a FieldRow>) -> Self {
        let mut sums = Self::default();
        for field in fields {
            sums.add(field);
        }
        sums
    }

    fn add(&mut self, field: &FieldRow) {
        let exact = field.is_exact();
        let wrong = !exact && field.read.is_some();
        let doubtful = field.certainty() == Some(Certainty::Doubtful);
        let verified = field.certainty() == Some(Certainty::Verified);
        let count = |sum: &mut u32, yes: bool| *sum += u32::from(yes);
        count(&mut self.all, true);
        count(&mut self.exact, exact);
        count(&mut self.absent, field.read.is_none());
        count(&mut self.wrong, wrong);
        count(&mut self.wrong_unnoticed, wrong && !doubtful);
        count(&mut self.exact_doubtful, exact && doubtful);
        count(&mut self.in_zone, field.in_zone);
        count(&mut self.in_zone_verified, field.in_zone && verified);
        count(&mut self.verified, verified);
        count(&mut self.verified_wrong, verified && wrong);
    }

    /// The head of [`Sums::columns`].
    pub const HEAD: &'static str = "fields | exact % | right but doubtful % | absent % | wrong % | wrong, not doubtful % | verified % | verified wrong |\n|---|---|---|---|---|---|---|---|---|\n";

    /// One row of a table.
    pub fn columns(&self) -> String {
        let share = |part: u32| percent(part, self.all);
        format!(
            "{} | {:.1} | {:.1} | {:.1} | {:.1} | {:.1} | {:.1} | {}",
            self.all,
            share(self.exact),
            share(self.exact_doubtful),
            share(self.absent),
            share(self.wrong),
            share(self.wrong_unnoticed),
            share(self.verified),
            self.verified_wrong,
        )
    }
}
