//! A paper as its form brings it.
//!
//! Never here: what is done with it.

use axum::extract::Multipart;
use axum::extract::multipart::Field;
use casework::finding_code::Hint;
use casework::scan::ScanId;

/// Characters of a file's name that are kept.
const NAME_LENGTH_MAX: usize = 255;

/// A paper as it was sent.
pub struct Sent {
    /// Its bytes; none where they came before, piece by piece.
    pub bytes: Vec<u8>,
    /// The name of those that came before.
    pub whole: Option<ScanId>,
    /// Its file's name, shortened.
    pub name: String,
    /// What the page warned of before it was sent.
    pub warned_of: Vec<Hint>,
}

impl Sent {
    /// These bytes and nothing else.
    pub const fn of(bytes: Vec<u8>) -> Self {
        Self {
            bytes,
            whole: None,
            name: String::new(),
            warned_of: Vec::new(),
        }
    }
}

/// Why nothing was sent.
pub enum NotSent {
    /// No file was chosen.
    NoFile,
    /// The file is larger than is taken, or the connection was cut: which, cannot be told.
    CutOff,
}

/// Takes a form apart; the first file counts.
pub async fn sent(mut form: Multipart) -> Result<Sent, NotSent> {
    let mut file = None;
    let (mut whole_of, mut named) = (None, String::new());
    let mut warned_of = Vec::new();
    while let Some(field) = form.next_field().await.map_err(|_| NotSent::CutOff)? {
        match field.name() {
            Some("file") if file.is_none() => file = Some(whole(field).await?),
            Some("sent_anyway") => {
                let text = field.text().await.map_err(|_| NotSent::CutOff)?;
                warned_of = Hint::listed(&text);
            }
            Some("whole") => {
                let text = field.text().await.map_err(|_| NotSent::CutOff)?;
                whole_of = ScanId::try_from(text).ok();
            }
            Some("name") => {
                let text = field.text().await.map_err(|_| NotSent::CutOff)?;
                named = shortened(&text);
            }
            _ => {}
        }
    }
    if whole_of.is_some() && file.is_none() {
        return Ok(Sent {
            bytes: Vec::new(),
            whole: whole_of,
            name: named,
            warned_of,
        });
    }
    let (name, bytes) = file.ok_or(NotSent::NoFile)?;
    if name.is_empty() && bytes.is_empty() {
        return Err(NotSent::NoFile);
    }
    Ok(Sent {
        bytes,
        whole: None,
        name,
        warned_of,
    })
}

async fn whole(field: Field<'_>) -> Result<(String, Vec<u8>), NotSent> {
    let name = shortened(field.file_name().unwrap_or_default());
    let bytes = field.bytes().await.map_err(|_| NotSent::CutOff)?;
    Ok((name, bytes.to_vec()))
}

fn shortened(text: &str) -> String {
    let shown = text.chars().filter(|c| !c.is_control());
    shown.take(NAME_LENGTH_MAX).collect()
}
