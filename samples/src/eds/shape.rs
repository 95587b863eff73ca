//! What stands in a certificate: subject, dates and extensions, in the shape of the national authority's.

use jiff::{Timestamp, ToSpan};

use super::der::{
    bits, context, element, octets, oid, printable, sequence, set, unsigned, utf8, yes,
};
use crate::person::Person;

/// Extended key usage: signing (emailProtection).
pub const SIGNING: &str = "1.3.6.1.5.5.7.3.4";
/// Extended key usage: logging in (clientAuth).
pub const LOGIN: &str = "1.3.6.1.5.5.7.3.2";
/// Extended key usage: answering for the authority (OCSPSigning).
pub const ANSWERING: &str = "1.3.6.1.5.5.7.3.9";
/// Extended key usage: a natural person.
pub const PERSON: &str = "1.2.398.3.3.4.1.1";
/// Extended key usage: an organisation.
pub const ORGANISATION: &str = "1.2.398.3.3.4.1.2";

/// What a certificate is to say. Change what a test is about.
#[derive(Debug, Clone)]
pub struct Shape {
    /// Type and value of each attribute of the subject, in order.
    pub subject: Vec<(&'static str, String)>,
    /// Valid from.
    pub from: Timestamp,
    /// Valid until.
    pub until: Timestamp,
    /// Key usage: the first byte of the BIT STRING, from digitalSignature (0x80) down.
    pub key_usage: u8,
    /// Extended key usages.
    pub purposes: Vec<&'static str>,
    /// Whether it may issue certificates, and how many authorities may stand below it.
    pub authority: Option<Option<u8>>,
    /// Serial number; the authority counts where it is none.
    pub serial: Option<Vec<u8>>,
    /// Further extensions: name, whether critical, value.
    pub further: Vec<(&'static str, bool, Vec<u8>)>,
}

impl Shape {
    /// A person's certificate for signing, valid for a year from `from`.
    pub fn person(person: &Person, from: Timestamp) -> Self {
        let mut subject = vec![
            (
                "2.5.4.3",
                format!("{} {}", person.surname, person.given_names),
            ),
            ("2.5.4.4", person.surname.clone()),
            ("2.5.4.5", format!("IIN{}", person.iin)),
            ("2.5.4.6", "KZ".to_owned()),
        ];
        // The national authority writes the patronymic as the given name.
        let patronymic = person.patronymic.clone();
        subject.extend(patronymic.map(|patronymic| ("2.5.4.42", patronymic)));
        Self {
            subject,
            from,
            until: later(from, 365),
            key_usage: 0xc0,
            purposes: vec![SIGNING, PERSON],
            authority: None,
            serial: None,
            further: vec![(
                "1.2.398.3.3.5",
                false,
                sequence(&[oid("1.2.398.3.3.5.1.1")]),
            )],
        }
    }

    /// An authority's own certificate, valid for ten years from `from`.
    pub fn authority(name: &str, from: Timestamp) -> Self {
        Self {
            subject: vec![("2.5.4.3", name.to_owned()), ("2.5.4.6", "KZ".to_owned())],
            from,
            until: later(from, 3650),
            key_usage: 0x06,
            purposes: Vec::new(),
            authority: Some(None),
            serial: None,
            further: Vec::new(),
        }
    }

    /// `Name` of the subject.
    pub fn name(&self) -> Vec<u8> {
        let attributes = self.subject.iter().map(|(kind, value)| {
            let ascii = matches!(*kind, "2.5.4.5" | "2.5.4.6");
            let value = if ascii { printable(value) } else { utf8(value) };
            set(&[sequence(&[oid(kind), value])])
        });
        sequence(&attributes.collect::<Vec<_>>())
    }

    /// `Extensions`, with the identifiers of the subject's and the issuer's keys.
    pub(super) fn extensions(&self, key: &[u8], issuer_key: &[u8]) -> Vec<u8> {
        let mut all = vec![
            extension("2.5.29.15", true, &element(3, &[0, self.key_usage])),
            extension("2.5.29.14", false, &octets(key)),
            extension("2.5.29.35", false, &sequence(&[element(0x80, issuer_key)])),
        ];
        if !self.purposes.is_empty() {
            let purposes: Vec<_> = self.purposes.iter().map(|purpose| oid(purpose)).collect();
            all.push(extension("2.5.29.37", false, &sequence(&purposes)));
        }
        if let Some(below) = self.authority {
            let below = below.map(|below| unsigned(&[below])).unwrap_or_default();
            all.push(extension("2.5.29.19", true, &sequence(&[yes(), below])));
        }
        let further = self.further.iter();
        all.extend(further.map(|(name, critical, value)| extension(name, *critical, value)));
        context(3, &sequence(&all))
    }
}

/// One `Extension`.
pub fn extension(name: &str, critical: bool, value: &[u8]) -> Vec<u8> {
    let critical = if critical { yes() } else { Vec::new() };
    sequence(&[oid(name), critical, octets(value)])
}

/// `days` of 24 hours later.
pub fn later(from: Timestamp, days: i64) -> Timestamp {
    from.checked_add((days * 24).hours()).unwrap_or(from)
}

/// A signature around signed bytes, as certificates, lists and answers have it.
pub(super) fn signed(content: Vec<u8>, key: &super::key::Key, further: &[u8]) -> Vec<u8> {
    let signature = bits(&key.sign(&content));
    sequence(&[
        content,
        key.signature_algorithm(),
        signature,
        further.to_vec(),
    ])
}
