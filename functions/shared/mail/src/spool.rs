//! Short texts as files, for a program that has a modem or a gateway to take from.
//!
//! One file a text, `7F3K-9Q2M-4B1T.3.sms`, in the form in which SMS Server Tools 3 (3.1.16 and later)
//! takes outgoing messages; others read it as easily:
//!
//! ```text
//! To: 49300000012      the number with its country's code, without a plus sign
//! Alphabet: UTF-8
//!
//! Consular registration, case 7F3K-9Q2M-4B1T: your application was received.
//! ```
//!
//! A file is there whole or not at all: it is written in the folder `writing` beside. Its name is its
//! notice's, so that a text that is put there again takes the place of the first. It is its owner's
//! alone to read: the program that takes it runs as the same user, and takes it away.

use std::path::{Path, PathBuf};

use casework::notice::Text;
use casework::ports::{Delivery, Sender};

use crate::{MailError, put};

/// A folder of short texts.
#[derive(Debug, Clone)]
pub struct SmsSpool {
    folder: PathBuf,
    writing: PathBuf,
}

impl SmsSpool {
    /// The one at this path; it is made.
    ///
    /// # Errors
    /// [`MailError::Folder`] where it cannot be.
    pub fn at(folder: &Path) -> Result<Self, MailError> {
        let writing = folder.join("writing");
        std::fs::create_dir_all(&writing).map_err(|e| MailError::Folder(e.kind()))?;
        Ok(Self {
            folder: folder.to_owned(),
            writing,
        })
    }
}

impl Sender<Text> for SmsSpool {
    async fn send(&self, text: &Text) -> Delivery {
        let Some(to) = text.to.reveal().strip_prefix('+') else {
            return Delivery::Refused("not a number".to_owned());
        };
        let file = format!("To: {to}\nAlphabet: UTF-8\n\n{}\n", text.text);
        let name = format!("{}.sms", text.id);
        match put(&self.folder, &self.writing, &name, file.as_bytes()) {
            Ok(()) => Delivery::Sent,
            Err(error) => Delivery::Later(format!("the folder for texts: {}", error.kind())),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_text_is_one_whole_file_however_often_it_is_sent() {
        let dir = tempfile::tempdir().unwrap();
        let folder = dir.path().join("sms");
        let spool = SmsSpool::at(&folder).unwrap();
        let text = Text {
            id: "0000-0000-0000.3".parse().unwrap(),
            to: "+49300000012".into(),
            text: "Консулдық есеп, іс 0000-0000-0000: өтінішіңіз қабылданды.".to_owned(),
        };
        for _ in 0..2 {
            assert_eq!(spool.send(&text).await, Delivery::Sent);
        }
        let read = std::fs::read_to_string(folder.join("0000-0000-0000.3.sms")).unwrap();
        let expected = format!("To: 49300000012\nAlphabet: UTF-8\n\n{}\n", text.text);
        assert_eq!(read, expected);
        let files = |of: &Path| std::fs::read_dir(of).unwrap().count();
        assert_eq!((files(&folder), files(&folder.join("writing"))), (2, 0));

        // Whoever takes texts away takes the folder with them: it is tried again, once it is back.
        std::fs::remove_dir_all(&folder).unwrap();
        let sent = spool.send(&text).await;
        assert!(matches!(sent, Delivery::Later(_)), "{sent:?}");
    }
}
