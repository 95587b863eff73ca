//! Messages by the mail service (SES), and what it says came back.
//!
//! The service gives each message an identity of its own; the notice's goes with it as two tags
//! and a header. It takes a message before it looks at the address, so nothing is refused here:
//! what cannot be delivered comes back as an event of a bounce.

use aws_sdk_sesv2::Client;
use aws_sdk_sesv2::error::{BuildError, ProvideErrorMetadata as _};
use aws_sdk_sesv2::primitives::Blob;
use aws_sdk_sesv2::types::{
    Attachment, AttachmentContentDisposition, AttachmentContentTransferEncoding, Body, Content,
    Destination, EmailContent, MessageHeader, MessageTag,
};
use casework::notice::{Message, NoticeId};
use casework::ports::{Delivery, Sender};
use serde_json::Value;

use crate::settings::Settings;

/// The tags of a message: its notice's case and version.
const CASE: &str = "case";
const VERSION: &str = "version";

/// Carries messages from one address.
#[derive(Debug, Clone)]
pub struct Mail {
    ses: Client,
    from: String,
    events: Option<String>,
}

impl Mail {
    /// Mail from this address, which the service must know as the account's own. What comes back
    /// is told to the configuration set `events`, where there is one.
    pub fn new(settings: &Settings, from: String, events: Option<String>) -> Self {
        Self {
            ses: settings.ses(),
            from,
            events,
        }
    }
}

impl Sender for Mail {
    async fn send(&self, message: &Message) -> Delivery {
        let content = match content(message) {
            Ok(content) => content,
            Err(error) => return Delivery::Later(format!("a message cannot be made: {error}")),
        };
        let to = Destination::builder().to_addresses(message.to.reveal());
        let id = &message.id;
        let tags = [
            (CASE, id.case.to_string()),
            (VERSION, id.version.to_string()),
        ];
        let tag = |(name, value)| MessageTag::builder().name(name).value(value).build();
        let tags: Result<Vec<_>, _> = tags.into_iter().map(tag).collect();
        let send = self
            .ses
            .send_email()
            .from_email_address(&self.from)
            .destination(to.build())
            .content(content)
            .set_email_tags(tags.ok())
            .set_configuration_set_name(self.events.clone());
        match send.send().await {
            Ok(_) => Delivery::Sent,
            Err(error) => Delivery::Later(match error.code() {
                Some(code) => format!("the mail service answers {code}"),
                None => "the mail service does not answer".to_owned(),
            }),
        }
    }
}

fn content(message: &Message) -> Result<EmailContent, BuildError> {
    let part = |text: &str| Content::builder().data(text).charset("UTF-8").build();
    let header = |name, value: &str| MessageHeader::builder().name(name).value(value).build();
    let body = Body::builder()
        .text(part(message.text.reveal())?)
        .html(part(message.html.reveal())?);
    let papers = message.papers.iter().map(|paper| {
        Attachment::builder()
            .file_name(&paper.name)
            .content_type("application/pdf")
            .content_disposition(AttachmentContentDisposition::Attachment)
            .content_transfer_encoding(AttachmentContentTransferEncoding::Base64)
            .raw_content(Blob::new(paper.pdf.reveal().clone()))
            .build()
    });
    let papers: Vec<_> = papers.collect::<Result<_, _>>()?;
    let simple = aws_sdk_sesv2::types::Message::builder()
        .subject(part(&message.subject)?)
        .body(body.build())
        .set_attachments((!papers.is_empty()).then_some(papers))
        // RFC 3834: nobody's holiday note answers a machine.
        .headers(header("Auto-Submitted", "auto-generated")?)
        .headers(header("X-Tirkeu-Notice", &message.id.to_string())?)
        .build();
    Ok(EmailContent::builder().simple(simple).build())
}

/// The notice that came back for good and why, like `5.1.1`, by an event of the mail service; none
/// where it tells of something else, or of a message without a notice.
pub fn bounced(event: &str) -> Option<(NoticeId, String)> {
    let event: Value = serde_json::from_str(event).ok()?;
    let said = |pointer: &str| event.pointer(pointer).and_then(Value::as_str);
    let kind = said("/eventType").or_else(|| said("/notificationType"));
    if kind != Some("Bounce") || said("/bounce/bounceType") != Some("Permanent") {
        return None;
    }
    let tag = |name: &str| said(&format!("/mail/tags/{name}/0"));
    let notice = format!("{}.{}", tag(CASE)?, tag(VERSION)?);
    let code = said("/bounce/bouncedRecipients/0/status").unwrap_or("5.0.0");
    Some((notice.parse().ok()?, code.to_owned()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_event_of_a_bounce_for_good_names_the_notice() {
        let event = r#"{"eventType": "Bounce",
            "bounce": {"bounceType": "Permanent", "bouncedRecipients": [{"emailAddress": "a@b.example", "status": "5.1.1"}]},
            "mail": {"tags": {"case": ["0000-0000-0000"], "version": ["3"]}}}"#;
        let (notice, code) = bounced(event).unwrap();
        assert_eq!(
            (notice.to_string().as_str(), code.as_str()),
            ("0000-0000-0000.3", "5.1.1")
        );
        for (from, to) in [
            ("\"Bounce\"", "\"Delivery\""),
            ("Permanent", "Transient"),
            ("0000-0000-0000", "0000"),
            ("\"3\"", ""),
            ("{", ""),
        ] {
            assert_eq!(bounced(&event.replace(from, to)), None, "{from} → {to}");
        }
    }
}
