//! What a mail server's refusal means: this address never, or not now.
//!
//! Only an answer about the address or its mailbox is for good (RFC 3463: subjects 1 and 2). A
//! server that does not like *us* (policy, authentication, a name it does not know) says so with
//! 5xx too: that is somebody's to mend, and no applicant's notice may be lost over it.

use std::error::Error as _;

use casework::ports::Delivery;
use lettre::transport::smtp::Error;

/// What became of a message that was not taken.
pub(crate) fn meaning(error: &Error) -> Delivery {
    let Some(code) = error.status().map(u16::from) else {
        let what = if error.is_timeout() {
            "the mail server does not answer in time"
        } else if error.is_tls() {
            "no encrypted connection to the mail server can be made"
        } else {
            "no connection to the mail server"
        };
        return Delivery::Later(what.to_owned());
    };
    let text = error.source().map(ToString::to_string);
    let enhanced = text.as_deref().and_then(enhanced);
    refusal(code, enhanced)
}

/// An enhanced status code (RFC 2034), where the answer begins with one: `5.1.1`.
fn enhanced(text: &str) -> Option<&str> {
    let code = text.split_whitespace().next()?;
    let mut numbers = code.split('.');
    let three = [numbers.next()?, numbers.next()?, numbers.next()?];
    let digits = |n: &str| (1..=3).contains(&n.len()) && n.bytes().all(|b| b.is_ascii_digit());
    (numbers.next().is_none() && three.into_iter().all(digits)).then_some(code)
}

fn refusal(code: u16, enhanced: Option<&str>) -> Delivery {
    let said = enhanced.map_or_else(|| code.to_string(), |more| format!("{code} {more}"));
    let for_good = match enhanced {
        Some(more) => more.starts_with("5.1.") || more.starts_with("5.2."),
        None => matches!(code, 550 | 551 | 553),
    };
    // 5.1.7 and 5.1.8 are about the sender's address, 5.2.2 is a mailbox that is full for now.
    let ours = matches!(enhanced, Some("5.1.7" | "5.1.8" | "5.2.2"));
    if for_good && !ours && code >= 500 {
        Delivery::Refused(said)
    } else {
        Delivery::Later(format!("the mail server answers {said}"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_an_answer_about_the_address_is_for_good() {
        for (code, text, for_good) in [
            (550, "5.1.1 no such user", true),
            (553, "5.1.3 bad address syntax", true),
            (554, "5.2.1 mailbox disabled", true),
            (550, "no such user", true),
            (551, "", true),
            (550, "5.7.1 relaying denied", false),
            (554, "5.7.1 client host blocked", false),
            (550, "5.1.8 sender's domain is unknown", false),
            (552, "5.2.2 mailbox full", false),
            (552, "", false),
            (535, "5.7.8 authentication failed", false),
            (554, "transaction failed", false),
            (451, "4.1.1 try again", false),
            (450, "5.1.1 nonsense", false),
            (421, "", false),
        ] {
            let found = refusal(code, enhanced(text));
            let refused = matches!(found, Delivery::Refused(_));
            assert_eq!(refused, for_good, "{code} {text}: {found:?}");
        }
    }

    #[test]
    fn an_enhanced_code_is_three_numbers() {
        for (text, code) in [
            ("5.1.1 no such user", Some("5.1.1")),
            ("5.1.10", Some("5.1.10")),
            ("aidar@example.com is unknown", None),
            ("5.1 x", None),
            ("5.1.1.1 x", None),
            ("5..1 x", None),
            ("", None),
        ] {
            assert_eq!(enhanced(text), code, "{text}");
        }
    }
}
