//! Finds zones on a page and reads them.

use image::GrayImage;

use super::net::Net;
use super::search::{Search, plain, through_noise};
use super::settle::Settled;
use super::{FoundMrz, ReadMrz};
use crate::net::BrokenNet;
use crate::page::Page;
use crate::raster::{Pyramid, lit};

/// Reads zones with the small net; one thread, no state between pages.
pub struct MrzReader {
    net: Net,
}

impl MrzReader {
    /// Loads the net.
    ///
    /// # Errors
    /// [`BrokenNet`] if the weights in this program are broken.
    pub fn new() -> Result<Self, BrokenNet> {
        Ok(Self { net: Net::load()? })
    }

    /// Every zone on a page. A dark one on which none is seen is looked at again as if it had more light.
    pub fn zones_on(&self, page: &GrayImage) -> Vec<FoundMrz> {
        let as_it_is = Pyramid::new(page.clone());
        let mut search = Search::new(&self.net, &as_it_is);
        search.look_over(plain);
        search.look_for_bold();
        let mut found = search.found();
        if found.is_empty()
            && let Some(lit) = lit(page)
        {
            let with_light = Pyramid::new(lit);
            let mut search = Search::new(&self.net, &with_light);
            search.look_over(through_noise);
            found = search.found();
        }
        found.iter().map(Settled::found).collect()
    }
}

impl ReadMrz for MrzReader {
    fn zones(&self, page: &Page) -> Vec<FoundMrz> {
        self.zones_on(&page.grey)
    }
}
