//! A notice in one short text: which case, what it is about, where to read on. At most two SMS.

use casework::case::Case;
use casework::notice::{Notice, Text};
use casework::personal::Personal;
use casework::words::{Language, Words};

use crate::message::certain;

/// SMS that a text may need.
const SMS_MAX: usize = 2;

/// The text that tells the applicant how their case stands, in the first of these languages; nothing
/// where the card has no telephone number that is certain enough to write to. The portal's way in
/// stands in it, where there is one and it still fits: it asks for the link's code, and is no secret.
pub fn shorten(
    case: &Case,
    notice: &Notice,
    languages: &[Language],
    portal: Option<&str>,
) -> Option<Text> {
    let to = number(certain(case, "phone")?.reveal())?;
    let words = Words::of(*languages.first()?);
    let what = words.say(&format!("notice-{}-subject", notice.kind.key()));
    let about = [("reference", notice.case.as_str()), ("what", what.as_str())];
    let text = words.say_with("notice-sms", &about);
    let whole = portal.map(|portal| {
        let address = format!("{}/return", portal.trim_end_matches('/'));
        let see = words.say_with("notice-sms-see", &[("address", &address)]);
        format!("{text} {see}")
    });
    Some(Text {
        id: notice.id(),
        to,
        text: whole.filter(|whole| sms(whole) <= SMS_MAX).unwrap_or(text),
    })
}

/// A telephone number as networks take it (E.164), however people write it: with its country's code,
/// after a plus sign or two noughts; nothing where it has none, for then it may be anybody's.
fn number(written: &str) -> Option<Personal<String>> {
    let apart = |c: &char| !c.is_whitespace() && !matches!(c, '-' | '(' | ')' | '.' | '/');
    let plain: String = written.chars().filter(apart).collect();
    let digits = plain
        .strip_prefix('+')
        .or_else(|| plain.strip_prefix("00"))?;
    let whole = (8..=15).contains(&digits.len())
        && !digits.starts_with('0')
        && digits.bytes().all(|b| b.is_ascii_digit());
    whole.then(|| format!("+{digits}").into())
}

/// How many SMS a text needs (3GPP TS 23.038, 23.040): 160 letters of the GSM alphabet or 70 UTF-16
/// units; of several each carries 153 or 67. Of that alphabet only its ASCII letters and signs that
/// need one place are counted as such here: what has others is taken for the costlier.
fn sms(text: &str) -> usize {
    let plain = |c: char| c.is_ascii_graphic() && !"[\\]^`{|}~".contains(c) || c == ' ';
    let (units, alone, each) = if text.chars().all(plain) {
        (text.len(), 160, 153)
    } else {
        (text.encode_utf16().count(), 70, 67)
    };
    if units <= alone {
        1
    } else {
        units.div_ceil(each)
    }
}

#[cfg(test)]
mod tests {
    use casework::notice::NoticeKind;

    use super::*;
    use crate::message::tests::case;

    const PORTAL: &str = "https://registration.mfa.example";

    fn said(kind: NoticeKind, language: Language, portal: Option<&str>) -> Text {
        let case = case(&[
            ("phone", "+49 30 000 00 12", None),
            ("given_names", "АЙДАР", None),
            ("surname", "ҮЛГІБАЕВ", None),
        ]);
        let notice = Notice {
            case: case.id.clone(),
            version: 3,
            kind,
        };
        shorten(&case, &notice, &[language], portal).unwrap()
    }

    #[test]
    fn a_text_says_which_case_and_what_and_where_to_read_on() {
        let text = said(NoticeKind::Received, Language::Ru, Some(PORTAL));
        assert_eq!(text.to, "+49300000012".into());
        let expected = format!(
            "Консульский учёт, дело {}: заявление принято. Подробнее: {PORTAL}/return",
            text.id.case
        );
        assert_eq!(text.text, expected);
    }

    #[test]
    fn every_text_fits_two_sms_and_has_nothing_of_a_person() {
        let of_cases = NoticeKind::ALL.into_iter();
        for kind in of_cases.filter(|kind| *kind != NoticeKind::PrivateLink) {
            for language in Language::ALL {
                let told = said(kind, language, Some(PORTAL));
                let text = &told.text;
                assert!(sms(text) <= SMS_MAX, "{kind:?} {language:?}: {text}");
                assert!(text.ends_with(&format!("{PORTAL}/return")), "{text}");
                assert!(text.contains(told.id.case.as_str()), "{text}");
                for other in ["Айдар", "АЙДАР", "ҮЛГІБАЕВ", "notice-", "{", "\n"]
                {
                    assert!(!text.contains(other), "{text}");
                }
                let far = format!("https://{}.example", "x".repeat(300));
                let short = said(kind, language, None);
                assert_eq!(
                    said(kind, language, Some(&far)),
                    short,
                    "too long an address"
                );
            }
        }
    }

    #[test]
    fn only_a_number_with_its_countrys_code_is_written_to() {
        for (written, expected) in [
            ("+49 30 000 00 12", Some("+49300000012")),
            ("+7 (701) 000-00-00", Some("+77010000000")),
            ("0049/30.0000012", Some("+49300000012")),
            ("+4930000", None),
            ("+49300001", Some("+49300001")),
            ("+123456789012345", Some("+123456789012345")),
            ("+1234567890123456", None),
            ("030 000 00 12", None),
            ("8 701 000 00 00", None),
            ("+0 701 000 00 00", None),
            ("+49 30 000 00 12, 13", None),
            ("+49300000012\nTo: 1", None),
            ("", None),
        ] {
            assert_eq!(number(written), expected.map(Personal::from), "{written:?}");
        }
    }

    #[test]
    fn letters_beyond_the_alphabet_take_more_room() {
        for (text, needed) in [
            (String::new(), 1),
            ("a".repeat(160), 1),
            ("a".repeat(161), 2),
            ("a".repeat(306), 2),
            ("a".repeat(307), 3),
            ("қ".repeat(70), 1),
            ("қ".repeat(71), 2),
            ("қ".repeat(134), 2),
            ("қ".repeat(135), 3),
            (format!("{}{}", "a".repeat(70), "~"), 2),
        ] {
            assert_eq!(sms(&text), needed, "{}", text.len());
        }
    }
}
