//! A page of an open file, looked at: what is on it, with a small picture of it.

use casework::finding_code::RefusalCode;
use casework::ports::PageLooked;

use super::Eyes;
use crate::file::OpenFile;
use crate::picture;

/// Long side of the small picture of a page, pixels.
const THUMBNAIL_SIDE_PX: u32 = 240;

impl Eyes {
    /// Reads a page (1-based), and makes a small picture of it. What is odd about the file is told
    /// with its first page; a file that cannot be opened has no page that can be seen.
    pub fn look(&self, file: &Result<OpenFile<'_>, RefusalCode>, number: u32) -> PageLooked {
        let page = match file {
            Ok(file) => file.page(number),
            Err(code) => Err(*code),
        };
        let seen = page.as_ref().map_err(|code| *code).map(|page| {
            let mut reading = self.page(page);
            let odd = file.iter().filter(|_| number == 1);
            reading.findings.extend(odd.flat_map(|file| &file.findings));
            reading
        });
        let jpeg = page
            .ok()
            .and_then(|page| picture::of_page(page, THUMBNAIL_SIDE_PX));
        PageLooked {
            seen,
            thumbnail: jpeg.unwrap_or_default(),
        }
    }
}
