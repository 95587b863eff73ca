//! What carries notices from this machine: mail, a folder of short texts, a webhook.

use std::path::{Path, PathBuf};

use clap::Args;
use mail::{Mail, SmsSpool};
use notify::Carriers;
use webhook::{Key, Webhook};

use crate::secret_file::secret;

type Error = Box<dyn std::error::Error>;

/// Who messages are from that go into a folder: an address that can be nobody's (RFC 2606).
const FROM_NOBODY: &str = "Tirkeu <no-reply@tirkeu.invalid>";

/// What carries messages.
#[derive(Debug, Args)]
pub struct CarrierArguments {
    /// The mail server, like smtps://USER:PASSWORD@HOST; without it each message is a file in the store's folder `mail`
    #[arg(
        long = "mail-url",
        env = "TIRKEU_MAIL_URL",
        hide_env_values = true,
        value_name = "URL"
    )]
    mail_url: Option<String>,
    /// Who messages are from, like "Consulate <no-reply@example.org>"
    #[arg(long = "mail-from", env = "TIRKEU_MAIL_FROM", value_name = "ADDRESS")]
    mail_from: Option<String>,
    /// Another folder for messages
    #[arg(long = "mail-folder", env = "TIRKEU_MAIL_FOLDER", value_name = "DIR")]
    mail_folder: Option<PathBuf>,
    /// Put an SMS to who gave a telephone number and no e-mail address into this folder, a file each, for a gateway to take
    #[arg(long, env = "TIRKEU_SMS_SPOOL", value_name = "DIR")]
    sms_spool: Option<PathBuf>,
    /// Tell a ministry's system here, by a signed webhook, what happens to cases; nothing of a person
    #[arg(
        long,
        env = "TIRKEU_WEBHOOK_URL",
        hide_env_values = true,
        value_name = "URL",
        requires = "webhook_key"
    )]
    webhook_url: Option<String>,
    /// The file of the key that webhooks are signed with: whsec_ and base64, its owner's alone to read
    #[arg(long, env = "TIRKEU_WEBHOOK_KEY", value_name = "FILE")]
    webhook_key: Option<PathBuf>,
}

impl CarrierArguments {
    /// What carries the notices of the store in this folder.
    ///
    /// # Errors
    /// Settings that cannot be used.
    pub fn carriers(&self, store: &Path) -> Result<OwnCarriers, Error> {
        Ok(OwnCarriers {
            mail: self.mail(store)?,
            texts: self.sms_spool.as_deref().map(SmsSpool::at).transpose()?,
            reports: self.webhook()?,
        })
    }

    fn mail(&self, store: &Path) -> Result<Mail, Error> {
        let from = self.mail_from.as_deref();
        Ok(match (&self.mail_url, &self.mail_folder) {
            (Some(url), None) => {
                let from = from.ok_or(
                    "who are messages from? Name an address with --mail-from or TIRKEU_MAIL_FROM",
                )?;
                Mail::by_smtp(url, from)?
            }
            (None, folder) => {
                let own = || store.join("mail");
                let folder = folder.clone().unwrap_or_else(own);
                Mail::into_folder(&folder, from.unwrap_or(FROM_NOBODY))?
            }
            (Some(_), Some(_)) => {
                return Err("a mail server and a folder for mail are both named: name one".into());
            }
        })
    }

    fn webhook(&self) -> Result<Option<Webhook>, Error> {
        let Some(address) = &self.webhook_url else {
            return Ok(None);
        };
        let key = self.webhook_key.as_deref();
        let key = secret(key.ok_or("what are webhooks signed with? Name --webhook-key")?)?;
        Ok(Some(Webhook::to(address, Key::read(&key)?, crate::now)?))
    }

    /// Where messages go, in a person's words; nothing of a URL, which may hold a password.
    pub fn said(&self) -> Vec<&'static str> {
        let mail = if self.mail_url.is_some() {
            "messages to applicants go to the mail server"
        } else {
            "messages to applicants are put into a folder, for there is no mail server: name one with --mail-url or TIRKEU_MAIL_URL"
        };
        let texts = "short texts to applicants without an address are put into a folder";
        let reports = "a ministry's system is told of cases by webhook";
        let texts = self.sms_spool.is_some().then_some(texts);
        let reports = self.webhook_url.is_some().then_some(reports);
        [Some(mail), texts, reports].into_iter().flatten().collect()
    }
}

/// What carries the notices of this machine.
#[derive(Debug)]
pub struct OwnCarriers {
    mail: Mail,
    texts: Option<SmsSpool>,
    reports: Option<Webhook>,
}

impl OwnCarriers {
    /// All of it, for the notifier.
    pub const fn all(&self) -> Carriers<'_, Mail, SmsSpool, Webhook> {
        Carriers {
            mail: &self.mail,
            texts: self.texts.as_ref(),
            reports: self.reports.as_ref(),
        }
    }
}
