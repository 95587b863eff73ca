//! The desk's and the portal's pages on this machine, and what goes on beside them. On loopback
//! only: there is no TLS here.
//!
//! Each has a port of its own and knows nothing of the other's pages.

mod trust;

use std::future::IntoFuture as _;
use std::io::Write as _;
use std::net::Ipv4Addr;
use std::path::Path;
use std::sync::Arc;

use casework::audit::Audits;
use casework::case::MissionCode;
use casework::words::{Language, Words};
use desk::Desk;
use local::{KeyFiles, Store};
use ocsp::Ocsp;
use portal::Portal;
use portal::link::Links;
use signature::revocation::Responder;
use tokio::net::TcpListener;

use crate::background::{self, told_to_end};
use crate::carriers::CarrierArguments;
use crate::enclosures::links;
use crate::eyes::{Allowance, Eyes};
use crate::look::Watch;
use crate::notices::Notices;
use crate::provider::ProviderArguments;
use crate::watch::Watched;
use crate::{account, papers, settings, stacks};

/// What `tirkeu serve` takes beside the store.
#[derive(Debug, clap::Args)]
pub struct ServeArguments {
    /// Port of the desk on 127.0.0.1
    #[arg(long, default_value_t = 8080)]
    port: u16,
    /// Port of the portal on 127.0.0.1
    #[arg(long, default_value_t = 8081)]
    portal_port: u16,
    /// How staff's browsers reach the desk, where something before it speaks TLS
    #[arg(long, value_name = "URL", env = "TIRKEU_DESK_ADDRESS")]
    desk_address: Option<String>,
    /// How applicants' browsers reach the portal, where something before it speaks TLS
    #[arg(long, value_name = "URL", env = "TIRKEU_PORTAL_ADDRESS")]
    portal_address: Option<String>,
    /// Folder of the authorities whose digital signatures are taken: roots and revocation lists
    #[arg(long, value_name = "DIR", env = "TIRKEU_TRUST")]
    trust: Option<std::path::PathBuf>,
    /// Ask here, over HTTP, whether a signer's certificate was revoked (OCSP)
    #[arg(long, value_name = "URL", env = "TIRKEU_OCSP_URL", requires = "trust", value_parser = responder)]
    ocsp_url: Option<Arc<Ocsp>>,
    /// Take in what is put into this folder, too
    #[arg(long, value_name = "DIR", requires = "mission")]
    watch: Option<std::path::PathBuf>,
    /// The mission of what is put there, like DEU-BER
    #[arg(long, env = "TIRKEU_MISSION")]
    mission: Option<String>,
    /// How many of a hundred clean cases are set for audit; data/audit.json says, without it
    #[arg(long, value_name = "PERCENT", env = "TIRKEU_AUDIT_PERCENT", value_parser = clap::value_parser!(u8).range(..=100))]
    audit_percent: Option<u8>,
    #[command(flatten)]
    provider: ProviderArguments,
    #[command(flatten)]
    carriers: CarrierArguments,
}

type Error = Box<dyn std::error::Error>;

/// Serves until the process is told to end.
pub async fn run(dir: &Path, arguments: &ServeArguments, language: Language) -> Result<(), Error> {
    let store = Store::open(dir)?;
    let watch = Watch::new(&store);
    let first = account::first(&store).await?;
    let (desk_listener, desk_address) = listen(arguments.port, "--port").await?;
    let (portal_listener, portal_address) = listen(arguments.portal_port, "--portal-port").await?;
    let watched = arguments.watch.as_deref().map(Watched::open).transpose()?;
    let settings = settings(None, arguments.mission.clone().map(MissionCode))?;
    let words = Words::of(language);
    let stacks = stacks::keep_working(store.clone(), watched, &settings, &words);
    let percent = (arguments.audit_percent).unwrap_or_else(Audits::percent_embedded);
    let reached = arguments.desk_address.as_deref().unwrap_or(&desk_address);
    let reached = reached.trim_end_matches('/');
    let desk = Desk {
        store: store.clone(),
        eyes: Eyes::over(store.clone(), Allowance::Batch),
        language,
        over_tls: reached.starts_with("https://"),
        now: crate::now,
        audits: Audits::of(&KeyFiles::of(dir).audit_key(&Links::new_key()?)?, percent),
        seal: papers::seal(dir)?,
        provider: arguments.provider.provider(reached)?,
    };
    let address = arguments.portal_address.clone().unwrap_or(portal_address);
    let notices = Notices::new(&store, dir, Some(address.clone()), &arguments.carriers)?;
    let portal = portal(dir, arguments, store, &address, language)?;
    let (done, waiting) =
        portal::hand_over_waiting(&portal.store, &portal.eyes, crate::now()).await?;
    let mut said = vec![format!("the desk is at {desk_address}/ – Ctrl-C ends it")];
    said.extend(first);
    said.push(format!("the portal is at {}/", portal.address));
    if done + waiting > 0 {
        said.push(format!(
            "{done} applications that had waited are cases now, {waiting} still wait"
        ));
    }
    said.push(String::new());
    // Whoever closed it does not want to hear.
    let _ = std::io::stdout().write_all(said.join("\n").as_bytes());
    let desk = axum::serve(desk_listener, desk::router(desk)).with_graceful_shutdown(told_to_end());
    let portal =
        axum::serve(portal_listener, portal::router(portal)).with_graceful_shutdown(told_to_end());
    let beside = async {
        // Stacks may be left in the midst of a page: they are taken up again where they stood.
        tokio::select! {
            () = background::beside(&notices, &watch) => {}
            () = stacks => {}
        }
        Ok(())
    };
    tokio::try_join!(desk.into_future(), portal.into_future(), beside)?;
    Ok(())
}

/// A port on loopback, and the address of what listens there.
async fn listen(port: u16, option: &str) -> Result<(TcpListener, String), Error> {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, port))
        .await
        .map_err(|e| {
            format!("port {port} on 127.0.0.1 cannot be used ({e}): choose another with {option}")
        })?;
    let address = format!("http://{}", listener.local_addr()?);
    Ok((listener, address))
}

fn responder(address: &str) -> Result<Arc<Ocsp>, &'static str> {
    let ocsp = Ocsp::at(address);
    ocsp.map(Arc::new)
        .ok_or("it must begin with http://: answers are signed, and need no TLS")
}

fn portal(
    dir: &Path,
    arguments: &ServeArguments,
    store: Store,
    address: &str,
    language: Language,
) -> Result<Portal<Store, Eyes>, Error> {
    let known = arguments.trust.as_deref().map(trust::known).transpose()?;
    let (trust, evidence) = known.map_or_else(Default::default, |(trust, evidence)| {
        (Some(trust), evidence)
    });
    Ok(Portal {
        eyes: Eyes::over(store.clone(), Allowance::File),
        store,
        language,
        address: address.trim_end_matches('/').to_owned(),
        links: links(dir)?,
        seal: papers::seal(dir)?,
        known_seals: papers::known_seals(dir)?,
        trust,
        evidence,
        responder: arguments
            .ocsp_url
            .clone()
            .map(|ocsp| ocsp as Arc<dyn Responder>),
        now: crate::now,
    })
}
