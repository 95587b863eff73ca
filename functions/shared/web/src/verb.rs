//! How a page is asked for.

use axum::http::Method;
use axum::routing::MethodFilter;

/// How a page is asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verb {
    /// Shows; changes nothing and uses nothing up.
    Get,
    /// Changes something; taken from our own pages only.
    Post,
}

impl Verb {
    /// The verb of a request; none where no page is asked for so. What asks for the head of a page
    /// asks for the page.
    pub fn of(method: &Method) -> Option<Self> {
        match method.as_str() {
            "GET" | "HEAD" => Some(Self::Get),
            "POST" => Some(Self::Post),
            _ => None,
        }
    }

    /// For the router.
    pub const fn filter(self) -> MethodFilter {
        match self {
            Self::Get => MethodFilter::GET,
            Self::Post => MethodFilter::POST,
        }
    }
}
