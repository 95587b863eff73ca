//! The door: every request comes through it. Is there such a page, is the form our own, is the
//! application theirs.
//!
//! An application that is another's, ended long ago or was never there has one answer.

use std::sync::Arc;

use axum::extract::{MatchedPath, RawPathParams, Request, State};
use axum::http::{HeaderMap, Method, StatusCode, header};
use axum::middleware::Next;
use axum::response::Response;
use casework::application::Application;
use casework::case::CaseId;
use casework::ports::StoreError;
use casework::words::Words;
use web::cookie;

use crate::link::Secret;
use crate::misdirected::Came;
use crate::page::{sorry, store_failed, words_for};
use crate::policy::{Page, Who};
use crate::{Portal, Sight, Store, misdirected};

/// The cookie that keeps a link's secret, one for the path of each application: a parent may have
/// several open.
pub const LINK_COOKIE: &str = "tirkeu_link";

/// The holder of an application.
#[derive(Debug)]
pub struct Visit {
    /// The words of their language.
    pub words: Words,
    /// Their application.
    pub application: Application,
    /// The secret of its link.
    pub secret: Secret,
}

impl Visit {
    /// The address of something of this application.
    pub fn path(&self, rest: &str) -> String {
        path_of(&self.application.reference, rest)
    }
}

/// The address of something of an application; its own where `rest` is empty.
pub fn path_of(reference: &CaseId, rest: &str) -> String {
    let slash = if rest.is_empty() { "" } else { "/" };
    format!("/applications/{reference}{slash}{rest}")
}

/// What takes back the cookie of an application that is there no more.
pub fn cookie_gone(visit: &Visit) -> String {
    let path = visit.path("");
    format!("{LINK_COOKIE}=; Path={path}; Max-Age=0; HttpOnly; SameSite=Strict")
}

/// Lets in whom the policy lets in.
pub async fn guard<S: Store, E: Sight>(
    State(portal): State<Arc<Portal<S, E>>>,
    matched: Option<MatchedPath>,
    params: RawPathParams,
    mut request: Request,
    next: Next,
) -> Response {
    let came = Came::now();
    let words = words_for(&portal, request.headers());
    let path = matched.as_ref().map(MatchedPath::as_str);
    let Some(page) = path.and_then(|path| Page::of(request.method(), path)) else {
        return not_found(&words);
    };
    if request.method() == Method::POST && is_foreign(request.headers()) {
        return sorry(&words, StatusCode::FORBIDDEN, "portal-foreign");
    }
    if page.who() == Who::Anyone {
        return next.run(request).await;
    }
    let reference = params.iter().find(|(name, _)| *name == "reference");
    let known = known(&portal, reference.map(|(_, text)| text), request.headers()).await;
    match known {
        Ok(Some((application, secret))) => {
            let visit = Visit {
                words,
                application,
                secret,
            };
            request.extensions_mut().insert(Arc::new(visit));
            request.extensions_mut().insert(came);
            next.run(request).await
        }
        Ok(None) if page == Page::SendPaper => {
            misdirected::paper(&portal, &words, request, came).await
        }
        Ok(None) if page == Page::SendPiece => {
            misdirected::piece(&portal, &words, request, came).await
        }
        Ok(None) => not_found(&words),
        Err(error) => store_failed(&words, &error),
    }
}

/// There is no such page, or it is not theirs.
pub fn not_found(words: &Words) -> Response {
    sorry(words, StatusCode::NOT_FOUND, "portal-not-found")
}

async fn known<S: Store, E: Sight>(
    portal: &Portal<S, E>,
    reference: Option<&str>,
    headers: &HeaderMap,
) -> Result<Option<(Application, Secret)>, StoreError> {
    let reference = reference.and_then(|text| CaseId::try_from(text.to_owned()).ok());
    let secret = cookie(headers, LINK_COOKIE).and_then(Secret::read);
    let (Some(reference), Some(secret)) = (reference, secret) else {
        return Ok(None);
    };
    let found = portal
        .store
        .application(&reference, &portal.links.key(&secret))
        .await?;
    Ok(found.map(|application| (application, secret)))
}

/// Whether another site's page sent the form. Browsers say so themselves; the cookie is sent to
/// none of them besides.
fn is_foreign(headers: &HeaderMap) -> bool {
    let text = |name: &str| headers.get(name).and_then(|value| value.to_str().ok());
    if let Some(site) = text("sec-fetch-site") {
        return !matches!(site, "same-origin" | "none");
    }
    let host = text(header::HOST.as_str()).unwrap_or_default();
    let origin = text(header::ORIGIN.as_str());
    origin.is_some_and(|origin| {
        origin
            .split_once("://")
            .is_none_or(|(_, from)| from != host)
    })
}

#[cfg(test)]
mod tests {
    use axum::http::HeaderValue;

    use super::*;

    #[test]
    fn a_form_of_another_site_is_foreign() {
        let ours = ("host", "portal.example");
        for (headers, foreign) in [
            (vec![ours], false),
            (vec![ours, ("origin", "https://portal.example")], false),
            (vec![ours, ("origin", "https://evil.example")], true),
            (vec![ours, ("origin", "null")], true),
            (vec![ours, ("sec-fetch-site", "same-origin")], false),
            (vec![ours, ("sec-fetch-site", "cross-site")], true),
            (vec![ours, ("sec-fetch-site", "same-site")], true),
        ] {
            let map: HeaderMap = headers
                .iter()
                .map(|(name, value)| (name.parse().unwrap(), HeaderValue::from_static(value)))
                .collect();
            assert_eq!(is_foreign(&map), foreign, "{headers:?}");
        }
    }
}
