//! What goes with messages from this machine: private links, by the key they follow from, and printed
//! papers, by the seal that signs them.

use std::path::Path;

use casework::case::{Case, CaseId};
use casework::mission::Missions;
use casework::notice::{Enclosed, NoticeKind};
use casework::ports::{Applications as _, StoreError};
use casework::reading::FieldName;
use casework::words::Language;
use issue::{Issue, IssueError, Order, PaperKind, Seal, standing};
use jiff::Timestamp;
use local::{KeyFiles, Store};
use notify::{Enclosures, PrivateLink};
use portal::link::Links;

use crate::{now, papers};

type Error = Box<dyn std::error::Error>;

/// What the private links of the store in this folder are known by.
///
/// # Errors
/// The disk's, or the system gives no random numbers.
pub fn links(store: &Path) -> Result<Links, Error> {
    let key = KeyFiles::of(store).link_key(&Links::new_key()?)?;
    Ok(Links::of(&key))
}

/// What this machine puts into messages.
#[derive(Debug)]
pub struct OfThisMachine {
    store: Store,
    links: Links,
    seal: Seal,
    portal: Option<String>,
}

impl OfThisMachine {
    /// What the store in this folder puts into them; `portal` is how browsers reach it, where that is known.
    ///
    /// # Errors
    /// Keys that cannot be kept or read.
    pub fn open(store: &Store, dir: &Path, portal: Option<String>) -> Result<Self, Error> {
        Ok(Self {
            store: store.clone(),
            links: links(dir)?,
            seal: papers::seal(dir)?,
            portal,
        })
    }

    async fn printed(&self, case: &CaseId, kind: PaperKind) -> Result<Enclosed, IssueError> {
        let issue = Issue {
            store: &self.store,
            seal: &self.seal,
            missions: Missions::embedded(),
        };
        let at: Timestamp = now();
        let order = Order {
            kind,
            with_english: false,
            today: issue.today(case, at).await?,
        };
        Ok(Enclosed {
            name: format!("{}-{case}.pdf", kind.as_str()),
            pdf: issue.paper(case, order).await?.pdf.into(),
        })
    }
}

impl Enclosures for OfThisMachine {
    async fn link(&self, reference: &CaseId) -> Result<Option<PrivateLink>, StoreError> {
        let Some(application) = self.store.begun(reference).await? else {
            return Ok(None);
        };
        let Some(portal) = &self.portal else {
            return Err(StoreError::Transient(
                "how browsers reach the portal is not known: name it with --portal-address".into(),
            ));
        };
        let address = self
            .links
            .address(&application, portal.trim_end_matches('/'));
        let to = application.entries.get(&FieldName::new("email")).cloned();
        Ok(address.zip(to).map(|(address, to)| PrivateLink {
            to,
            language: application.language.unwrap_or(Language::Kk),
            address,
        }))
    }

    /// A letter goes with what it says; a notice that a paper cannot be printed for goes alone, since
    /// being told late is worse.
    async fn papers(&self, case: &Case, kind: NoticeKind) -> Result<Vec<Enclosed>, StoreError> {
        let letters = standing(case).into_iter().filter(|paper| {
            matches!(
                (kind, paper),
                (NoticeKind::Registered, PaperKind::Notification)
                    | (NoticeKind::Refused, PaperKind::Refusal)
            )
        });
        let mut papers = Vec::new();
        for letter in letters {
            match self.printed(&case.id, letter).await {
                Ok(paper) => papers.push(paper),
                Err(IssueError::Store(error)) => return Err(error),
                Err(_) => {}
            }
        }
        Ok(papers)
    }
}
