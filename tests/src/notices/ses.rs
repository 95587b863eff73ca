//! What goes to the mail service of the cloud, in the words of its own interface.

use aws::Mail;
use casework::notice::{Enclosed, Message, NoticeId};
use casework::ports::{Delivery, Sender as _};
use casework::words::Language;
use data_encoding::BASE64;
use serde_json::{Value, json};

use super::FROM;
use super::service::Service;

/// What the service is given for a message with these papers.
async fn given(papers: &[&[u8]]) -> Value {
    let service = Service::answering("200 OK", "application/json", r#"{"MessageId": "1"}"#);
    let id: NoticeId = "0000-0000-0000.3".parse().unwrap();
    let papers = papers.iter().map(|pdf| Enclosed {
        name: format!("refusal-{}.pdf", id.case),
        pdf: pdf.to_vec().into(),
    });
    let message = Message {
        to: "applicant@mail.example".into(),
        languages: vec![Language::Kk],
        subject: format!("{}: a decision", id.case),
        text: "a text".into(),
        html: "<p>a text</p>".into(),
        papers: papers.collect(),
        id,
    };
    let mail = Mail::new(&service.settings(), FROM.to_owned(), None);
    assert_eq!(mail.send(&message).await, Delivery::Sent);
    serde_json::from_str(&service.given()).unwrap()
}

#[tokio::test]
async fn a_letter_goes_with_its_message() {
    let given = given(&[b"%PDF-1.7 a letter"]).await;
    assert_eq!(given["FromEmailAddress"], FROM);
    assert_eq!(
        given["Destination"]["ToAddresses"],
        json!(["applicant@mail.example"])
    );
    let expected = json!([{
        "RawContent": BASE64.encode(b"%PDF-1.7 a letter"),
        "FileName": "refusal-0000-0000-0000.pdf",
        "ContentType": "application/pdf",
        "ContentDisposition": "ATTACHMENT",
        "ContentTransferEncoding": "BASE64",
    }]);
    assert_eq!(given["Content"]["Simple"]["Attachments"], expected);
}

#[tokio::test]
async fn a_message_alone_has_nothing_attached() {
    let given = given(&[]).await;
    assert_eq!(given["Content"]["Simple"].get("Attachments"), None);
    assert_eq!(
        given["EmailTags"][1],
        json!({"Name": "version", "Value": "3"})
    );
}
