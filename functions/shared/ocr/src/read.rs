//! One file: bytes to what is on its pages.
//!
//! Open it, look at each page that is not blank, find the documents, read their fields,
//! look again where a second opinion is worth something, measure how well it can be seen.
//! Never here: a rule about what a value should be. A deadline is the caller's business.

mod by_hand;
mod fuller;
mod latin;
mod look;
mod open;
mod page;
mod second_look;
mod signature;
mod text_layer;

use std::sync::Arc;

use casework::finding_code::RefusalCode;
use casework::reading::{FileReading, PageReading};

use crate::file::{self, Limits};
use crate::line::ReadPrint;
use crate::mrz::{MrzReader, ReadMrz};
use crate::net::BrokenNet;
use crate::page::Page;
use crate::print::{Jury, LineNet};

/// Changes with everything that may make the same bytes read differently: weights, layout,
/// thresholds. What an older reader saw is read again.
pub const VERSION: &str = "23";

/// A reader could not be loaded; nothing can be read on this machine until that is mended.
#[derive(Debug, thiserror::Error)]
pub enum NoEyes {
    /// The weights for zones or for lines are broken.
    #[error(transparent)]
    Net(#[from] BrokenNet),
    /// Tesseract or its data is missing.
    #[error(transparent)]
    Typed(#[from] crate::print::NoTesseract),
}

/// The readers, loaded once.
pub struct Eyes {
    /// Machine readable zones.
    pub mrz: Box<dyn ReadMrz + Send + Sync>,
    /// Lines of print on cards.
    pub print: Box<dyn ReadPrint + Send + Sync>,
    /// Typed sheets, and a second opinion on lines.
    pub typed: Box<dyn ReadPrint + Send + Sync>,
}

impl Eyes {
    /// Loads the readers.
    ///
    /// # Errors
    /// [`NoEyes`] says which one is missing.
    pub fn open() -> Result<Self, NoEyes> {
        Ok(Self {
            mrz: Box::new(MrzReader::new()?),
            typed: Box::new(Jury::start(Arc::new(LineNet::load()?))?),
            print: Box::new(LineNet::load()?),
        })
    }

    /// Reads one file. `name` only serves to notice that it lies about the type; `on_page`
    /// is told the number of every page when it is done.
    ///
    /// # Errors
    /// The code to refuse the file with; the same bytes are refused again.
    pub fn read(
        &self,
        bytes: &[u8],
        name: Option<&str>,
        limits: &Limits,
        on_page: &mut dyn FnMut(u32),
    ) -> Result<FileReading, RefusalCode> {
        let file = file::open(bytes, name, limits)?;
        let mut pages = Vec::new();
        for number in 1..=file.pages {
            pages.push(file.page(number).map(|page| self.page(&page)));
            on_page(number);
        }
        FileReading::of_pages(pages, file.findings)
    }

    /// Reads one page.
    pub fn page(&self, page: &Page) -> PageReading {
        if file::blank(page) {
            return page::without_print(page);
        }
        page::read(self, page)
    }
}
