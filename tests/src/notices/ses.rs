//! What goes to the mail service of the cloud, in the words of its own interface.

use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::{Ipv4Addr, TcpListener};
use std::thread;

use aws::{Mail, Settings};
use casework::notice::{Enclosed, Message, NoticeId};
use casework::ports::{Delivery, Sender as _};
use casework::words::Language;
use data_encoding::BASE64;
use serde_json::{Value, json};

use super::FROM;

fn settings(endpoint: &str) -> Settings {
    let settings = Settings::from_variables(|name| {
        let value = match name {
            "AWS_ENDPOINT_URL" => endpoint,
            "AWS_REGION" => "eu-central-1",
            "AWS_SESSION_TOKEN" => return None,
            _ => "some-text-of-more-than-thirty-two-letters",
        };
        Some(value.to_owned())
    });
    settings.unwrap()
}

/// Takes one request and answers it as the service does; its body.
fn take_one(service: &TcpListener) -> Value {
    let (stream, _) = service.accept().unwrap();
    let mut request = BufReader::new(stream);
    let mut length = 0;
    loop {
        let mut line = String::new();
        request.read_line(&mut line).unwrap();
        let line = line.trim_end().to_lowercase();
        if line.is_empty() {
            break;
        }
        if let Some(bytes) = line.strip_prefix("content-length:") {
            length = bytes.trim().parse().unwrap();
        }
    }
    let mut body = vec![0; length];
    request.read_exact(&mut body).unwrap();
    let answer = r#"{"MessageId": "1"}"#;
    let head = "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length:";
    let answer = format!("{head} {}\r\n\r\n{answer}", answer.len());
    request.get_mut().write_all(answer.as_bytes()).unwrap();
    serde_json::from_slice(&body).unwrap()
}

/// What the service is given for a message with these papers.
async fn given(papers: &[&[u8]]) -> Value {
    let service = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
    let endpoint = format!("http://{}", service.local_addr().unwrap());
    let taken = thread::spawn(move || take_one(&service));
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
    let mail = Mail::new(&settings(&endpoint), FROM.to_owned(), None);
    assert_eq!(mail.send(&message).await, Delivery::Sent);
    taken.join().unwrap()
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
