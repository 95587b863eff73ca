//! A paper as its form brings it.
//!
//! Never here: what is done with it.

use axum::extract::Multipart;
use axum::extract::multipart::Field;
use casework::finding_code::Hint;

/// Characters of a file's name that are kept.
const NAME_LENGTH_MAX: usize = 255;

/// A paper as it was sent.
pub struct Sent {
    /// Its bytes.
    pub bytes: Vec<u8>,
    /// Its file's name, shortened.
    pub name: String,
    /// What the page warned of before it was sent.
    pub warned_of: Vec<Hint>,
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
    let mut warned_of = Vec::new();
    while let Some(field) = form.next_field().await.map_err(|_| NotSent::CutOff)? {
        match field.name() {
            Some("file") if file.is_none() => file = Some(whole(field).await?),
            Some("sent_anyway") => {
                let text = field.text().await.map_err(|_| NotSent::CutOff)?;
                warned_of = Hint::listed(&text);
            }
            _ => {}
        }
    }
    let (name, bytes) = file.ok_or(NotSent::NoFile)?;
    if name.is_empty() && bytes.is_empty() {
        return Err(NotSent::NoFile);
    }
    Ok(Sent {
        bytes,
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
