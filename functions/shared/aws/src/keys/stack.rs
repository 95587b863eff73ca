//! The keys of stacks and of their pages.

use casework::case::MissionCode;
use casework::record::sortable;
use casework::scan::ScanId;
use casework::stack::{PageRef, Stack, StackId};
use jiff::Timestamp;

use super::{ItemKey, scan};

/// Before the name in the key of a stack.
pub(crate) const STACK: &str = "stack#";
/// The list of all stacks.
pub(crate) const STACKS: &str = "stacks";
/// The list of stacks that are not done.
pub(crate) const STACKS_TO_DO: &str = "stacks_to_do";
/// Before the place in the key of a page.
pub(crate) const PAGE: &str = "page#";

impl ItemKey {
    /// The item by which a stack is found under a scan that it brought.
    pub(crate) fn stack_with(scan_id: &ScanId, id: &StackId) -> Self {
        Self {
            pk: scan(scan_id),
            sk: format!("{STACK}{id}"),
        }
    }

    pub(crate) fn stack(id: &StackId) -> Self {
        Self {
            pk: format!("{STACK}{id}"),
            sk: "stack".to_owned(),
        }
    }

    /// The item by which a stack is found in a list, by its age.
    pub(crate) fn listed(list: String, stack: &Stack) -> Self {
        Self {
            pk: list,
            sk: stack_place(stack.came_at, &stack.id),
        }
    }

    pub(crate) fn page(id: &StackId, at: PageRef) -> Self {
        Self {
            pk: format!("{STACK}{id}"),
            sk: format!("{PAGE}{}", page_place(at)),
        }
    }

    /// The item by which a page is found by its picture.
    pub(crate) fn page_of_digest(digest: &str, came_at: &str, id: &StackId, at: PageRef) -> Self {
        Self {
            pk: digest_of(digest),
            sk: format!("{came_at}#{id}#{}", page_place(at)),
        }
    }
}

/// The list of a mission's stacks.
pub(crate) fn stacks_of(mission: &MissionCode) -> String {
    format!("{STACKS}#{mission}")
}

/// The partition of all pages with this picture.
pub(crate) fn digest_of(digest: &str) -> String {
    format!("digest#{digest}")
}

/// The place of a stack in a list.
fn stack_place(came_at: Timestamp, id: &StackId) -> String {
    format!("{}#{id}", sortable(came_at))
}

/// The stack of a place in a list.
pub(crate) fn stack_placed(place: &str) -> Option<StackId> {
    let (_, id) = place.split_once('#')?;
    id.to_owned().try_into().ok()
}

fn page_place(at: PageRef) -> String {
    format!("{:010}#{:010}", at.file, at.page)
}

/// The page of such a place.
pub(crate) fn page_placed(place: &str) -> Option<PageRef> {
    let (file, page) = place.split_once('#')?;
    let (file, page) = (file.parse().ok()?, page.parse().ok()?);
    Some(PageRef { file, page })
}

/// The stack and the page of an item that is found by a picture.
pub(crate) fn page_of(sk: &str) -> Option<(StackId, PageRef)> {
    let (_, rest) = sk.split_once('#')?;
    let (id, place) = rest.split_once('#')?;
    Some((id.to_owned().try_into().ok()?, page_placed(place)?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_is_found_in_its_key() {
        let id = StackId::of(&MissionCode("DEU-BER".into()), []);
        for (file, page) in [(0, 1), (12, 500), (u32::MAX, u32::MAX)] {
            let at = PageRef { file, page };
            let key = ItemKey::page_of_digest("d", "2026-10-27T12:00:00.000000000Z", &id, at);
            assert_eq!(page_of(&key.sk), Some((id.clone(), at)));
            let key = ItemKey::page(&id, at);
            assert_eq!(key.sk.strip_prefix(PAGE).and_then(page_placed), Some(at));
        }
        assert_eq!(page_of("2026#x#0#1"), None);
    }
}
