//! What carries notices: mail always, and such other ways as this place has.

use std::convert::Infallible;

use casework::ports::{Delivery, Sender};

/// Carries nothing: there is none of it.
#[derive(Debug, Clone, Copy)]
pub struct Nothing(Infallible);

impl<M: Sync> Sender<M> for Nothing {
    async fn send(&self, _: &M) -> Delivery {
        match self.0 {}
    }
}

/// What carries mails, short texts and reports.
#[derive(Debug)]
pub struct Carriers<'a, M, X = Nothing, R = Nothing> {
    /// Mails to applicants.
    pub mail: &'a M,
    /// Short texts to applicants who gave a telephone number and no address.
    pub texts: Option<&'a X>,
    /// Reports to a ministry's system.
    pub reports: Option<&'a R>,
}

impl<'a, M> Carriers<'a, M> {
    /// Mail, and no other way.
    pub const fn mail(mail: &'a M) -> Self {
        Self {
            mail,
            texts: None,
            reports: None,
        }
    }
}
