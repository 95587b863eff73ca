//! A ministry's system on loopback: takes webhooks, and knows by its own means who signed them.

use std::collections::BTreeMap;
use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::{Ipv4Addr, SocketAddr, TcpListener, TcpStream};
use std::process::{Command, Stdio};
use std::sync::{Arc, Mutex};
use std::thread;

use data_encoding::{BASE64, HEXLOWER};
use serde_json::Value;

/// The key as both sides have it.
pub(crate) const KEY: &[u8] = b"a key that both sides know ......";

/// The key as it is kept in a file.
pub(crate) fn key_text() -> String {
    format!("whsec_{}\n", BASE64.encode(KEY))
}

/// A request that came.
#[derive(Debug, Clone)]
pub(crate) struct Post {
    pub(crate) line: String,
    pub(crate) headers: BTreeMap<String, String>,
    pub(crate) body: String,
}

impl Post {
    fn read(stream: &TcpStream) -> std::io::Result<Self> {
        let mut stream = BufReader::new(stream);
        let mut line = String::new();
        stream.read_line(&mut line)?;
        let mut headers = BTreeMap::new();
        loop {
            let mut header = String::new();
            stream.read_line(&mut header)?;
            let Some((name, value)) = header.trim_end().split_once(": ") else {
                break;
            };
            headers.insert(name.to_lowercase(), value.to_owned());
        }
        let length = headers.get("content-length");
        let mut body = vec![0; length.map_or(0, |length| length.parse().unwrap())];
        stream.read_exact(&mut body)?;
        Ok(Self {
            line: line.trim_end().to_owned(),
            headers,
            body: String::from_utf8(body).unwrap(),
        })
    }

    /// Whether somebody who has this key sent this very body: openssl says so, not our own code.
    pub(crate) fn is_signed_by(&self, key: &[u8]) -> bool {
        let header = |name: &str| self.headers[name].as_str();
        let signed = [
            header("webhook-id"),
            header("webhook-timestamp"),
            &self.body,
        ]
        .join(".");
        let mut openssl = Command::new("openssl")
            .args(["dgst", "-sha256", "-binary", "-mac", "HMAC", "-macopt"])
            .arg(format!("hexkey:{}", HEXLOWER.encode(key)))
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let mut stdin = openssl.stdin.take().unwrap();
        stdin.write_all(signed.as_bytes()).unwrap();
        drop(stdin);
        let mac = openssl.wait_with_output().unwrap();
        assert!(mac.status.success());
        header("webhook-signature") == format!("v1,{}", BASE64.encode(&mac.stdout))
    }

    /// What it says.
    pub(crate) fn says(&self) -> Value {
        serde_json::from_str(&self.body).unwrap()
    }
}

/// The system; it answers with these statuses in turn, with the last of them ever after.
#[derive(Debug, Clone)]
pub(crate) struct Receiver {
    pub(crate) address: SocketAddr,
    posts: Arc<Mutex<Vec<Post>>>,
}

impl Receiver {
    pub(crate) fn answering(statuses: &'static [&'static str]) -> Self {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
        let receiver = Self {
            address: listener.local_addr().unwrap(),
            posts: Arc::default(),
        };
        let taking = receiver.clone();
        thread::spawn(move || {
            for stream in listener.incoming() {
                let mut stream = stream.unwrap();
                // Who only knocks says nothing.
                let Ok(post) = Post::read(&stream) else {
                    continue;
                };
                let mut posts = taking.posts.lock().unwrap();
                let status = statuses[posts.len().min(statuses.len() - 1)];
                posts.push(post);
                drop(posts);
                let answer =
                    format!("HTTP/1.1 {status}\r\nconnection: close\r\ncontent-length: 0\r\n\r\n");
                stream.write_all(answer.as_bytes()).unwrap();
            }
        });
        receiver
    }

    pub(crate) fn url(&self) -> String {
        format!("http://{}/notices", self.address)
    }

    /// What came, in the order of coming.
    pub(crate) fn posts(&self) -> Vec<Post> {
        self.posts.lock().unwrap().clone()
    }
}
