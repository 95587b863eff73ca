//! What a mail server sends back when it could not deliver: a delivery status notification
//! (RFC 3464), which says why and names the message that could not be delivered.

use casework::notice::{NoticeEnd, NoticeId, Settled, Undelivered};
use casework::ports::{Outbox, StoreError};
use jiff::Timestamp;

/// A message that came back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Bounce {
    /// The notice it carried.
    pub notice: NoticeId,
    /// Why, as a status code: `5.1.1`.
    pub code: String,
}

impl Bounce {
    /// The bounce that a mail is; none where it is another mail, tells of a delay only, or of a
    /// message that carried no notice. Anybody can write such a mail: it may move a person to tell
    /// an applicant another way, and nothing more may rest on it.
    pub fn in_mail(mail: &str) -> Option<Self> {
        let (mut failed, mut code, mut notice) = (false, None, None);
        for line in mail.lines() {
            let Some((name, value)) = line.split_once(':') else {
                continue;
            };
            let value = value.trim();
            match name.to_ascii_lowercase().as_str() {
                "action" => failed |= value.eq_ignore_ascii_case("failed"),
                "status" if code.is_none() => code = status(value),
                // The report has an identity of its own; the message's is the one that names a notice.
                "message-id" | "original-message-id" if notice.is_none() => notice = named(value),
                _ => {}
            }
        }
        let (notice, code) = (notice?, code?);
        failed.then_some(Self { notice, code })
    }

    /// Notes that the message which was taken has come back; nothing where there is no such notice.
    ///
    /// # Errors
    /// [`StoreError`] where the store failed.
    pub async fn note(self, store: &impl Outbox, at: Timestamp) -> Result<(), StoreError> {
        let why = Undelivered::Refused(self.code);
        let end = NoticeEnd::Undelivered { why };
        store.settle(&self.notice, &Settled { at, end }).await
    }
}

/// A status that is for good: three numbers, of which the first is five.
fn status(text: &str) -> Option<String> {
    let code = text.split_whitespace().next()?;
    let mut numbers = code.split('.');
    let short = |n: &str| (1..=3).contains(&n.len()) && n.bytes().all(|b| b.is_ascii_digit());
    let proper = numbers.next() == Some("5")
        && numbers.next().is_some_and(short)
        && numbers.next().is_some_and(short)
        && numbers.next().is_none();
    proper.then(|| code.to_owned())
}

/// `<7F3K-9Q2M-4B1T.3@DOMAIN>`.
fn named(identity: &str) -> Option<NoticeId> {
    let (id, _) = identity.strip_prefix('<')?.split_once('@')?;
    id.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    const REPORT: &str = "From: MAILER-DAEMON@mail.example\r\n\
        Message-ID: <20261127.1234@mail.example>\r\n\
        Content-Type: multipart/report; report-type=delivery-status\r\n\r\n\
        --x\r\nContent-Type: message/delivery-status\r\n\r\n\
        Reporting-MTA: dns; mail.example\r\n\r\n\
        Final-Recipient: rfc822; aidar@example.com\r\nAction: failed\r\nStatus: 5.1.1 (no such user)\r\n\r\n\
        --x\r\nContent-Type: text/rfc822-headers\r\n\r\n\
        Message-ID: <0000-0000-0000.3@mfa.example>\r\nSubject: hello\r\n--x--\r\n";

    #[test]
    fn a_report_of_failure_names_the_notice_and_the_reason() {
        let bounce = Bounce::in_mail(REPORT).unwrap();
        assert_eq!(bounce.notice.to_string(), "0000-0000-0000.3");
        assert_eq!(bounce.code, "5.1.1");
        for (from, to) in [
            ("Action: failed", "Action: delayed"),
            ("5.1.1", "4.4.7"),
            ("5.1.1", "5.1.1.1"),
            ("5.1.1", "aidar"),
            ("0000-0000-0000.3", "another"),
        ] {
            let other = REPORT.replace(from, to);
            assert_eq!(Bounce::in_mail(&other), None, "{from} → {to}");
        }
        assert_eq!(Bounce::in_mail(""), None);
    }
}
