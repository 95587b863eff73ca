//! Sums over zones, and the shares they make.

use crate::score::{Row, ZoneRow};

/// Sums over zones.
#[derive(Default)]
pub struct Sums {
    pub zones: u32,
    pub found: u32,
    pub exact: u32,
    pub fields: u32,
    pub right: u32,
    pub covered: u32,
    pub verified: u32,
    pub verified_wrong: u32,
}

/// A document is found where its frame and the read one have this much in common.
const OVERLAP_MIN: f32 = 0.7;

impl Sums {
    /// Over the zones of all rows that are asked for.
    pub fn over<'a>(rows: impl IntoIterator<Item = &'a Row>) -> Self {
        let mut sums = Self::default();
        for zone in rows.into_iter().flat_map(|row| &row.zones) {
            sums.add(zone);
        }
        sums
    }

    /// Adds one.
    pub fn add(&mut self, zone: &ZoneRow) {
        self.zones += 1;
        self.found += u32::from(zone.found && zone.overlap >= OVERLAP_MIN);
        self.exact += u32::from(zone.exact);
        self.fields += zone.fields;
        self.right += zone.right;
        self.covered += zone.covered;
        self.verified += zone.verified;
        self.verified_wrong += zone.verified_wrong;
    }

    /// The columns `zones | found | exact | fields | verified | wrong` of a table.
    pub fn columns(&self) -> String {
        format!(
            "{} | {:.1} | {:.1} | {:.1} | {:.1} | {}",
            self.zones,
            percent(self.found, self.zones),
            percent(self.exact, self.zones),
            percent(self.right, self.fields),
            percent(self.verified, self.covered),
            self.verified_wrong,
        )
    }
}

/// A share in percent; 0 of none.
pub fn percent(part: u32, whole: u32) -> f64 {
    100.0 * f64::from(part) / f64::from(whole.max(1))
}

/// The 95 % interval of a share (Wilson), percent.
pub fn interval(part: u32, whole: u32) -> (f64, f64) {
    if whole == 0 {
        return (0.0, 100.0);
    }
    let (n, z) = (f64::from(whole), 1.96_f64);
    let share = f64::from(part) / n;
    let middle = share + z * z / (2.0 * n);
    let reach = z * (share * (1.0 - share) / n + z * z / (4.0 * n * n)).sqrt();
    let scale = 100.0 / (1.0 + z * z / n);
    ((middle - reach).max(0.0) * scale, (middle + reach) * scale)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn intervals_hold_the_share_and_narrow_with_more() {
        for (part, whole, low, high) in [
            (0, 10, 0.0, 27.8),
            (5, 10, 23.7, 76.3),
            (1000, 1000, 99.6, 100.0),
        ] {
            let (from, to) = interval(part, whole);
            assert!(
                (from - low).abs() < 0.1 && (to - high).abs() < 0.1,
                "{from} {to}"
            );
        }
        assert!(percent(0, 0).abs() < f64::EPSILON && (percent(1, 4) - 25.0).abs() < 1e-9);
    }
}
