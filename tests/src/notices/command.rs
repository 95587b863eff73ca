//! The commands that send notices and take bounces, as people start them.

use std::io::Write as _;
use std::process::Stdio;

use casework::notice::{NoticeEnd, Undelivered};
use casework::ports::Outbox;
use local::Store;

use super::server::MailServer;
use super::told;
use crate::machine::Machine;

#[tokio::test]
async fn notices_go_into_the_stores_folder_or_to_a_server_and_what_comes_back_is_noted() {
    let machine = Machine::new();
    let dir = machine.path("store");
    let store = Store::open(&dir).unwrap();
    let case = told(&store, 1, "person1@example.com").await;
    machine.say(["notify"]);
    let file = dir.join(format!("mail/{}.{}.eml", case.id, case.version));
    assert!(file.exists());

    let server = MailServer::start().await;
    let other = told(&store, 2, "person2@example.com").await;
    let url = format!("smtp://{}", server.address);
    let by_smtp = [
        "notify",
        "--mail-url",
        &url,
        "--mail-from",
        "no-reply@mfa.example",
    ];
    let sending = machine.command(by_smtp);
    assert!(
        tokio::process::Command::from(sending)
            .status()
            .await
            .unwrap()
            .success()
    );
    let taken = server.taken();
    let ids: Vec<&str> = taken.iter().map(|one| one.id.as_str()).collect();
    assert_eq!(ids, [format!("{}.{}", other.id, other.version)]);

    let mut child = machine.command(["bounced"]);
    let child = child.stdin(Stdio::piped()).stdout(Stdio::piped());
    let mut child = child.spawn().unwrap();
    let report = format!(
        "Action: failed\nStatus: 5.1.1\n\nMessage-ID: <{}@mfa.example>\n",
        taken[0].id
    );
    let mut stdin = child.stdin.take().unwrap();
    stdin.write_all(report.as_bytes()).unwrap();
    drop(stdin);
    let output = child.wait_with_output().unwrap();
    assert!(output.status.success());
    for (case, end) in [
        (&case, NoticeEnd::Sent),
        (
            &other,
            NoticeEnd::Undelivered {
                why: Undelivered::Refused("5.1.1".into()),
            },
        ),
    ] {
        let posted = store.notices(&case.id).await.unwrap().remove(0);
        assert_eq!(posted.settled.unwrap().end, end);
    }
}

#[test]
fn settings_of_mail_that_cannot_be_used_are_said_before_anything_is_sent() {
    let machine = Machine::new();
    for (arguments, says) in [
        (
            &["notify", "--mail-url", "smtp://127.0.0.1:1"][..],
            "TIRKEU_MAIL_FROM",
        ),
        (&["notify", "--mail-from", "nobody"], "sender's address"),
        (
            &[
                "notify",
                "--mail-url",
                "http://user:geheim@x",
                "--mail-from",
                "a@b.example",
            ],
            "smtps://",
        ),
        (
            &[
                "notify",
                "--mail-url",
                "smtp://127.0.0.1:1",
                "--mail-folder",
                "x",
            ],
            "name one",
        ),
    ] {
        let output = machine.run(arguments);
        let said = String::from_utf8(output.stderr).unwrap();
        assert!(!output.status.success(), "{arguments:?}");
        assert!(said.contains(says) && !said.contains("geheim"), "{said}");
    }
}
