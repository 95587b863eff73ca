//! What a TIFF's directories say before a pixel is decoded (TIFF 6.0, BigTIFF).

use std::collections::HashSet;

use casework::finding_code::RefusalCode;
use image::metadata::Orientation;

/// More entries than any real directory has.
const ENTRIES_MAX: u64 = 4096;

/// One page's directory.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Directory {
    pub offset: usize,
    /// Where the offset of the next directory stands.
    pub next_at: usize,
    pub width: u32,
    pub height: u32,
    pub orientation: Orientation,
    pub dpi: Option<f32>,
    /// Why its pixels are not decoded, if so.
    pub refusal: Option<RefusalCode>,
    /// A smaller copy of another page.
    reduced: bool,
    /// A camera's raw picture, or the thumbnail in front of one.
    raw: bool,
}

/// The pages of a file, and whether the chain of directories leads out of it.
pub(super) struct Pages {
    pub directories: Vec<Directory>,
    pub cut_off: bool,
}

/// Walks the chain of directories once. A chain that bites its tail ends where it does.
///
/// # Errors
/// `TRUNCATED` when not even the first directory is there, `UNSUPPORTED_TYPE` for a raw photo,
/// `TOO_MANY_PAGES` beyond `pages_max`, `UNREADABLE_IMAGE` when no page is left.
pub(super) fn pages(bytes: &[u8], pages_max: u32) -> Result<Pages, RefusalCode> {
    let view = View {
        bytes,
        little: bytes.starts_with(b"II"),
        big: matches!(bytes.get(2..4), Some([43, 0] | [0, 43])),
    };
    let mut directories = Vec::new();
    let mut seen = HashSet::new();
    let mut cut_off = false;
    let mut next = view.first_directory();
    while let Some(offset) = next.filter(|offset| *offset != 0 && seen.insert(*offset)) {
        let Some((directory, after)) = view.directory(offset) else {
            cut_off = true;
            break;
        };
        directories.push(directory);
        next = after;
        if seen.len() > 4 * pages_max as usize + 16 {
            return Err(RefusalCode::TooManyPages);
        }
    }
    if directories.is_empty() {
        return Err(if cut_off {
            RefusalCode::Truncated
        } else {
            RefusalCode::UnreadableImage
        });
    }
    if directories.iter().any(|page| page.raw) || bytes.get(8..10) == Some(b"CR") {
        return Err(RefusalCode::UnsupportedType);
    }
    if directories.iter().any(|page| !page.reduced) {
        directories.retain(|page| !page.reduced);
    }
    Ok(Pages {
        directories,
        cut_off,
    })
}

struct View<'a> {
    bytes: &'a [u8],
    little: bool,
    big: bool,
}

impl View<'_> {
    fn uint(&self, at: usize, size: usize) -> Option<u64> {
        let bytes = self.bytes.get(at..at.checked_add(size)?)?;
        let join = |value: u64, byte: &u8| value << 8 | u64::from(*byte);
        Some(if self.little {
            bytes.iter().rev().fold(0, join)
        } else {
            bytes.iter().fold(0, join)
        })
    }

    fn offset(&self, at: usize) -> Option<usize> {
        let offset = self.uint(at, if self.big { 8 } else { 4 })?;
        usize::try_from(offset).ok()
    }

    fn first_directory(&self) -> Option<usize> {
        self.offset(if self.big { 8 } else { 4 })
    }

    /// The directory at `offset`, and where the next one is.
    fn directory(&self, offset: usize) -> Option<(Directory, Option<usize>)> {
        let (count_size, entry_size) = if self.big { (8, 20) } else { (2, 12) };
        let count = self.uint(offset, count_size)?;
        if count > ENTRIES_MAX {
            return None;
        }
        let first = offset.checked_add(count_size)?;
        let end = first.checked_add(usize::try_from(count).ok()? * entry_size)?;
        self.bytes.get(first..end)?;
        let entries = Entries {
            view: self,
            first,
            end,
            entry_size,
        };
        Some((entries.page(offset), self.offset(end)))
    }
}

struct Entries<'a> {
    view: &'a View<'a>,
    first: usize,
    end: usize,
    entry_size: usize,
}

impl Entries<'_> {
    /// Where a tag's first value is, and its type.
    fn find(&self, tag: u64) -> Option<(usize, u64)> {
        let at = (self.first..self.end)
            .step_by(self.entry_size)
            .find(|at| self.view.uint(*at, 2) == Some(tag))?;
        let kind = self.view.uint(at + 2, 2)?;
        let word = if self.view.big { 8 } else { 4 };
        let count = usize::try_from(self.view.uint(at + 4, word)?).ok()?;
        let value = at + 4 + word;
        let inline = size_of_type(kind)?.checked_mul(count)? <= word;
        Some((
            if inline {
                value
            } else {
                self.view.offset(value)?
            },
            kind,
        ))
    }

    fn uint(&self, tag: u64) -> Option<u64> {
        let (at, kind) = self.find(tag)?;
        matches!(kind, 1 | 3 | 4 | 16).then_some(())?;
        self.view.uint(at, size_of_type(kind)?)
    }

    fn dpi(&self) -> Option<f32> {
        let (at, kind) = self.find(282)?;
        let part = |at| u32::try_from(self.view.uint(at, 4)?).ok();
        #[expect(
            clippy::cast_precision_loss,
            reason = "a resolution needs no more digits"
        )]
        let resolution = (kind == 5).then_some(part(at)? as f32 / part(at.checked_add(4)?)? as f32);
        let unit = u32::try_from(self.uint(296).unwrap_or(2)).ok()?;
        super::exif::per_inch(resolution?, unit)
    }

    fn page(&self, offset: usize) -> Directory {
        let side = |tag| {
            let side = self.uint(tag).unwrap_or(0);
            u32::try_from(side).unwrap_or(u32::MAX)
        };
        let photometric = self.uint(262);
        let reduced = self.uint(254).is_some_and(|kind| kind & 1 == 1);
        // A colour filter array, linear raw, a DNG version, or raw data behind a thumbnail.
        let raw = matches!(photometric, Some(32_803 | 34_892))
            || self.find(50_706).is_some()
            || reduced && self.find(330).is_some();
        let orientation = self.uint(274).and_then(|value| u8::try_from(value).ok());
        Directory {
            offset,
            next_at: self.end,
            width: side(256),
            height: side(257),
            orientation: orientation
                .and_then(Orientation::from_exif)
                .unwrap_or(Orientation::NoTransforms),
            dpi: self.dpi(),
            refusal: (!self.decodable(photometric)).then_some(RefusalCode::UnsupportedEncoding),
            reduced,
            raw,
        }
    }

    /// Raw, G4, LZW, JPEG (not the old style, 6), Deflate or PackBits; grey, RGB, CMYK or YCbCr;
    /// samples of a pixel side by side.
    fn decodable(&self, photometric: Option<u64>) -> bool {
        let compression = self.uint(259).unwrap_or(1);
        let planes = self.uint(284).unwrap_or(1) == 2 && self.uint(277).unwrap_or(1) > 1;
        matches!(compression, 1 | 4 | 5 | 7 | 8 | 32_773 | 32_946)
            && matches!(photometric, Some(0 | 1 | 2 | 5 | 6))
            && !planes
    }
}

/// Bytes of one value of a field type (TIFF 6.0 §2).
fn size_of_type(kind: u64) -> Option<usize> {
    match kind {
        1 | 2 | 6 | 7 => Some(1),
        3 | 8 => Some(2),
        4 | 9 | 11 | 13 => Some(4),
        5 | 10 | 12 | 16..=18 => Some(8),
        _ => None,
    }
}
