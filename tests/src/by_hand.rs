//! A paper card filled in by hand: it is told, and nothing of it is taken for print.

use crate::machine::{Machine, root};

/// Made by `tests/handwriting`, in the face Caveat; cut and reduced.
const CARD: &str = "tests/src/pictures/card_by_hand.jpg";

#[test]
fn entries_written_by_hand_are_told_and_never_guessed() {
    let answer = Machine::new().read(&[root().join(CARD)]).remove(0);
    let card = &answer["documents"][0];
    assert_eq!(card["kind"], "registration_card");
    let findings = card["quality"]["findings"].as_array().unwrap();
    assert!(findings.iter().any(|code| code == "HANDWRITTEN"), "{card}");
    assert_eq!(card["fields"], serde_json::json!({}));
    // Of fifteen that are filled in two are no lines to the reader; digits that are no IIN are pointed out all the same.
    let places = card["by_hand"].as_object().unwrap();
    assert_eq!(places.len(), 13, "{:?}", places.keys());
    assert!(places.contains_key("iin"));
}
