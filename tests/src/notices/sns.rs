//! What goes to the cloud's service for texts, in the words of its own interface.

use std::collections::BTreeMap;

use aws::{TextClass, Texts};
use casework::notice::Text;
use casework::ports::{Delivery, Sender as _};

use super::service::Service;

const TAKEN: &str =
    "<PublishResponse><PublishResult><MessageId>1</MessageId></PublishResult></PublishResponse>";
const REFUSED: &str = "<ErrorResponse><Error><Type>Sender</Type><Code>InvalidParameter</Code>\
    <Message>Invalid parameter: PhoneNumber Reason: +49300000012 is not valid to publish to</Message>\
    </Error></ErrorResponse>";

/// What the service is given for a text, which it answers so; and what became of the text.
async fn given(
    status: &str,
    answer: &str,
    sender: Option<&str>,
) -> (BTreeMap<String, String>, Delivery) {
    let service = Service::answering(status, "text/xml", answer);
    let class = TextClass::Transactional;
    let texts = Texts::new(&service.settings(), class, sender.map(str::to_owned));
    let sent = texts
        .send(&Text {
            id: "0000-0000-0000.3".parse().unwrap(),
            to: "+49300000012".into(),
            text: "Консулдық есеп, іс 0000-0000-0000: өтінішіңіз қабылданды.".to_owned(),
        })
        .await;
    let given = service.given();
    let pairs = form_urlencoded::parse(given.as_bytes()).into_owned();
    (pairs.collect(), sent)
}

#[tokio::test]
async fn a_text_goes_to_its_number_with_the_names_of_class_and_sender() {
    let (given, sent) = given("200 OK", TAKEN, Some("Consulate")).await;
    assert_eq!(sent, Delivery::Sent);
    assert_eq!(given["Action"], "Publish");
    assert_eq!(given["PhoneNumber"], "+49300000012");
    let expected = "Консулдық есеп, іс 0000-0000-0000: өтінішіңіз қабылданды.";
    assert_eq!(given["Message"], expected);
    let attribute = |number: u8, what: &str| {
        given[&format!("MessageAttributes.entry.{number}.{what}")].as_str()
    };
    let attributes: BTreeMap<_, _> = [1, 2]
        .map(|number| {
            let value = attribute(number, "Value.StringValue");
            assert_eq!(attribute(number, "Value.DataType"), "String");
            (attribute(number, "Name"), value)
        })
        .into();
    let expected = [
        ("AWS.SNS.SMS.SMSType", "Transactional"),
        ("AWS.SNS.SMS.SenderID", "Consulate"),
    ];
    assert_eq!(attributes, expected.into());
}

#[tokio::test]
async fn a_text_that_is_turned_away_waits_and_nobody_is_told_the_number() {
    let (given, sent) = given("400 Bad Request", REFUSED, None).await;
    assert!(!given.values().any(|value| value.contains("SenderID")));
    let Delivery::Later(why) = sent else {
        panic!("{sent:?}");
    };
    assert_eq!(why, "the service for texts answers InvalidParameter");
}
