//! What a JPEG's markers say before a pixel is decoded (ITU-T T.81 annex B, JFIF, Adobe APP14).

use casework::finding_code::RefusalCode;

/// The header of the first picture in the file.
#[derive(Debug, Default, PartialEq)]
pub(super) struct Header {
    pub width: u32,
    pub height: u32,
    pub components: u8,
    pub progressive: bool,
    /// Adobe's APP14 is present: CMYK is stored inverted.
    pub adobe: bool,
    /// JFIF's density, dots per inch.
    pub dpi: Option<f32>,
    /// Where the byte behind EOI is; `None` when the end is missing.
    pub end: Option<usize>,
    /// Progressive only: finished scans hold every coefficient of the first component up to its
    /// last bit.
    pub detail_complete: bool,
}

/// Reads up to the end of the first picture.
///
/// # Errors
/// `UNSUPPORTED_ENCODING` for a frame that no decoder here is proven on, `UNREADABLE_IMAGE` when
/// there is no frame or no scan.
pub(super) fn read(bytes: &[u8]) -> Result<Header, RefusalCode> {
    let mut walk = Walk { bytes, at: 2 };
    let mut header = Header::default();
    // Whether the scan being walked through finishes the detail, once something follows it.
    let mut scan = None;
    while let Some(marker) = walk.marker() {
        header.detail_complete |= scan.unwrap_or(false);
        match marker {
            END_OF_IMAGE => {
                header.end = Some(walk.at);
                break;
            }
            0x01 | 0xD0..=0xD8 => continue,
            _ => {}
        }
        let Some(segment) = walk.segment() else { break };
        match marker {
            0xC0..=0xC2 => frame(&mut header, marker, segment)?,
            // Lossless, differential and arithmetic frames, and JPEG-LS.
            0xC3 | 0xC5..=0xC7 | 0xC9..=0xCB | 0xCD..=0xCF | 0xF7 => {
                return Err(RefusalCode::UnsupportedEncoding);
            }
            START_OF_SCAN => {
                scan = Some(finishes_detail(segment));
                walk.skip_scan();
            }
            0xE0 => header.dpi = header.dpi.or_else(|| jfif_dpi(segment)),
            0xEE => header.adobe |= segment.starts_with(b"Adobe"),
            _ => {}
        }
    }
    if header.components == 0 || scan.is_none() {
        return Err(RefusalCode::UnreadableImage);
    }
    Ok(header)
}

const END_OF_IMAGE: u8 = 0xD9;
const START_OF_SCAN: u8 = 0xDA;

/// Frame header (T.81 B.2.2). A second frame in one picture changes nothing.
fn frame(header: &mut Header, marker: u8, segment: &[u8]) -> Result<(), RefusalCode> {
    let &[precision, h1, h0, w1, w0, components, ..] = segment else {
        return Err(RefusalCode::UnreadableImage);
    };
    if precision != 8 || !matches!(components, 1 | 3 | 4) {
        return Err(RefusalCode::UnsupportedEncoding);
    }
    if header.components == 0 {
        header.width = u32::from(u16::from_be_bytes([w1, w0]));
        header.height = u32::from(u16::from_be_bytes([h1, h0]));
        header.components = components;
        header.progressive = marker == 0xC2;
    }
    Ok(())
}

/// Whether a progressive scan refines the first component's whole spectrum to within its last
/// bit (T.81 G.1.1.1): what is still missing then cannot be seen.
fn finishes_detail(scan_header: &[u8]) -> bool {
    match scan_header {
        [1, _component, _tables, _start, 63, approximation] => approximation & 0x0F <= 1,
        _ => false,
    }
}

/// JFIF 1.02: units 1 per inch, 2 per centimetre.
fn jfif_dpi(segment: &[u8]) -> Option<f32> {
    let &[units, x1, x0, ..] = segment.strip_prefix(b"JFIF\0")?.get(2..)? else {
        return None;
    };
    let density = f32::from(u16::from_be_bytes([x1, x0]));
    super::exif::per_inch(density, u32::from(units) + 1)
}

/// A walk over marker segments that never leaves the bytes.
struct Walk<'a> {
    bytes: &'a [u8],
    at: usize,
}

impl<'a> Walk<'a> {
    /// The next marker's code; bytes that belong to none are passed over.
    fn marker(&mut self) -> Option<u8> {
        loop {
            let rest = self.bytes.get(self.at..)?;
            self.at += rest.iter().position(|byte| *byte == 0xFF)? + 1;
            let code = *self.bytes.get(self.at)?;
            if !matches!(code, 0x00 | 0xFF) {
                self.at += 1;
                return Some(code);
            }
        }
    }

    /// The segment behind a marker, without its length.
    fn segment(&mut self) -> Option<&'a [u8]> {
        let length = self.bytes.get(self.at..)?.first_chunk()?;
        let length = usize::from(u16::from_be_bytes(*length));
        let segment = self.bytes.get(self.at + 2..self.at + length)?;
        self.at += length;
        Some(segment)
    }

    /// To the marker that ends entropy-coded data; stuffed zeros and restarts do not.
    fn skip_scan(&mut self) {
        while let Some(code) = self.marker() {
            if !matches!(code, 0xD0..=0xD7) {
                self.at -= 2;
                return;
            }
        }
        self.at = self.bytes.len();
    }
}
