//! The portal as a function: its pages over an HTTP API; on a schedule, what was handed in and is no
//! case yet.
//!
//! Settings come from the environment, the time from the clock; all else is the library's.

use std::time::Duration;

use aws::function::{needed, now, say, set};
use aws::{LogLine, Store, function};
use casework::ports::Seen;
use casework::words::Language;
use eyes::{Allowance, Eyes};
use issue::{PublicSeal, Seal};
use lambda_http::lambda_runtime::{Error, LambdaEvent, run, service_fn};
use lambda_http::request::LambdaRequest;
use lambda_http::{Adapter, Service as _};
use ocr::file::Limits;
use portal::Portal;
use portal::link::Links;
use serde_json::{Value, json};
use signature::configured::configured;
use signature::revocation::Evidence;
use signature::trust::Trust;

/// Time for a paper: the API waits no longer than half a minute for a page.
const READING_TIME_MAX: Duration = Duration::from_secs(20);

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Error> {
    let (_, store) = function::store()?;
    let allowed = Allowance {
        limits: Limits::APPLICANT,
        question_max: READING_TIME_MAX,
        told: |seen, took| say(&read(seen, took)),
    };
    let eyes = Eyes::open(store.clone(), allowed)?;
    let language = set("TIRKEU_LANGUAGE").and_then(|code| Language::from_code(&code));
    let seal = Seal::from_long_text(&needed("TIRKEU_SEAL_KEY")?);
    // Whoever checks papers needs it: it is in no answer of the stack otherwise.
    say(&line().note("PublicSeal", &seal.public().to_string()));
    let earlier = set("TIRKEU_EARLIER_SEALS").unwrap_or_default();
    let earlier: Result<Vec<PublicSeal>, _> =
        earlier.split_whitespace().map(PublicSeal::parse).collect();
    let known_seals = earlier?.into_iter().chain([seal.public()]).collect();
    let (trust, evidence) = trusted(&store).await?;
    let portal = Portal {
        store: store.clone(),
        eyes: eyes.clone(),
        language: language.unwrap_or(Language::Kk),
        address: needed("TIRKEU_ADDRESS")?.trim_end_matches('/').to_owned(),
        links: Links::of(&needed("TIRKEU_LINK_KEY")?),
        seal,
        known_seals,
        trust,
        responder: None,
        evidence,
        now,
    };
    let pages = Adapter::from(portal::router(portal));
    let (store, eyes, pages) = (&store, &eyes, &pages);
    let answering = run(service_fn(async |event: LambdaEvent<Value>| {
        let LambdaEvent { payload, context } = event;
        if payload.get("hand_over").is_some() {
            return Box::pin(hand_over(store, eyes)).await;
        }
        let request: LambdaRequest = serde_json::from_value(payload)?;
        let answer = pages.clone().call(LambdaEvent::new(request, context));
        Ok::<_, Error>(serde_json::to_value(answer.await?)?)
    }));
    Box::pin(answering).await
}

/// Whose signatures are taken; nobody's, where the stack was given no files of them. A change
/// counts from the next start of a function.
async fn trusted(store: &Store) -> Result<(Option<Trust>, Evidence), Error> {
    let files = store.trust_files().await?;
    if files.is_empty() {
        return Ok((None, Evidence::new()));
    }
    let (trust, evidence) = configured(files)?;
    Ok((Some(trust), evidence))
}

/// Goes on with what failed: with papers that are to be erased, with what was handed in and is no
/// case yet.
async fn hand_over(store: &Store, eyes: &Eyes<Store>) -> Result<Value, Error> {
    store.go_on_erasing().await?;
    let handing = portal::hand_over_waiting(store, eyes, now());
    let (done, waiting) = Box::pin(handing).await?;
    if done + waiting > 0 {
        let line = line().count("ApplicationsHandedOver", u64::try_from(done)?);
        say(&line.count("ApplicationsWaiting", u64::try_from(waiting)?));
    }
    Ok(json!({"done": done, "waiting": waiting}))
}

fn line() -> LogLine {
    LogLine::at(now()).by("Function", "portal")
}

/// A line about a paper that was read or refused.
fn read(seen: &Seen, took: Duration) -> LogLine {
    let how = seen
        .as_ref()
        .map_or_else(|refusal| refusal.code(), |_| "read");
    let took_ms = u64::try_from(took.as_millis()).unwrap_or(u64::MAX);
    line()
        .by("File", how)
        .count("Files", 1)
        .count("ReadMs", took_ms)
}
