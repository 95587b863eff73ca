use super::*;

const KEY: &str = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";

fn now() -> Timestamp {
    Timestamp::UNIX_EPOCH
}

#[test]
fn only_encrypted_lines_leave_the_machine() {
    for (address, line) in [
        ("https://ministry.example/hook", Some(Line::Encrypted)),
        ("https://127.0.0.1:8443/", Some(Line::Encrypted)),
        ("http://127.0.0.1:8080/hook", Some(Line::Loopback)),
        ("http://127.9.9.9/", Some(Line::Loopback)),
        ("http://[::1]:8080/", Some(Line::Loopback)),
        ("http://localhost/", Some(Line::Loopback)),
        ("http://ministry.example/hook", None),
        ("http://localhost.ministry.example/", None),
        ("http://127.0.0.1@ministry.example/", None),
        ("https://user:geheim@ministry.example/", None),
        ("http://10.0.0.1/", None),
        ("ftp://127.0.0.1/", None),
        ("ministry.example", None),
        ("/hook", None),
        ("", None),
    ] {
        assert_eq!(Line::to(address), line, "{address}");
    }
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
