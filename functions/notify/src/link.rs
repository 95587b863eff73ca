//! The message that carries an application's private link.
//!
//! The link is its holder's key. It stands in this message and nowhere else: not in the outbox, not
//! in a log. Never here: how a link is made.

use casework::notice::{Message, Notice, NoticeKind};
use casework::personal::Personal;
use casework::words::{Language, Words};

use crate::message::{escaped, page};

/// Whom to send an application's private link, and where it leads.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PrivateLink {
    /// The e-mail address that was given.
    pub to: Personal<String>,
    /// The language that the application was begun in.
    pub language: Language,
    /// The whole address.
    pub address: Personal<String>,
}

impl PrivateLink {
    /// The message: the greeting, the reference, the link, and nothing else of a person.
    pub(crate) fn message(self, notice: &Notice) -> Message {
        let words = Words::of(self.language);
        let key = |part: &str| format!("notice-{}{part}", NoticeKind::PrivateLink.key());
        let reference = [("reference", notice.case.as_str())];
        let before = [
            words.say("notice-greeting-nobody"),
            words.say_with(&key(""), &reference),
        ];
        let after = [words.say(&key("-next")), words.say("notice-footer")];
        let link = self.address.reveal();
        let text = format!(
            "{}\n\n{link}\n\n{}",
            before.join("\n\n"),
            after.join("\n\n")
        );
        let paragraphs = |texts: &[String]| {
            let told = texts
                .iter()
                .map(|text| format!("<p>{}</p>\n", escaped(text)));
            told.collect::<String>()
        };
        let shown = escaped(link);
        let html = format!(
            "<div lang=\"{}\">\n{}<p><a href=\"{shown}\">{shown}</a></p>\n{}</div>\n",
            self.language.code(),
            paragraphs(&before),
            paragraphs(&after),
        );
        Message {
            id: notice.id(),
            to: self.to,
            languages: vec![self.language],
            subject: format!("{}: {}", notice.case, words.say(&key("-subject"))),
            text: text.into(),
            html: page(&html).into(),
            papers: Vec::new(),
        }
    }
}

#[cfg(test)]
mod tests {
    use casework::case::CaseId;

    use super::*;

    #[test]
    fn the_message_has_the_link_and_nothing_of_a_person() {
        let reference = CaseId::try_from("0000-0000-0000".to_owned()).unwrap();
        let address = "https://portal.example/open/0000-0000-0000/abcd2345";
        for language in Language::ALL {
            let link = PrivateLink {
                to: "aigul@mail.example".into(),
                language,
                address: address.into(),
            };
            let message = link.message(&Notice::of_application(reference.clone()));
            assert_eq!(message.id.to_string(), "0000-0000-0000.0");
            assert!(message.subject.starts_with("0000-0000-0000: "));
            assert!(!message.subject.contains("abcd2345"));
            let text = message.text.reveal();
            assert_eq!(text.lines().filter(|line| *line == address).count(), 1);
            let html = message.html.reveal();
            assert!(html.contains(&format!("<a href=\"{address}\">")), "{html}");
            for said in [text, html] {
                assert!(said.contains("0000-0000-0000") && !said.contains("aigul"));
                assert!(!said.contains("notice-"), "{said}");
            }
        }
    }
}
