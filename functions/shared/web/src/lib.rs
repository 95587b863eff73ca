//! What the desk's pages and the portal's have in common: the language someone chose, cookies, paths
//! within the site, private links, headers, files that pages are made with, and the window on a scan's page.
//!
//! Never here: who may ask for what, a store, a sentence for people.

pub mod address;
mod answer;
mod cookie;
pub mod language;
pub mod link;
mod verb;
mod window;

pub use answer::{PERMISSIONS, script, shown, stylesheet, with_headers};
pub use cookie::cookie;
pub use verb::Verb;
pub use window::window;
