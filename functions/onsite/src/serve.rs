//! The desk's pages on this machine. On loopback only: there is no TLS here.

use std::net::Ipv4Addr;

use casework::words::Language;
use desk::{Desk, router};
use local::Store;
use tokio::net::TcpListener;

use crate::account;
use crate::eyes::{Allowance, Eyes};

/// Serves until the process is told to end.
#[expect(
    clippy::print_stdout,
    reason = "the address is what the person waits for"
)]
pub async fn run(
    store: Store,
    port: u16,
    language: Language,
) -> Result<(), Box<dyn std::error::Error>> {
    let first = account::first(&store).await?;
    let desk = Desk {
        store,
        eyes: Eyes::new(Allowance::Batch),
        language,
        over_tls: false,
        now: crate::now,
    };
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, port))
        .await
        .map_err(|e| {
            format!("port {port} on 127.0.0.1 cannot be used ({e}): choose another with --port")
        })?;
    println!(
        "the desk is at http://{}/ – Ctrl-C ends it",
        listener.local_addr()?
    );
    if let Some(first) = first {
        println!("{first}");
    }
    let ended = async {
        let _ = tokio::signal::ctrl_c().await;
    };
    axum::serve(listener, router(desk))
        .with_graceful_shutdown(ended)
        .await?;
    Ok(())
}
