//! How much of a file is taken.

use casework::finding_code::RefusalCode;

/// A page with a shorter side below this is no scan of anything, pixels.
const SIDE_MIN: u32 = 50;
/// Long side by short side: a till roll is not a document.
const ASPECT_MAX: u32 = 20;

/// Limits of one file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// Size of the file, bytes.
    pub bytes_max: usize,
    /// Pages in the file.
    pub pages_max: u32,
    /// Pixels of one page.
    pub pixels_max: u64,
    /// Either side of one page, pixels.
    pub side_max: u32,
}

impl Limits {
    /// An applicant's upload, and `read`.
    pub const APPLICANT: Self = Self {
        bytes_max: 20 * 1024 * 1024,
        pages_max: 10,
        pixels_max: 50_000_000,
        side_max: 20_000,
    };
    /// A clerk's batch file.
    pub const BATCH: Self = Self {
        bytes_max: 1024 * 1024 * 1024,
        pages_max: 500,
        ..Self::APPLICANT
    };

    /// Whether a page of this size is looked at at all. Shape is judged before size, so that
    /// 1 × 50,000 is told what is wrong with it.
    pub(super) fn check_size(&self, width: u32, height: u32) -> Result<(), RefusalCode> {
        let (short, long) = (width.min(height), width.max(height));
        if short == 0 || long < SIDE_MIN {
            Err(RefusalCode::TooSmall)
        } else if long / short >= ASPECT_MAX {
            Err(RefusalCode::BadShape)
        } else if short < SIDE_MIN {
            Err(RefusalCode::TooSmall)
        } else if long > self.side_max || u64::from(width) * u64::from(height) > self.pixels_max {
            Err(RefusalCode::PixelsOverLimit)
        } else {
            Ok(())
        }
    }

    /// Whether so many pages are taken.
    pub(super) fn check_pages(&self, pages: usize) -> Result<u32, RefusalCode> {
        match u32::try_from(pages) {
            Ok(pages) if pages <= self.pages_max => Ok(pages),
            _ => Err(RefusalCode::TooManyPages),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes_at_and_beyond_each_edge() {
        use RefusalCode::{BadShape, PixelsOverLimit, TooSmall};
        for (width, height, expected) in [
            (0, 0, Err(TooSmall)),
            (0, 600, Err(TooSmall)),
            (1, 1, Err(TooSmall)),
            (49, 60, Err(TooSmall)),
            (50, 50, Ok(())),
            (1, 50_000, Err(BadShape)),
            (50, 999, Ok(())),
            (50, 1_000, Err(BadShape)),
            (10_000, 5_000, Ok(())),
            (10_000, 5_001, Err(PixelsOverLimit)),
            (20_000, 2_500, Ok(())),
            (20_001, 2_000, Err(PixelsOverLimit)),
            (60_000, 60_000, Err(PixelsOverLimit)),
            (u32::MAX, u32::MAX, Err(PixelsOverLimit)),
        ] {
            assert_eq!(
                Limits::APPLICANT.check_size(width, height),
                expected,
                "{width} × {height}"
            );
        }
    }

    #[test]
    fn pages_at_and_beyond_the_limit() {
        assert_eq!(Limits::APPLICANT.check_pages(10), Ok(10));
        assert_eq!(
            Limits::APPLICANT.check_pages(11),
            Err(RefusalCode::TooManyPages)
        );
        assert_eq!(Limits::BATCH.check_pages(500), Ok(500));
    }
}
