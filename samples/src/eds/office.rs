//! A whole test authority for journeys: what a server is to trust, and people who sign.

use jiff::{Timestamp, ToSpan};

use super::authority::Holder;
use super::key::{Key, KeyKind};
use super::message::Letter;
use super::revocation::{Answer, RevocationList, Says};
use super::shape::{Shape, later};
use crate::chance::Chance;
use crate::person::Person;

/// Since when its authorities are there: ten years from here.
const SINCE: &str = "2026-01-01T00:00:00Z";

/// A root and an authority below it; the same every time.
#[derive(Debug)]
pub struct Office {
    root: Holder,
    issuer: Holder,
}

impl Office {
    /// The office.
    ///
    /// # Errors
    /// Never: its beginning is a time.
    pub fn open() -> Result<Self, jiff::Error> {
        let since: Timestamp = SINCE.parse()?;
        let root = Shape::authority("ОЙДАН ШЫҒАРЫЛҒАН ТҮБІР (TEST)", since);
        let root = Holder::root(&root, Key::invent(KeyKind::Gost, 1));
        let issuer = Shape::authority("ОЙДАН ШЫҒАРЫЛҒАН ОРТАЛЫҚ (TEST)", since);
        let issuer = root.issue(&issuer, Key::invent(KeyKind::Gost, 2));
        Ok(Self { root, issuer })
    }

    /// What a server is to be given, each with its file's name: the authorities, and lists of this
    /// time on which nobody stands.
    pub fn files(&self, at: Timestamp) -> [(&'static str, Vec<u8>); 4] {
        let list = RevocationList::empty(later(at, -1), later(at, 7));
        [
            ("test.root.cer", self.root.certificate.clone()),
            ("test.cer", self.issuer.certificate.clone()),
            ("root.crl", list.sign(&self.root)),
            ("test.crl", list.sign(&self.issuer)),
        ]
    }

    /// A person of this IIN with a key of their own; change what a test is about.
    pub fn holder(&self, iin: &str, at: Timestamp, change: impl FnOnce(&mut Shape)) -> Holder {
        let person = Person {
            iin: iin.to_owned(),
            ..Person::invent(&mut Chance::new(7, iin))
        };
        let mut shape = Shape::person(&person, later(at, -30));
        change(&mut shape);
        self.issuer.issue(&shape, Key::invent(KeyKind::Gost, 3))
    }

    /// What its responder says of the usual certificate of the person of this IIN.
    pub fn answer(&self, iin: &str, says: Says, at: Timestamp) -> Vec<u8> {
        let answer = Answer {
            says,
            this_update: at,
            next_update: Some(later(at, 1)),
            nonce: None,
        };
        answer.sign(&self.holder(iin, at, |_| {}), &self.issuer, None)
    }

    /// What the person of this IIN makes of a content: a detached CMS message, signed a second before.
    pub fn sign(&self, content: &[u8], iin: &str, at: Timestamp) -> Vec<u8> {
        let holder = self.holder(iin, at, |_| {});
        Letter::of(content, at - 1.seconds()).sign(&[&holder])
    }
}
