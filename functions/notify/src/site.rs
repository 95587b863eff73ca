//! What goes with messages of a place that serves a portal and prints papers: private links, by the key
//! they follow from, and letters, by the seal that signs them.

use casework::case::{Case, CaseId};
use casework::mission::Missions;
use casework::notice::{Enclosed, NoticeKind};
use casework::ports::{Applications, Cases, StoreError};
use casework::reading::FieldName;
use casework::words::Language;
use issue::{Issue, IssueError, Order, PaperKind, Seal, standing};
use jiff::Timestamp;
use web::link::Links;

use crate::{Enclosures, PrivateLink};

/// Such a place.
#[derive(Debug)]
pub struct Site<S> {
    /// Where cases and applications are kept.
    pub store: S,
    /// What private links follow from.
    pub links: Links,
    /// What signs letters.
    pub seal: Seal,
    /// How browsers reach the portal, where that is known.
    pub portal: Option<String>,
    /// The clock.
    pub now: fn() -> Timestamp,
}

impl<S: Cases> Site<S> {
    async fn printed(&self, case: &CaseId, kind: PaperKind) -> Result<Enclosed, IssueError> {
        let issue = Issue {
            store: &self.store,
            seal: &self.seal,
            missions: Missions::embedded(),
        };
        let order = Order {
            kind,
            with_english: false,
            today: issue.today(case, (self.now)()).await?,
        };
        Ok(Enclosed {
            name: format!("{}-{case}.pdf", kind.as_str()),
            pdf: issue.paper(case, order).await?.pdf.into(),
        })
    }
}

impl<S: Cases + Applications> Enclosures for Site<S> {
    fn portal(&self) -> Option<&str> {
        self.portal.as_deref()
    }

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
