//! The desk as a function: its pages over an HTTP API, and accounts by a direct call.
//!
//! Settings come from the environment, the time from the clock; all else is the library's. Who may
//! call the function itself is the account's policy: the API passes on requests and nothing else.

use std::collections::BTreeSet;
use std::sync::Arc;
use std::time::Duration;

use aws::function::{needed, now, say, set};
use aws::{LogLine, Store, function};
use casework::account::{Account, AccountName, Credential, Identity, Reach};
use casework::audit::Audits;
use casework::case::Role;
use casework::mission::Missions;
use casework::ports::{Accounts as _, IdentityProvider, KeepAccount, ProviderError};
use casework::words::Language;
use desk::{Desk, NewPassword};
use eyes::Pictures;
use issue::Seal;
use lambda_http::lambda_runtime::{Error, LambdaEvent, run, service_fn};
use lambda_http::request::LambdaRequest;
use lambda_http::{Adapter, Service as _};
use ocr::file::Limits;
use oidc::{Oidc, Settings};
use serde::Deserialize;
use serde_json::{Value, json};

/// Time for a picture of a page.
const PICTURE_TIME_MAX: Duration = Duration::from_secs(20);

/// An account that is to be kept, as whoever runs the stack words it.
#[derive(Deserialize)]
struct Wanted {
    /// What they log in with.
    name: String,
    /// clerk, officer, supervisor or auditor.
    role: String,
    /// The missions whose cases they see; all, where none are named.
    missions: Option<BTreeSet<String>>,
    /// Whether it takes the place of the account of this name.
    #[serde(default)]
    anew: bool,
    /// Who they are to the OpenID provider, which then is their way in; a new password, without.
    oidc_subject: Option<String>,
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Error> {
    let (_, store) = function::store()?;
    let language = set("TIRKEU_LANGUAGE").and_then(|code| Language::from_code(&code));
    let address = needed("TIRKEU_ADDRESS")?;
    let desk = Desk {
        eyes: Pictures::of(store.clone(), Limits::BATCH, PICTURE_TIME_MAX),
        store: store.clone(),
        language: language.unwrap_or(Language::Kk),
        over_tls: address.starts_with("https://"),
        now,
        audits: Audits::of(&needed("TIRKEU_AUDIT_KEY")?, Audits::percent_embedded()),
        seal: Seal::from_long_text(&needed("TIRKEU_SEAL_KEY")?),
        provider: provider(&address)?,
    };
    let pages = Adapter::from(desk::router(desk));
    let (store, pages) = (&store, &pages);
    run(service_fn(async |event: LambdaEvent<Value>| {
        let LambdaEvent { payload, context } = event;
        if let Some(wanted) = payload.get("account") {
            return keep(store, Wanted::deserialize(wanted)?).await;
        }
        let request: LambdaRequest = serde_json::from_value(payload)?;
        let answer = pages.clone().call(LambdaEvent::new(request, context));
        Ok::<_, Error>(serde_json::to_value(answer.await?)?)
    }))
    .await
}

/// The OpenID provider that is named, if one is.
fn provider(address: &str) -> Result<Option<Arc<dyn IdentityProvider>>, Error> {
    let Some(issuer) = set(ISSUER) else {
        return Ok(None);
    };
    let oidc = Oidc::new(&Settings {
        issuer,
        client: needed("TIRKEU_OIDC_CLIENT")?,
        secret: set("TIRKEU_OIDC_SECRET").map(Into::into),
        redirect: format!("{address}{}", desk::SIGNED_IN_PATH),
        now,
        tell,
    })?;
    Ok(Some(Arc::new(oidc)))
}

/// The provider's address, to the letter.
const ISSUER: &str = "TIRKEU_OIDC_ISSUER";

/// Why nobody was identified.
fn tell(error: &ProviderError) {
    say(&LogLine::at(now())
        .by("Function", "desk")
        .count("SignInsFailed", 1)
        .note("Why", &error.to_string()));
}

/// How a person gets in, and the password where that is their way.
fn way_in(subject: Option<&str>) -> Result<(Credential, Option<String>), Error> {
    if let Some(subject) = subject {
        let identity = Identity::new(&needed(ISSUER)?, subject)?;
        return Ok((Credential::Oidc(identity), None));
    }
    let password = NewPassword::new()?;
    let shown = password.shown.into_inner();
    Ok((Credential::Password(password.hash), Some(shown)))
}

/// Keeps an account; its answer shows the new password, once.
async fn keep(store: &Store, wanted: Wanted) -> Result<Value, Error> {
    let role = Role::staff_from_code(&wanted.role);
    let missions = wanted.missions;
    let missions = missions
        .map(|codes| Missions::embedded().known(codes))
        .transpose()?;
    let (credential, password) = way_in(wanted.oidc_subject.as_deref())?;
    let account = Account {
        name: AccountName::try_from(wanted.name)?,
        role: role.ok_or("use clerk, officer, supervisor or auditor")?,
        reach: missions.map_or(Reach::Everywhere, Reach::At),
        credential,
    };
    let when = if wanted.anew {
        KeepAccount::Known
    } else {
        KeepAccount::New
    };
    let kept = store.keep_account(&account, when).await?;
    say(&LogLine::at(now())
        .by("Function", "desk")
        .count("AccountsKept", kept.into()));
    Ok(json!({ "kept": kept, "password": password.filter(|_| kept) }))
}
