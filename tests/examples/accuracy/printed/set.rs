//! The sets of papers, which [`samples::measuring`] makes.

use samples::draw::face::Faces;
use samples::measuring::{Class, Kind, Order};
use samples::truth::Truth;

use crate::AnyError;
use crate::pages::{Made, Pages};
use crate::set::Set;

/// Papers of every kind in turn, as scanners or phones see them.
#[derive(Clone, Copy)]
pub struct Papers(pub Set);

impl Pages for Papers {
    type Truth = Truth;

    fn stem(self, index: u32) -> String {
        let set = format!("{:?}", self.0).to_lowercase();
        format!("{set}-{index:05}")
    }

    fn make(self, seed: u64, index: u32, faces: &Faces) -> Result<Made<Truth>, AnyError> {
        let order = Order {
            seed,
            count: index + 1,
            class: self.0.class().unwrap_or(Class::Scan),
            kind: Kind::Mixed,
        };
        let made = order.exhibit(faces, index)?;
        let ending = made.name.rsplit('.').next().unwrap_or_default().to_owned();
        Ok(Made {
            ending,
            bytes: made.bytes,
            truth: made.truth,
        })
    }
}
