//! What carries messages on one machine: a mail server by SMTP, or a folder of `.eml` files for
//! a machine without mail; and a folder of short texts for a program that has a modem or a gateway.
//!
//! The only crate that names `lettre`. A message's identity is its notice's:
//! `<7F3K-9Q2M-4B1T.3@DOMAIN>`, the same however often it is sent; in a folder it is the file's
//! name, so that a second one takes the place of the first.
//!
//! Never here: what a message says, and an address or an answer's text in an error.

mod answer;
mod spool;

use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::time::Duration;

use casework::notice::Message;
use casework::ports::{Delivery, Sender};
use lettre::message::header::{ContentType, HeaderName, HeaderValue};
use lettre::message::{Attachment, Mailbox, MultiPart};
use lettre::{Address, AsyncSmtpTransport, AsyncTransport as _, Tokio1Executor};

pub use spool::SmsSpool;

/// Longest a message may take; a notice is another's to try after five minutes.
const SEND_TIME_MAX: Duration = Duration::from_mins(2);

/// Carries messages from one address.
#[derive(Debug, Clone)]
pub struct Mail {
    from: Mailbox,
    carrier: Carrier,
}

#[derive(Debug, Clone)]
enum Carrier {
    Smtp(AsyncSmtpTransport<Tokio1Executor>),
    Folder(PathBuf),
}

/// The settings of mail cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum MailError {
    /// The sender's address.
    #[error("the sender's address is none: use name@example.org or Name <name@example.org>")]
    From,
    /// The server's URL. What is wrong with it is not said: it may hold a password.
    #[error(
        "the mail server's URL is none: use smtps://USER:PASSWORD@HOST, smtp://USER:PASSWORD@HOST:587?tls=required or smtp://HOST:25 within one's own network"
    )]
    Url,
    /// The folder.
    #[error("the folder for mail cannot be used: {0}")]
    Folder(std::io::ErrorKind),
}

impl Mail {
    /// Mail from this address by the SMTP server of this URL. Nothing is asked of it yet, but
    /// connections are looked after from here on: within a runtime of tokio.
    ///
    /// # Errors
    /// [`MailError`] where one of them is malformed.
    pub fn by_smtp(url: &str, from: &str) -> Result<Self, MailError> {
        let transport = AsyncSmtpTransport::<Tokio1Executor>::from_url(url);
        let transport = transport.map_err(|_| MailError::Url)?;
        let transport = transport.timeout(Some(SEND_TIME_MAX / 4)).build();
        Ok(Self {
            from: from.parse().map_err(|_| MailError::From)?,
            carrier: Carrier::Smtp(transport),
        })
    }

    /// Mail from this address into a folder, one file a message; the folder is made.
    ///
    /// # Errors
    /// [`MailError`] where the address is malformed or the folder cannot be made.
    pub fn into_folder(folder: &Path, from: &str) -> Result<Self, MailError> {
        let from = from.parse().map_err(|_| MailError::From)?;
        std::fs::create_dir_all(folder).map_err(|e| MailError::Folder(e.kind()))?;
        Ok(Self {
            from,
            carrier: Carrier::Folder(folder.to_owned()),
        })
    }

    /// The message as it goes out; none where the address is malformed.
    fn email(&self, message: &Message) -> Option<lettre::Message> {
        let to: Address = message.to.reveal().parse().ok()?;
        let domain = self.from.email.domain();
        // RFC 3834: nobody's holiday note answers a machine.
        let automatic = HeaderValue::new(
            HeaderName::new_from_ascii_str("Auto-Submitted"),
            "auto-generated".to_owned(),
        );
        let words = MultiPart::alternative_plain_html(
            message.text.reveal().clone(),
            message.html.reveal().clone(),
        );
        let body = if message.papers.is_empty() {
            words
        } else {
            let pdf = ContentType::parse("application/pdf").ok()?;
            let whole = MultiPart::mixed().multipart(words);
            message.papers.iter().fold(whole, |whole, paper| {
                let paper = Attachment::new(paper.name.clone())
                    .body(paper.pdf.reveal().clone(), pdf.clone());
                whole.singlepart(paper)
            })
        };
        lettre::Message::builder()
            .from(self.from.clone())
            .to(to.into())
            .message_id(Some(format!("<{}@{domain}>", message.id)))
            .subject(message.subject.clone())
            .raw_header(automatic)
            .multipart(body)
            .ok()
    }
}

impl Sender for Mail {
    async fn send(&self, message: &Message) -> Delivery {
        let Some(email) = self.email(message) else {
            return Delivery::Refused("not an address".to_owned());
        };
        match &self.carrier {
            Carrier::Smtp(transport) => {
                let sending = tokio::time::timeout(SEND_TIME_MAX, transport.send(email));
                match sending.await {
                    Ok(Ok(_)) => Delivery::Sent,
                    Ok(Err(error)) => answer::meaning(&error),
                    Err(_) => Delivery::Later("the mail server does not answer in time".into()),
                }
            }
            Carrier::Folder(folder) => {
                match put(folder, folder, &name(message), &email.formatted()) {
                    Ok(()) => Delivery::Sent,
                    Err(error) => Delivery::Later(format!("the folder for mail: {}", error.kind())),
                }
            }
        }
    }
}

/// The file that a message is.
fn name(message: &Message) -> String {
    format!("{}.eml", message.id)
}

/// Puts a whole file in place, readable by its owner alone, and on the disk; it is written elsewhere on
/// the same disk, or under a name that is hidden.
fn put(folder: &Path, written_in: &Path, name: &str, bytes: &[u8]) -> std::io::Result<()> {
    let mut file = tempfile::NamedTempFile::new_in(written_in)?;
    file.write_all(bytes)?;
    file.as_file().sync_all()?;
    file.persist(folder.join(name)).map_err(|e| e.error)?;
    std::fs::File::open(folder)?.sync_all()
}

#[cfg(test)]
mod tests {
    use super::*;
    use casework::case::CaseId;
    use casework::notice::NoticeId;
    use casework::words::Language;

    fn message(to: &str) -> Message {
        Message {
            id: NoticeId {
                case: CaseId::try_from("0000-0000-0000".to_owned()).unwrap(),
                version: 3,
            },
            to: to.into(),
            languages: vec![Language::Kk],
            subject: "0000-0000-0000: өтінішіңіз қабылданды".to_owned(),
            text: "Сәлеметсіз бе!".into(),
            html: "<p>Сәлеметсіз бе!</p>".into(),
            papers: Vec::new(),
        }
    }

    const FROM: &str = "Консулдық <no-reply@mfa.example>";

    #[tokio::test]
    async fn a_folder_holds_each_message_once_under_its_identity() {
        let dir = tempfile::tempdir().unwrap();
        let folder = dir.path().join("mail");
        let mail = Mail::into_folder(&folder, FROM).unwrap();
        for _ in 0..2 {
            let sent = mail.send(&message("aidar@example.com")).await;
            assert_eq!(sent, Delivery::Sent);
        }
        let files: Vec<_> = std::fs::read_dir(&folder).unwrap().collect();
        assert_eq!(files.len(), 1);
        let text = std::fs::read_to_string(folder.join("0000-0000-0000.3.eml")).unwrap();
        for line in [
            "Message-ID: <0000-0000-0000.3@mfa.example>",
            "To: aidar@example.com",
            "Auto-Submitted: auto-generated",
            "Content-Type: multipart/alternative;",
            "Content-Type: text/html; charset=utf-8",
        ] {
            assert!(text.contains(line), "{line}: {text}");
        }
        assert!(text.is_ascii(), "subject and body are encoded");
    }

    #[tokio::test]
    async fn a_paper_goes_with_the_words() {
        let dir = tempfile::tempdir().unwrap();
        let mail = Mail::into_folder(dir.path(), FROM).unwrap();
        let mut message = message("aidar@example.com");
        message.papers.push(casework::notice::Enclosed {
            name: "notification-0000-0000-0000.pdf".to_owned(),
            pdf: b"%PDF-1.7".to_vec().into(),
        });
        assert_eq!(mail.send(&message).await, Delivery::Sent);
        let text = std::fs::read_to_string(dir.path().join("0000-0000-0000.3.eml")).unwrap();
        for line in [
            "Content-Type: multipart/mixed;",
            "Content-Type: multipart/alternative;",
            "Content-Type: application/pdf",
            "Content-Disposition: attachment; filename=\"notification-0000-0000-0000.pdf\"",
        ] {
            assert!(text.contains(line), "{line}: {text}");
        }
    }

    #[tokio::test]
    async fn what_is_no_address_is_refused_and_not_quoted() {
        let dir = tempfile::tempdir().unwrap();
        let mail = Mail::into_folder(dir.path(), FROM).unwrap();
        for to in [
            "",
            "aidar",
            "a b@example.com",
            "a@example.com\r\nBcc: b@example.com",
        ] {
            let sent = mail.send(&message(to)).await;
            assert_eq!(
                sent,
                Delivery::Refused("not an address".to_owned()),
                "{to:?}"
            );
        }
        assert_eq!(std::fs::read_dir(dir.path()).unwrap().count(), 0);
    }

    #[tokio::test]
    async fn settings_that_cannot_be_used_are_named() {
        for (url, from, usable) in [
            ("smtp://127.0.0.1:2525", FROM, true),
            (
                "smtps://user:secret@mail.example",
                "no-reply@mfa.example",
                true,
            ),
            ("smtp://mail.example:587?tls=required", FROM, true),
            ("http://mail.example", FROM, false),
            ("mail.example", FROM, false),
            ("smtp://127.0.0.1", "no address", false),
        ] {
            assert_eq!(Mail::by_smtp(url, from).is_ok(), usable, "{url} {from}");
        }
        let error = Mail::by_smtp("http://user:secret@mail.example", FROM).unwrap_err();
        assert!(!format!("{error} {error:?}").contains("secret"), "{error}");
    }
}
