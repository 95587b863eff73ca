//! What is asked of a provider: what it is, where people go, what a code stands for.

use std::sync::{Mutex, PoisonError};

use casework::account::Identity;
use casework::ports::{Binding, ProviderError};
use https::Line;
use jiff::{SignedDuration, Timestamp};
use openidconnect::core::{
    CoreAuthPrompt, CoreAuthenticationFlow, CoreClient, CoreClientAuthMethod, CoreIdToken,
    CoreProviderMetadata,
};
use openidconnect::http::Response;
use openidconnect::{
    AuthType, AuthorizationCode, ClientId, ClientSecret, CsrfToken, DiscoveryError, HttpRequest,
    HttpResponse, IssuerUrl, Nonce, PkceCodeChallenge, PkceCodeVerifier, RedirectUrl,
    RequestTokenError, TokenResponse as _,
};
use ureq::Agent;

use crate::token::{self, Moment, Refused};

/// What a provider says of itself is asked for anew after so long.
const KNOWN_FOR: SignedDuration = SignedDuration::from_hours(1);
/// An answer at most, bytes: a hundred keys, with room.
const ANSWER_BYTES_MAX: u64 = 1 << 20;

/// A provider, and this desk as its client.
#[derive(Debug)]
pub(crate) struct Provider {
    pub(crate) issuer: IssuerUrl,
    pub(crate) client: ClientId,
    pub(crate) secret: Option<ClientSecret>,
    pub(crate) redirect: RedirectUrl,
    pub(crate) agent: Agent,
    pub(crate) line: Line,
    /// What it said of itself, and when.
    pub(crate) known: Mutex<Option<(Timestamp, CoreProviderMetadata)>>,
    pub(crate) now: fn() -> Timestamp,
    pub(crate) tell: fn(&ProviderError),
}

impl Provider {
    /// Where a browser is sent.
    pub(crate) fn address(&self, binding: &Binding) -> Result<String, ProviderError> {
        let metadata = self.known()?;
        let verifier = PkceCodeVerifier::new(binding.verifier.clone());
        let client = CoreClient::from_provider_metadata(metadata, self.client.clone(), None);
        let client = client.set_redirect_uri(self.redirect.clone());
        let (state, nonce) = (binding.state.clone(), binding.nonce.clone());
        let (address, _, _) = client
            .authorize_url(
                CoreAuthenticationFlow::AuthorizationCode,
                || CsrfToken::new(state),
                || Nonce::new(nonce),
            )
            .set_pkce_challenge(PkceCodeChallenge::from_code_verifier_sha256(&verifier))
            // A session that was left at a counter has ended, and its end must mean something: whoever
            // sits there now shows the provider who they are.
            .add_prompt(CoreAuthPrompt::Login)
            .url();
        let address = String::from(address);
        // It is sent to people's browsers: as little as our own questions may it leave TLS.
        self.reaches(&address).map(|()| address)
    }

    /// Who came back with this code.
    pub(crate) fn identity(
        &self,
        code: String,
        binding: &Binding,
        began_at: Timestamp,
    ) -> Result<Identity, ProviderError> {
        let metadata = self.known()?;
        let id_token = self.exchange(&metadata, code, binding)?;
        let moment = Moment {
            now: (self.now)(),
            began_at,
        };
        let nonce = Nonce::new(binding.nonce.clone());
        let proven = |metadata: &CoreProviderMetadata| {
            token::proven(&id_token, &self.client, metadata, &nonce, moment)
        };
        match proven(&metadata) {
            // It may have changed its keys since it was asked for them.
            Err(Refused::KeyUnknown) => proven(&self.discover()?),
            proven => proven,
        }
        .map_err(|refused| ProviderError::Refused(refused.cause()))
    }

    /// What the provider says of itself, asked for anew from time to time.
    fn known(&self) -> Result<CoreProviderMetadata, ProviderError> {
        self.remembered().map_or_else(|| self.discover(), Ok)
    }

    /// What it said not long ago. Nobody holds it while the provider is asked: others go on meanwhile.
    fn remembered(&self) -> Option<CoreProviderMetadata> {
        let known = self.known.lock().unwrap_or_else(PoisonError::into_inner);
        let (at, metadata) = known.as_ref()?;
        let age = (self.now)().duration_since(*at);
        (!age.is_negative() && age < KNOWN_FOR).then(|| metadata.clone())
    }

    /// What it says of itself now, its keys among it.
    fn discover(&self) -> Result<CoreProviderMetadata, ProviderError> {
        let http = |request| self.send(request);
        let metadata = CoreProviderMetadata::discover(&self.issuer, &http);
        let metadata = metadata.map_err(|error| ProviderError::Silent(why_unknown(&error)))?;
        let mut known = self.known.lock().unwrap_or_else(PoisonError::into_inner);
        *known = Some(((self.now)(), metadata.clone()));
        Ok(metadata)
    }

    /// The ID token that the code stands for. Nothing else that comes with it is kept.
    fn exchange(
        &self,
        metadata: &CoreProviderMetadata,
        code: String,
        binding: &Binding,
    ) -> Result<CoreIdToken, ProviderError> {
        let refused = |why| ProviderError::Refused(why);
        let (id, secret) = (self.client.clone(), self.secret.clone());
        let client = CoreClient::from_provider_metadata(metadata.clone(), id, secret);
        let client = client.set_redirect_uri(self.redirect.clone());
        let client = client.set_auth_type(secret_goes_in(metadata));
        let asked = client.exchange_code(AuthorizationCode::new(code));
        let asked = asked.map_err(|_| refused("it says nowhere what a code stands for"))?;
        let http = |request| self.send(request);
        let answer = asked
            .set_pkce_verifier(PkceCodeVerifier::new(binding.verifier.clone()))
            .request(&http);
        let answer = answer.map_err(|error| match error {
            RequestTokenError::Request(_) => ProviderError::Silent("what a code stands for"),
            RequestTokenError::ServerResponse(_) => refused("it knows the code or this desk not"),
            RequestTokenError::Parse(..) | RequestTokenError::Other(_) => {
                refused("what a code stands for cannot be read")
            }
        })?;
        let token = answer.id_token().cloned();
        token.ok_or_else(|| refused("it says nothing of the person"))
    }

    /// Sends a request by the provider's line, and by no other.
    fn send(&self, request: HttpRequest) -> Result<HttpResponse, ureq::Error> {
        let address = request.uri().to_string();
        if self.reaches(&address).is_err() {
            return Err(ureq::Error::BadUri(String::new()));
        }
        let (head, body) = request.into_parts();
        let answer = if body.is_empty() {
            self.agent
                .run(HttpRequest::from_parts(head, body).map(|_| ()))
        } else {
            self.agent.run(HttpRequest::from_parts(head, body))
        };
        let (head, mut body) = answer?.into_parts();
        let body = body.with_config().limit(ANSWER_BYTES_MAX).read_to_vec()?;
        Ok(Response::from_parts(head, body))
    }

    /// Whether the provider's line leads to this address, which it named itself.
    fn reaches(&self, address: &str) -> Result<(), ProviderError> {
        let leads = Line::to(address) == Some(self.line);
        leads
            .then_some(())
            .ok_or(ProviderError::Silent("it names an address without TLS"))
    }
}

/// Where the desk's secret goes: into the head as everyone takes it, unless this one says otherwise.
fn secret_goes_in(metadata: &CoreProviderMetadata) -> AuthType {
    let taken = metadata.token_endpoint_auth_methods_supported();
    let taken = taken.map_or(&[][..], Vec::as_slice);
    let head = taken.is_empty() || taken.contains(&CoreClientAuthMethod::ClientSecretBasic);
    if !head && taken.contains(&CoreClientAuthMethod::ClientSecretPost) {
        AuthType::RequestBody
    } else {
        AuthType::BasicAuth
    }
}

/// Why it is not known what the provider is; nothing of what it said.
#[expect(
    clippy::wildcard_enum_match_arm,
    reason = "the library may come to know more causes"
)]
fn why_unknown(error: &DiscoveryError<ureq::Error>) -> &'static str {
    match error {
        DiscoveryError::Request(_) => "no connection can be made, or no encrypted one",
        DiscoveryError::Response(..) => "nothing is found at its address",
        DiscoveryError::Parse(_) => "what it says of itself cannot be read",
        DiscoveryError::Validation(_) => "it calls itself by another address than the issuer's",
        _ => "its address cannot be asked",
    }
}
