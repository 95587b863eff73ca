//! A service of the cloud on loopback: takes one request, in the words of its own interface.

use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::{Ipv4Addr, TcpListener};
use std::thread::{self, JoinHandle};

use aws::Settings;

/// The service.
pub(crate) struct Service {
    endpoint: String,
    taking: JoinHandle<String>,
}

impl Service {
    /// One that gives this answer: its status, its kind, its body.
    pub(crate) fn answering(status: &str, kind: &str, body: &str) -> Self {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
        let endpoint = format!("http://{}", listener.local_addr().unwrap());
        let length = body.len();
        let answer = format!(
            "HTTP/1.1 {status}\r\ncontent-type: {kind}\r\ncontent-length: {length}\r\n\r\n{body}"
        );
        Self {
            endpoint,
            taking: thread::spawn(move || take_one(&listener, &answer)),
        }
    }

    /// Settings of somebody who has it for every service.
    pub(crate) fn settings(&self) -> Settings {
        let settings = Settings::from_variables(|name| {
            let value = match name {
                "AWS_ENDPOINT_URL" => self.endpoint.as_str(),
                "AWS_REGION" => "eu-central-1",
                "AWS_SESSION_TOKEN" => return None,
                _ => "some-text-of-more-than-thirty-two-letters",
            };
            Some(value.to_owned())
        });
        settings.unwrap()
    }

    /// The body of the request that came.
    pub(crate) fn given(self) -> String {
        self.taking.join().unwrap()
    }
}

fn take_one(listener: &TcpListener, answer: &str) -> String {
    let (stream, _) = listener.accept().unwrap();
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
    request.get_mut().write_all(answer.as_bytes()).unwrap();
    String::from_utf8(body).unwrap()
}
