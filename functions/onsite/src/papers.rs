//! `tirkeu issue`, `tirkeu verify` and `tirkeu keys`: printed papers and the keys that sign them.

use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use casework::case::CaseId;
use casework::mission::Missions;
use casework::words::{Language, Words, key_of};
use clap::Args;
use issue::{Attested, Issue, KnownSeals, NotGenuine, Order, PREFIX, PaperKind, PublicSeal, Seal};
use local::{KeyFiles, Store};

use crate::eyes::{Allowance, Eyes};
use crate::{Ended, StoreArguments, now};

type Error = Box<dyn std::error::Error>;

/// What `tirkeu issue` takes.
#[derive(Debug, Args)]
pub struct IssueArguments {
    /// The case's reference, like 7F3K-9Q2M-4B1T
    id: String,
    /// The folder to put the papers into
    #[arg(long, default_value = ".")]
    out: PathBuf,
    /// Only this paper; may be given several times
    #[arg(long, value_parser = paper_kind)]
    paper: Vec<PaperKind>,
    /// English too, beside Kazakh and Russian
    #[arg(long)]
    english: bool,
    #[command(flatten)]
    at: StoreArguments,
}

/// What `tirkeu verify` takes.
#[derive(Debug, Args)]
pub struct VerifyArguments {
    /// A file, or the text of a code
    #[arg(value_name = "FILE|CODE")]
    paper: String,
    /// Check with the public keys in this file, as `tirkeu keys` prints them; with the store's, without it
    #[arg(long, value_name = "FILE")]
    keys: Option<PathBuf>,
    #[command(flatten)]
    at: StoreArguments,
}

/// What `tirkeu keys` takes.
#[derive(Debug, Args)]
pub struct KeysArguments {
    /// Make a new key that signs from now on; papers signed before stay good
    #[arg(long)]
    new: bool,
    #[command(flatten)]
    at: StoreArguments,
}

fn paper_kind(name: &str) -> Result<PaperKind, String> {
    let names = PaperKind::ALL.map(PaperKind::as_str).join(", ");
    PaperKind::from_name(name).ok_or_else(|| format!("use one of: {names}"))
}

/// Writes the papers and prints their files' names.
pub async fn issue(arguments: &IssueArguments) -> Ended {
    let store = Store::open(&arguments.at.store)?;
    let seal = seal(&arguments.at.store)?;
    let issue = Issue {
        store: &store,
        seal: &seal,
        missions: Missions::embedded(),
    };
    let id = CaseId::try_from(arguments.id.clone())?;
    let wanted = if arguments.paper.is_empty() {
        issue.papers(&id).await?
    } else {
        arguments.paper.clone()
    };
    if wanted.is_empty() {
        return Err("the case as it stands supports no paper".into());
    }
    let mut out = std::io::stdout().lock();
    for kind in wanted {
        let with_english = arguments.english;
        let today = issue.today(&id, now()).await?;
        let order = Order {
            kind,
            with_english,
            today,
        };
        let paper = issue.paper(&id, order).await?;
        let path = arguments.out.join(&paper.file_name);
        std::fs::write(&path, &paper.pdf).map_err(|e| format!("{}: {e}", path.display()))?;
        writeln!(out, "{}", path.display())?;
    }
    Ok(ExitCode::SUCCESS)
}

/// The seal of the store in this folder, made when it is first needed.
pub fn seal(store: &Path) -> Result<Seal, Error> {
    let keys = KeyFiles::of(store);
    if let Some(secret) = keys.secret()? {
        return Ok(Seal::from_secret_text(&secret)?);
    }
    let new = Seal::random()?;
    let public = new.public();
    let (id, public) = (public.id().to_string(), public.to_string());
    let kept = keys.keep_first(&new.secret_text(), &id, &public)?;
    Ok(Seal::from_secret_text(&kept)?)
}

/// Prints every public key: its name, the key, and a word beside the one that signs now.
pub fn keys(arguments: &KeysArguments) -> Ended {
    let store = &arguments.at.store;
    drop(Store::open(store)?);
    let files = KeyFiles::of(store);
    if arguments.new {
        let new = Seal::random()?;
        let public = new.public();
        let (id, public) = (public.id().to_string(), public.to_string());
        files.replace(&new.secret_text(), &id, &public)?;
    }
    let words = Words::of(arguments.at.lang);
    let signs = seal(store)?.public();
    let mut out = std::io::stdout().lock();
    for text in files.public()? {
        let public = PublicSeal::parse(&text)?;
        let now = if public == signs {
            words.say("paper-key-signs")
        } else {
            String::new()
        };
        writeln!(
            out,
            "{}",
            format!("{}  {public}  {now}", public.id()).trim_end()
        )?;
    }
    Ok(ExitCode::SUCCESS)
}

/// Checks a paper, says what its code attests; fails where it attests nothing.
pub async fn verify(arguments: &VerifyArguments) -> Ended {
    let known = known(arguments)?;
    let words = Words::of(arguments.at.lang);
    let mut out = std::io::stdout().lock();
    let verdict = issue::verify(&text_of(&arguments.paper).await?, &known);
    match &verdict {
        Ok(attested) => write!(out, "{}", genuine(attested, &words))?,
        Err(cause) => writeln!(out, "{}", words.say(not_genuine(*cause)))?,
    }
    Ok(if verdict.is_ok() {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    })
}

fn known(arguments: &VerifyArguments) -> Result<KnownSeals, Error> {
    let texts = match &arguments.keys {
        Some(path) => {
            vec![std::fs::read_to_string(path).map_err(|e| format!("{}: {e}", path.display()))?]
        }
        None => KeyFiles::of(&arguments.at.store).public()?,
    };
    let known = seals(&texts);
    if known.is_empty() {
        return Err("there are no public keys: name a file of them with --keys".into());
    }
    Ok(known.into_iter().collect())
}

/// Every seal that papers of the store in this folder were ever signed with.
pub fn known_seals(store: &Path) -> Result<KnownSeals, Error> {
    // The first is made where there is none yet.
    drop(seal(store)?);
    Ok(seals(&KeyFiles::of(store).public()?).into_iter().collect())
}

fn seals(texts: &[String]) -> Vec<PublicSeal> {
    let words = texts.iter().flat_map(|text| text.split_whitespace());
    words
        .filter_map(|word| PublicSeal::parse(word).ok())
        .collect()
}

/// The code's text: the argument itself, or what the code in the file says. A page with two
/// papers' codes is nobody's paper, and so is one with none.
async fn text_of(paper: &str) -> Result<String, Error> {
    if paper.starts_with(PREFIX) {
        return Ok(paper.to_owned());
    }
    let size = std::fs::metadata(paper)
        .map_err(|e| format!("{paper}: {e}"))?
        .len();
    if size > ocr::file::Limits::APPLICANT.bytes_max as u64 {
        return Err(format!("{paper}: the file is too large").into());
    }
    let bytes = std::fs::read(paper).map_err(|e| format!("{paper}: {e}"))?;
    let codes = Eyes::new(Allowance::File).codes(&bytes).await?;
    let codes = codes
        .map_err(|code| Words::of(Language::En).say(&format!("refusal-{}", key_of(code.code()))))?;
    let mut ours = codes.into_iter().filter(|text| text.starts_with(PREFIX));
    match (ours.next(), ours.next()) {
        (Some(text), None) => Ok(text),
        (None, _) => Err(format!("{paper}: no code of a paper can be read on it").into()),
        (Some(_), Some(_)) => Err(format!("{paper}: more than one paper's code is on it").into()),
    }
}

const fn not_genuine(cause: NotGenuine) -> &'static str {
    match cause {
        NotGenuine::NotAPayload => "paper-no-payload",
        NotGenuine::UnknownKey(_) => "paper-unknown-key",
        NotGenuine::Altered => "paper-altered",
    }
}

/// What is attested, line by line.
fn genuine(attested: &Attested, words: &Words) -> String {
    let kind = words.say(&format!("paper-kind-{}", key_of(attested.kind.as_str())));
    let lines = [
        ("paper-genuine", kind),
        ("paper-reference", attested.reference.as_str().to_owned()),
        ("paper-row-mission", attested.mission.0.clone()),
        ("paper-date", attested.on.to_string()),
        ("paper-initials", attested.initials.reveal().clone()),
    ];
    let line = |(key, value)| format!("{}: {value}\n", words.say(key));
    lines.map(line).concat()
}
