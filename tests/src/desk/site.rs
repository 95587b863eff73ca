//! The desk over real HTTP and a real store: two servers of one store, as two machines of one mission.

use std::net::{Ipv4Addr, SocketAddr};
use std::sync::mpsc;
use std::thread;

use casework::account::Account;
use casework::case::{Case, CaseId, Event, Role};
use casework::notice::NoticeKind;
use casework::ports::{Accounts, Cases, KeepAccount, Outbox};
use casework::words::Language;
use desk::{Desk, NewPassword, router};
use local::Store;
use tokio::runtime::{Builder, Runtime};

use super::papers::Papers;
use super::{Eyes, audits, now, seal, staff};
use crate::served::Browser;

/// A store with two desks on it. The desks end with the test's process.
pub(super) struct Site {
    pub(super) store: Store,
    addresses: [SocketAddr; 2],
    runtime: Runtime,
    _dir: tempfile::TempDir,
}

impl Site {
    pub(super) fn open() -> Self {
        Self::within(tempfile::tempdir().unwrap())
    }

    /// A site whose store is in this directory.
    pub(super) fn within(dir: tempfile::TempDir) -> Self {
        let store = Store::open(dir.path()).unwrap();
        Self {
            addresses: [(); 2].map(|()| serve(Store::open(dir.path()).unwrap())),
            store,
            runtime: Builder::new_current_thread().build().unwrap(),
            _dir: dir,
        }
    }

    /// A case with these papers.
    pub(super) fn receive(&self, papers: &Papers) -> Case {
        self.runtime.block_on(papers.arrive(&self.store))
    }

    pub(super) fn case(&self, id: &CaseId) -> Case {
        self.runtime.block_on(self.store.load(id)).unwrap().unwrap()
    }

    pub(super) fn events(&self, id: &CaseId) -> Vec<Event> {
        let timeline = self.runtime.block_on(self.store.timeline(id)).unwrap();
        timeline.into_iter().map(|one| one.event).collect()
    }

    /// What the applicant is told, in the order of the case's versions.
    pub(super) fn notices(&self, id: &CaseId) -> Vec<NoticeKind> {
        let notices = self.runtime.block_on(self.store.notices(id)).unwrap();
        notices.into_iter().map(|one| one.notice.kind).collect()
    }

    /// Someone who logged in at one of the two desks, and reads this language.
    pub(super) fn someone(&self, who: &str, role: Role, at: usize, language: &str) -> Browser {
        let password = NewPassword::new().unwrap();
        let account: Account = staff(who, role, &[], password.hash);
        let kept = self.store.keep_account(&account, KeepAccount::New);
        assert!(self.runtime.block_on(kept).unwrap());
        let mut browser = Browser::new(&format!("http://{}", self.addresses[at]));
        browser.get(&format!("/language/{language}"));
        let answer = browser.log_in(who, password.shown.reveal());
        assert_eq!(answer.status, 303, "{}", answer.body);
        browser.get("/");
        browser
    }
}

/// Serves on a thread of its own, and so beside the other.
fn serve(store: Store) -> SocketAddr {
    let (tell, told) = mpsc::channel();
    thread::spawn(move || {
        let runtime = Builder::new_current_thread().enable_all().build().unwrap();
        runtime.block_on(async {
            let local = (Ipv4Addr::LOCALHOST, 0);
            let listener = tokio::net::TcpListener::bind(local).await.unwrap();
            tell.send(listener.local_addr().unwrap()).unwrap();
            let desk = Desk {
                store,
                eyes: Eyes,
                language: Language::En,
                over_tls: false,
                now,
                audits: audits(),
                seal: seal(),
                provider: None,
            };
            axum::serve(listener, router(desk)).await.unwrap();
        });
    });
    told.recv().unwrap()
}
