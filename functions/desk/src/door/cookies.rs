//! The cookies of the door: read by no script, and over TLS never sent without it.

use axum::http::HeaderValue;
use casework::account::SignIn;

use crate::Desk;

/// What keeps a session's secret.
pub(super) const SESSION: Cookie = Cookie {
    name: "tirkeu_session",
    sent: "Path=/; HttpOnly; SameSite=Strict",
};
/// What ties the login page's form to the browser it was shown in.
pub(super) const DOOR: Cookie = Cookie {
    name: "tirkeu_door",
    sent: "Path=/; HttpOnly; SameSite=Strict",
};
/// What knows the browser again that comes back from an OpenID provider: another site sends it
/// back, and so `Strict` would keep the cookie away.
pub(super) const SIGN_IN: Cookie = Cookie {
    name: "tirkeu_sign_in",
    sent: "Path=/login/oidc; HttpOnly; SameSite=Lax",
};

/// A cookie for this browser session.
#[derive(Debug, Clone, Copy)]
pub(super) struct Cookie {
    pub(super) name: &'static str,
    /// Where it is sent, and for whose pages.
    sent: &'static str,
}

impl Cookie {
    /// Keeps this value.
    pub(super) fn keep<S, E>(self, desk: &Desk<S, E>, value: &str) -> HeaderValue {
        self.line(desk, value, "")
    }

    /// Keeps this value while a sign-in may take.
    pub(super) fn keep_for_sign_in<S, E>(self, desk: &Desk<S, E>, value: &str) -> HeaderValue {
        let life = format!("; Max-Age={}", SignIn::WHOLE_MAX.as_secs());
        self.line(desk, value, &life)
    }

    /// Forgets it.
    pub(super) fn drop<S, E>(self, desk: &Desk<S, E>) -> HeaderValue {
        self.line(desk, "", "; Max-Age=0")
    }

    fn line<S, E>(self, desk: &Desk<S, E>, value: &str, life: &str) -> HeaderValue {
        let Self { name, sent } = self;
        let secure = if desk.over_tls { "; Secure" } else { "" };
        let text = format!("{name}={value}; {sent}{life}{secure}");
        HeaderValue::from_str(&text).unwrap_or(HeaderValue::from_static(""))
    }
}
