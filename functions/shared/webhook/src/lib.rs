//! Tells a ministry's system, over HTTPS, what happened to a case: a signed webhook.
//!
//! Each report is a `POST` of a small JSON, signed as Standard Webhooks has it (standardwebhooks.com):
//!
//! ```text
//! webhook-id: 7F3K-9Q2M-4B1T-3          the same at every try; by it the receiver knows doubles
//! webhook-timestamp: 1793000000         seconds since 1970, of this try
//! webhook-signature: v1,BASE64          HMAC-SHA256 over `id.timestamp.body`
//!
//! {"type":"notice.registered","timestamp":"2026-10-23T09:00:00Z",
//!  "data":{"id":"7F3K-9Q2M-4B1T.3","case":"7F3K-9Q2M-4B1T","mission":"DEU-BER"}}
//! ```
//!
//! Any answer of the two hundreds means that it was taken; any other, or none, that it is to be sent
//! again. No redirect is followed. Never here: a person's data, or what an answer says.

mod key;

use std::io::ErrorKind;
use std::time::Duration;

use casework::notice::{NoticeKind, Report};
use casework::ports::{Delivery, Sender};
use https::{Line, NoAuthorities};
use jiff::Timestamp;
use serde::Serialize;
use tokio::task::spawn_blocking;
use ureq::Agent;

pub use key::Key;

/// Longer no receiver is waited for: applicants' notices wait behind it.
const TIME_MAX: Duration = Duration::from_secs(5);

/// The receiver, and the key that it knows the sender by.
#[derive(Debug, Clone)]
pub struct Webhook {
    agent: Agent,
    address: String,
    key: Key,
    now: fn() -> Timestamp,
}

/// The settings of a webhook cannot be used.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum WebhookError {
    /// The address. It is not quoted: it may hold a password.
    #[error(
        "the webhook's address is none: use https://HOST/PATH, or http:// on this machine alone"
    )]
    Address,
    /// The key.
    #[error("the webhook's key is none: whsec_ and the base64 of 24 to 64 random bytes")]
    Key,
    /// The system knows no certificate authority, so that no receiver could be trusted.
    #[error(transparent)]
    Authorities(#[from] NoAuthorities),
}

impl Webhook {
    /// The receiver at this address. Nothing is asked of it yet.
    ///
    /// # Errors
    /// [`WebhookError`] where it is not one of HTTPS, nor on this machine; or no authority is known.
    pub fn to(address: &str, key: Key, now: fn() -> Timestamp) -> Result<Self, WebhookError> {
        let line = Line::to(address).ok_or(WebhookError::Address)?;
        Ok(Self {
            agent: line.agent(TIME_MAX)?,
            address: address.to_owned(),
            key,
            now,
        })
    }

    fn post(&self, report: &Report) -> Delivery {
        let body = body(report);
        // A full stop parts what is signed: the notice's own becomes a hyphen.
        let id = report.id.to_string().replace('.', "-");
        let at = (self.now)().as_second();
        let signature = self.key.sign(&format!("{id}.{at}.{body}"));
        let answer = self
            .agent
            .post(&self.address)
            .content_type("application/json")
            .header("webhook-id", &id)
            .header("webhook-timestamp", at.to_string())
            .header("webhook-signature", signature)
            .send(body);
        match answer.map(|answer| answer.status()) {
            Ok(status) if status.is_success() => Delivery::Sent,
            Ok(status) => {
                let code = status.as_u16();
                Delivery::Later(format!("the ministry's system answers {code}"))
            }
            Err(error) => Delivery::Later(meaning(&error).to_owned()),
        }
    }
}

impl Sender<Report> for Webhook {
    async fn send(&self, report: &Report) -> Delivery {
        let (webhook, report) = (self.clone(), report.clone());
        let sent = spawn_blocking(move || webhook.post(&report)).await;
        sent.unwrap_or_else(|_| Delivery::Later("asking the ministry's system failed".to_owned()))
    }
}

/// What is sent.
fn body(report: &Report) -> String {
    #[derive(Serialize)]
    struct Body<'a> {
        r#type: String,
        timestamp: Timestamp,
        data: Data<'a>,
    }
    #[derive(Serialize)]
    struct Data<'a> {
        id: String,
        case: &'a str,
        mission: &'a str,
    }
    let body = Body {
        r#type: format!("notice.{}", kind(report.kind)),
        timestamp: report.at,
        data: Data {
            id: report.id.to_string(),
            case: report.id.case.as_str(),
            mission: &report.mission.0,
        },
    };
    serde_json::to_string(&body).unwrap_or_default()
}

/// As records name it.
fn kind(kind: NoticeKind) -> String {
    kind.key().replace('-', "_")
}

/// Why nobody answered; nothing of the address.
#[expect(
    clippy::wildcard_enum_match_arm,
    reason = "the client knows many more causes, and they all mean the same here"
)]
fn meaning(error: &ureq::Error) -> &'static str {
    match error {
        ureq::Error::Timeout(_) => "the ministry's system does not answer in time",
        ureq::Error::Tls(_) | ureq::Error::Rustls(_) => NOT_ENCRYPTED,
        // What TLS could not make sense of, or would not trust.
        ureq::Error::Io(error) if error.kind() == ErrorKind::InvalidData => NOT_ENCRYPTED,
        _ => "no connection to the ministry's system",
    }
}

const NOT_ENCRYPTED: &str = "no encrypted connection to the ministry's system can be made";

#[cfg(test)]
mod tests;
