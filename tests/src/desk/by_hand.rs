//! A paper card that is written by hand, over real HTTP and real SQLite: an officer reads it off.

use casework::case::Status;

use super::decisions::{act, in_every_language, open};
use super::papers::Papers;

#[test]
fn what_is_written_by_hand_is_read_off_in_one_form_before_one_press_registers() {
    in_every_language(|site, officer, words| {
        let case = site.receive(&Papers::of(1).with_card_by_hand(&["birth_date", "surname"]));
        let page = open(officer, &case).body;
        for part in [
            "r12-written-by-hand",
            "by-hand-save",
            "decide-approve-anyway",
        ] {
            assert!(page.contains(&words.say(part)), "{part}");
        }
        assert!(!page.contains(&words.say("desk-everything-agrees")));
        assert!(
            page.contains("<option value=\"СӘБИТОВ\"></option>"),
            "offered, not entered"
        );
        let scan = Papers::of(1).scan();
        let form = |surname, birth_date| {
            let entries = [
                ("field", "surname"),
                ("value", surname),
                ("field", "birth_date"),
                ("value", birth_date),
            ];
            [("scan", scan.as_str()), ("page", "1"), ("back", "findings")]
                .into_iter()
                .chain(entries)
                .collect::<Vec<_>>()
        };
        let wrong = act(officer, &case, "transcribe", &form("АХМЕТОВ", "31.02.1990"));
        assert_eq!(wrong.status, 422);
        assert!(
            wrong.body.contains("value=\"АХМЕТОВ\""),
            "what was typed is kept"
        );
        assert_eq!(site.case(&case.id), case, "all of it or nothing");

        assert_eq!(
            act(officer, &case, "transcribe", &form("АХМЕТОВ", "")).status,
            303
        );
        let read = site.case(&case.id);
        let reasons: Vec<&str> = read.findings.iter().map(|f| &*f.reason).collect();
        assert_eq!(reasons, ["r9-surname-differs"], "it is compared");
        let page = open(officer, &read).body;
        assert!(page.contains(&words.say("event-transcribed")));
        let settled = [("field", "surname"), ("value", "СӘБИТОВ")];
        assert_eq!(act(officer, &read, "correct", &settled).status, 303);
        assert_eq!(
            act(officer, &site.case(&case.id), "approve", &[]).status,
            303
        );
        assert_eq!(site.case(&case.id).status(), Status::Registered);
    });
}
