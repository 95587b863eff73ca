//! Whether anything at all is printed on a page.

use crate::page::Page;

/// True for a page that shows paper and nothing else. (Thin for now: only near-uniform pages.)
pub fn blank(page: &Page) -> bool {
    let (mut low, mut high) = (u8::MAX, 0);
    for sample in page.grey.as_raw() {
        low = low.min(*sample);
        high = high.max(*sample);
    }
    high.saturating_sub(low) < 24
}
