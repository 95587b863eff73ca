//! Small pixel operations on grey rasters, each one pass over the pixels.
//!
//! Never here: what the pixels mean.
//!
//! `imageproc` does most of this too, but labels every pixel where only the blobs'
//! boxes are asked for, divides per pixel in its threshold, and brings a linear-algebra
//! crate to build; these loops are what the reader spends its time in.

mod bilinear;
mod blobs;
mod ink;
mod light;
mod pyramid;
mod shrink;

pub use bilinear::Bilinear;
pub use blobs::{Blob, blobs};
pub use ink::{Ink, ink};
pub use light::{calmed, lit, noise};
pub use pyramid::{Pyramid, doubled, halve};
pub use shrink::shrunk;
