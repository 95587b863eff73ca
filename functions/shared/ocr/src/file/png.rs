//! PNG (ISO/IEC 15948) by the `png` crate: every colour type and depth comes out 8-bit on white.

use std::io::Cursor;

use casework::finding_code::{FileFinding, RefusalCode};
use png::{Decoder, DecodingError, Reader, Transformations, Unit};

use super::picture::Picture;
use super::{Limits, exif, note_trailing};

/// Working memory the decoder may take besides the pixels, bytes.
const DECODER_BYTES_MAX: usize = 64 * 1024 * 1024;

/// A PNG whose header is within the limits.
pub(super) struct Png<'a> {
    bytes: &'a [u8],
}

impl<'a> Png<'a> {
    pub fn open(
        bytes: &'a [u8],
        limits: &Limits,
        findings: &mut Vec<FileFinding>,
    ) -> Result<Self, RefusalCode> {
        let (width, height) = size(bytes).ok_or(RefusalCode::UnreadableImage)?;
        limits.check_size(width, height)?;
        let chunks = chunks(bytes);
        if chunks.animated {
            findings.push(FileFinding::Animated);
        }
        match chunks.end {
            Some(end) => note_trailing(bytes, end, findings),
            None => findings.push(FileFinding::TruncatedTail),
        }
        Ok(Self { bytes })
    }

    pub fn decode(&self) -> Result<Picture, RefusalCode> {
        let mut decoder = Decoder::new_with_limits(
            Cursor::new(self.bytes),
            png::Limits {
                bytes: DECODER_BYTES_MAX,
            },
        );
        decoder.set_ignore_text_chunk(true);
        decoder.set_ignore_iccp_chunk(true);
        decoder.set_transformations(Transformations::normalize_to_color8());
        let mut reader = decoder.read_info().map_err(refusal)?;
        let info = reader.info();
        let (width, height) = info.size();
        let interlaced = info.interlaced;
        let dpi = info
            .pixel_dims
            .filter(|dims| matches!(dims.unit, Unit::Meter))
            .map(|dims| f64::from(dims.xppu) * 0.0254);
        let raw_exif = info.exif_metadata.as_ref().map(|raw| raw.to_vec());
        let channels = reader.output_color_type().0.samples();
        let pixels = if interlaced {
            whole(&mut reader)?
        } else {
            by_rows(&mut reader, height as usize)?
        };
        let mut picture = Picture::interleaved(width, height, channels, pixels)?;
        #[expect(
            clippy::cast_possible_truncation,
            reason = "a resolution needs no more digits"
        )]
        let dpi = dpi.map(|dpi| dpi as f32);
        picture.dpi = dpi;
        if let Some(raw) = raw_exif {
            let (orientation, dpi) = exif::read(&raw);
            picture.orientation = orientation;
            picture.dpi = picture.dpi.or(dpi);
        }
        Ok(picture)
    }
}

/// An interlaced picture has no last rows to miss: it is whole or it is not.
fn whole(reader: &mut Reader<Cursor<&[u8]>>) -> Result<Vec<u8>, RefusalCode> {
    let size = reader
        .output_buffer_size()
        .ok_or(RefusalCode::PixelsOverLimit)?;
    let mut pixels = vec![0; size];
    reader.next_frame(&mut pixels).map_err(refusal)?;
    Ok(pixels)
}

/// Row by row, so that a cut-off picture with at least 95 % of its rows is still taken;
/// the missing ones are left white.
fn by_rows(reader: &mut Reader<Cursor<&[u8]>>, height: usize) -> Result<Vec<u8>, RefusalCode> {
    let row_bytes = reader
        .output_line_size(reader.info().width)
        .ok_or(RefusalCode::PixelsOverLimit)?;
    let mut pixels = Vec::with_capacity(row_bytes * height);
    for row in 0..height {
        match reader.next_row() {
            Ok(Some(data)) => pixels.extend_from_slice(data.data()),
            Err(error) if (height - row) * 20 > height => return Err(refusal(error)),
            Ok(None) | Err(_) => break,
        }
    }
    pixels.resize(row_bytes * height, u8::MAX);
    Ok(pixels)
}

#[expect(clippy::needless_pass_by_value, reason = "for map_err")]
fn refusal(error: DecodingError) -> RefusalCode {
    match error {
        DecodingError::IoError(_) => RefusalCode::Truncated,
        DecodingError::LimitsExceeded => RefusalCode::PixelsOverLimit,
        DecodingError::Format(_) | DecodingError::Parameter(_) => RefusalCode::UnreadableImage,
    }
}

/// Width and height from the first chunk.
fn size(bytes: &[u8]) -> Option<(u32, u32)> {
    let header = bytes.get(8..24)?.strip_prefix(b"\0\0\0\x0DIHDR")?;
    let (width, rest) = header.split_first_chunk()?;
    let (height, _) = rest.split_first_chunk()?;
    Some((u32::from_be_bytes(*width), u32::from_be_bytes(*height)))
}

struct Chunks {
    animated: bool,
    end: Option<usize>,
}

/// Walks the chunks without inflating any.
fn chunks(bytes: &[u8]) -> Chunks {
    let mut found = Chunks {
        animated: false,
        end: None,
    };
    let mut at = 8_usize;
    while let Some((length, rest)) = bytes.get(at..).and_then(|rest| rest.split_first_chunk()) {
        let length = u32::from_be_bytes(*length) as usize;
        let Some(next) = at.checked_add(length).and_then(|end| end.checked_add(12)) else {
            break;
        };
        match rest.get(..4) {
            Some(b"acTL") => found.animated = true,
            Some(b"IEND") => {
                found.end = Some(next);
                break;
            }
            _ => {}
        }
        at = next;
    }
    found
}
