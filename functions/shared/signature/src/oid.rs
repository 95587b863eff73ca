//! The object identifiers that this crate knows, each under its name and source.

use der::asn1::ObjectIdentifier;

const fn oid(text: &str) -> ObjectIdentifier {
    ObjectIdentifier::new_unwrap(text)
}

// Kazakhstan's national authority. Digests and keys:

/// Streebog-512 (ST RK GOST R 34.11-2015).
pub const STREEBOG_512_KZ: ObjectIdentifier = oid("1.2.398.3.10.1.3.3");
/// A key of ST RK GOST R 34.10-2015, 512 bits.
pub const GOST_512_KEY_KZ: ObjectIdentifier = oid("1.2.398.3.10.1.1.2.2");
/// Its parameters: the curve [`crate::gost::curve::ParamSetA`].
pub const GOST_512_PARAMETERS_KZ: ObjectIdentifier = oid("1.2.398.3.10.1.1.2.2.1");
/// A signature of that key over Streebog-512.
pub const GOST_512_SIGNATURE_KZ: ObjectIdentifier = oid("1.2.398.3.10.1.1.2.3.2");
/// The root of everything of GOST 34.310-2004, which keys had until 2022.
pub const GOST_2004_KZ: ObjectIdentifier = oid("1.2.398.3.10.1.1.1");

/// Extended key usage: the certificate of a natural person.
pub const PERSON_KZ: ObjectIdentifier = oid("1.2.398.3.3.4.1.1");

// Elsewhere:

/// `sha-256` (RFC 5754 §2.2).
pub const SHA_256: ObjectIdentifier = const_oid::db::rfc5912::ID_SHA_256;
/// `sha-1`, for naming certificates only (RFC 6960 §4.3).
pub const SHA_1: ObjectIdentifier = const_oid::db::rfc5912::ID_SHA_1;
/// `rsaEncryption` (RFC 8017 §A.1).
pub const RSA: ObjectIdentifier = const_oid::db::rfc5912::RSA_ENCRYPTION;
/// `sha256WithRSAEncryption` (RFC 8017 §A.2.4).
pub const RSA_SHA_256: ObjectIdentifier = const_oid::db::rfc5912::SHA_256_WITH_RSA_ENCRYPTION;

/// `id-signedData` (RFC 5652 §5.1).
pub const SIGNED_DATA: ObjectIdentifier = const_oid::db::rfc5911::ID_SIGNED_DATA;
/// `id-data` (RFC 5652 §4).
pub const DATA: ObjectIdentifier = const_oid::db::rfc5911::ID_DATA;
/// `id-contentType` (RFC 5652 §11.1).
pub const CONTENT_TYPE: ObjectIdentifier = const_oid::db::rfc5911::ID_CONTENT_TYPE;
/// `id-messageDigest` (RFC 5652 §11.2).
pub const MESSAGE_DIGEST: ObjectIdentifier = const_oid::db::rfc5911::ID_MESSAGE_DIGEST;
/// `id-signingTime` (RFC 5652 §11.3).
pub const SIGNING_TIME: ObjectIdentifier = const_oid::db::rfc5911::ID_SIGNING_TIME;
/// `id-aa-signingCertificateV2` (RFC 5035 §3).
pub const SIGNING_CERTIFICATE_V2: ObjectIdentifier = oid("1.2.840.113549.1.9.16.2.47");

/// `id-kp-clientAuth` (RFC 5280 §4.2.1.12): here the mark of an authentication-only key.
pub const CLIENT_AUTH: ObjectIdentifier = const_oid::db::rfc5280::ID_KP_CLIENT_AUTH;
/// `id-kp-emailProtection` (RFC 5280 §4.2.1.12): here the mark of a signing key.
pub const EMAIL_PROTECTION: ObjectIdentifier = const_oid::db::rfc5280::ID_KP_EMAIL_PROTECTION;
/// `id-kp-OCSPSigning` (RFC 6960 §4.2.2.2).
pub const OCSP_SIGNING: ObjectIdentifier = const_oid::db::rfc5280::ID_KP_OCSP_SIGNING;
/// `id-pkix-ocsp-basic` (RFC 6960 §4.2.1).
pub const OCSP_BASIC: ObjectIdentifier = oid("1.3.6.1.5.5.7.48.1.1");

/// `id-pkix-ocsp-nonce` (RFC 9654 §2.1).
pub const OCSP_NONCE: ObjectIdentifier = oid("1.3.6.1.5.5.7.48.1.2");
/// `invalidityDate` of an entry of a list (RFC 5280 §5.3.2).
pub const INVALIDITY_DATE: ObjectIdentifier = const_oid::db::rfc5280::ID_CE_INVALIDITY_DATE;

/// `serialNumber` of a name (RFC 4519 §2.31); the national authority writes `IIN` and twelve digits there.
pub const SERIAL_NUMBER: ObjectIdentifier = const_oid::db::rfc4519::SERIAL_NUMBER;
/// `commonName` (RFC 4519 §2.3).
pub const COMMON_NAME: ObjectIdentifier = const_oid::db::rfc4519::COMMON_NAME;

/// Whether `oid` is `root` or stands below it.
pub fn is_under(oid: &ObjectIdentifier, root: &ObjectIdentifier) -> bool {
    oid.as_bytes().starts_with(root.as_bytes())
}
