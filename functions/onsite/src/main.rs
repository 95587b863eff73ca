//! All of it in one process on one machine, no cloud account: the binary `tirkeu`.
//!
//! The only place that reads the clock and the command line.

mod account;
mod background;
mod backup;
mod carriers;
mod cover_sheets;
mod enclosures;
mod eyes;
mod given;
mod limits;
mod look;
mod notices;
mod papers;
mod provider;
mod question;
mod read;
mod reader_child;
mod secret_file;
mod serve;
mod show;
mod stacks;
mod take;
mod truth;
mod watch;

use std::path::PathBuf;
use std::process::ExitCode;

use casework::card::CheckedCard;
use casework::case::{CaseId, CaseKind, Channel, MissionCode};
use casework::mission::Missions;
use casework::words::{Language, Words};
use clap::{Args, Parser, Subcommand};
use intake::Intake;
use intake::manifest::{ManifestError, TakeSettings};
use jiff::Timestamp;
use local::Store;

use crate::eyes::{Allowance, Eyes, OUT_OF_MEMORY_CODE, READER_ARGUMENT};
use crate::given::Given;
use crate::take::Taking;

/// Takes in the papers of citizens of Kazakhstan who register with their consulates abroad.
#[derive(Debug, Parser)]
#[command(name = "tirkeu", version)]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Read files and print one JSON line for each; nothing is stored
    Read {
        /// Scans, photos or PDFs
        #[arg(required = true)]
        files: Vec<PathBuf>,
        /// Language of messages
        #[arg(long, default_value = "en", value_parser = language)]
        lang: Language,
    },
    /// Take scans into cases: a folder is a case, loose files are sorted by person
    Take(TakeArguments),
    /// Print the worklist
    Cases {
        #[command(flatten)]
        at: StoreArguments,
        /// Only this mission
        #[arg(long)]
        mission: Option<String>,
        /// Ended cases too
        #[arg(long)]
        all: bool,
        /// As JSON, one case a line
        #[arg(long)]
        json: bool,
        /// Compare with the ground truth of sample cases in this folder
        #[arg(long, value_name = "DIR", hide = true)]
        truth: Option<PathBuf>,
    },
    /// Print one case: card, findings, documents, timeline
    Case {
        /// The case's reference, like 7F3K-9Q2M-4B1T
        id: String,
        #[command(flatten)]
        at: StoreArguments,
        /// Everything, with the place each value was read
        #[arg(long)]
        json: bool,
    },
    /// Serve the desk's and the portal's pages on this machine
    Serve {
        #[command(flatten)]
        at: StoreArguments,
        #[command(flatten)]
        how: serve::ServeArguments,
    },
    /// Take in what a scanner puts into a folder, as it comes
    Watch(WatchArguments),
    /// Print sheets to lay before each person's papers, so that a stack is split there
    CoverSheets(cover_sheets::CoverSheetArguments),
    /// The desk's people: who may log in
    Account {
        #[command(subcommand)]
        what: account::AccountCommand,
        /// The folder that holds scans and cases
        #[arg(long, env = "TIRKEU_STORE", default_value = "store", global = true)]
        store: PathBuf,
    },
    /// Print the papers that a case supports as it stands, as PDF
    Issue(papers::IssueArguments),
    /// Check the code of a paper: a PDF, a scan or a photo of it, or the code's text
    Verify(papers::VerifyArguments),
    /// Print the public keys that papers are checked with
    Keys(papers::KeysArguments),
    /// Send the notices that are due; `serve` does so by itself
    Notify(notices::NotifyArguments),
    /// Note which notices came back: pipe the mail to the sender's address into this
    Bounced(notices::BouncedArguments),
    /// Print what time does: terms that run out, records whose keeping is over
    Clock(look::ClockArguments),
    /// Copy the whole store, while it is in use
    Backup(backup::BackupArguments),
    /// Make a store from a backup, checked file by file and case by case
    Restore(backup::RestoreArguments),
    #[command(name = READER_ARGUMENT, hide = true)]
    ReaderChild { memory_bytes_max: u64 },
}

#[derive(Debug, Args)]
struct StoreArguments {
    /// The folder that holds scans and cases
    #[arg(long, env = "TIRKEU_STORE", default_value = "store")]
    store: PathBuf,
    /// Language: kk, ru or en
    #[arg(long, default_value = "en", value_parser = language)]
    lang: Language,
}

#[derive(Debug, Args)]
struct TakeArguments {
    /// Files and folders
    #[arg(required = true)]
    paths: Vec<PathBuf>,
    #[command(flatten)]
    at: StoreArguments,
    /// permanent or temporary; without it, a case with a permit to leave is permanent
    #[arg(long, value_parser = json_word::<CaseKind>)]
    kind: Option<CaseKind>,
    /// The mission's code, like DEU-BER
    #[arg(long, env = "TIRKEU_MISSION")]
    mission: Option<String>,
    /// consulate (2 working days) or portal (1)
    #[arg(long, default_value = "consulate", value_parser = json_word::<Channel>)]
    channel: Channel,
    /// When the papers came, like 2026-10-23T10:00:00+02:00; now, without it
    #[arg(long)]
    received: Option<Timestamp>,
    /// The declared registration card as JSON
    #[arg(long, value_name = "FILE.json")]
    card: Option<PathBuf>,
}

#[derive(Debug, Args)]
struct WatchArguments {
    /// The folder: what is taken in goes to its `done`, what cannot be used to its `left`
    dir: PathBuf,
    #[command(flatten)]
    at: StoreArguments,
    /// The mission's code, like DEU-BER
    #[arg(long, env = "TIRKEU_MISSION")]
    mission: String,
    /// permanent or temporary, of papers without a cover sheet; without it, by their documents
    #[arg(long, value_parser = json_word::<CaseKind>)]
    kind: Option<CaseKind>,
    /// End when nothing is left in the folder
    #[arg(long)]
    until_empty: bool,
}

fn language(code: &str) -> Result<Language, String> {
    Language::from_code(code).ok_or_else(|| "use kk, ru or en".to_owned())
}

/// A word as it is written in JSON: `permanent`, `portal`.
fn json_word<T: serde::de::DeserializeOwned>(word: &str) -> Result<T, String> {
    serde_json::from_value(serde_json::Value::from(word)).map_err(|e| e.to_string())
}

/// What ends a command: its exit code, or an error to print.
type Ended = Result<ExitCode, Box<dyn std::error::Error>>;

#[expect(
    clippy::disallowed_methods,
    reason = "the one place that reads the clock"
)]
fn now() -> Timestamp {
    Timestamp::now()
}

fn main() -> ExitCode {
    let command = Cli::parse().command;
    if let Command::ReaderChild { memory_bytes_max } = command {
        return match reader_child::run(memory_bytes_max) {
            Ok(()) => ExitCode::SUCCESS,
            Err(error) if error.kind() == std::io::ErrorKind::OutOfMemory => {
                ExitCode::from(OUT_OF_MEMORY_CODE)
            }
            Err(error) => complain(&error),
        };
    }
    match tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
    {
        Ok(runtime) => runtime
            .block_on(run(command))
            .unwrap_or_else(|error| ended(error.as_ref())),
        Err(error) => complain(&error),
    }
}

/// A reader of our output that has seen enough, as `head` has, is no failure.
fn ended(error: &(dyn std::error::Error + 'static)) -> ExitCode {
    let kind = match error.downcast_ref::<serde_json::Error>() {
        Some(error) => error.io_error_kind(),
        None => error.downcast_ref().map(std::io::Error::kind),
    };
    if kind == Some(std::io::ErrorKind::BrokenPipe) {
        return ExitCode::SUCCESS;
    }
    complain(error)
}

#[expect(clippy::print_stderr, reason = "where a command line complains")]
fn complain(error: &dyn std::error::Error) -> ExitCode {
    eprintln!("tirkeu: {error}");
    ExitCode::FAILURE
}

async fn run(command: Command) -> Ended {
    match command {
        Command::Read { files, lang } => {
            let all_opened = read::run(&files, lang, utc_today()).await?;
            Ok(if all_opened {
                ExitCode::SUCCESS
            } else {
                ExitCode::FAILURE
            })
        }
        Command::Take(arguments) => take(arguments).await,
        Command::Cases {
            at,
            mission,
            all,
            json,
            truth,
        } => {
            let store = Store::open(&at.store)?;
            let words = Words::of(at.lang);
            if let Some(truth) = truth {
                return truth::compare(&store, &truth).await;
            }
            show::cases(&store, mission.map(MissionCode), all, json, &words).await?;
            Ok(ExitCode::SUCCESS)
        }
        Command::Case { id, at, json } => {
            let store = Store::open(&at.store)?;
            show::case(&store, &CaseId::try_from(id)?, json, &Words::of(at.lang)).await
        }
        Command::Serve { at, how } => {
            // Boxed: it is everything at once, and others need not be as large.
            Box::pin(serve::run(&at.store, &how, at.lang)).await?;
            Ok(ExitCode::SUCCESS)
        }
        Command::Watch(arguments) => watch(arguments).await,
        Command::CoverSheets(arguments) => cover_sheets::run(&arguments),
        Command::Account { what, store } => {
            account::run(&Store::open(&store)?, what).await?;
            Ok(ExitCode::SUCCESS)
        }
        Command::Issue(arguments) => papers::issue(&arguments).await,
        Command::Verify(arguments) => papers::verify(&arguments).await,
        Command::Keys(arguments) => papers::keys(&arguments),
        Command::Notify(arguments) => notices::run(&arguments).await,
        Command::Bounced(arguments) => notices::bounced(&arguments).await,
        Command::Clock(arguments) => look::run(&arguments).await,
        Command::Backup(arguments) => backup::backup(&arguments),
        Command::Restore(arguments) => backup::restore(&arguments),
        Command::ReaderChild { .. } => Ok(ExitCode::FAILURE),
    }
}

async fn watch(arguments: WatchArguments) -> Ended {
    let settings = settings(arguments.kind, Some(MissionCode(arguments.mission)))?;
    let store = Store::open(&arguments.at.store)?;
    let words = Words::of(arguments.at.lang);
    let (dir, until_empty) = (&arguments.dir, arguments.until_empty);
    stacks::watch(&store, dir, &settings, &words, until_empty).await?;
    Ok(ExitCode::SUCCESS)
}

fn utc_today() -> jiff::civil::Date {
    now().to_zoned(jiff::tz::TimeZone::UTC).date()
}

/// What is said of cases to come where no command line says more.
fn settings(
    kind: Option<CaseKind>,
    mission: Option<MissionCode>,
) -> Result<TakeSettings, ManifestError> {
    let settings = TakeSettings {
        kind,
        mission,
        channel: Channel::Consulate,
        received_at: None,
        card: None,
        missions: Missions::embedded(),
    };
    if let Some(code) = &settings.mission {
        settings.mission(code)?;
    }
    Ok(settings)
}

async fn take(arguments: TakeArguments) -> Ended {
    let store = Store::open(&arguments.at.store)?;
    let card = arguments
        .card
        .as_deref()
        .map(take::json::<CheckedCard>)
        .transpose()?
        .map(|CheckedCard(card)| card);
    let settings = TakeSettings {
        channel: arguments.channel,
        received_at: arguments.received,
        card,
        ..settings(arguments.kind, arguments.mission.map(MissionCode))?
    };
    let eyes = Eyes::over(store.clone(), Allowance::Batch);
    let given = Given::of(&arguments.paths);
    let intake = Intake::new(&store, &eyes);
    let taking = Taking::new(intake, &settings, stacks::MACHINE, now(), given.scans());
    let report = taking.take(&given).await?;
    let count = report.count(&store).await?;
    show::report(&report, count, &Words::of(arguments.at.lang))?;
    Ok(if report.complete() && count.lost == 0 {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    })
}
