//! The function that reads: the queue's messages in, those that failed out; on a schedule, what
//! fell through, and the stacks that the desk took in.
//!
//! Settings come from the environment, the time from the clock; all else is the library's.

mod sight;

use std::time::Instant;

use aws::function::{needed, now, say};
use aws::{Inbox, LogLine, Store, function};
use casework::case::{CaseId, Channel, MissionCode};
use casework::mission::Missions;
use casework::ports::Stacks as _;
use casework::upload::BatchId;
use intake::event::key_in;
use intake::manifest::TakeSettings;
use intake::messages::{Done, Message};
use intake::{Attempt, Intake, Patience, Reconciled, Run};
use jiff::{SignedDuration, Timestamp};
use lambda_runtime::{Context, Error, LambdaEvent, run, service_fn};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use crate::sight::{Eyes, Until, allowance};

/// How long a lease outlives the attempt: its function is gone by then, whatever the clocks say.
const LEASE_MARGIN: SignedDuration = SignedDuration::from_secs(5);

/// Time that a file may need: none is begun with less, so that a full batch breaks nothing off.
const FILE_TIME_MAX: SignedDuration = SignedDuration::from_secs(70);

/// What the function is called with.
#[derive(Deserialize)]
#[serde(untagged)]
enum Call {
    /// By the queue.
    Messages {
        #[serde(rename = "Records")]
        records: Vec<QueueMessage>,
    },
    /// By the schedule of what fell through.
    Reconcile { reconcile: Reconcile },
    /// By the schedule of stacks.
    Stacks {
        #[serde(rename = "stacks")]
        _stacks: bool,
    },
}

/// A message as the queue hands it over.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct QueueMessage {
    message_id: String,
    body: String,
}

/// The messages that are to come again; all others are done with.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Failures {
    batch_item_failures: Vec<Failure>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Failure {
    item_identifier: String,
}

/// A run of the reconciler, as the schedule words it.
#[derive(Clone, Copy, Deserialize)]
struct Reconcile {
    /// How long messages, and the rest of a batch, are waited for.
    grace_s: u32,
}

/// How long one call begins pages of stacks: the next one comes within a minute.
const STACKS_TIME_MAX: SignedDuration = SignedDuration::from_secs(50);

/// What one function holds from call to call.
struct Function {
    store: Store,
    inbox: Inbox,
    eyes: Eyes,
    settings: TakeSettings,
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Error> {
    let (settings, store) = function::store()?;
    let function = Function {
        inbox: Inbox::new(&settings, needed("TIRKEU_INBOX_BUCKET")?),
        eyes: Eyes::open(store.clone(), allowance())?,
        store,
        settings: TakeSettings {
            kind: None,
            mission: Some(MissionCode(needed("TIRKEU_MISSION")?)),
            channel: Channel::Consulate,
            received_at: None,
            card: None,
            missions: Missions::embedded(),
        },
    };
    let function = &function;
    Box::pin(run(service_fn(|event| function.handle(event)))).await
}

impl Function {
    async fn handle(&self, event: LambdaEvent<Call>) -> Result<Value, Error> {
        let LambdaEvent { payload, context } = event;
        let deadline = Timestamp::from_millisecond(i64::try_from(context.deadline)?)?;
        Ok(match payload {
            Call::Messages { records } => {
                let failures = self.take_all(&records, &context, deadline).await;
                serde_json::to_value(failures)?
            }
            Call::Reconcile { reconcile } => self.reconcile(reconcile, &context, deadline).await?,
            Call::Stacks { .. } => Box::pin(self.work_on_stacks(deadline)).await?,
        })
    }

    /// Compares the inbox with the records; what it found is said and answered.
    async fn reconcile(
        &self,
        how: Reconcile,
        context: &Context,
        deadline: Timestamp,
    ) -> Result<Value, Error> {
        let attempt = Attempt {
            name: &context.request_id,
            lease: lease(deadline),
            settings: &self.settings,
            patience: Patience::Waits,
        };
        let reached = self.store.reached().await?;
        let run = Run {
            attempt,
            grace: SignedDuration::from_secs(how.grace_s.into()),
            now,
            after: reached.as_ref().map(|key| key.reveal().as_str()),
            until: deadline.checked_sub(FILE_TIME_MAX)?,
        };
        let intake = Intake::new(&self.store, &self.eyes);
        let Reconciled {
            listed,
            lost,
            without_end,
            failed,
            stopped_after,
        } = intake.reconcile(&self.inbox, run).await?;
        self.store.keep_reached(stopped_after.as_ref()).await?;
        let unfinished = u64::from(stopped_after.is_some());
        let line = outcome("Reconciled")
            .count("Listed", listed)
            .count("Lost", lost)
            .count("WithoutEnd", without_end)
            .count("Failed", failed)
            .count("Unfinished", unfinished);
        say(&line);
        Ok(json!({
            "Listed": listed, "Lost": lost, "WithoutEnd": without_end, "Failed": failed,
            "Unfinished": unfinished,
        }))
    }

    /// Reads, sorts and files the stacks that are not done, the oldest first. One that fails keeps
    /// no other waiting; one that is not done in time goes on where it stood.
    async fn work_on_stacks(&self, deadline: Timestamp) -> Result<Value, Error> {
        let until = deadline.checked_sub(FILE_TIME_MAX)?;
        let until = until.min(now().checked_add(STACKS_TIME_MAX)?);
        let eyes = Until {
            eyes: &self.eyes,
            until,
        };
        let intake = Intake::new(&self.store, &eyes);
        let (mut done, mut left, mut failed) = (0_u64, 0_u64, 0_u64);
        for id in self.store.stacks_to_do().await? {
            if now() >= until {
                left += 1;
                continue;
            }
            let mut untold = |_, _| {};
            let work = intake.work_on(&id, &self.settings, now(), &mut untold);
            match Box::pin(work).await {
                Ok(_) => done += 1,
                Err(_) if now() >= until => left += 1,
                Err(_) => failed += 1,
            }
        }
        if done + left + failed > 0 {
            let line = outcome("Stacks").count("StacksDone", done);
            say(&line.count("StacksLeft", left).count("StacksFailed", failed));
        }
        Ok(json!({"done": done, "left": left, "failed": failed}))
    }

    async fn take_all(
        &self,
        messages: &[QueueMessage],
        context: &Context,
        deadline: Timestamp,
    ) -> Failures {
        let mut batch_item_failures = Vec::new();
        for message in messages {
            let attempt = format!("{}/{}", context.request_id, message.message_id);
            let in_time = deadline.duration_since(now()) > FILE_TIME_MAX;
            if !in_time || !self.take(&message.body, &attempt, deadline).await {
                batch_item_failures.push(Failure {
                    item_identifier: message.message_id.clone(),
                });
            }
        }
        Failures {
            batch_item_failures,
        }
    }

    /// Whether the message is done with.
    async fn take(&self, message: &str, attempt: &str, deadline: Timestamp) -> bool {
        let (at, started) = (now(), Instant::now());
        let attempt = Attempt {
            name: attempt,
            lease: lease(deadline),
            settings: &self.settings,
            patience: Patience::Waits,
        };
        let intake = Intake::new(&self.store, &self.eyes);
        let taken = intake.take_message(&self.inbox, message, attempt, at).await;
        let ended = match &taken {
            Ok(Message::Done(Done::Ended)) => "Ended",
            Ok(Message::Done(Done::Waits)) => "Waits",
            Ok(Message::Done(Done::NothingThere)) => "NothingThere",
            Ok(Message::Held) => "Held",
            Err(error) => error.error_type(),
        };
        let took_ms = u64::try_from(started.elapsed().as_millis()).unwrap_or(u64::MAX);
        let line = outcome(ended).count("Messages", 1);
        let line = line.count("DurationMs", took_ms);
        say(&match case_named(message) {
            Some(case) => line.note("Case", case.as_str()),
            None => line,
        });
        matches!(taken, Ok(Message::Done(_)))
    }
}

/// The case that the folder of a message's object makes; nothing where it is in none: whose case a
/// loose file goes into, reading it must say.
fn case_named(message: &str) -> Option<CaseId> {
    let named = key_in(message).ok()??;
    let in_folder = named.key.contains('/');
    in_folder.then(|| CaseId::of_batch(&BatchId::of(&named.bucket, &named.key)))
}

/// Until when an attempt can last.
fn lease(deadline: Timestamp) -> SignedDuration {
    deadline.duration_since(now()).saturating_add(LEASE_MARGIN)
}

/// A line about something that ended so.
fn outcome(outcome: &str) -> LogLine {
    let line = LogLine::at(now()).by("Function", "intake");
    line.by("Outcome", outcome)
}
