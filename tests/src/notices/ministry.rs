//! Notices to a ministry's system: signed, tried again, and nobody else told twice because of it.

use std::io::{BufRead as _, BufReader, Write as _};
use std::net::{Ipv4Addr, TcpListener};
use std::os::unix::fs::PermissionsExt as _;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::Instant;

use casework::notice::{NoticeEnd, Report, TRIES_MAX, Undelivered};
use casework::ports::{Delivery, Outbox as _, Sender};
use jiff::{SignedDuration, Timestamp};
use local::Store;
use mail::Mail;
use notify::{Carriers, NoEnclosures, Nothing, Notifier};
use serde_json::json;
use webhook::{Key, Webhook};

use super::receiver::{KEY, Receiver, key_text};
use super::server::MailServer;
use super::{Clock, FROM, told};
use crate::contract::invented::{RECEIVED, time};
use crate::machine::Machine;
use crate::memory::Memory;

fn received() -> Timestamp {
    time(RECEIVED)
}

fn webhook(url: &str) -> Webhook {
    Webhook::to(url, Key::read(&key_text()).unwrap(), received).unwrap()
}

const fn carriers<'a>(
    mail: &'a Mail,
    reports: &'a Webhook,
) -> Carriers<'a, Mail, Nothing, Webhook> {
    Carriers {
        mail,
        texts: None,
        reports: Some(reports),
    }
}

#[tokio::test]
async fn what_the_ministry_did_not_take_comes_again_and_the_applicant_is_told_once() {
    let server = MailServer::start().await;
    let receiver = Receiver::answering(&["500 Internal Server Error", "204 No Content"]);
    let mail = Mail::by_smtp(&format!("smtp://{}", server.address), FROM).unwrap();
    let webhook = webhook(&receiver.url());
    let dir = tempfile::tempdir().unwrap();
    let store = Store::open(dir.path()).unwrap();
    let case = told(&store, 1, "person@example.com").await;
    let clock = Clock::new();
    let notifier = Notifier {
        store: &store,
        carriers: carriers(&mail, &webhook),
        enclosures: &NoEnclosures,
        now: &|| clock.now(),
    };
    let tally = notifier.send_due().await.unwrap();
    assert_eq!((tally.sent, tally.later), (0, 1), "{tally}");
    assert!(tally.to_string().contains("answers 500"), "{tally}");
    let posted = store.notices(&case.id).await.unwrap().remove(0);
    assert_eq!(posted.settled, None, "not sent while one has not taken it");
    assert_eq!(posted.told.applicant, Some(NoticeEnd::Sent));

    clock.go_on(SignedDuration::from_mins(6));
    let tally = notifier.send_due().await.unwrap();
    assert_eq!((tally.sent, tally.later), (1, 0), "{tally}");
    let posted = store.notices(&case.id).await.unwrap().remove(0);
    assert_eq!(posted.settled.unwrap().end, NoticeEnd::Sent);
    assert_eq!(server.taken().len(), 1, "the applicant is told once");

    let posts = receiver.posts();
    assert_eq!(posts.len(), 2);
    for post in &posts {
        assert_eq!(post.line, "POST /notices HTTP/1.1");
        assert!(post.is_signed_by(KEY), "{post:?}");
        assert!(!post.is_signed_by(b"another key"), "{post:?}");
        let id = format!("{}-{}", case.id, case.version);
        assert_eq!(post.headers["webhook-id"], id, "doubles are known by it");
        let expected = json!({
            "type": "notice.documents_awaited",
            "timestamp": RECEIVED,
            "data": {
                "id": format!("{}.{}", case.id, case.version),
                "case": case.id,
                "mission": case.manifest.mission,
            },
        });
        assert_eq!(post.says(), expected, "and nothing of a person");
    }
    let mut tampered = posts[0].clone();
    tampered.body = tampered.body.replace("awaited", "refused");
    assert!(!tampered.is_signed_by(KEY));
}

#[tokio::test]
async fn whom_mail_cannot_reach_keeps_nothing_from_the_ministry_and_the_other_way_round() {
    let server = MailServer::start().await;
    let mail = Mail::by_smtp(&format!("smtp://{}", server.address), FROM).unwrap();
    let taking = Receiver::answering(&["200 OK"]);
    let refusing = Receiver::answering(&["410 Gone"]);
    let (taking_it, refusing_it) = (webhook(&taking.url()), webhook(&refusing.url()));
    let no_address = Undelivered::NoAddress;
    for (address, reports, why, posts) in [
        ("no address", &taking_it, no_address.clone(), 1),
        ("later@example.com", &taking_it, Undelivered::GaveUp, 2),
        (
            "person@example.com",
            &refusing_it,
            Undelivered::SystemGaveUp,
            2,
        ),
        ("no address", &refusing_it, no_address, 2),
    ] {
        let store = Memory::default();
        let case = told(&store, 1, address).await;
        let clock = Clock::new();
        let notifier = Notifier {
            store: &store,
            carriers: carriers(&mail, reports),
            enclosures: &NoEnclosures,
            now: &|| clock.now(),
        };
        for _ in 0..=TRIES_MAX {
            notifier.send_due().await.unwrap();
            clock.go_on(SignedDuration::from_hours(12));
        }
        let posted = store.notices(&case.id).await.unwrap().remove(0);
        let end = NoticeEnd::Undelivered { why };
        assert_eq!(posted.settled.unwrap().end, end, "{address}");
        assert_eq!(
            taking.posts().len(),
            posts,
            "once to who took it: {address}"
        );
    }
    assert_eq!(refusing.posts().len(), 2 * TRIES_MAX as usize);
    assert_eq!(server.taken().len(), 1);
}

#[tokio::test]
async fn a_redirect_is_not_followed_and_who_is_silent_is_not_waited_for() {
    let elsewhere = Receiver::answering(&["200 OK"]);
    let redirecting: &'static str =
        format!("307 Temporary Redirect\r\nlocation: {}", elsewhere.url()).leak();
    let redirecting = Receiver::answering(vec![redirecting].leak());
    // Takes the question, and never says a word.
    let silent = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
    let nobody = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
    let absent = nobody.local_addr().unwrap();
    drop(nobody);
    let report = Report {
        id: "0000-0000-0000.3".parse().unwrap(),
        kind: casework::notice::NoticeKind::Registered,
        mission: casework::case::MissionCode("DEU-BER".to_owned()),
        at: received(),
    };
    for (url, says) in [
        (redirecting.url(), "answers 307"),
        (
            format!("http://{}/", silent.local_addr().unwrap()),
            "in time",
        ),
        (format!("http://{absent}/"), "no connection"),
    ] {
        let began = Instant::now();
        let Delivery::Later(why) = webhook(&url).send(&report).await else {
            panic!("{url} took it");
        };
        assert!(why.contains(says), "{why}");
        assert!(began.elapsed().as_secs() < 20, "{:?}", began.elapsed());
    }
    assert!(elsewhere.posts().is_empty());
    assert_eq!(redirecting.posts().len(), 1);
}

/// A key in a file of its owner's alone.
fn key_file(machine: &Machine) -> PathBuf {
    let path = machine.path("webhook.key");
    std::fs::write(&path, key_text()).unwrap();
    let own = std::fs::Permissions::from_mode(0o600);
    std::fs::set_permissions(&path, own).unwrap();
    path
}

#[tokio::test]
async fn settings_of_a_webhook_that_cannot_be_used_are_said_before_anything_is_sent() {
    let machine = Machine::new();
    let key = key_file(&machine);
    let (open, wrong) = (machine.path("open.key"), machine.path("wrong.key"));
    std::fs::write(&open, key_text()).unwrap();
    std::fs::set_permissions(&open, std::fs::Permissions::from_mode(0o640)).unwrap();
    std::fs::copy(&key, &wrong).unwrap();
    std::fs::write(&wrong, "geheim").unwrap();
    for (url, key, says) in [
        ("http://user:geheim@ministry.example/", &key, "https://"),
        ("http://ministry.example/", &key, "https://"),
        ("http://127.0.0.1:1/", &open, "others may read"),
        ("http://127.0.0.1:1/", &wrong, "whsec_"),
        ("http://127.0.0.1:1/", &machine.path("none"), "none"),
    ] {
        let mut command = machine.command(["notify", "--webhook-url", url, "--webhook-key"]);
        let output = command.arg(key).output().unwrap();
        let said = String::from_utf8(output.stderr).unwrap();
        assert!(!output.status.success(), "{url}");
        assert!(said.contains(says) && !said.contains("geheim"), "{said}");
    }
    let output = machine.run(["notify", "--webhook-url", "http://127.0.0.1:1/"]);
    let said = String::from_utf8(output.stderr).unwrap();
    assert!(said.contains("--webhook-key"), "{said}");
}

/// A system that speaks TLS, and the certificate it shows.
struct Encrypted {
    child: Child,
    port: u16,
}

impl Drop for Encrypted {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// A certificate for this machine that vouches for itself, and its key.
fn certificate(dir: &Path, name: &str) -> (PathBuf, PathBuf) {
    let (certificate, key) = (
        dir.join(format!("{name}.pem")),
        dir.join(format!("{name}.key")),
    );
    let made = Command::new("openssl")
        .args(["req", "-x509", "-newkey", "ec", "-nodes", "-days", "2"])
        .args([
            "-pkeyopt",
            "ec_paramgen_curve:prime256v1",
            "-subj",
            "/CN=ministry",
        ])
        .args(["-addext", "subjectAltName=IP:127.0.0.1"])
        .args(["-addext", "basicConstraints=critical,CA:FALSE", "-out"])
        .arg(&certificate)
        .arg("-keyout")
        .arg(&key)
        .stderr(Stdio::null())
        .status();
    assert!(made.unwrap().success());
    (certificate, key)
}

impl Encrypted {
    /// Takes whatever comes, and says so.
    fn serve(certificate: &Path, key: &Path) -> Self {
        let free = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
        let port = free.local_addr().unwrap().port();
        drop(free);
        let mut child = Command::new("openssl")
            .args(["s_server", "-accept", &format!("127.0.0.1:{port}"), "-cert"])
            .arg(certificate)
            .arg("-key")
            .arg(key)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let mut said = BufReader::new(child.stdout.take().unwrap()).lines();
        assert!(said.any(|line| line.unwrap().contains("ACCEPT")));
        let mut answer = child.stdin.take().unwrap();
        std::thread::spawn(move || {
            while let Some(Ok(line)) = said.next() {
                // The body does not end with a line: the header before it is the last whole one.
                if line.to_lowercase().starts_with("webhook-signature: ") {
                    let _ = answer.write_all(b"HTTP/1.1 204 No Content\r\n\r\n");
                }
            }
        });
        Self { child, port }
    }
}

#[tokio::test]
async fn the_ministry_is_told_over_tls_where_its_certificate_is_trusted() {
    let machine = Machine::new();
    let (own, key) = certificate(&machine.path(""), "ministry");
    let (another, _) = certificate(&machine.path(""), "another");
    let system = Encrypted::serve(&own, &key);
    let url = format!("https://127.0.0.1:{}/notices", system.port);
    let signing = key_file(&machine);
    let store = Store::open(&machine.path("store")).unwrap();
    for (number, trusted, taken) in [(1, &another, false), (2, &own, true)] {
        let case = told(&store, number, "person@example.com").await;
        let mut command = machine.command(["notify", "--webhook-url", &url, "--webhook-key"]);
        command.arg(&signing).env("SSL_CERT_FILE", trusted);
        let output = command.output().unwrap();
        let said = String::from_utf8(output.stderr).unwrap();
        assert_eq!(output.status.success(), taken, "{said}");
        assert_eq!(said.contains("no encrypted connection"), !taken, "{said}");
        let posted = store.notices(&case.id).await.unwrap().remove(0);
        let end = posted.settled.map(|settled| settled.end);
        assert_eq!(end, taken.then_some(NoticeEnd::Sent));
        assert_eq!(posted.told.applicant, Some(NoticeEnd::Sent));
    }
}
