//! WebP (RFC 9649) by the `image` crate; of an animation, the first frame.

use std::io::Cursor;

use casework::finding_code::{FileFinding, RefusalCode};
use image::ImageDecoder;
use image::codecs::webp::WebPDecoder;

use super::picture::Picture;
use super::{Limits, exif, note_trailing};

/// A WebP whose header is within the limits.
pub(super) struct WebP<'a> {
    bytes: &'a [u8],
}

impl<'a> WebP<'a> {
    pub fn open(
        bytes: &'a [u8],
        limits: &Limits,
        findings: &mut Vec<FileFinding>,
    ) -> Result<Self, RefusalCode> {
        let end = riff_end(bytes);
        let decoder = WebPDecoder::new(Cursor::new(bytes)).map_err(|_| missing(bytes, end))?;
        let (width, height) = decoder.dimensions();
        limits.check_size(width, height)?;
        if decoder.has_animation() {
            findings.push(FileFinding::Animated);
        }
        if end > bytes.len() {
            findings.push(FileFinding::TruncatedTail);
        }
        note_trailing(bytes, end, findings);
        Ok(Self { bytes })
    }

    pub fn decode(&self) -> Result<Picture, RefusalCode> {
        let failed = |_| missing(self.bytes, riff_end(self.bytes));
        let mut decoder = WebPDecoder::new(Cursor::new(self.bytes)).map_err(failed)?;
        let raw_exif = decoder.exif_metadata().ok().flatten();
        let (width, height) = decoder.dimensions();
        let channels = usize::from(decoder.color_type().channel_count());
        let size =
            usize::try_from(decoder.total_bytes()).map_err(|_| RefusalCode::PixelsOverLimit)?;
        let mut pixels = vec![0; size];
        decoder.read_image(&mut pixels).map_err(failed)?;
        let mut picture = Picture::interleaved(width, height, channels, pixels)?;
        if let Some(raw) = raw_exif {
            (picture.orientation, picture.dpi) = exif::read(&raw);
        }
        Ok(picture)
    }
}

/// Where the RIFF container says it ends.
fn riff_end(bytes: &[u8]) -> usize {
    let length = bytes.get(4..).and_then(|rest| rest.first_chunk());
    length.map_or(0, |length| 8 + u32::from_le_bytes(*length) as usize)
}

fn missing(bytes: &[u8], end: usize) -> RefusalCode {
    if end > bytes.len() {
        RefusalCode::Truncated
    } else {
        RefusalCode::UnreadableImage
    }
}
