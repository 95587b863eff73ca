//! What we see: pixels to readings. Of what is deployed the only crate that names `image` and `tesseract`.
//!
//! Never here: a rule about what a value should be (that is `casework`), a store, a network.

pub mod codes;
pub mod file;
pub mod focus;
pub mod frame;
pub mod homography;
pub mod layout;
pub mod line;
pub mod mrz;
pub mod net;
pub mod page;
pub mod picture;
pub mod print;
pub mod quality;
pub mod raster;
pub mod read;
