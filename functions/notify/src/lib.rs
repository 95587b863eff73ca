//! A case changed: tell the applicant.
//!
//! Handlers over the ports of `casework`; the same on one machine and in the cloud. A notice is
//! written with the change that causes it; here it is put into words and handed to a
//! [`Sender`], by one sender at a time, until it has ended: a mail, or a short text to who gave a
//! telephone number and no address; and a report to a ministry's system, where one is named. It
//! is sent when everyone has it, and nobody gets it again because another has not.
//!
//! **Once, but for one window.** A try is counted and reserves its notice before the message is
//! handed over; when it was taken, the notice is marked as sent. Who dies in between, or loses
//! the answer of the other side, leaves a notice that looks as if it had not been sent: it is
//! sent again five minutes later or more, with the same message identity, by which mail servers
//! and readers may know it for the same. No other double is possible, and no notice is lost.
//!
//! Never here: an SDK, a protocol, a file system, the clock; a name or an address in an error.

mod bounce;
mod carriers;
mod enclosures;
mod link;
mod message;
mod site;
mod text;

use casework::case::{Case, CaseId, Event};
use casework::notice::{
    Notice, NoticeEnd, NoticeId, NoticeKind, Posted, Report, Settled, TRIES_MAX, Text, Told,
    Undelivered, Way, next_try,
};
use casework::ports::{Cases, Delivery, Outbox, Sender, StoreError};
use casework::words::Language;
use jiff::Timestamp;

pub use bounce::Bounce;
pub use carriers::{Carriers, Nothing};
pub use enclosures::{Enclosures, NoEnclosures};
pub use link::PrivateLink;
pub use message::compose;
pub use site::Site;
pub use text::shorten;

/// Notices looked for at a time.
const NOTICES_AT_ONCE: u32 = 32;

/// What notices are sent from.
pub trait Store: Cases + Outbox {}
impl<T: Cases + Outbox> Store for T {}

/// The notifier: notices to send, and what carries them.
pub struct Notifier<'a, S, M, E, X = Nothing, R = Nothing> {
    /// Where cases and notices are kept.
    pub store: &'a S,
    /// What carries messages.
    pub carriers: Carriers<'a, M, X, R>,
    /// What messages carry beside their words.
    pub enclosures: &'a E,
    /// The clock.
    pub now: &'a (dyn Fn() -> Timestamp + Sync),
}

impl<S, M, E, X, R> std::fmt::Debug for Notifier<'_, S, M, E, X, R> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Notifier").finish_non_exhaustive()
    }
}

/// What became of the notices that were looked at.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub struct Tally {
    /// Handed over.
    pub sent: u32,
    /// Overtaken by a later change of their case: not sent.
    pub overtaken: u32,
    /// Not delivered, for good: somebody must tell these applicants another way.
    pub undelivered: u32,
    /// To be tried again.
    pub later: u32,
    /// Another sender has them.
    pub elsewhere: u32,
    /// Why the last of those to be tried again was not sent.
    pub last_cause: Option<String>,
}

impl<S, M, E, X, R> Notifier<'_, S, M, E, X, R>
where
    S: Store,
    M: Sender,
    E: Enclosures,
    X: Sender<Text>,
    R: Sender<Report>,
{
    /// Sends everything that is due.
    ///
    /// # Errors
    /// [`StoreError`] where the store failed; what was sent is marked, the rest waits.
    pub async fn send_due(&self) -> Result<Tally, StoreError> {
        self.send_due_until(Timestamp::MAX).await
    }

    /// Sends what is due, and begins no message at or after this time: for whoever is ended by
    /// force a little later, in the midst of one.
    ///
    /// # Errors
    /// [`StoreError`] where the store failed; what was sent is marked, the rest waits.
    pub async fn send_due_until(&self, until: Timestamp) -> Result<Tally, StoreError> {
        let mut tally = Tally::default();
        loop {
            let due = self.store.due((self.now)(), NOTICES_AT_ONCE).await?;
            let before = tally.progress();
            for posted in &due {
                if (self.now)() >= until {
                    return Ok(tally);
                }
                self.send_one(posted, &mut tally).await?;
            }
            // An index that follows late shows again what was just tried.
            if tally.progress() == before {
                return Ok(tally);
            }
        }
    }

    /// Sends what is due of one case; for whoever is woken by its change.
    ///
    /// # Errors
    /// [`StoreError`] where the store failed; what was sent is marked, the rest waits.
    pub async fn send_due_of(&self, case: &CaseId) -> Result<Tally, StoreError> {
        let mut tally = Tally::default();
        let mut posted = self.store.notices(case).await?;
        posted.retain(|posted| posted.is_due((self.now)()));
        for posted in &posted {
            self.send_one(posted, &mut tally).await?;
        }
        Ok(tally)
    }

    async fn send_one(&self, posted: &Posted, tally: &mut Tally) -> Result<(), StoreError> {
        let id = posted.notice.id();
        let end = if posted.tries >= TRIES_MAX {
            posted.told.given_up()
        } else {
            let next_at = next_try(posted.tries + 1, (self.now)());
            if !self.store.begin_try(posted, next_at).await? {
                tally.elsewhere += 1;
                return Ok(());
            }
            match self.attempt(posted).await {
                Ok(end) => end,
                Err(Later(why)) => {
                    tally.later += 1;
                    tally.last_cause = Some(why);
                    return Ok(());
                }
            }
        };
        tally.count(&end);
        self.settle(&id, end).await
    }

    /// Tells everyone who has yet to be told, unless there is nothing to tell any more.
    async fn attempt(&self, posted: &Posted) -> Result<NoticeEnd, Later> {
        let notice = &posted.notice;
        if notice.kind == NoticeKind::PrivateLink {
            return self.attempt_link(notice).await;
        }
        let Some(case) = self.store.load(&notice.case).await? else {
            return Err(Later(format!("case {} is not in the store", notice.case)));
        };
        if NoticeKind::of(case.status_told()) != Some(notice.kind) {
            return Ok(posted.told.overtaken());
        }
        let mut told = posted.told.clone();
        let mut later = None;
        if told.applicant.is_none() {
            match self.tell_applicant(&case, notice).await {
                Ok(end) => told.applicant = Some(end),
                Err(Later(why)) => later = Some(why),
            }
        }
        if let (Some(reports), false) = (self.carriers.reports, told.ministry) {
            // Who dies while the ministry's system is asked must not tell the applicant again.
            self.keep_told(posted, &told).await?;
            match reports.send(&self.report(&case, notice).await?).await {
                Delivery::Sent => told.ministry = true,
                Delivery::Refused(why) | Delivery::Later(why) => later = Some(why),
            }
        }
        if let Some(end) = told.end(self.carriers.reports.is_some()) {
            return Ok(end);
        }
        self.keep_told(posted, &told).await?;
        Err(Later(later.unwrap_or_default()))
    }

    async fn keep_told(&self, posted: &Posted, told: &Told) -> Result<(), StoreError> {
        if *told == posted.told {
            return Ok(());
        }
        self.store.note_told(&posted.notice.id(), told).await
    }

    /// Tells the applicant by the way that leads to them, unless none does.
    async fn tell_applicant(&self, case: &Case, notice: &Notice) -> Result<NoticeEnd, Later> {
        let languages = self.languages(case).await?;
        let mail = compose(case, notice, &languages);
        let text = self.carriers.texts.and_then(|texts| {
            let portal = self.enclosures.portal();
            Some((texts, shorten(case, notice, &languages, portal)?))
        });
        let open = [
            mail.as_ref().map(|_| Way::Mail),
            text.as_ref().map(|_| Way::Text),
        ];
        let open: Vec<Way> = open.into_iter().flatten().collect();
        match (Way::to_applicant(notice.kind, &open), mail, text) {
            (Some(Way::Mail), Some(mut message), _) => {
                message.papers = self.enclosures.papers(case, notice.kind).await?;
                end_of(self.carriers.mail.send(&message).await)
            }
            (Some(Way::Text), _, Some((texts, text))) => end_of(texts.send(&text).await),
            _ => Ok(NoticeEnd::Undelivered {
                why: Undelivered::NoAddress,
            }),
        }
    }

    /// Sends an application's private link to whoever began it.
    async fn attempt_link(&self, notice: &Notice) -> Result<NoticeEnd, Later> {
        match self.enclosures.link(&notice.case).await? {
            Some(link) => end_of(self.carriers.mail.send(&link.message(notice)).await),
            None => Ok(NoticeEnd::Overtaken),
        }
    }

    /// What the ministry's system is told: the same at every try.
    async fn report(&self, case: &Case, notice: &Notice) -> Result<Report, StoreError> {
        let timeline = self.store.timeline(&case.id).await?;
        let caused = timeline
            .iter()
            .rev()
            .find(|one| one.version <= notice.version);
        Ok(Report {
            id: notice.id(),
            kind: notice.kind,
            mission: case.manifest.mission.clone(),
            at: caused.map_or(case.manifest.received_at, |one| one.at),
        })
    }

    /// The language in which the officer wrote to the applicant, else the one that they chose; all
    /// of them where nobody did.
    async fn languages(&self, case: &Case) -> Result<Vec<Language>, StoreError> {
        let chosen = case.manifest.language;
        let chosen = chosen.map_or_else(|| Language::ALL.to_vec(), |language| vec![language]);
        if NoticeKind::of(case.status_told()) != Some(NoticeKind::Refused) {
            return Ok(chosen);
        }
        let timeline = self.store.timeline(&case.id).await?;
        let written = timeline.iter().rev().find_map(|one| {
            let Event::Refused { language, .. } = one.event else {
                return None;
            };
            language
        });
        Ok(written.map_or(chosen, |language| vec![language]))
    }

    async fn settle(&self, id: &NoticeId, end: NoticeEnd) -> Result<(), StoreError> {
        let at = (self.now)();
        self.store.settle(id, &Settled { at, end }).await
    }
}

/// How telling somebody ended, if it did.
fn end_of(delivery: Delivery) -> Result<NoticeEnd, Later> {
    match delivery {
        Delivery::Sent => Ok(NoticeEnd::Sent),
        Delivery::Refused(code) => Ok(NoticeEnd::Undelivered {
            why: Undelivered::Refused(code),
        }),
        Delivery::Later(why) => Err(Later(why)),
    }
}

/// Why a notice is to be tried again.
struct Later(String);

impl From<StoreError> for Later {
    /// A case that cannot be read now, or at all, keeps nobody else's notice waiting.
    fn from(error: StoreError) -> Self {
        Self(error.to_string())
    }
}

impl Tally {
    const fn progress(&self) -> u32 {
        self.sent + self.overtaken + self.undelivered + self.later
    }

    const fn count(&mut self, end: &NoticeEnd) {
        *match end {
            NoticeEnd::Sent => &mut self.sent,
            NoticeEnd::Overtaken => &mut self.overtaken,
            NoticeEnd::Undelivered { .. } => &mut self.undelivered,
        } += 1;
    }

    /// Whether there was nothing to do.
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }
}

impl std::fmt::Display for Tally {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let (sent, undelivered) = (self.sent, self.undelivered);
        let (later, overtaken) = (self.later, self.overtaken);
        write!(
            f,
            "{sent} sent, {undelivered} undelivered, {later} to be tried again, {overtaken} overtaken"
        )?;
        match &self.last_cause {
            Some(cause) => write!(f, " ({cause})"),
            None => Ok(()),
        }
    }
}
