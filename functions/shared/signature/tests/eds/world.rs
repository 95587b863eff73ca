//! One invented hierarchy for all tests: a root, an authority below it, an applicant, for each kind of key.

use std::sync::LazyLock;

use casework::iin::IinDigits;
use jiff::{Timestamp, ToSpan};
use samples::chance::Chance;
use samples::eds::authority::Holder;
use samples::eds::key::{Key, KeyKind};
use samples::eds::message::Letter;
use samples::eds::revocation::RevocationList;
use samples::eds::shape::{Shape, later};
use samples::person::Person;
use signature::outcome::{Fault, Outcome};
use signature::revocation::Evidence;
use signature::trust::Trust;
use signature::{Submission, verify};

/// What is signed.
pub const CONTENT: &[u8] = "{\"kind\":\"temporary\",\"mission\":\"ber\"}".as_bytes();
/// Both kinds of key.
pub const KINDS: [KeyKind; 2] = [KeyKind::Rsa, KeyKind::Gost];

/// When the applicant signs.
pub fn signed_at() -> Timestamp {
    "2026-11-22T10:00:00Z".parse().unwrap()
}

/// When the message arrives: two seconds later.
pub fn received_at() -> Timestamp {
    signed_at() + 2.seconds()
}

/// When certificates begin: a month before.
pub fn issued_at() -> Timestamp {
    later(signed_at(), -30)
}

/// A hierarchy of one kind of key.
pub struct World {
    pub root: Holder,
    pub authority: Holder,
    pub applicant: Holder,
    pub person: Person,
}

static RSA: LazyLock<World> = LazyLock::new(|| World::new(KeyKind::Rsa));
static GOST: LazyLock<World> = LazyLock::new(|| World::new(KeyKind::Gost));

impl World {
    pub fn of(kind: KeyKind) -> &'static Self {
        match kind {
            KeyKind::Rsa => &RSA,
            KeyKind::Gost => &GOST,
        }
    }

    fn new(kind: KeyKind) -> Self {
        let person = Person::invent(&mut Chance::new(7, "signer"));
        let begin = later(issued_at(), -365);
        let root = Shape::authority("ОЙДАН ШЫҒАРЫЛҒАН ТҮБІР (TEST)", begin);
        let root = Holder::root(&root, Key::invent(kind, 1));
        let authority = Shape::authority("ОЙДАН ШЫҒАРЫЛҒАН ОРТАЛЫҚ (TEST)", begin);
        let authority = root.issue(&authority, Key::invent(kind, 2));
        let shape = Shape::person(&person, issued_at());
        let applicant = authority.issue(&shape, Key::invent(kind, 3));
        Self {
            root,
            authority,
            applicant,
            person,
        }
    }

    /// Another person of the same authority.
    pub fn other(&self) -> (Person, Holder) {
        let person = Person::invent(&mut Chance::new(8, "signer"));
        let shape = Shape::person(&person, issued_at());
        let key = Key::invent(self.applicant.key.kind(), 4);
        let holder = self.authority.issue(&shape, key);
        (person, holder)
    }

    /// The applicant with another certificate, over the same key.
    pub fn applicant_with(&self, change: impl FnOnce(&mut Shape)) -> Holder {
        let mut shape = Shape::person(&self.person, issued_at());
        change(&mut shape);
        self.authority.issue(&shape, self.applicant.key.clone())
    }

    pub fn trust(&self) -> Trust {
        let mut trust = Trust::new();
        trust.add_root(&self.root.certificate).unwrap();
        trust.add_authority(&self.authority.certificate).unwrap();
        trust
    }

    /// Fresh lists of both authorities, on which nobody stands.
    pub fn evidence(&self) -> Evidence {
        let mut evidence = Evidence::new();
        for authority in [&self.root, &self.authority] {
            evidence
                .add_list(&fresh_list().sign(authority), &self.trust())
                .unwrap();
        }
        evidence
    }

    /// The outcome with everything else as it should be.
    pub fn verify(&self, message: &[u8]) -> Outcome {
        self.verify_as(message, CONTENT, &self.trust(), &self.evidence())
    }

    /// What came, at the usual time.
    pub fn submission<'a>(&self, message: &'a [u8], content: &'a [u8]) -> Submission<'a> {
        Submission {
            message,
            content,
            applicant: IinDigits::of(&self.person.iin).unwrap(),
            received_at: received_at(),
        }
    }

    pub fn verify_as(
        &self,
        message: &[u8],
        content: &[u8],
        trust: &Trust,
        evidence: &Evidence,
    ) -> Outcome {
        let submission = self.submission(message, content);
        verify(&submission, trust, evidence)
    }
}

/// A list of this morning, until tomorrow.
pub fn fresh_list() -> RevocationList {
    RevocationList::empty(signed_at() - 3.hours(), signed_at() + 21.hours())
}

/// A letter of the usual content and time.
pub fn letter() -> Letter<'static> {
    Letter::of(CONTENT, signed_at())
}

/// The usual letter with something changed.
pub fn letter_with(change: impl FnOnce(&mut Letter<'static>)) -> Letter<'static> {
    let mut letter = letter();
    change(&mut letter);
    letter
}

/// A refusal.
pub const fn invalid(fault: Fault) -> Outcome {
    Outcome::Invalid { fault }
}
