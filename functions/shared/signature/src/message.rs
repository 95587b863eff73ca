//! The CMS message around a signature: signed data, taken apart (RFC 5652 §5).

use base64ct::{Base64, Encoding};
use cms::content_info::CmsVersion;
use cms::signed_data::{DigestAlgorithmIdentifiers, EncapsulatedContentInfo, SignerInfo};
use der::asn1::{AnyRef, ObjectIdentifier, OctetString};
use der::{Decode, Header, Reader, SliceReader, Tag, TagNumber};

use crate::outcome::{Fault, Part, Stop, Unsupported};
use crate::{ber, oid};

/// What a message may weigh beside its content: certificates, time stamps, revocation lists of one signer.
pub const OVERHEAD_BYTES_MAX: usize = 1024 * 1024;
/// More signers than that are not looked at.
pub const SIGNERS_MAX: usize = 8;
/// More certificates than that are not looked at.
pub const CERTIFICATES_MAX: usize = 32;

/// The bytes of a message from the text that NCALayer hands over: base64, with PEM's lines around it or without.
///
/// None if it is not base64.
pub fn of_text(text: &str) -> Option<Vec<u8>> {
    let lines = text.lines().filter(|line| !line.starts_with("-----"));
    let digits: String = lines.flat_map(str::split_whitespace).collect();
    Base64::decode_vec(&digits).ok()
}

/// A signed message, taken apart; nothing in it is verified yet.
#[derive(Debug)]
pub(crate) struct Message {
    pub content_type: ObjectIdentifier,
    /// The content, if the signature is attached to it.
    pub content: Option<Vec<u8>>,
    /// Certificates in DER, as they came.
    pub certificates: Vec<Vec<u8>>,
    pub signers: Vec<SignerInfo>,
}

impl Message {
    /// Takes `bytes` (DER or BER) apart; `content_len` is the length of what was to be signed.
    pub fn of(bytes: &[u8], content_len: usize) -> Result<Self, Stop> {
        // Content in pieces of one byte, each with a tag and a length, has three times its length.
        let limit = content_len.saturating_mul(3);
        if bytes.len() > limit.saturating_add(OVERHEAD_BYTES_MAX) {
            return Err(Fault::TooLarge.into());
        }
        let malformed = Fault::Malformed {
            part: Part::Message,
        };
        let definite = ber::definite(bytes).ok_or_else(|| malformed.clone())?;
        if !is_signed_data(&definite).map_err(|_| malformed.clone())? {
            return Err(Unsupported::MessageKind.into());
        }
        let message = read(&definite).map_err(|_| malformed)?;
        if message.content_type != oid::DATA {
            return Err(Unsupported::MessageKind.into());
        }
        let counted = (1..=SIGNERS_MAX).contains(&message.signers.len());
        if !counted || message.certificates.len() > CERTIFICATES_MAX {
            return Err(Fault::SignerCount.into());
        }
        Ok(message)
    }
}

/// Whether the outermost layer says that it is signed data.
fn is_signed_data(bytes: &[u8]) -> der::Result<bool> {
    let mut reader = SliceReader::new(bytes)?;
    Header::decode(&mut reader)?
        .tag()
        .assert_eq(Tag::Sequence)?;
    Ok(ObjectIdentifier::decode(&mut reader)? == oid::SIGNED_DATA)
}

/// RFC 5652 §3: `ContentInfo`.
fn read(bytes: &[u8]) -> der::Result<Message> {
    let mut reader = SliceReader::new(bytes)?;
    let message = reader.sequence(|reader| {
        let _signed_data: ObjectIdentifier = reader.decode()?;
        let message = nested(reader, context(0), signed_data)?;
        message.ok_or_else(|| der::Error::from(der::ErrorKind::Failed))
    })?;
    reader.finish()?;
    Ok(message)
}

/// RFC 5652 §5.1: `SignedData`.
fn signed_data(reader: &mut SliceReader<'_>) -> der::Result<Message> {
    reader.sequence(|reader| {
        CmsVersion::decode(reader)?;
        DigestAlgorithmIdentifiers::decode(reader)?;
        let encapsulated = EncapsulatedContentInfo::decode(reader)?;
        let certificates = nested(reader, context(0), |reader| {
            all(reader, CERTIFICATES_MAX, whole)
        })?;
        // Lists that travel in the message are the sender's choice: evidence comes from the caller.
        nested(reader, context(1), |reader| {
            let rest = reader.remaining_len();
            reader.drain(rest)
        })?;
        let signers = nested(reader, Tag::Set, |reader| {
            all(reader, SIGNERS_MAX, SignerInfo::decode)
        })?;
        Ok(Message {
            content_type: encapsulated.econtent_type,
            content: octets(encapsulated)?,
            certificates: certificates.unwrap_or_default(),
            signers: signers.unwrap_or_default(),
        })
    })
}

/// RFC 5652 §5.2: the content is one OCTET STRING.
fn octets(encapsulated: EncapsulatedContentInfo) -> der::Result<Option<Vec<u8>>> {
    let Some(any) = encapsulated.econtent else {
        return Ok(None);
    };
    let octets: OctetString = any.decode_as()?;
    Ok(Some(octets.into_bytes().into_vec()))
}

const fn context(number: u32) -> Tag {
    Tag::ContextSpecific {
        constructed: true,
        number: TagNumber(number),
    }
}

/// What stands within `tag`, if that tag comes next.
fn nested<'a, T>(
    reader: &mut SliceReader<'a>,
    tag: Tag,
    read: impl FnOnce(&mut SliceReader<'a>) -> der::Result<T>,
) -> der::Result<Option<T>> {
    if reader.is_finished() || Tag::peek(reader)? != tag {
        return Ok(None);
    }
    let mut inner = SliceReader::new(AnyRef::decode(reader)?.value())?;
    let value = read(&mut inner)?;
    inner.finish()?;
    Ok(Some(value))
}

/// All values that follow, or one more than `most`, so that too many are told from enough.
fn all<'a, T>(
    reader: &mut SliceReader<'a>,
    most: usize,
    read: impl Fn(&mut SliceReader<'a>) -> der::Result<T>,
) -> der::Result<Vec<T>> {
    let mut values = Vec::new();
    while !reader.is_finished() {
        let value = read(reader)?;
        if values.len() <= most {
            values.push(value);
        }
    }
    Ok(values)
}

fn whole(reader: &mut SliceReader<'_>) -> der::Result<Vec<u8>> {
    reader.tlv_bytes().map(<[u8]>::to_vec)
}

#[cfg(test)]
mod tests {
    use super::of_text;

    #[test]
    fn text_is_taken_with_and_without_its_frame() {
        for (text, expected) in [
            ("MAMCAQU=", Some(&[0x30, 3, 2, 1, 5][..])),
            (
                "-----BEGIN CMS-----\r\nMAMC\r\nAQU=\r\n-----END CMS-----\r\n",
                Some(&[0x30, 3, 2, 1, 5]),
            ),
            (" MAMC AQU=\n", Some(&[0x30, 3, 2, 1, 5])),
            ("", Some(&[])),
            ("MAMCAQU", None),
            ("не подпись", None),
        ] {
            assert_eq!(of_text(text).as_deref(), expected, "{text}");
        }
    }
}
