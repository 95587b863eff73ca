//! The function that tells applicants: woken by each notice that is written, on a schedule for
//! those that are to be tried again, and by the mail service for those that came back.
//!
//! Settings come from the environment, the time from the clock; all else is the library's. What
//! wakes it is only a wake: the outbox says what is due, so that a wake too many sends nothing
//! and one too few is made up for by the schedule.

use aws::function::{needed, now, set};
use aws::{LogLine, Mail, Settings, Store, TextClass, Texts, bounced, case_of_notice, function};
use casework::case::CaseId;
use casework::ports::StoreError;
use issue::Seal;
use jiff::{SignedDuration, Timestamp};
use lambda_runtime::{Error, LambdaEvent, run, service_fn};
use notify::{Bounce, Carriers, Notifier, Site, Tally};
use serde::Deserialize;
use serde_json::{Value, json};
use web::link::Links;
use webhook::{Key, Webhook};

/// Time that a message may need with all that is asked and written for it: none is begun with less.
const MESSAGE_TIME_MAX: SignedDuration = SignedDuration::from_secs(60);

/// What the function is called with.
#[derive(Deserialize)]
#[serde(untagged)]
enum Call {
    /// By the table's stream, or by the topic of what came back.
    Records {
        #[serde(rename = "Records")]
        records: Vec<Record>,
    },
    /// By the schedule.
    Due {
        #[serde(rename = "due")]
        _due: bool,
    },
}

#[derive(Deserialize)]
#[serde(untagged)]
enum Record {
    /// A notice was written.
    Written { dynamodb: Change },
    /// A message came back.
    CameBack {
        #[serde(rename = "Sns")]
        sns: Told,
    },
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Change {
    sequence_number: String,
    keys: Keys,
}

#[derive(Deserialize)]
struct Keys {
    pk: Text,
    sk: Text,
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Text {
    s: String,
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Told {
    message: String,
}

/// What one function holds from call to call.
struct Function {
    store: Store,
    mail: Mail,
    /// Where the stack sends any.
    texts: Option<Texts>,
    /// Where a ministry's system is named.
    reports: Option<Webhook>,
    site: Site<Store>,
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Error> {
    let (settings, store) = function::store()?;
    let from = needed("TIRKEU_MAIL_FROM")?;
    let site = Site {
        store: store.clone(),
        links: Links::of(&needed("TIRKEU_LINK_KEY")?),
        seal: Seal::from_long_text(&needed("TIRKEU_SEAL_KEY")?),
        portal: Some(needed("TIRKEU_PORTAL_ADDRESS")?),
        now,
    };
    let function = Function {
        store,
        site,
        mail: Mail::new(&settings, from, set("TIRKEU_MAIL_EVENTS")),
        texts: texts(&settings)?,
        reports: reports()?,
    };
    let function = &function;
    run(service_fn(|event| function.handle(event))).await
}

/// What carries short texts; nothing where the stack sends none.
fn texts(settings: &Settings) -> Result<Option<Texts>, Error> {
    let Some(name) = set("TIRKEU_SMS_TYPE") else {
        return Ok(None);
    };
    let class = TextClass::named(&name).ok_or("TIRKEU_SMS_TYPE names no class of texts")?;
    Ok(Some(Texts::new(settings, class, set("TIRKEU_SMS_SENDER"))))
}

/// What tells a ministry's system; nothing where none is named.
fn reports() -> Result<Option<Webhook>, Error> {
    let Some(address) = set("TIRKEU_WEBHOOK_URL") else {
        return Ok(None);
    };
    let key = Key::read(&needed("TIRKEU_WEBHOOK_KEY")?);
    let webhook = key.and_then(|key| Webhook::to(&address, key, now));
    // A function that does not start leaves the cause's `Debug` in its log: its sentence says more.
    Ok(Some(webhook.map_err(|cause| cause.to_string())?))
}

impl Function {
    async fn handle(&self, event: LambdaEvent<Call>) -> Result<Value, Error> {
        let deadline = i64::try_from(event.context.deadline)?;
        let until = Timestamp::from_millisecond(deadline)?.checked_sub(MESSAGE_TIME_MAX)?;
        match event.payload {
            Call::Due { .. } => {
                let tally = self.notifier().send_due_until(until).await?;
                say(&tally, None);
                Ok(json!({ "sent": tally.sent, "later": tally.later }))
            }
            Call::Records { records } => {
                for record in records {
                    if now() >= until {
                        // Those that are left are due: the schedule finds them.
                        break;
                    }
                    if let Some(failed) = self.take(record).await? {
                        // A stream goes on from here; what was sent before is not due again.
                        return Ok(json!({"batchItemFailures": [{"itemIdentifier": failed}]}));
                    }
                }
                Ok(json!({ "batchItemFailures": [] }))
            }
        }
    }

    /// Does what a record wakes one to; the place in the stream, where that failed.
    async fn take(&self, record: Record) -> Result<Option<String>, StoreError> {
        match record {
            Record::Written { dynamodb } => {
                let Keys { pk, sk } = dynamodb.keys;
                let Some(case) = case_of_notice(&pk.s, &sk.s) else {
                    return Ok(None);
                };
                let Ok(tally) = self.notifier().send_due_of(&case).await else {
                    return Ok(Some(dynamodb.sequence_number));
                };
                say(&tally, Some(&case));
                Ok(None)
            }
            Record::CameBack { sns } => {
                if let Some((notice, code)) = bounced(&sns.message) {
                    say_came_back(&notice.case);
                    Bounce { notice, code }.note(&self.store, now()).await?;
                }
                Ok(None)
            }
        }
    }

    fn notifier(&self) -> Notifier<'_, Store, Mail, Site<Store>, Texts, Webhook> {
        Notifier {
            store: &self.store,
            carriers: Carriers {
                mail: &self.mail,
                texts: self.texts.as_ref(),
                reports: self.reports.as_ref(),
            },
            enclosures: &self.site,
            now: &now,
        }
    }
}

fn say(tally: &Tally, case: Option<&CaseId>) {
    if tally.is_empty() {
        return;
    }
    let mut line = LogLine::at(now())
        .by("Function", "notify")
        .count("NoticesSent", tally.sent.into())
        .count("NoticesUndelivered", tally.undelivered.into())
        .count("NoticesLater", tally.later.into())
        .count("NoticesOvertaken", tally.overtaken.into())
        .count("NoticesElsewhere", tally.elsewhere.into());
    if let Some(case) = case {
        line = line.note("Case", case.as_str());
    }
    if let Some(cause) = &tally.last_cause {
        line = line.note("Cause", cause);
    }
    function::say(&line);
}

fn say_came_back(case: &CaseId) {
    let line = LogLine::at(now())
        .by("Function", "notify")
        .count("NoticesCameBack", 1)
        .note("Case", case.as_str());
    function::say(&line);
}
