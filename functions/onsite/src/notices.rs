//! `tirkeu notify`, and the same beside the desk: notices by the ways that this machine has.
//! `tirkeu bounced`: what came back.

use std::io::Read as _;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::time::Duration;

use clap::Args;
use local::Store;
use notify::{Bounce, Notifier, Site};

use crate::background::{self, Remarks};
use crate::carriers::{CarrierArguments, OwnCarriers};
use crate::enclosures::site;
use crate::{Ended, now};

type Error = Box<dyn std::error::Error>;

/// What is looked at of a mail that came back.
const MAIL_BYTES_MAX: u64 = 16 << 20;

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
    carriers: CarrierArguments,
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

/// Notices and what carries them.
#[derive(Debug)]
pub struct Notices {
    store: Store,
    enclosures: Site<Store>,
    carriers: OwnCarriers,
    remarks: Remarks,
}

impl Notices {
    /// Those of the store in this folder.
    ///
    /// # Errors
    /// Settings of what carries messages that cannot be used.
    pub fn new(
        store: &Store,
        dir: &Path,
        portal_address: Option<String>,
        arguments: &CarrierArguments,
    ) -> Result<Self, Error> {
        let notices = Self {
            store: store.clone(),
            enclosures: site(store, dir, portal_address)?,
            carriers: arguments.carriers(dir)?,
            remarks: Remarks::default(),
        };
        for said in arguments.said() {
            notices.remarks.say(said);
        }
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
            carriers: self.carriers.all(),
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
        &arguments.carriers,
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
