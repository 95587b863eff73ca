//! What the reader hands over: text with its place and its margins, no judgement.
//!
//! A [`Reading`] is one document as it was seen on one page. Whether a value is
//! proven is decided later, in [`crate::document`].

use std::borrow::Cow;
use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::finding_code::{FileFinding, QualityFinding, RefusalCode};
use crate::mrz::seen::Alternative;
use crate::personal::Personal;

/// Everything the reader has to say about one file that it took.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct FileReading {
    /// Pages in the file, blank ones included.
    pub pages: u32,
    /// Width and height of each page as decoded, pixels; the first page first.
    pub page_sizes: Vec<[u32; 2]>,
    /// Pages on which nothing is printed (1-based).
    pub blank_pages: Vec<u32>,
    /// One entry per document, in page order and top to bottom.
    pub readings: Vec<Reading>,
    /// What concerns the file as a whole.
    pub findings: Vec<FileFinding>,
    /// What the codes of cover sheets say, by page; such a page holds nothing else.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub covers: BTreeMap<u32, String>,
}

/// Everything the reader has to say about one page.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct PageReading {
    /// Width and height as decoded, pixels.
    pub size: [u32; 2],
    /// The sha256 of its pixels, hexadecimal: the same for the same picture in another file.
    pub digest: String,
    /// Whether nothing is printed on it.
    pub blank: bool,
    /// What its code says, where it is a cover sheet.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cover: Option<String>,
    /// The documents on it, top to bottom.
    pub readings: Vec<Reading>,
    /// What it says about its file.
    pub findings: Vec<FileFinding>,
}

/// A page that was looked at: what was read on it, or why it cannot be shown.
pub type PageSeen = Result<PageReading, RefusalCode>;

impl FileReading {
    /// A file by its pages, the first one first, and what was noticed before any was looked at.
    ///
    /// # Errors
    /// The code to refuse the file with, where not one page of it can be shown.
    pub fn of_pages(pages: Vec<PageSeen>, findings: Vec<FileFinding>) -> Result<Self, RefusalCode> {
        let mut file = Self {
            pages: 0,
            page_sizes: Vec::new(),
            blank_pages: Vec::new(),
            readings: Vec::new(),
            findings,
            covers: BTreeMap::new(),
        };
        let (mut refusal, mut shown) = (RefusalCode::NotADocument, false);
        for (number, page) in (1..).zip(pages) {
            file.pages = number;
            match page {
                Ok(page) => {
                    shown |= page.cover.is_some() || !page.readings.is_empty();
                    file.add(number, page);
                }
                Err(code) => {
                    refusal = code;
                    file.page_sizes.push([0, 0]);
                    file.readings.push(Reading::unseen(number));
                }
            }
        }
        file.findings.sort_unstable();
        file.findings.dedup();
        if shown { Ok(file) } else { Err(refusal) }
    }

    fn add(&mut self, number: u32, page: PageReading) {
        self.page_sizes.push(page.size);
        self.blank_pages.extend(page.blank.then_some(number));
        self.covers.extend(page.cover.map(|text| (number, text)));
        self.readings.extend(page.readings);
        self.findings.extend(page.findings);
    }
}

impl Reading {
    /// A page that could not be decoded, in a file whose other pages could: it is accounted for.
    fn unseen(page: u32) -> Self {
        Self {
            kind: DocumentKind::Unknown,
            page,
            corners: [[0.0; 2]; 4],
            quality: Quality {
                sharpness: 0.0,
                findings: vec![QualityFinding::Unrecognised],
                ..Quality::default()
            },
            mrz: None,
            fields: Vec::new(),
            by_hand: BTreeMap::new(),
        }
    }
}

/// One document as it was seen.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Reading {
    /// What kind of document it looks like.
    pub kind: DocumentKind,
    /// The page it is on, 1-based.
    pub page: u32,
    /// Top left, top right, bottom right, bottom left *of the document as one reads it*,
    /// in pixels of the page as it was sent (EXIF orientation applied).
    pub corners: [[f32; 2]; 4],
    /// How well it can be seen.
    pub quality: Quality,
    /// The machine readable zone, where one was found.
    pub mrz: Option<MrzReading>,
    /// Printed, QR and bar-code values. One field may be read more than once.
    pub fields: Vec<FieldReading>,
    /// Where the entries of a card stand that were written by hand: nobody has read them.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub by_hand: BTreeMap<FieldName, Bounds>,
}

/// Kinds of document the service deals in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DocumentKind {
    /// Front of the identity card (photo side).
    IdCardFront,
    /// Back of the identity card (MRZ side).
    IdCardBack,
    /// Data page of a passport.
    Passport,
    /// Permit to leave for permanent residence abroad.
    ExitPermit,
    /// Registration card on paper.
    RegistrationCard,
    /// Anything else with print on it.
    Unknown,
}

impl DocumentKind {
    /// The key of its name in words.
    pub const fn key(self) -> &'static str {
        match self {
            Self::IdCardFront => "document-id-card-front",
            Self::IdCardBack => "document-id-card-back",
            Self::Passport => "document-passport",
            Self::ExitPermit => "document-exit-permit",
            Self::RegistrationCard => "document-registration-card",
            Self::Unknown => "document-unknown",
        }
    }
}

/// How well a document can be seen, measured where its text is.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Quality {
    /// Dots per inch, estimated from the known size of the document.
    pub dpi: Option<u32>,
    /// 0 (smeared) to 1 (crisp).
    pub sharpness: f32,
    /// Share of the text's area that is burnt out, 0 to 1.
    pub glare: f32,
    /// What is wrong with it, if anything.
    pub findings: Vec<QualityFinding>,
}

/// A document with which nothing is wrong.
impl Default for Quality {
    fn default() -> Self {
        Self {
            dpi: None,
            sharpness: 1.0,
            glare: 0.0,
            findings: Vec::new(),
        }
    }
}

/// The lines of a machine readable zone as the net saw them, before any check digit.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct MrzReading {
    /// Two lines of 36 or 44 characters, or three of 30.
    pub lines: Vec<MrzLine>,
}

impl MrzReading {
    /// The text of its lines.
    pub fn texts(&self) -> Vec<String> {
        let lines = self.lines.iter();
        lines.map(|line| line.text.reveal().clone()).collect()
    }
}

/// One MRZ line.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct MrzLine {
    /// `A`–`Z`, `0`–`9`, `<`.
    pub text: Personal<String>,
    /// Per character: log-probability of the best class minus that of the second best, nats.
    pub margins: Vec<f32>,
    /// Per character, upright box around it on the page.
    pub bounds: Vec<Bounds>,
    /// Per character, what else it may be, likeliest first; empty where nothing else comes near,
    /// and as a whole where the reader does not tell.
    #[serde(default)]
    pub alternatives: Personal<Vec<Vec<Alternative>>>,
}

/// One value as one reader saw it in one place.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct FieldReading {
    /// Which field the label (or the schema, or the QR key) says it is.
    pub field: FieldName,
    /// The text as read, inner spaces single, nothing normalised.
    pub text: Personal<String>,
    /// Where it came from.
    pub source: Source,
    /// Who read it.
    pub reader: Reader,
    /// Where it stands on the page.
    pub bounds: Bounds,
    /// Per character of `text`: log-probability of the best class minus that of the
    /// second best, nats. Empty where the reader gives none.
    pub margins: Vec<f32>,
    /// The reader's own confidence, 0 to 1. It ranks; it proves nothing.
    pub confidence: f32,
}

/// Left, top, width, height in pixels of the page as it was sent.
pub type Bounds = [f32; 4];

/// The upright box around four corners.
pub fn around(corners: &[[f32; 2]; 4]) -> Bounds {
    let (xs, ys) = (corners.map(|[x, _]| x), corners.map(|[_, y]| y));
    let span = |side: [f32; 4]| {
        let least = side.into_iter().fold(f32::MAX, f32::min);
        (least, side.into_iter().fold(f32::MIN, f32::max) - least)
    };
    let ((left, width), (top, height)) = (span(xs), span(ys));
    [left, top, width, height]
}

/// Where on a document a value comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Source {
    /// The machine readable zone.
    Mrz,
    /// Print for human eyes (the VIZ).
    Print,
    /// A QR code.
    Qr,
    /// A linear bar code.
    Barcode,
}

/// Which reader saw it. Two readers of the same print are two opinions, not two proofs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Reader {
    /// The MRZ line net.
    MrzNet,
    /// The printed-line net.
    PrintNet,
    /// Tesseract.
    Tesseract,
    /// A bar or QR code decoder.
    CodeDecoder,
}

/// The name of a field, as it is written in JSON: `birth_date`, `iin`, or a key of the card's schema.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct FieldName(Cow<'static, str>);

impl FieldName {
    /// A field by its name.
    pub const fn new(name: &'static str) -> Self {
        Self(Cow::Borrowed(name))
    }

    /// A field whose name is data (a key of the card's schema).
    pub fn from_key(key: impl Into<String>) -> Self {
        Self(Cow::Owned(key.into()))
    }

    /// The name as written in JSON.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

macro_rules! field_names {
    ($($constant:ident = $name:literal),* $(,)?) => {
        /// The fields of identity documents and permits. The card's further keys are data.
        #[expect(missing_docs, reason = "each constant is the upper case of its own name")]
        impl FieldName { $(pub const $constant: Self = Self::new($name);)* }
    };
}

field_names! {
    SURNAME = "surname",
    GIVEN_NAMES = "given_names",
    PATRONYMIC = "patronymic",
    SURNAME_LATIN = "surname_latin",
    GIVEN_NAMES_LATIN = "given_names_latin",
    BIRTH_DATE = "birth_date",
    BIRTH_PLACE = "birth_place",
    SEX = "sex",
    IIN = "iin",
    NATIONALITY = "nationality",
    CITIZENSHIP = "citizenship",
    DOCUMENT_NUMBER = "document_number",
    ISSUING_AUTHORITY = "issuing_authority",
    ISSUE_DATE = "issue_date",
    EXPIRY_DATE = "expiry_date",
    PERMIT_NUMBER = "permit_number",
    DESTINATION_COUNTRY = "destination_country",
    VALID_UNTIL = "valid_until",
}

impl std::fmt::Display for FieldName {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}
