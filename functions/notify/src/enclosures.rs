//! What messages carry beside their words: private links and printed papers.
//!
//! Never here: how a link or a paper is made. Whoever serves the portal and prints the papers knows.

use std::future::Future;

use casework::case::{Case, CaseId};
use casework::notice::{Enclosed, NoticeKind};
use casework::ports::StoreError;

use crate::PrivateLink;

/// What this place can put into messages.
pub trait Enclosures: Sync {
    /// How browsers reach the portal, where one is served and that is known.
    fn portal(&self) -> Option<&str> {
        None
    }

    /// The private link of this application, which is kept nowhere; none where there is no such
    /// application, or no address to send it to.
    fn link(
        &self,
        reference: &CaseId,
    ) -> impl Future<Output = Result<Option<PrivateLink>, StoreError>> + Send;

    /// The papers that go with what a case tells its applicant.
    fn papers(
        &self,
        case: &Case,
        kind: NoticeKind,
    ) -> impl Future<Output = Result<Vec<Enclosed>, StoreError>> + Send;
}

/// Nothing, where no portal is served and no paper printed.
#[derive(Debug, Clone, Copy)]
pub struct NoEnclosures;

impl Enclosures for NoEnclosures {
    async fn link(&self, _: &CaseId) -> Result<Option<PrivateLink>, StoreError> {
        Ok(None)
    }

    async fn papers(&self, _: &Case, _: NoticeKind) -> Result<Vec<Enclosed>, StoreError> {
        Ok(Vec::new())
    }
}
