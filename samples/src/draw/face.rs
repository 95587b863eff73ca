//! The typefaces, from Debian packages, checked to have every letter that will be set.

use std::path::{Path, PathBuf};

use ab_glyph::{Font, FontVec};

/// Letters of Kazakh that common faces lack (Liberation lacks eight of them).
pub const KAZAKH_LETTERS: &str = "ӘҒҚҢӨҰҮҺІәғқңөұүһі";

const DEJAVU: (&str, &str) = ("/usr/share/fonts/truetype/dejavu", "fonts-dejavu");
const NOTO: (&str, &str) = ("/usr/share/fonts/truetype/noto", "fonts-noto-core");
const OCR_B: (&str, &str) = ("/usr/share/fonts/opentype/ocr-b", "fonts-ocr-b");

const SANS: &[((&str, &str), &str)] = &[
    (DEJAVU, "DejaVuSans.ttf"),
    (DEJAVU, "DejaVuSansCondensed.ttf"),
    (NOTO, "NotoSans-Regular.ttf"),
    (NOTO, "NotoSansDisplay-Regular.ttf"),
];
const SANS_BOLD: &[((&str, &str), &str)] = &[
    (DEJAVU, "DejaVuSans-Bold.ttf"),
    (DEJAVU, "DejaVuSansCondensed-Bold.ttf"),
    (NOTO, "NotoSans-Bold.ttf"),
    (NOTO, "NotoSansDisplay-Bold.ttf"),
];
const SERIF: &[((&str, &str), &str)] = &[
    (DEJAVU, "DejaVuSerif.ttf"),
    (DEJAVU, "DejaVuSerifCondensed.ttf"),
    (NOTO, "NotoSerif-Regular.ttf"),
    (NOTO, "NotoSerifDisplay-Regular.ttf"),
];
const SERIF_BOLD: &[((&str, &str), &str)] = &[
    (DEJAVU, "DejaVuSerif-Bold.ttf"),
    (DEJAVU, "DejaVuSerifCondensed-Bold.ttf"),
    (NOTO, "NotoSerif-Bold.ttf"),
    (NOTO, "NotoSerifDisplay-Bold.ttf"),
];
const TYPEWRITER: &[((&str, &str), &str)] = &[
    (DEJAVU, "DejaVuSansMono.ttf"),
    (NOTO, "NotoSansMono-Regular.ttf"),
];
const MACHINE: &[((&str, &str), &str)] = &[(OCR_B, "OCRB.otf"), (OCR_B, "OCRBS.otf")];
const MACHINE_OBLIQUE: &[((&str, &str), &str)] = &[(OCR_B, "OCRBL.otf")];

/// Why the typefaces cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum FaceError {
    /// A file is not there.
    #[error("the font {path} is missing: install the Debian package {package}")]
    Missing {
        /// Where it was looked for.
        path: PathBuf,
        /// The package that holds it.
        package: &'static str,
    },
    /// A file is no font.
    #[error("{path} cannot be read as a font: reinstall the Debian package {package}")]
    Broken {
        /// The file.
        path: PathBuf,
        /// The package that holds it.
        package: &'static str,
    },
    /// A face would print a box.
    #[error("the font {path} lacks the letter {letter}: it cannot set Kazakh")]
    Lacks {
        /// The file.
        path: PathBuf,
        /// The first letter it lacks.
        letter: char,
    },
}

/// One face.
#[derive(Debug)]
pub struct Face(FontVec);

impl Face {
    /// Opens a face and checks that it has `letters`.
    ///
    /// # Errors
    /// When the file is missing, no font, or lacks a letter.
    pub fn open(path: &Path, package: &'static str, letters: &str) -> Result<Self, FaceError> {
        let bytes = std::fs::read(path).map_err(|_| FaceError::Missing {
            path: path.to_owned(),
            package,
        })?;
        let font = FontVec::try_from_vec(bytes).map_err(|_| FaceError::Broken {
            path: path.to_owned(),
            package,
        })?;
        match letters.chars().find(|letter| font.glyph_id(*letter).0 == 0) {
            Some(letter) => Err(FaceError::Lacks {
                path: path.to_owned(),
                letter,
            }),
            None => Ok(Self(font)),
        }
    }

    /// The outlines.
    pub const fn font(&self) -> &FontVec {
        &self.0
    }
}

/// The faces by what they are used for.
#[derive(Debug)]
pub struct Faces {
    /// Labels and values of cards.
    pub sans: Vec<Face>,
    /// Their bold.
    pub sans_bold: Vec<Face>,
    /// Official letters.
    pub serif: Vec<Face>,
    /// Their bold.
    pub serif_bold: Vec<Face>,
    /// Constant width.
    pub typewriter: Vec<Face>,
    /// OCR-B.
    pub machine: Vec<Face>,
    /// OCR-B that leans to the right.
    pub machine_oblique: Vec<Face>,
}

impl Faces {
    /// Opens all of them.
    ///
    /// # Errors
    /// Names the Debian package of the first face that cannot be used.
    pub fn open() -> Result<Self, FaceError> {
        let cyrillic = format!("{KAZAKH_LETTERS}АЯаяЁё№/«»—");
        let latin = "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789<";
        let group = |files: &[((&str, &'static str), &str)], letters: &str| {
            files
                .iter()
                .map(|((folder, package), file)| {
                    Face::open(&Path::new(folder).join(file), package, letters)
                })
                .collect::<Result<Vec<_>, _>>()
        };
        Ok(Self {
            sans: group(SANS, &cyrillic)?,
            sans_bold: group(SANS_BOLD, &cyrillic)?,
            serif: group(SERIF, &cyrillic)?,
            serif_bold: group(SERIF_BOLD, &cyrillic)?,
            typewriter: group(TYPEWRITER, &cyrillic)?,
            machine: group(MACHINE, latin)?,
            machine_oblique: group(MACHINE_OBLIQUE, latin)?,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_face_covers_what_it_sets() {
        Faces::open().unwrap();
    }

    #[test]
    fn a_face_without_kazakh_is_refused_by_its_letter() {
        let path = Path::new(OCR_B.0).join("OCRB.otf");
        let error = Face::open(&path, OCR_B.1, KAZAKH_LETTERS).unwrap_err();
        assert!(
            matches!(error, FaceError::Lacks { letter: 'Ә', .. }),
            "{error}"
        );
    }

    #[test]
    fn a_missing_font_names_its_package() {
        let error = Face::open(Path::new("/nowhere/NotoSans.ttf"), NOTO.1, "A").unwrap_err();
        assert!(
            error
                .to_string()
                .contains("install the Debian package fonts-noto-core")
        );
    }
}
