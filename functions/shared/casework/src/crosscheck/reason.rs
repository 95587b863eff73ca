//! Why a rule speaks up: every reason with its rule, its severity and the ground it would support.
//!
//! One table. The key is also the key of the sentence that explains it, so a test can see
//! that each has its words in every language.

use crate::finding::{Finding, Ground, Rule, Severity, Witness};
use crate::reading::FieldName;

macro_rules! reasons {
    ($($name:ident = $key:literal, $rule:ident, $severity:ident, $ground:expr;)*) => {
        /// A reason of a finding.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[expect(missing_docs, reason = "each is said by its key, in `words/*.ftl`")]
        pub enum Reason { $($name,)* }

        impl Reason {
            /// Every reason, by rule.
            pub const ALL: &'static [Self] = &[$(Self::$name,)*];

            /// As written in records, and the key of its sentence.
            pub const fn key(self) -> &'static str {
                match self { $(Self::$name => $key,)* }
            }

            /// The rule it belongs to.
            pub const fn rule(self) -> Rule {
                match self { $(Self::$name => Rule::$rule,)* }
            }

            /// What it does to the case.
            pub const fn severity(self) -> Severity {
                match self { $(Self::$name => Severity::$severity,)* }
            }

            /// The refusal ground it would support.
            pub const fn ground(self) -> Option<Ground> {
                match self { $(Self::$name => $ground,)* }
            }
        }
    };
}

const UNRELIABLE: Option<Ground> = Some(Ground::Unreliable);
const NON_COMPLIANT: Option<Ground> = Some(Ground::NonCompliant);
const NO_CONSENT: Option<Ground> = Some(Ground::NoConsent);

reasons! {
    IinShape = "r1-iin-shape", R1, Hard, NON_COMPLIANT;
    IinCheckDigit = "r1-iin-check-digit", R1, Hard, NON_COMPLIANT;
    IinCentury = "r1-iin-century", R1, Hard, NON_COMPLIANT;
    IinDate = "r1-iin-date", R1, Hard, NON_COMPLIANT;
    BirthDateDiffers = "r2-birth-date-differs", R2, Hard, UNRELIABLE;
    SexDiffers = "r3-sex-differs", R3, Warning, UNRELIABLE;
    MrzRefuted = "r4-mrz-check-digit-refuted", R4, Ask, None;
    IinDiffers = "r5-iin-differs", R5, Hard, UNRELIABLE;
    DocumentNumberDiffers = "r6-document-number-differs", R6, Hard, UNRELIABLE;
    DocumentNumberShape = "r6-document-number-shape", R6, Warning, UNRELIABLE;
    NotKazakhstan = "r7-not-kazakhstan", R7, Hard, NON_COMPLIANT;
    DocumentExpired = "r8-document-expired", R8, Hard, NON_COMPLIANT;
    IssuedAfterExpiry = "r8-issued-after-expiry", R8, Warning, UNRELIABLE;
    ValidityUnusual = "r8-validity-unusual", R8, Warning, UNRELIABLE;
    SurnameDiffers = "r9-surname-differs", R9, Hard, UNRELIABLE;
    GivenNamesDiffer = "r9-given-names-differ", R9, Hard, UNRELIABLE;
    PatronymicDiffers = "r9-patronymic-differs", R9, Hard, UNRELIABLE;
    PartOfNames = "r9-part-of-names", R9, Warning, UNRELIABLE;
    LatinDiffers = "r9-latin-differs", R9, Warning, UNRELIABLE;
    PermitMissing = "r10-permit-missing", R10, Hard, NON_COMPLIANT;
    PermitOfAnother = "r10-permit-of-another-person", R10, Hard, UNRELIABLE;
    PermitAfterReceipt = "r10-permit-after-receipt", R10, Hard, UNRELIABLE;
    PermitDateMissing = "r10-permit-date-missing", R10, Warning, NON_COMPLIANT;
    DestinationDiffers = "r10-destination-differs", R10, Warning, NON_COMPLIANT;
    NoPassport = "r11-no-passport", R11, Warning, NON_COMPLIANT;
    CardKindDiffers = "r12-card-kind-differs", R12, Hard, NON_COMPLIANT;
    PurposeMissing = "r12-purpose-missing", R12, Hard, NON_COMPLIANT;
    StayUntilMissing = "r12-stay-until-missing", R12, Hard, NON_COMPLIANT;
    StayUntilPast = "r12-stay-until-past", R12, Hard, NON_COMPLIANT;
    WrittenByHand = "r12-written-by-hand", R12, Hard, None;
    NotSigned = "r13-not-signed", R13, Hard, NON_COMPLIANT;
    SignatureNotSeen = "r13-signature-not-seen", R13, Warning, NON_COMPLIANT;
    NotDated = "r13-not-dated", R13, Hard, NON_COMPLIANT;
    DatedAfterReceipt = "r13-dated-after-receipt", R13, Hard, NON_COMPLIANT;
    ConsentMissing = "r14-consent-missing", R14, Hard, NO_CONSENT;
    ConsentIncomplete = "r14-consent-incomplete", R14, Hard, NO_CONSENT;
    ConsentUnsure = "r14-consent-unsure", R14, Warning, None;
    SignerDiffers = "r15-signer-differs", R15, Hard, UNRELIABLE;
    SignerRepresents = "r15-signer-represents", R15, Warning, UNRELIABLE;
    SignedOtherwise = "r15-card-changed", R15, Hard, NON_COMPLIANT;
    RevocationUnknown = "r15-revocation-unknown", R15, Warning, None;
    AlreadyRegistered = "r16-already-registered", R16, Warning, None;
    AnotherCase = "r16-another-case", R16, Warning, None;
    ScanOfAnother = "r17-scan-of-another-person", R17, Warning, UNRELIABLE;
    FrontMissing = "r18-front-missing", R18, Ask, None;
    BackMissing = "r18-back-missing", R18, Ask, None;
}

impl Reason {
    /// The finding it makes.
    pub(super) fn found(self, field: Option<FieldName>, values: Vec<Witness>) -> Finding {
        Finding {
            rule: self.rule(),
            severity: self.severity(),
            ground: self.ground(),
            field,
            reason: self.key().to_owned(),
            values,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_begins_with_its_rule_and_none_stands_twice() {
        for (index, reason) in Reason::ALL.iter().enumerate() {
            let rule = format!("{:?}-", reason.rule()).to_lowercase();
            assert!(reason.key().starts_with(&rule), "{reason:?}");
            assert!(Reason::ALL[..index].iter().all(|r| r.key() != reason.key()));
        }
    }
}
