//! JPEG: headers by our own walk over the markers (ITU-T T.81 annex B), pixels by `zune-jpeg`.

use casework::finding_code::{FileFinding, RefusalCode};
use zune_core::bytestream::ZCursor;
use zune_core::colorspace::ColorSpace;
use zune_core::options::DecoderOptions;
use zune_jpeg::JpegDecoder;

use super::picture::{Picture, compact};
use super::tiff_pixels::paper;
use super::{Limits, exif, jpeg_header, note_trailing};

/// A JPEG whose header is within the limits.
pub(super) struct Jpeg<'a> {
    bytes: &'a [u8],
    header: jpeg_header::Header,
}

impl<'a> Jpeg<'a> {
    pub fn open(
        bytes: &'a [u8],
        limits: &Limits,
        findings: &mut Vec<FileFinding>,
    ) -> Result<Self, RefusalCode> {
        let header = jpeg_header::read(bytes)?;
        limits.check_size(header.width, header.height)?;
        match header.end {
            Some(end) => note_trailing(bytes, end, findings),
            None => findings.push(FileFinding::TruncatedTail),
        }
        Ok(Self { bytes, header })
    }

    pub fn decode(&self) -> Result<Picture, RefusalCode> {
        let header = &self.header;
        // CMYK is stored inverted by whoever writes Adobe's marker, and plain by others; the
        // decoder only knows the first, so the second is converted here.
        let plain_cmyk = header.components == 4 && !header.adobe;
        let (space, channels) = match header.components {
            1 => (ColorSpace::Luma, 1),
            4 if plain_cmyk => (ColorSpace::CMYK, 4),
            _ => (ColorSpace::RGB, 3),
        };
        let options = DecoderOptions::default()
            .set_strict_mode(false)
            .set_max_width(usize::from(u16::MAX))
            .set_max_height(usize::from(u16::MAX))
            .jpeg_set_out_colorspace(space);
        let mut decoder = JpegDecoder::new_with_options(ZCursor::new(self.bytes), options);
        let size = header.width as usize * header.height as usize * channels;
        let mut pixels = vec![0; size];
        let outcome = decoder.decode_into(&mut pixels);
        let exif = decoder.exif().cloned();
        drop(decoder);
        if header.end.is_none() {
            let row_bytes = header.width as usize * channels;
            self.check_tail(&pixels, row_bytes)?;
        }
        outcome.map_err(|_| RefusalCode::UnreadableImage)?;
        if plain_cmyk {
            compact(&mut pixels, |[c, m, y, k]: [u8; 4]| {
                [paper(c, k), paper(m, k), paper(y, k)]
            });
        }
        let mut picture = match channels {
            1 => Picture::grey(header.width, header.height, pixels),
            _ => Picture::colour(header.width, header.height, pixels),
        }?;
        picture.dpi = header.dpi;
        if let Some(raw) = exif {
            let (orientation, dpi) = exif::read(&raw);
            picture.orientation = orientation;
            picture.dpi = picture.dpi.or(dpi);
        }
        Ok(picture)
    }

    /// A cut-off picture is taken when at least 95 % of its rows are there. The decoder fills the
    /// missing rows with mid grey. A progressive one has all its rows from the first scan on:
    /// it is taken when only the last bit of its detail is missing.
    fn check_tail(&self, pixels: &[u8], row_bytes: usize) -> Result<(), RefusalCode> {
        const FILL: u8 = 128;
        let whole = if self.header.progressive {
            self.header.detail_complete
        } else {
            let missing = pixels
                .rchunks_exact(row_bytes.max(1))
                .take_while(|row| row.iter().all(|sample| *sample == FILL))
                .count();
            missing * 20 <= self.header.height as usize
        };
        if whole {
            Ok(())
        } else {
            Err(RefusalCode::Truncated)
        }
    }
}
