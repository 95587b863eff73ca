//! Clerks and officers over HTTP.
