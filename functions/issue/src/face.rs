//! The faces of the papers, embedded, and text shaped in them. The only place that names `rustybuzz`.
//!
//! The faces have Latin, Greek and Cyrillic letters with all Kazakh ones (`fonts/rebuild`). A letter that they
//! lack is an error, and so is what cannot be seen: a paper shows what it says.

use std::ops::Range;
use std::sync::LazyLock;

use rustybuzz::UnicodeBuffer;

use crate::IssueError;

/// A face.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum Face {
    /// What is said.
    Serif,
    /// Titles and values.
    SerifBold,
    /// Labels and small print.
    Sans,
}

impl Face {
    /// Every face.
    #[cfg(test)]
    pub(crate) const ALL: [Self; 3] = [Self::Serif, Self::SerifBold, Self::Sans];

    /// The font's bytes.
    pub(crate) const fn font(self) -> &'static [u8] {
        match self {
            Self::Serif => include_bytes!("../fonts/NotoSerif-Regular.ttf"),
            Self::SerifBold => include_bytes!("../fonts/NotoSerif-Bold.ttf"),
            Self::Sans => include_bytes!("../fonts/NotoSans-Regular.ttf"),
        }
    }

    fn shaper(self) -> &'static rustybuzz::Face<'static> {
        static SERIF: LazyLock<rustybuzz::Face<'static>> = LazyLock::new(|| opened(Face::Serif));
        static BOLD: LazyLock<rustybuzz::Face<'static>> = LazyLock::new(|| opened(Face::SerifBold));
        static SANS: LazyLock<rustybuzz::Face<'static>> = LazyLock::new(|| opened(Face::Sans));
        match self {
            Self::Serif => &SERIF,
            Self::SerifBold => &BOLD,
            Self::Sans => &SANS,
        }
    }
}

#[expect(clippy::expect_used, reason = "embedded fonts; a test opens each")]
fn opened(face: Face) -> rustybuzz::Face<'static> {
    rustybuzz::Face::from_slice(face.font(), 0).expect("the embedded fonts are opened by a test")
}

/// A face at a size.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Type {
    /// The face.
    pub face: Face,
    /// Its size, points.
    pub size: f32,
    /// From one baseline to the next, points.
    pub leading: f32,
}

/// One glyph; lengths in parts of the size.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Glyph {
    /// Its number in the font.
    pub id: u32,
    /// How far it moves the pen.
    pub advance: f32,
    /// How far right of the pen it stands.
    pub x_offset: f32,
    /// How far above it.
    pub y_offset: f32,
    /// The bytes of the line's text that it shows.
    pub range: Range<usize>,
}

/// A line of text, shaped.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Line {
    /// What it says.
    pub text: String,
    /// Face and size.
    pub set_in: Type,
    /// Its glyphs, left to right.
    pub glyphs: Vec<Glyph>,
}

impl Line {
    /// The text in this type, on one line.
    ///
    /// # Errors
    /// [`IssueError::NoSuchLetter`].
    pub(crate) fn shaped(text: &str, set_in: Type) -> Result<Self, IssueError> {
        let shaper = set_in.face.shaper();
        if let Some(letter) = text.chars().find(|c| !shows(*c, shaper)) {
            return Err(IssueError::NoSuchLetter(letter));
        }
        let mut buffer = UnicodeBuffer::new();
        buffer.push_str(text);
        buffer.guess_segment_properties();
        buffer.set_direction(rustybuzz::Direction::LeftToRight);
        let glyph_buffer = rustybuzz::shape(shaper, &[], buffer);
        Ok(Self {
            glyphs: glyphs(&glyph_buffer, text.len(), units_per_em(shaper)),
            text: text.to_owned(),
            set_in,
        })
    }

    /// Its width, points.
    pub(crate) fn width(&self) -> f32 {
        self.glyphs.iter().map(|g| g.advance).sum::<f32>() * self.set_in.size
    }
}

/// The text with a question mark for every letter that cannot be printed.
pub(crate) fn printable(text: &str) -> String {
    let shaper = Face::Serif.shaper();
    let letter = |letter| if shows(letter, shaper) { letter } else { '?' };
    text.chars().map(letter).collect()
}

/// Whether the face has the letter and a reader would see it, or its space.
fn shows(letter: char, shaper: &rustybuzz::Face<'_>) -> bool {
    const SOFT_HYPHEN: char = '\u{AD}';
    const GRAPHEME_JOINER: char = '\u{34F}';
    shaper.glyph_index(letter).is_some()
        && !letter.is_control()
        && letter != SOFT_HYPHEN
        && letter != GRAPHEME_JOINER
}

#[expect(clippy::cast_precision_loss, reason = "thousands at most")]
fn units_per_em(shaper: &rustybuzz::Face<'_>) -> f32 {
    shaper.units_per_em() as f32
}

#[expect(
    clippy::cast_precision_loss,
    reason = "font units: some thousands at most"
)]
fn glyphs(shaped: &rustybuzz::GlyphBuffer, text_bytes: usize, em: f32) -> Vec<Glyph> {
    let infos = shaped.glyph_infos();
    let end = |at: usize| {
        let cluster = infos.get(at).map(|info| info.cluster);
        let mut later = infos.iter().skip(at).map(|info| info.cluster);
        let next = later.find(|c| Some(*c) != cluster);
        next.map_or(text_bytes, |cluster| cluster as usize)
    };
    let placed = infos.iter().zip(shaped.glyph_positions()).enumerate();
    placed
        .map(|(at, (info, position))| Glyph {
            id: info.glyph_id,
            advance: position.x_advance as f32 / em,
            x_offset: position.x_offset as f32 / em,
            y_offset: position.y_offset as f32 / em,
            range: info.cluster as usize..end(at),
        })
        .collect()
}

/// A text in lines no wider than `width` points. Line ends in it are kept, a word that is wider is broken,
/// and every line but a paragraph's last ends with its space, so that words stay apart for who copies them.
///
/// # Errors
/// [`IssueError::NoSuchLetter`].
pub(crate) fn wrapped(text: &str, set_in: Type, width: f32) -> Result<Vec<Line>, IssueError> {
    let mut lines = Vec::new();
    for paragraph in text.lines() {
        let rows = rows(paragraph, set_in, width)?;
        let last = rows.len().saturating_sub(1);
        for (at, row) in rows.iter().enumerate() {
            let row = if at == last {
                row.clone()
            } else {
                format!("{row} ")
            };
            lines.push(Line::shaped(&row, set_in)?);
        }
    }
    Ok(lines)
}

/// A paragraph's words in rows.
fn rows(paragraph: &str, set_in: Type, width: f32) -> Result<Vec<String>, IssueError> {
    let measured = |text: &str| Line::shaped(text, set_in).map(|line| line.width());
    let mut rows = vec![String::new()];
    let mut room = width;
    let space = measured(" ")?;
    for word in paragraph.split([' ', '\t']).filter(|word| !word.is_empty()) {
        for piece in pieces(word, set_in, width)? {
            let wide = measured(&piece)?;
            match rows.last_mut() {
                Some(row) if row.is_empty() => row.push_str(&piece),
                Some(row) if space + wide <= room && !piece.is_empty() => {
                    row.push(' ');
                    row.push_str(&piece);
                    room -= space;
                }
                _ => {
                    rows.push(piece);
                    room = width;
                }
            }
            room -= wide;
        }
    }
    Ok(rows)
}

/// A word, in as many pieces as it takes for each to fit; a mark stays with its letter.
fn pieces(word: &str, set_in: Type, width: f32) -> Result<Vec<String>, IssueError> {
    let measured = |text: &str| Line::shaped(text, set_in).map(|line| line.width());
    let mut pieces = vec![String::new()];
    if measured(word)? <= width {
        return Ok(vec![word.to_owned()]);
    }
    for letter in word.chars() {
        let mark = ('\u{300}'..='\u{36F}').contains(&letter);
        let Some(piece) = pieces.last_mut() else {
            break;
        };
        let longer = format!("{piece}{letter}");
        if piece.is_empty() || mark || measured(&longer)? <= width {
            *piece = longer;
        } else {
            pieces.push(letter.to_string());
        }
    }
    Ok(pieces)
}

#[cfg(test)]
mod tests {
    use super::*;

    const KAZAKH: &str =
        "АаӘәБбВвГгҒғДдЕеЁёЖжЗзИиЙйКкҚқЛлМмНнҢңОоӨөПпРрСсТтУуҰұҮүФфХхҺһЦцЧчШшЩщЪъЫыІіЬьЭэЮюЯя";

    const fn body(face: Face) -> Type {
        Type {
            face,
            size: 10.0,
            leading: 15.0,
        }
    }

    #[test]
    fn every_face_has_every_kazakh_letter_and_our_signs() {
        for face in Face::ALL {
            let line = Line::shaped(&format!("{KAZAKH} №–—«»…·’№₸€"), body(face)).unwrap();
            assert!(line.glyphs.iter().all(|g| g.id != 0));
            assert!(line.width() > 0.0);
        }
    }

    #[test]
    fn what_cannot_be_printed_or_seen_is_said() {
        for letter in [
            '漢', '😀', '\u{202E}', '\u{200B}', '\u{AD}', '\u{7}', '\u{34F}',
        ] {
            let shaped = Line::shaped(&format!("А{letter}"), body(Face::Serif));
            assert!(
                matches!(shaped, Err(IssueError::NoSuchLetter(c)) if c == letter),
                "U+{:04X}",
                u32::from(letter)
            );
        }
    }

    #[test]
    fn lines_fit_and_nothing_is_lost() {
        let long = "Тілеубергенмұхамедқызынұрмұхамедұлы".repeat(3);
        for text in [
            "Бір екі үш төрт бес алты жеті сегіз тоғыз он",
            long.as_str(),
            "ӘЙ",
            "",
        ] {
            for width in [40.0, 90.0, 400.0] {
                let set_in = body(Face::Serif);
                let lines = wrapped(text, set_in, width).unwrap();
                for line in &lines {
                    let seen = Line::shaped(line.text.trim_end(), set_in).unwrap();
                    assert!(seen.width() <= width + 0.5, "{} > {width}", seen.width());
                }
                let said: String = lines.iter().map(|line| line.text.as_str()).collect();
                let bare = |text: &str| text.replace(' ', "");
                assert_eq!(bare(&said), bare(text));
            }
        }
        let two = wrapped("А\n\nБ", body(Face::Sans), 100.0).unwrap();
        assert_eq!(two.len(), 3, "line ends are kept");
    }

    #[test]
    fn every_glyph_shows_its_own_part_of_the_text() {
        let line = Line::shaped("Әй и\u{306}", body(Face::Serif)).unwrap();
        let shown: Vec<&str> = line
            .glyphs
            .iter()
            .map(|g| &line.text[g.range.clone()])
            .collect();
        assert_eq!(shown.concat(), line.text);
    }
}
