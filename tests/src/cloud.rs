//! A cloud in this process: DynamoDB and S3 on loopback, empty at first, gone with the test; or
//! the one that `TIRKEU_CLOUD_ENDPOINT` names, in which every value has places of its own.
//!
//! Those in this process check signatures' form, conditions, transactions and checksums as the real ones do. They
//! keep no versions of objects, and their indexes follow at once.

use std::net::{Ipv4Addr, SocketAddr};
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::mpsc;
use std::thread;

use aws::{IinKey, Inbox, Settings, Store};
use casework::personal::Personal;
use dynoxide::Database;
use hyper_util::rt::{TokioExecutor, TokioIo};
use hyper_util::server::conn::auto::Builder;
use s3s::auth::SimpleAuth;
use s3s::service::{S3Service, S3ServiceBuilder};
use tokio::net::TcpListener;
use tokio::sync::{OnceCell, oneshot};

use super::contract::Adapter;

const ACCESS_KEY: &str = "an access key";
const SECRET_KEY: &str = "its secret";

/// Another cloud than the one in this process.
const ENDPOINT: &str = "TIRKEU_CLOUD_ENDPOINT";

#[derive(Debug)]
pub(crate) struct Cloud {
    dynamo: String,
    s3: String,
    /// Behind the names of table and buckets: nobody else's.
    suffix: String,
    made: OnceCell<()>,
    _own: Option<Own>,
}

/// Both services, answering from a thread of their own: a test may block its own.
#[derive(Debug)]
struct Own {
    _files: tempfile::TempDir,
    _until_dropped: oneshot::Sender<()>,
}

impl Cloud {
    pub(crate) fn new() -> Self {
        static NUMBER: AtomicU32 = AtomicU32::new(0);
        let Ok(endpoint) = std::env::var(ENDPOINT) else {
            return Self::own();
        };
        let number = NUMBER.fetch_add(1, Ordering::SeqCst);
        Self {
            dynamo: endpoint.clone(),
            s3: endpoint,
            suffix: format!("-{}-{number}", std::process::id()),
            made: OnceCell::new(),
            _own: None,
        }
    }

    fn own() -> Self {
        let files = tempfile::tempdir().unwrap();
        let s3 = s3_in(files.path());
        let (ends, ended) = oneshot::channel();
        let (tell, told) = mpsc::channel();
        thread::spawn(move || {
            let runtime = tokio::runtime::Builder::new_current_thread()
                .enable_all()
                .build();
            runtime.unwrap().block_on(async {
                let [for_dynamo, for_s3] = [listener().await, listener().await];
                let addresses = [&for_dynamo, &for_s3].map(|l| l.local_addr().unwrap());
                tell.send(addresses).unwrap();
                let database = Database::memory().unwrap();
                tokio::select! {
                    () = dynoxide::server::serve_on(for_dynamo, database) => {}
                    () = serve_s3(for_s3, s3) => {}
                    _ = ended => {}
                }
            });
        });
        let [dynamo, s3] = told
            .recv()
            .unwrap()
            .map(|at: SocketAddr| format!("http://{at}"));
        Self {
            dynamo,
            s3,
            suffix: String::new(),
            made: OnceCell::new(),
            _own: Some(Own {
                _files: files,
                _until_dropped: ends,
            }),
        }
    }

    /// An inbox of its own, empty at first.
    pub(crate) async fn inbox(&self) -> Inbox {
        let inbox = Inbox::new(&self.settings(), format!("inbox{}", self.suffix));
        inbox.make().await.unwrap();
        inbox
    }

    fn settings(&self) -> Settings {
        Settings {
            table: format!("cases{}", self.suffix),
            records: format!("records{}", self.suffix),
            quarantine: format!("quarantine{}", self.suffix),
            iin_key: IinKey::new(&[7; 32]).unwrap(),
            region: "eu-central-1".to_owned(),
            dynamo_endpoint: Some(self.dynamo.clone()),
            s3_endpoint: Some(self.s3.clone()),
            ses_endpoint: None,
            sns_endpoint: None,
            access_key: ACCESS_KEY.into(),
            secret_key: SECRET_KEY.into(),
            session_token: None::<Personal<String>>,
        }
    }
}

impl Adapter for Cloud {
    type Store = Store;

    async fn open(&self) -> Store {
        #[expect(clippy::disallowed_methods, reason = "notices are ordered by it")]
        let store = Store::new(&self.settings(), jiff::Timestamp::now);
        self.made
            .get_or_init(async || store.make().await.unwrap())
            .await;
        store
    }
}

fn s3_in(root: &std::path::Path) -> S3Service {
    let mut service = S3ServiceBuilder::new(s3s_fs::FileSystem::new(root).unwrap());
    service.set_auth(SimpleAuth::from_single(ACCESS_KEY, SECRET_KEY));
    service.build()
}

async fn listener() -> TcpListener {
    TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await.unwrap()
}

async fn serve_s3(listener: TcpListener, service: S3Service) {
    loop {
        let (stream, _) = listener.accept().await.unwrap();
        let service = service.clone();
        tokio::spawn(async move {
            let builder = Builder::new(TokioExecutor::new());
            let _ = builder
                .serve_connection(TokioIo::new(stream), service)
                .await;
        });
    }
}
