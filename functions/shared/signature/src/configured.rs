//! Whose signatures are taken, from the files that say so: authorities, and what they revoked.
//!
//! | file | |
//! |---|---|
//! | `NAME.root.cer` | a root: what it signs is trusted (DER or PEM) |
//! | `NAME.cer` | an authority below a root |
//! | `NAME.crl` | a revocation list |

use std::path::Path;

use crate::revocation::{Evidence, EvidenceError};
use crate::trust::{Trust, TrustError};

/// Files that cannot be used.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum NotConfigured {
    /// A certificate cannot be.
    #[error("{0}: {1}")]
    Authority(String, TrustError),
    /// A revocation list cannot be.
    #[error("{0}: {1}")]
    List(String, EvidenceError),
    /// Without a root nobody is trusted.
    #[error("there is no root: name one NAME.root.cer")]
    NoRoot,
}

/// What these files say, each with its name. Others than those above are passed over.
///
/// # Errors
/// [`NotConfigured`], naming the file.
pub fn configured(
    files: impl IntoIterator<Item = (String, Vec<u8>)>,
) -> Result<(Trust, Evidence), NotConfigured> {
    let mut files: Vec<_> = files.into_iter().collect();
    // Authorities first: a list is taken from somebody who is known.
    files.sort_by_key(|(name, _)| (is(name, "crl"), name.clone()));
    let (mut trust, mut evidence) = (Trust::new(), Evidence::new());
    let mut roots = 0;
    for (name, bytes) in files {
        if is(&name, "cer") && name.contains(".root.") {
            let root = trust.add_root(&bytes);
            root.map_err(|e| NotConfigured::Authority(name, e))?;
            roots += 1;
        } else if is(&name, "cer") {
            let authority = trust.add_authority(&bytes);
            authority.map_err(|e| NotConfigured::Authority(name, e))?;
        } else if is(&name, "crl") {
            let list = evidence.add_list(&bytes, &trust);
            list.map_err(|e| NotConfigured::List(name, e))?;
        }
    }
    if roots == 0 {
        return Err(NotConfigured::NoRoot);
    }
    Ok((trust, evidence))
}

/// Whether the file's name ends so, in whichever case.
fn is(name: &str, extension: &str) -> bool {
    let ending = Path::new(name).extension();
    ending.is_some_and(|ending| ending.eq_ignore_ascii_case(extension))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_that_cannot_be_used_is_named_and_there_is_a_root() {
        let file = |name: &str| (name.to_owned(), b"nothing".to_vec());
        let not = |name: &str| NotConfigured::Authority(name.into(), TrustError::NotACertificate);
        for (names, why) in [
            (&[][..], NotConfigured::NoRoot),
            (&["README.md"], NotConfigured::NoRoot),
            (&["a.root.cer"], not("a.root.cer")),
            (&["a.crl", "b.cer"], not("b.cer")),
            (
                &["a.crl"],
                NotConfigured::List("a.crl".into(), EvidenceError::Malformed),
            ),
        ] {
            let found = configured(names.iter().map(|name| file(name)));
            assert_eq!(found.map(|_| ()).unwrap_err(), why, "{names:?}");
        }
    }
}
