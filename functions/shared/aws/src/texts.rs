//! Short texts by the messaging service (SNS), straight to a telephone number.
//!
//! The service knows no identity of such a message: only topics that keep an order tell doubles apart.
//! So the outbox alone keeps a text to one, but for the window that its sender tells of. It takes a text
//! before it looks for the telephone, and nothing comes back from there; what it does turn away may be
//! the fault of the account or of the region, and is tried again.

use std::collections::HashMap;

use aws_sdk_sns::Client;
use aws_sdk_sns::error::{BuildError, ProvideErrorMetadata as _};
use aws_sdk_sns::types::MessageAttributeValue;
use casework::notice::Text;
use casework::ports::{Delivery, Sender};

use crate::settings::Settings;

/// What the service is told beside the words.
const CLASS: &str = "AWS.SNS.SMS.SMSType";
const SENDER: &str = "AWS.SNS.SMS.SenderID";

/// How networks treat a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TextClass {
    /// Before others, at its price.
    Transactional,
    /// Cheaply, as advertisements are.
    Promotional,
}

impl TextClass {
    /// The class of this name, as the service writes it.
    pub fn named(name: &str) -> Option<Self> {
        [Self::Transactional, Self::Promotional]
            .into_iter()
            .find(|class| class.name() == name)
    }

    const fn name(self) -> &'static str {
        match self {
            Self::Transactional => "Transactional",
            Self::Promotional => "Promotional",
        }
    }
}

/// Carries short texts.
#[derive(Debug, Clone)]
pub struct Texts {
    sns: Client,
    class: TextClass,
    sender: Option<String>,
}

impl Texts {
    /// Texts of this class, which telephones show as `sender`'s where one is named and their country
    /// lets senders have names.
    pub fn new(settings: &Settings, class: TextClass, sender: Option<String>) -> Self {
        Self {
            sns: settings.sns(),
            class,
            sender,
        }
    }

    fn attributes(&self) -> Result<HashMap<String, MessageAttributeValue>, BuildError> {
        let class = Some((CLASS, self.class.name()));
        let sender = self.sender.as_deref().map(|sender| (SENDER, sender));
        let attribute = |(name, value): (&str, &str)| {
            let attribute = MessageAttributeValue::builder().data_type("String");
            Ok((name.to_owned(), attribute.string_value(value).build()?))
        };
        [class, sender]
            .into_iter()
            .flatten()
            .map(attribute)
            .collect()
    }
}

impl Sender<Text> for Texts {
    async fn send(&self, text: &Text) -> Delivery {
        let attributes = match self.attributes() {
            Ok(attributes) => attributes,
            Err(error) => return Delivery::Later(format!("a text cannot be made: {error}")),
        };
        let publish = self
            .sns
            .publish()
            .phone_number(text.to.reveal())
            .message(&text.text)
            .set_message_attributes(Some(attributes));
        match publish.send().await {
            Ok(_) => Delivery::Sent,
            Err(error) => Delivery::Later(match error.code() {
                Some(code) => format!("the service for texts answers {code}"),
                None => "the service for texts does not answer".to_owned(),
            }),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_class_is_named_as_the_service_names_it() {
        for (name, class) in [
            ("Transactional", Some(TextClass::Transactional)),
            ("Promotional", Some(TextClass::Promotional)),
            ("transactional", None),
            ("off", None),
            ("", None),
        ] {
            assert_eq!(TextClass::named(name), class, "{name:?}");
        }
    }
}
