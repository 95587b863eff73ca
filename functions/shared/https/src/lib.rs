//! How another system is reached over HTTP: encrypted, or on this machine alone.
//!
//! Never here: which system it is, what it is asked, what its answer means.

use std::sync::Arc;
use std::time::Duration;

use ureq::Agent;
use ureq::http::Uri;
use ureq::tls::{Certificate, RootCerts, TlsConfig};

/// How a system is reached.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Line {
    /// Over TLS.
    Encrypted,
    /// As it is, on this machine.
    Loopback,
}

/// The system knows no certificate authority, so that nobody could be trusted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error(
    "this system has no certificate authorities: install ca-certificates, or name them with SSL_CERT_FILE"
)]
pub struct NoAuthorities;

impl Line {
    /// The line to this address; none where it would leave the machine unencrypted, or holds a
    /// password.
    pub fn to(address: &str) -> Option<Self> {
        let address: Uri = address.parse().ok()?;
        let host = address.host().filter(|host| !host.is_empty())?;
        if address.authority()?.as_str().contains('@') {
            return None;
        }
        let bare = host.trim_start_matches('[').trim_end_matches(']');
        let here = bare == "localhost"
            || (bare.parse::<std::net::IpAddr>()).is_ok_and(|address| address.is_loopback());
        match address.scheme_str()? {
            "https" => Some(Self::Encrypted),
            "http" if here => Some(Self::Loopback),
            _ => None,
        }
    }

    /// Who asks by this line: no longer than so, following nobody elsewhere, and taking every answer
    /// for one whatever its status.
    ///
    /// # Errors
    /// [`NoAuthorities`] where nobody could be trusted.
    pub fn agent(self, time_max: Duration) -> Result<Agent, NoAuthorities> {
        let config = Agent::config_builder()
            .timeout_global(Some(time_max))
            .max_redirects(0)
            .http_status_as_error(false);
        let config = match self {
            Self::Encrypted => config.https_only(true).tls_config(trusting_the_system()?),
            Self::Loopback => config.proxy(None),
        };
        Ok(config.build().into())
    }
}

/// TLS that trusts the authorities of the system, or those that `SSL_CERT_FILE` names.
fn trusting_the_system() -> Result<TlsConfig, NoAuthorities> {
    let found = rustls_native_certs::load_native_certs().certs;
    if found.is_empty() {
        return Err(NoAuthorities);
    }
    let roots: Vec<_> = found
        .iter()
        .map(|root| Certificate::from_der(root).to_owned())
        .collect();
    let provider = rustls::crypto::ring::default_provider();
    Ok(TlsConfig::builder()
        .root_certs(RootCerts::Specific(Arc::new(roots)))
        .unversioned_rustls_crypto_provider(Arc::new(provider))
        .build())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_encrypted_lines_leave_the_machine() {
        for (address, line) in [
            ("https://ministry.example/hook", Some(Line::Encrypted)),
            ("https://127.0.0.1:8443/", Some(Line::Encrypted)),
            ("http://127.0.0.1:8080/hook", Some(Line::Loopback)),
            ("http://127.9.9.9/", Some(Line::Loopback)),
            ("http://[::1]:8080/", Some(Line::Loopback)),
            ("http://localhost/", Some(Line::Loopback)),
            ("http://ministry.example/hook", None),
            ("http://localhost.ministry.example/", None),
            ("http://127.0.0.1@ministry.example/", None),
            ("https://user:geheim@ministry.example/", None),
            ("http://10.0.0.1/", None),
            ("ftp://127.0.0.1/", None),
            ("ministry.example", None),
            ("/hook", None),
            ("", None),
        ] {
            assert_eq!(Line::to(address), line, "{address}");
        }
    }
}
