//! TIFF of one or many pages: directories by our own walk, pixels by the `tiff` crate, strip by strip.

use std::io::{Read, Result as IoResult, Seek, SeekFrom};
use std::ops::Range;

use casework::finding_code::{FileFinding, RefusalCode};
use tiff::decoder::{ChunkType, Decoder, DecodingResult};
use tiff::{ColorType, TiffError};

use super::picture::Picture;
use super::tiff_header::{Directory, pages};
use super::{Limits, tiff_pixels};

/// One decoded strip or tile, bytes: a whole page of 16-bit colour within the pixel limit
/// passes only when it comes in pieces.
const CHUNK_BYTES_MAX: usize = 192 * 1024 * 1024;

/// A TIFF whose directories are read.
pub(super) struct Tiff<'a> {
    bytes: &'a [u8],
    limits: Limits,
    directories: Vec<Directory>,
}

impl<'a> Tiff<'a> {
    pub fn open(
        bytes: &'a [u8],
        limits: &Limits,
        findings: &mut Vec<FileFinding>,
    ) -> Result<Self, RefusalCode> {
        let found = pages(bytes, limits.pages_max)?;
        limits.check_pages(found.directories.len())?;
        if found.cut_off {
            findings.push(FileFinding::TruncatedTail);
        }
        let tiff = Self {
            bytes,
            limits: *limits,
            directories: found.directories,
        };
        if let [only] = tiff.directories.as_slice() {
            tiff.check(only)?;
        }
        Ok(tiff)
    }

    pub fn pages(&self) -> usize {
        self.directories.len()
    }

    /// Decodes one page, 1-based.
    pub fn decode(&self, number: u32) -> Result<Picture, RefusalCode> {
        let index = (number as usize).wrapping_sub(1);
        let directory = self.directories.get(index);
        let directory = directory.ok_or(RefusalCode::UnreadableImage)?;
        self.check(directory)?;
        let file = Redirected::new(self.bytes, directory);
        let mut limits = tiff::decoder::Limits::default();
        limits.decoding_buffer_size = CHUNK_BYTES_MAX;
        let mut decoder = Decoder::new(file).map_err(refusal)?.with_limits(limits);
        let mut picture = decode(&mut decoder, directory)?;
        picture.orientation = directory.orientation;
        picture.dpi = directory.dpi;
        Ok(picture)
    }

    fn check(&self, page: &Directory) -> Result<(), RefusalCode> {
        page.refusal.map_or(Ok(()), Err)?;
        self.limits.check_size(page.width, page.height)
    }
}

fn decode(decoder: &mut Decoder<Redirected<'_>>, page: &Directory) -> Result<Picture, RefusalCode> {
    let colour = decoder.colortype().map_err(refusal)?;
    let channels = if matches!(colour, ColorType::Gray(_) | ColorType::GrayA(_)) {
        1
    } else {
        3
    };
    let (width, height) = (page.width as usize, page.height as usize);
    if decoder.dimensions().map_err(refusal)? != (page.width, page.height) {
        return Err(RefusalCode::UnreadableImage);
    }
    let mut pixels = vec![u8::MAX; width * height * channels];
    let (chunk_width, chunk_height) = decoder.chunk_dimensions();
    if chunk_width == 0 || chunk_height == 0 {
        return Err(RefusalCode::UnreadableImage);
    }
    let across = page.width.div_ceil(chunk_width);
    let count = match decoder.get_chunk_type() {
        ChunkType::Strip => decoder.strip_count(),
        ChunkType::Tile => decoder.tile_count(),
    };
    let count = count
        .map_err(refusal)?
        .min(across * page.height.div_ceil(chunk_height));
    for chunk in 0..count {
        let (columns, rows) = decoder.chunk_data_dimensions(chunk);
        let left = (chunk % across * chunk_width) as usize * channels;
        let top = (chunk / across * chunk_height) as usize;
        let data = decoder.read_chunk(chunk).map_err(refusal)?;
        let samples = eight_bits(data)?;
        for row in 0..rows as usize {
            let line = tiff_pixels::row(colour, &samples, columns as usize, row)
                .ok_or(RefusalCode::UnsupportedEncoding)?;
            let start = (top + row) * width * channels + left;
            if let Some(target) = pixels.get_mut(start..start + line.len()) {
                target.copy_from_slice(&line);
            }
        }
    }
    Picture::interleaved(page.width, page.height, channels, pixels)
}

/// Samples of 16 bits lose their lower half, smaller ones stay packed.
#[expect(
    clippy::wildcard_enum_match_arm,
    reason = "every other sample is no scan's"
)]
fn eight_bits(data: DecodingResult) -> Result<Vec<u8>, RefusalCode> {
    match data {
        DecodingResult::U8(samples) => Ok(samples),
        DecodingResult::U16(samples) => {
            let high = samples.iter().map(|sample| sample.to_be_bytes()[0]);
            Ok(high.collect())
        }
        _ => Err(RefusalCode::UnsupportedEncoding),
    }
}

#[expect(clippy::needless_pass_by_value, reason = "for map_err")]
fn refusal(error: TiffError) -> RefusalCode {
    match error {
        TiffError::IoError(_) => RefusalCode::Truncated,
        TiffError::UnsupportedError(_) => RefusalCode::UnsupportedEncoding,
        TiffError::LimitsExceeded => RefusalCode::PixelsOverLimit,
        TiffError::FormatError(_) | TiffError::IntSizeError | TiffError::UsageError(_) => {
            RefusalCode::UnreadableImage
        }
    }
}

/// The file with its header pointing at one directory and nothing behind it, so that each page
/// is decoded by itself and a broken one, or a chain that bites its tail, costs no other.
struct Redirected<'a> {
    header: Vec<u8>,
    /// Read as zeros: the offset of the next directory.
    end_of_chain: Range<usize>,
    bytes: &'a [u8],
    at: u64,
}

impl<'a> Redirected<'a> {
    fn new(bytes: &'a [u8], directory: &Directory) -> Self {
        let big = matches!(bytes.get(2..4), Some([43, 0] | [0, 43]));
        let (start, size) = if big { (8, 8) } else { (4, 4) };
        let offset = (directory.offset as u64).to_be_bytes();
        let mut pointer = offset.get(8 - size..).unwrap_or_default().to_vec();
        if bytes.starts_with(b"II") {
            pointer.reverse();
        }
        let mut header = bytes.get(..start).unwrap_or_default().to_vec();
        header.extend(pointer);
        Self {
            header,
            end_of_chain: directory.next_at..directory.next_at + size,
            bytes,
            at: 0,
        }
    }
}

impl Read for Redirected<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> IoResult<usize> {
        let at = usize::try_from(self.at).unwrap_or(usize::MAX);
        let from = |start: usize| self.bytes.get(start..).unwrap_or_default();
        let mut rest = if at < self.header.len() {
            self.header.get(at..).unwrap_or_default()
        } else if self.end_of_chain.contains(&at) {
            [0; 8].get(..self.end_of_chain.end - at).unwrap_or_default()
        } else if at < self.end_of_chain.start {
            let before = self.bytes.get(at..self.end_of_chain.start);
            before.unwrap_or_else(|| from(at))
        } else {
            from(at)
        };
        let count = rest.read(buffer)?;
        self.at += count as u64;
        Ok(count)
    }
}

impl Seek for Redirected<'_> {
    fn seek(&mut self, to: SeekFrom) -> IoResult<u64> {
        let moved = match to {
            SeekFrom::Start(at) => Some(at),
            SeekFrom::End(by) => (self.bytes.len() as u64).checked_add_signed(by),
            SeekFrom::Current(by) => self.at.checked_add_signed(by),
        };
        self.at = moved.ok_or(std::io::ErrorKind::InvalidInput)?;
        Ok(self.at)
    }
}
