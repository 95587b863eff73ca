//! What a file really is, by its first bytes.
//!
//! Five types are taken; whatever can run is active content; all the rest is not taken, so
//! it needs no list. Nothing is unpacked to find out.

use casework::finding_code::RefusalCode;

use super::FileKind;

/// Bytes looked at for markup and scripts.
const TEXT_PROBE_BYTES: usize = 4096;

/// Types that are never taken, whatever is hidden in their first kilobyte.
const ARCHIVES: [&[u8]; 4] = [b"PK", b"Rar!", b"7z\xBC\xAF", b"GIF8"];

/// The type by content.
///
/// # Errors
/// `UNSUPPORTED_TYPE`, `HEIC`, or `ACTIVE_CONTENT` for what could run on somebody's machine.
pub(super) fn kind(bytes: &[u8]) -> Result<FileKind, RefusalCode> {
    if bytes.starts_with(b"\xFF\xD8") {
        return Ok(FileKind::Jpeg);
    }
    if bytes.starts_with(b"\x89PNG\r\n\x1A\n") {
        return Ok(FileKind::Png);
    }
    if bytes.starts_with(b"RIFF") && bytes.get(8..12) == Some(b"WEBP") {
        return Ok(FileKind::WebP);
    }
    if matches!(
        bytes.get(..4),
        Some(b"II*\0" | b"MM\0*" | b"II+\0" | b"MM\0+")
    ) {
        return Ok(FileKind::Tiff);
    }
    // Readers look for the header in the first kilobyte, so what stands before it is judged first.
    if is_program(bytes) || is_script(bytes) {
        return Err(RefusalCode::ActiveContent);
    }
    if is_heic(bytes) {
        return Err(RefusalCode::Heic);
    }
    let is_archive = ARCHIVES.iter().any(|magic| bytes.starts_with(magic));
    let head = bytes.get(..1024).unwrap_or(bytes);
    if !is_archive && head.windows(5).any(|window| window == b"%PDF-") {
        return Ok(FileKind::Pdf);
    }
    Err(RefusalCode::UnsupportedType)
}

/// Windows, Linux, macOS, Java, Android, WebAssembly programs, and Windows shortcuts.
fn is_program(bytes: &[u8]) -> bool {
    const MAGICS: [&[u8]; 10] = [
        b"MZ",
        b"\x7FELF",
        b"\xFE\xED\xFA\xCE",
        b"\xFE\xED\xFA\xCF",
        b"\xCE\xFA\xED\xFE",
        b"\xCF\xFA\xED\xFE",
        b"\xCA\xFE\xBA\xBE",
        b"dex\n",
        b"\0asm",
        b"L\0\0\0\x01\x14\x02\0",
    ];
    MAGICS.iter().any(|magic| bytes.starts_with(magic))
}

/// Web pages, scripts and the antivirus test file. Only text is searched, so that no
/// compressed archive is quarantined by accident.
fn is_script(bytes: &[u8]) -> bool {
    const STARTS: [&str; 8] = [
        "#!",
        "<?php",
        "<%",
        "@echo",
        "<job",
        "<hta:",
        "x5o!p%@ap[4",
        "<!--",
    ];
    const CONTAINS: [&str; 20] = [
        "<!doctype html",
        "<html",
        "<head",
        "<body",
        "<script",
        "<iframe",
        "<object",
        "<embed",
        "javascript:",
        "eval(",
        "document.",
        "window.",
        "function(",
        "function (",
        "require(",
        "createobject(",
        "wscript.",
        "powershell",
        "invoke-",
        "#!/",
    ];
    if bytes.starts_with(b"%PDF-") {
        return false;
    }
    let probe = bytes.get(..TEXT_PROBE_BYTES).unwrap_or(bytes);
    let Some(text) = as_text(probe) else {
        return false;
    };
    STARTS.iter().any(|start| text.starts_with(start))
        || CONTAINS.iter().any(|part| text.contains(part))
}

/// Lower-cased text without its byte order mark; `None` for binary data. UTF-16 is read by
/// leaving its zero bytes out: markup is ASCII.
fn as_text(probe: &[u8]) -> Option<String> {
    let wide = probe.starts_with(b"\xFF\xFE") || probe.starts_with(b"\xFE\xFF");
    let body = if wide {
        probe.get(2..)?
    } else {
        probe.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(probe)
    };
    let is_control = |byte: &u8| *byte < 9 || (14..32).contains(byte) && *byte != 27;
    let bytes: Vec<u8> = body
        .iter()
        .copied()
        .filter(|b| !(wide && *b == 0))
        .collect();
    if bytes.iter().any(is_control) && !wide {
        return None;
    }
    Some(String::from_utf8_lossy(&bytes).trim_start().to_lowercase())
}

/// ISO/IEC 23008-12 brands of HEVC-coded pictures. AVIF shares `mif1` and is told apart by
/// its compatible brands.
fn is_heic(bytes: &[u8]) -> bool {
    const BRANDS: [&[u8]; 9] = [
        b"heic", b"heix", b"hevc", b"hevx", b"heim", b"heis", b"hevm", b"mif1", b"msf1",
    ];
    if bytes.get(4..8) != Some(b"ftyp") {
        return false;
    }
    let length = bytes
        .first_chunk()
        .map_or(0, |length| u32::from_be_bytes(*length)) as usize;
    let brands = bytes.get(8..length.clamp(12, 256)).unwrap_or_default();
    let has = |brand: &[u8]| brands.chunks_exact(4).any(|b| b == brand);
    BRANDS.iter().any(|brand| has(brand)) && !has(b"avif") && !has(b"avis")
}

/// Whether the name's extension is a known one of another type.
pub(super) fn name_differs(name: &str, kind: FileKind) -> bool {
    const OTHERS: [&str; 28] = [
        "gif", "heic", "heif", "avif", "bmp", "jxl", "svg", "psd", "dng", "doc", "docx", "xls",
        "xlsx", "odt", "rtf", "txt", "html", "htm", "js", "exe", "bat", "zip", "rar", "7z", "eml",
        "mp4", "mov", "jp2",
    ];
    let Some((_, extension)) = name.rsplit_once('.') else {
        return false;
    };
    let extension = extension.to_ascii_lowercase();
    let said = match extension.as_str() {
        "jpg" | "jpeg" | "jpe" | "jfif" => Some(FileKind::Jpeg),
        "png" | "apng" => Some(FileKind::Png),
        "webp" => Some(FileKind::WebP),
        "pdf" => Some(FileKind::Pdf),
        "tif" | "tiff" => Some(FileKind::Tiff),
        _ => None,
    };
    said.map_or_else(|| OTHERS.contains(&extension.as_str()), |said| said != kind)
}
