//! The codes in which a bad scan is spoken of: why a file was refused, what is poor about it.

use serde::{Deserialize, Serialize};

macro_rules! codes {
    ($(#[$meta:meta])* $name:ident { $($(#[$vmeta:meta])* $variant:ident = $code:literal,)* }) => {
        $(#[$meta])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        pub enum $name { $($(#[$vmeta])* #[serde(rename = $code)] $variant,)* }

        impl $name {
            /// Every code, in order.
            pub const ALL: &'static [Self] = &[$(Self::$variant,)*];

            /// The code as it is written in records and JSON.
            pub const fn code(self) -> &'static str {
                match self { $(Self::$variant => $code,)* }
            }
        }
    };
}

codes! {
    /// Why a file cannot be taken. Permanent: the same bytes will be refused again.
    RefusalCode {
        /// The path could not be opened.
        CannotOpen = "CANNOT_OPEN",
        /// No bytes.
        EmptyFile = "EMPTY_FILE",
        /// Over the size limit.
        TooLarge = "TOO_LARGE",
        /// Over the page limit.
        TooManyPages = "TOO_MANY_PAGES",
        /// Over the pixel or side limit.
        PixelsOverLimit = "PIXELS_OVER_LIMIT",
        /// A page of next to no pixels.
        TooSmall = "TOO_SMALL",
        /// A page much too narrow to be a document.
        BadShape = "BAD_SHAPE",
        /// A picture whose end is missing.
        Truncated = "TRUNCATED",
        /// A picture that cannot be decoded.
        UnreadableImage = "UNREADABLE_IMAGE",
        /// A PDF that cannot be opened.
        UnreadablePdf = "UNREADABLE_PDF",
        /// A PDF that asks for a password.
        PasswordProtected = "PASSWORD_PROTECTED",
        /// A way of encoding that no proven decoder here reads.
        UnsupportedEncoding = "UNSUPPORTED_ENCODING",
        /// A type of file that is not taken.
        UnsupportedType = "UNSUPPORTED_TYPE",
        /// An Apple HEIC photo.
        Heic = "HEIC",
        /// Nothing like text on any page.
        NotADocument = "NOT_A_DOCUMENT",
        /// A program, a script or a web page.
        ActiveContent = "ACTIVE_CONTENT",
        /// Reading it took longer than the limit.
        TookTooLong = "TOOK_TOO_LONG",
        /// Reading it took more memory than the limit.
        TookTooMuchMemory = "TOOK_TOO_MUCH_MEMORY",
    }
}

codes! {
    /// What is odd about a file that was taken all the same.
    FileFinding {
        /// More than 1 kB behind the end of the picture.
        TrailingData = "TRAILING_DATA",
        /// The name says another type than the content.
        TypeDiffers = "TYPE_DIFFERS",
        /// A signed or QR-carrying electronic document.
        ElectronicDocument = "ELECTRONIC_DOCUMENT",
        /// The hidden text of a PDF is not what its pixels show.
        TextLayerDiffers = "TEXT_LAYER_DIFFERS",
        /// A PDF with files inside.
        EmbeddedFile = "EMBEDDED_FILE",
        /// Only the first frame of an animation was read.
        Animated = "ANIMATED",
        /// The end of the picture is missing, the text is whole.
        TruncatedTail = "TRUNCATED_TAIL",
        /// The same file came with another case.
        SeenInOtherCase = "SEEN_IN_OTHER_CASE",
    }
}

codes! {
    /// What is poor about a document's picture. Never a ground of refusal.
    QualityFinding {
        /// Too few pixels for its print.
        LowResolution = "LOW_RESOLUTION",
        /// Out of focus or moved.
        Blur = "BLUR",
        /// Light burns out part of the text.
        Glare = "GLARE",
        /// Part of it is outside the picture.
        Cropped = "CROPPED",
        /// Too dark.
        Dark = "DARK",
        /// Seen in a mirror.
        Mirrored = "MIRRORED",
        /// Nothing could be recognised on it.
        Unrecognised = "UNRECOGNISED",
        /// Its entries are written by hand; they are not read.
        Handwritten = "HANDWRITTEN",
    }
}

codes! {
    /// What the page says of a picture before it is sent; the browser looked, and only roughly.
    Hint {
        /// As [`QualityFinding::LowResolution`].
        LowResolution = "LOW_RESOLUTION",
        /// As [`QualityFinding::Blur`].
        Blur = "BLUR",
        /// As [`QualityFinding::Glare`].
        Glare = "GLARE",
        /// As [`QualityFinding::Cropped`].
        Cropped = "CROPPED",
        /// As [`QualityFinding::Dark`].
        Dark = "DARK",
        /// A zone where a front is asked for, or none where there should be one.
        WrongSide = "WRONG_SIDE",
        /// Hardly any print.
        NotADocument = "NOT_A_DOCUMENT",
    }
}

impl Hint {
    /// Those of a list with spaces between, each once; what is no hint is left out.
    pub fn listed(text: &str) -> Vec<Self> {
        let is_in = |hint: &Self| text.split(' ').any(|code| code == hint.code());
        Self::ALL.iter().copied().filter(is_in).collect()
    }

    /// The key of its sentence.
    pub const fn key(self) -> &'static str {
        match self {
            Self::LowResolution => "quality-low-resolution",
            Self::Blur => "quality-blur",
            Self::Glare => "quality-glare",
            Self::Cropped => "quality-cropped",
            Self::Dark => "quality-dark",
            Self::WrongSide => "hint-wrong-side",
            Self::NotADocument => "hint-not-a-document",
        }
    }
}

impl RefusalCode {
    /// Whether the file is locked away unopened rather than handed back.
    pub const fn quarantined(self) -> bool {
        matches!(self, Self::ActiveContent)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_list_of_hints_holds_known_ones_once() {
        for (text, hints) in [
            ("", vec![]),
            ("BLUR", vec![Hint::Blur]),
            ("DARK BLUR BLUR <b> ", vec![Hint::Blur, Hint::Dark]),
        ] {
            assert_eq!(Hint::listed(text), hints, "{text}");
        }
    }

    #[test]
    fn json_writes_the_code() {
        assert_eq!(
            serde_json::to_string(&RefusalCode::EmptyFile).unwrap(),
            "\"EMPTY_FILE\""
        );
        assert_eq!(RefusalCode::EmptyFile.code(), "EMPTY_FILE");
    }
}
