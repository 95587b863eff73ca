//! The organisation's OpenID provider, as this machine is told of it.

use std::io::Write as _;
use std::path::PathBuf;
use std::sync::Arc;

use casework::ports::{IdentityProvider, ProviderError};
use clap::Args;
use oidc::{Oidc, Settings};

use crate::secret_file::secret;

type Error = Box<dyn std::error::Error>;

/// Where people prove who they are who have no password here.
#[derive(Debug, Args)]
pub struct ProviderArguments {
    /// Let people sign in at this OpenID provider, too; tell it the desk's address with /login/oidc/callback behind it
    #[arg(
        id = "oidc_issuer",
        long = "oidc-issuer",
        env = "TIRKEU_OIDC_ISSUER",
        value_name = "URL",
        requires = "oidc_client"
    )]
    issuer: Option<String>,
    /// What the provider calls this desk
    #[arg(
        id = "oidc_client",
        long = "oidc-client",
        env = "TIRKEU_OIDC_CLIENT",
        value_name = "ID"
    )]
    client: Option<String>,
    /// The file of the secret that the provider knows this desk by, its owner's alone to read
    #[arg(
        id = "oidc_secret_file",
        long = "oidc-secret-file",
        env = "TIRKEU_OIDC_SECRET_FILE",
        value_name = "FILE"
    )]
    secret_file: Option<PathBuf>,
}

impl ProviderArguments {
    /// The provider that sends people back to the desk at this address; none where none is named.
    ///
    /// # Errors
    /// Settings that cannot be used.
    pub fn provider(&self, desk_address: &str) -> Result<Option<Arc<dyn IdentityProvider>>, Error> {
        let Some(issuer) = &self.issuer else {
            return Ok(None);
        };
        let client = self.client.clone();
        let secret = self.secret_file.as_deref().map(secret).transpose()?;
        let oidc = Oidc::new(&Settings {
            issuer: issuer.clone(),
            client: client.ok_or("what does the provider call this desk? Name --oidc-client")?,
            secret: secret.map(|secret| secret.trim().to_owned().into()),
            redirect: format!("{desk_address}{}", desk::SIGNED_IN_PATH),
            now: crate::now,
            tell,
        })?;
        Ok(Some(Arc::new(oidc)))
    }
}

/// Says beside the program's answers why nobody was identified.
fn tell(error: &ProviderError) {
    // Whoever closed it does not want to hear.
    let _ = writeln!(std::io::stderr(), "tirkeu: signing in: {error}");
}
