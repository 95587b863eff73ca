//! `tirkeu notify`, and the same beside the desk: notices to a mail server, or into a folder.
//! `tirkeu bounced`: what came back.

use std::io::Read as _;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::time::Duration;

use clap::Args;
use local::Store;
use mail::Mail;
use notify::{Bounce, Notifier, Site};

use crate::background::{self, Remarks};
use crate::enclosures::site;
use crate::{Ended, now};

type Error = Box<dyn std::error::Error>;

/// What is looked at of a mail that came back.
const MAIL_BYTES_MAX: u64 = 16 << 20;

/// Who messages are from that go into a folder: an address that can be nobody's (RFC 2606).
const FROM_NOBODY: &str = "Tirkeu <no-reply@tirkeu.invalid>";

/// What carries messages.
#[derive(Debug, Args)]
pub struct MailArguments {
    /// The mail server, like smtps://USER:PASSWORD@HOST; without it each message is a file in the store's folder `mail`
    #[arg(
        long = "mail-url",
        env = "TIRKEU_MAIL_URL",
        hide_env_values = true,
        value_name = "URL"
    )]
    url: Option<String>,
    /// Who messages are from, like "Consulate <no-reply@example.org>"
    #[arg(long = "mail-from", env = "TIRKEU_MAIL_FROM", value_name = "ADDRESS")]
    from: Option<String>,
    /// Another folder for messages
    #[arg(long = "mail-folder", env = "TIRKEU_MAIL_FOLDER", value_name = "DIR")]
    folder: Option<PathBuf>,
}

/// What `tirkeu notify` takes.
#[derive(Debug, Args)]
pub struct NotifyArguments {
    /// The folder that holds scans and cases
    #[arg(long, env = "TIRKEU_STORE", default_value = "store")]
    store: PathBuf,
    /// Look again every so many seconds, until it is told to end
    #[arg(long, value_name = "SECONDS", value_parser = clap::value_parser!(u32).range(1..))]
    every: Option<u32>,
    /// How applicants' browsers reach the portal; without it private links wait for `serve`
    #[arg(long, value_name = "URL", env = "TIRKEU_PORTAL_ADDRESS")]
    portal_address: Option<String>,
    #[command(flatten)]
    mail: MailArguments,
}

/// What `tirkeu bounced` takes.
#[derive(Debug, Args)]
pub struct BouncedArguments {
    /// Mails that came back, each as a file; what is piped in, without one
    mails: Vec<PathBuf>,
    /// The folder that holds scans and cases
    #[arg(long, env = "TIRKEU_STORE", default_value = "store")]
    store: PathBuf,
}

impl MailArguments {
    /// The mail of the store in this folder.
    fn mail(&self, store: &Path) -> Result<Mail, Error> {
        let from = self.from.as_deref();
        Ok(match (&self.url, &self.folder) {
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

    /// Where messages go, in a person's words; nothing of the server's URL, which may hold a password.
    fn said(&self) -> &'static str {
        if self.url.is_some() {
            "messages to applicants go to the mail server"
        } else {
            "messages to applicants are put into a folder, for there is no mail server: name one with --mail-url or TIRKEU_MAIL_URL"
        }
    }
}

/// Notices and what carries them.
#[derive(Debug)]
pub struct Notices {
    store: Store,
    enclosures: Site<Store>,
    mail: Mail,
    remarks: Remarks,
}

impl Notices {
    /// Those of the store in this folder.
    ///
    /// # Errors
    /// Settings of mail that cannot be used.
    pub fn new(
        store: &Store,
        dir: &Path,
        portal_address: Option<String>,
        arguments: &MailArguments,
    ) -> Result<Self, Error> {
        let notices = Self {
            store: store.clone(),
            enclosures: site(store, dir, portal_address)?,
            mail: arguments.mail(dir)?,
            remarks: Remarks::default(),
        };
        notices.remarks.say(arguments.said());
        Ok(notices)
    }

    /// Sends what is due and says what came of it, if anything did.
    pub async fn send(&self) {
        self.send_due().await;
    }

    /// Whether the store answered, and nothing is to be tried again.
    async fn send_due(&self) -> bool {
        let notifier = Notifier {
            store: &self.store,
            sender: &self.mail,
            enclosures: &self.enclosures,
            now: &now,
        };
        match notifier.send_due().await {
            Ok(tally) if tally.is_empty() => true,
            Ok(tally) => {
                self.remarks.say(&format!("notices: {tally}"));
                tally.later == 0
            }
            Err(error) => {
                self.remarks.say(&format!("notices: {error}"));
                false
            }
        }
    }
}

/// Sends once, or until it is told to end.
pub async fn run(arguments: &NotifyArguments) -> Ended {
    let store = Store::open(&arguments.store)?;
    let notices = Notices::new(
        &store,
        &arguments.store,
        arguments.portal_address.clone(),
        &arguments.mail,
    )?;
    if let Some(seconds) = arguments.every {
        let period = Duration::from_secs(seconds.into());
        background::every(period, async || notices.send().await).await;
        return Ok(ExitCode::SUCCESS);
    }
    Ok(if notices.send_due().await {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    })
}

/// Notes which notices came back, so that their cases show it.
#[expect(clippy::print_stdout, reason = "the command's answer")]
pub async fn bounced(arguments: &BouncedArguments) -> Ended {
    let mut mails = Vec::new();
    for path in &arguments.mails {
        let mail = std::fs::read(path).map_err(|e| format!("{}: {e}", path.display()))?;
        mails.push(mail);
    }
    if arguments.mails.is_empty() {
        let mut mail = Vec::new();
        let mut piped = std::io::stdin().lock().take(MAIL_BYTES_MAX);
        piped.read_to_end(&mut mail)?;
        mails.push(mail);
    }
    let store = Store::open(&arguments.store)?;
    for mail in &mails {
        match Bounce::in_mail(&String::from_utf8_lossy(mail)) {
            Some(bounce) => {
                println!("{} came back ({})", bounce.notice, bounce.code);
                bounce.note(&store, now()).await?;
            }
            None => println!("no notice came back with this mail"),
        }
    }
    Ok(ExitCode::SUCCESS)
}
