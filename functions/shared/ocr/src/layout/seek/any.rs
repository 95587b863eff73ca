//! What stands at a label and may be no value of it: handwriting has any shape.

use super::{FoundLabel, Row, Seeker, Shape, shaped};

impl<'a> Seeker<'a> {
    /// What stands behind a label or beside it, whatever its shape; a label's other language is none of it.
    pub fn beside_it(&self, label: &FoundLabel) -> Option<Row<'a>> {
        let places = [Self::behind, Self::beside];
        let mut free = places
            .iter()
            .filter_map(|place| place(self, label, Shape::Text));
        free.find_map(|free| {
            let row = shaped(&free.row, Shape::Text)?;
            (!self.is_fragment(label, &row)).then_some(row)
        })
    }
}
