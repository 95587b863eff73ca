//! Where we keep it, in the cloud: the ports of [`casework`] over one DynamoDB table, S3, SES and SNS.
//!
//! | asked for | answered by | `pk` | `sk` |
//! |---|---|---|---|
//! | a case by its reference | item, consistent | `case#ID` | `case` |
//! | the events of a case, oldest first | query, consistent | `case#ID` | `event#VERSION` |
//! | the cases holding a scan | query, consistent | `scan#SHA256` | `case#ID` |
//! | the cases of a person | query, consistent | `person#HMAC(IIN)` | `case#ID` |
//! | what a reader saw in a scan | item, consistent | `scan#SHA256` | `reading#READER` |
//! | a notice, to try and to end it | item | `case#ID` | `notice#VERSION` |
//! | the notices of a case, oldest first | query, consistent | `case#ID` | `notice#VERSION` |
//! | an upload, and every upload of a batch | query, consistent | `batch#SHA256` | `upload#SHA256` |
//! | how far the reconciler got in the inbox | item, consistent | `reconciler` | `reached` |
//! | an account by its name; every account | item; query, consistent | `accounts` | `account#HMAC(NAME)` |
//! | whether there is an account at all | condition of a write | `accounts` | `any` |
//! | an account by who its person is to an OpenID provider | item, consistent | `identity#HMAC(ISSUER SUBJECT)` | `account` |
//! | a sign-in that has begun | item, consistent | `sign_in#SHA256` | `sign_in` |
//! | a session by the secret of a browser | item, consistent | `session#SHA256` | `session` |
//! | sessions that are too old | query, consistent | `sessions` | BEGAN`#`SHA256 |
//! | failed logins under a name | item, consistent | `login#HMAC(NAME)` | `tries` |
//! | an application by reference and link | query and filter, consistent | `application#REFERENCE` | `application` |
//! | failed openings of an application | item, consistent | `application#REFERENCE` | `tries` |
//! | what came of a paper in pieces | item, consistent | `application#REFERENCE` | `pieces` |
//! | the applications and stacks that have a scan | query, consistent | `scan#SHA256` | `application#REFERENCE`, `stack#ID` |
//! | applications whose papers are to be erased | query, consistent | `to_erase` | REFERENCE |
//! | applications that are to become cases | query, consistent | `to_hand_over` | REFERENCE |
//! | a stack by its name | item, consistent | `stack#ID` | `stack` |
//! | the last stacks, of all or of a mission | query, consistent | `stacks`, `stacks#MISSION` | CAME`#`ID |
//! | stacks that are not done | query, consistent | `stacks_to_do` | CAME`#`ID |
//! | a page of a stack; all of them in order | item; query, consistent | `stack#ID` | `page#FILE#PAGE` |
//! | where a picture came before | query, consistent | `digest#SHA256` | CAME`#`ID`#`FILE`#`PAGE |
//! | the worklist, due soonest first | index `worklist_of_all` | `work` = STATUS | `due` = DUE`#`ID |
//! | the worklist of a mission | index `worklist_of_mission` | `mission_work` = STATUS`#`MISSION | `due` |
//! | notices that wait and are due | index `outbox_waiting` | `waiting` | `queued_at` = DUE`#`VERSION |
//! | uploads without an end, oldest first | index `uploads_without_end` | `without_end` | `came_at` |
//!
//! A change of a case is one transaction: the case on condition of its version, its events, its
//! notices and the items by which it is found ([`write`](mod@write) says what does not fit). The
//! indexes follow within moments, so only what a person looks through is asked of them; what a
//! decision rests on is read consistently. A list that must not lag (what is to be handed over, what
//! is to be read, sessions by age) is no index but items of its own, written in the very transaction
//! that lists or unlists. Versions stand with leading zeros, times as
//! [`casework::record::sortable`] writes them.
//!
//! | bucket | holds |
//! |---|---|
//! | `records` | `scans/SHA256`, as they came; `readings/SCAN/SHA256`; `cases/ID/SHA256`, `uploads/…`, `applications/…`, `stacks/…`: what is too large for an item, which then has its key and hash; `pieces/REFERENCE/SHA256/…`, papers on their way; `trust/NAME`, put by whoever runs the stack: whose signatures are taken |
//! | `inbox` | uploads, as they are put; read only |
//! | `quarantine` | `SHA256`: scans that no page ever shows |
//!
//! The only crate that names an AWS SDK. Never here: a rule about cases, a person's data in a
//! key (an IIN, the name of an account and who its person is elsewhere are there under a keyed hash only), in an error or in a log; the clock, except as a
//! function that a store is given ([`function`], of which only the functions' mains know, has the real one).

mod accounts;
mod applications;
mod body;
mod cases;
mod erase;
mod failure;
pub mod function;
mod iin_key;
mod inbox;
mod item;
mod keys;
mod links;
mod log_line;
mod mail;
mod objects;
mod outbox;
mod pieces;
mod place;
mod reached;
mod readings;
mod scans;
mod settings;
mod sign_ins;
mod stacks;
mod table;
mod texts;
mod transaction;
mod tries;
mod trust;
mod uploads;
mod worklist;
mod write;

use std::sync::Arc;

use aws_sdk_dynamodb::Client as Dynamo;
use jiff::Timestamp;

pub use iin_key::{IinKey, ShortKey};
pub use inbox::Inbox;
pub use keys::case_of_notice;
pub use log_line::LogLine;
pub use mail::{Mail, bounced};
use objects::Objects;
pub use scans::IncomingScan;
pub use settings::{Settings, SettingsError};
pub use texts::{TextClass, Texts};

/// A table and buckets that hold scans, readings, cases and notices. A clone is the same store.
#[derive(Debug, Clone)]
pub struct Store(Arc<Held>);

#[derive(Debug)]
struct Held {
    dynamo: Dynamo,
    table: String,
    objects: Objects,
    iin_key: IinKey,
    now: fn() -> Timestamp,
}

impl Store {
    /// The store that these settings name; nothing is asked of it yet. `now` orders the
    /// notices that wait.
    pub fn new(settings: &Settings, now: fn() -> Timestamp) -> Self {
        Self(Arc::new(Held {
            dynamo: settings.dynamo(),
            table: settings.table.clone(),
            objects: Objects::new(settings),
            iin_key: settings.iin_key.clone(),
            now,
        }))
    }
}
