//! A mail server on loopback: speaks enough of SMTP (RFC 5321) to take mail, refuse it, put it
//! off, and go away without an answer.

use std::net::{Ipv4Addr, SocketAddr};
use std::sync::{Arc, Mutex};

use tokio::io::{AsyncBufReadExt as _, AsyncWriteExt as _, BufReader};
use tokio::net::{TcpListener, TcpStream};

/// A message that was taken.
#[derive(Debug, Clone)]
pub(crate) struct Taken {
    pub(crate) to: String,
    /// Its `Message-ID`, without the domain.
    pub(crate) id: String,
}

/// The server; recipients are treated as their names say: `gone…` is refused for good, `later…`
/// put off, and of `lost…` the first message is taken without an answer.
#[derive(Debug, Clone)]
pub(crate) struct MailServer {
    pub(crate) address: SocketAddr,
    taken: Arc<Mutex<Vec<Taken>>>,
}

impl MailServer {
    pub(crate) async fn start() -> Self {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await.unwrap();
        let server = Self {
            address: listener.local_addr().unwrap(),
            taken: Arc::default(),
        };
        let serving = server.clone();
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                let server = serving.clone();
                tokio::spawn(async move { server.serve(stream).await });
            }
        });
        server
    }

    /// What was taken, in the order of taking.
    pub(crate) fn taken(&self) -> Vec<Taken> {
        self.taken.lock().unwrap().clone()
    }

    /// One connection, to its end.
    async fn serve(&self, stream: TcpStream) -> std::io::Result<()> {
        let (read, mut write) = stream.into_split();
        let mut lines = BufReader::new(read).lines();
        let mut to = String::new();
        write.write_all(b"220 loopback ESMTP\r\n").await?;
        while let Some(line) = lines.next_line().await? {
            let answer = match line.split([' ', ':']).next().unwrap_or_default() {
                "EHLO" => "250-loopback\r\n250-8BITMIME\r\n250 ENHANCEDSTATUSCODES",
                "RCPT" => {
                    line.split(['<', '>']).nth(1).unwrap().clone_into(&mut to);
                    if to.starts_with("gone") {
                        "550 5.1.1 no such user here"
                    } else if to.starts_with("later") {
                        "451 4.3.0 not now"
                    } else {
                        "250 2.1.5 ok"
                    }
                }
                "DATA" => {
                    write.write_all(b"354 go on\r\n").await?;
                    let mut id = String::new();
                    while let Some(line) = lines.next_line().await? {
                        if let Some(rest) = line.strip_prefix("Message-ID: <") {
                            id = rest.split('@').next().unwrap().to_owned();
                        }
                        if line == "." {
                            break;
                        }
                    }
                    if self.take(&to, id) && to.starts_with("lost") {
                        return Ok(());
                    }
                    "250 2.0.0 taken"
                }
                "QUIT" => "221 2.0.0 bye",
                _ => "250 2.0.0 ok",
            };
            write.write_all(format!("{answer}\r\n").as_bytes()).await?;
        }
        Ok(())
    }

    /// Takes a message; whether it is the first of its identity.
    fn take(&self, to: &str, id: String) -> bool {
        let mut taken = self.taken.lock().unwrap();
        let first = !taken.iter().any(|known| known.id == id);
        let to = to.to_owned();
        taken.push(Taken { to, id });
        first
    }
}
