use super::*;

const KEY: &str = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";

fn now() -> Timestamp {
    Timestamp::UNIX_EPOCH
}

#[test]
fn an_address_that_cannot_be_used_is_not_quoted() {
    let key = Key::read(KEY).unwrap();
    let error = Webhook::to("http://user:geheim@x/", key, now).unwrap_err();
    assert!(!format!("{error} {error:?}").contains("geheim"));
}

#[test]
fn a_key_is_read_as_it_is_kept_and_never_shown() {
    let of = |bytes: usize| format!("whsec_{}", data_encoding::BASE64.encode(&vec![7; bytes]));
    for (text, usable) in [
        (KEY.to_owned(), true),
        (format!("{KEY}\n"), true),
        // As a secrets manager makes it: 64 letters and digits are the base64 of 48 bytes.
        (format!("whsec_{}", "aZ09".repeat(16)), true),
        (of(24), true),
        (of(64), true),
        (of(23), false),
        (of(65), false),
        (KEY.replace("whsec_", ""), false),
        (KEY.replace('M', "!"), false),
        (String::new(), false),
    ] {
        assert_eq!(Key::read(&text).is_ok(), usable, "{text}");
    }
    assert_eq!(format!("{:?}", Key::read(KEY).unwrap()), "Key(…)");
}

#[test]
fn a_report_says_what_happened_to_which_case() {
    let report = Report {
        id: "0000-0000-0000.3".parse().unwrap(),
        kind: NoticeKind::BetterCopyAwaited,
        mission: casework::case::MissionCode("DEU-BER".to_owned()),
        at: "2026-10-23T09:00:00Z".parse().unwrap(),
    };
    let expected = r#"{"type":"notice.better_copy_awaited","timestamp":"2026-10-23T09:00:00Z","data":{"id":"0000-0000-0000.3","case":"0000-0000-0000","mission":"DEU-BER"}}"#;
    assert_eq!(body(&report), expected);
}

#[test]
fn a_kind_has_the_name_that_records_have() {
    for known in NoticeKind::ALL {
        let name = serde_json::to_value(known).unwrap();
        assert_eq!(name, kind(known), "{known:?}");
    }
}
