//! Who a person is, asked of their organisation by OpenID Connect: the authorization code flow with
//! PKCE (OpenID Connect Core 1.0 §3.1, RFC 7636), any provider that is found by discovery.
//!
//! The only crate that names `openidconnect`. Never here: an account, a role, a cookie, a page; what
//! the token says beside who it is for, who it is of and when.

mod provider;
mod token;

use std::sync::Arc;
use std::time::Duration;

use casework::account::Identity;
use casework::personal::Personal;
use casework::ports::{Asked, Binding, IdentityProvider, ProviderError};
use https::{Line, NoAuthorities};
use jiff::Timestamp;
use openidconnect::{ClientId, ClientSecret, IssuerUrl, RedirectUrl};
use tokio::task::spawn_blocking;

use provider::Provider;

/// Longer no answer is waited for: a person sits before the page, and four are asked for at most.
const TIME_MAX: Duration = Duration::from_secs(5);

/// What a provider and this desk know each other by.
#[derive(Debug, Clone)]
pub struct Settings {
    /// The address that the provider calls itself, to the letter.
    pub issuer: String,
    /// What it calls this desk.
    pub client: String,
    /// What it knows this desk by; a client without one has PKCE alone.
    pub secret: Option<Personal<String>>,
    /// Where it sends browsers back to; it must have been told of this very address.
    pub redirect: String,
    /// The time, asked for with every token.
    pub now: fn() -> Timestamp,
    /// Who hears why nobody was identified: nothing of a person is in it.
    pub tell: fn(&ProviderError),
}

/// Settings that cannot be used.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum SettingsError {
    /// The issuer. It is not quoted: it may hold a password.
    #[error("the issuer's address is none: use https://HOST/…, or http:// on this machine alone")]
    Issuer,
    /// The address that browsers come back to.
    #[error("the desk's own address is none: use https://HOST, or http:// on this machine alone")]
    Redirect,
    /// Nobody could be trusted.
    #[error(transparent)]
    Authorities(#[from] NoAuthorities),
}

/// A provider, and this desk as its client. A clone is the same one.
#[derive(Debug, Clone)]
pub struct Oidc(Arc<Provider>);

impl Oidc {
    /// The provider of these settings. Nothing is asked of it yet: it may be down.
    ///
    /// # Errors
    /// [`SettingsError`] where its address or ours is none of TLS, nor on this machine.
    pub fn new(settings: &Settings) -> Result<Self, SettingsError> {
        let line = Line::to(&settings.issuer).ok_or(SettingsError::Issuer)?;
        Line::to(&settings.redirect).ok_or(SettingsError::Redirect)?;
        let secret = settings.secret.as_ref();
        Ok(Self(Arc::new(Provider {
            issuer: IssuerUrl::new(settings.issuer.clone()).map_err(|_| SettingsError::Issuer)?,
            client: ClientId::new(settings.client.clone()),
            secret: secret.map(|secret| ClientSecret::new(secret.reveal().clone())),
            redirect: RedirectUrl::new(settings.redirect.clone())
                .map_err(|_| SettingsError::Redirect)?,
            agent: line.agent(TIME_MAX)?,
            line,
            known: std::sync::Mutex::default(),
            now: settings.now,
            tell: settings.tell,
        })))
    }

    /// Asks on a thread that may wait.
    fn ask<T: Send + 'static>(
        &self,
        ask: impl FnOnce(&Provider) -> Result<T, ProviderError> + Send + 'static,
    ) -> Asked<'_, T> {
        let provider = Arc::clone(&self.0);
        let tell = self.0.tell;
        Box::pin(async move {
            let asked = spawn_blocking(move || ask(&provider)).await;
            let asked = asked.unwrap_or(Err(ProviderError::Silent("asking it failed")));
            asked.inspect_err(tell)
        })
    }
}

impl IdentityProvider for Oidc {
    fn address<'a>(&'a self, binding: &'a Binding) -> Asked<'a, String> {
        let binding = binding.clone();
        self.ask(move |provider| provider.address(&binding))
    }

    fn identity<'a>(
        &'a self,
        code: &'a str,
        binding: &'a Binding,
        began_at: Timestamp,
    ) -> Asked<'a, Identity> {
        let (code, binding) = (code.to_owned(), binding.clone());
        self.ask(move |provider| provider.identity(code, &binding, began_at))
    }
}

#[cfg(test)]
mod tests;
