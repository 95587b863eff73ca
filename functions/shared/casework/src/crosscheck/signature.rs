//! R15: the electronic signature is the applicant's own, or their representative's as the card names
//! them, over the card as it stands.
//!
//! That it was valid is settled before a case is opened: one that is not never comes with a case.

use super::facts::Facts;
use super::reason::Reason;
use crate::application::REPRESENTATIVE_IIN;
use crate::finding::{Finding, Place, Witness};
use crate::reading::FieldName;

/// R15, where there is an electronic signature; R13 asks for a signature at all.
pub(super) fn signature_is_applicants(facts: &Facts) -> Vec<Finding> {
    let Some(signature) = &facts.case.manifest.signature else {
        return Vec::new();
    };
    let mut found = Vec::new();
    let iin = facts.card.entries.get(&FieldName::IIN);
    let others = iin.and_then(|entry| entry.resolved());
    if let Some(other) = others.filter(|entry| entry.value != signature.signer) {
        let witness = |value, place| Witness {
            value,
            place,
            certainty: None,
            confidence: None,
        };
        let values = vec![
            witness(signature.signer.clone(), Place::Case),
            witness(other.value.clone(), other.source.clone()),
        ];
        let represents = facts.card.entries.get(&REPRESENTATIVE_IIN);
        let represents = represents.and_then(|entry| entry.resolved());
        let reason = if represents.is_some_and(|entry| entry.value == signature.signer) {
            Reason::SignerRepresents
        } else {
            Reason::SignerDiffers
        };
        found.push(reason.found(Some(FieldName::IIN), values));
    }
    if facts.case.declared != facts.case.manifest.card {
        found.push(Reason::SignedOtherwise.found(None, Vec::new()));
    }
    if !signature.revocation_known {
        found.push(Reason::RevocationUnknown.found(None, Vec::new()));
    }
    found
}

#[cfg(test)]
mod tests {
    use crate::application::REPRESENTATIVE_IIN;
    use crate::card::DeclaredCard;
    use crate::case::{Actor, CaseKind, Channel, Manifest, MissionCode, Role, open};
    use crate::crosscheck::{Surroundings, derive};
    use crate::finding::Rule;
    use crate::reading::FieldName;
    use crate::scan::ScanId;
    use crate::signing::ElectronicSignature;

    const OWN: &str = "900101300017";
    const REPRESENTATIVE: &str = "000229600212";

    /// What R15 says of a card of this IIN that this person signed.
    fn found(
        signer: Option<&str>,
        revocation_known: bool,
        declared_since: Option<&str>,
    ) -> Vec<String> {
        let at = "2026-10-23T09:00:00Z".parse().unwrap();
        let card = |iin: &str| DeclaredCard {
            entries: [
                (FieldName::IIN, iin.into()),
                (REPRESENTATIVE_IIN, REPRESENTATIVE.into()),
            ]
            .into(),
        };
        let signature = signer.map(|signer| ElectronicSignature {
            signer: signer.into(),
            certificate_sha256: "00".into(),
            signed_at: None,
            verified_at: at,
            revocation_known,
            content: ScanId::of(b"content"),
            message: ScanId::of(b"message"),
        });
        let manifest = Manifest {
            kind: CaseKind::Permanent,
            channel: Channel::Portal,
            mission: MissionCode("DEU-BER".into()),
            received_at: at,
            card: Some(card(OWN)),
            scans: Vec::new(),
            batch: None,
            signature,
            language: None,
            sent_anyway: Vec::new(),
        };
        let intake = Actor {
            role: Role::Intake,
            account: None,
        };
        let mut case = open(manifest, at, &intake, at).unwrap().case;
        if let Some(iin) = declared_since {
            case.declared = Some(card(iin));
        }
        let (_, findings) = derive(&case, &Surroundings::default());
        let r15 = findings.into_iter().filter(|f| f.rule == Rule::R15);
        r15.map(|finding| finding.reason).collect()
    }

    #[test]
    fn a_signature_is_the_applicants_over_the_card_as_it_stands() {
        let other = "851231400120";
        for (signer, known, since, expected) in [
            (None, true, None, &[][..]),
            (Some(OWN), true, None, &[]),
            (Some(other), true, None, &["r15-signer-differs"]),
            (Some(REPRESENTATIVE), true, None, &["r15-signer-represents"]),
            (Some(OWN), false, None, &["r15-revocation-unknown"]),
            (
                Some(OWN),
                true,
                Some(other),
                &["r15-signer-differs", "r15-card-changed"],
            ),
        ] {
            assert_eq!(
                found(signer, known, since),
                expected,
                "{signer:?} {known} {since:?}"
            );
        }
    }
}
