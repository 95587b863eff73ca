//! `tirkeu account`: who may log in at the desk, and how. Passwords are made here and shown once; who
//! signs in at an OpenID provider has none.

use std::fmt::Write as _;

use casework::account::{Account, AccountName, Credential, Identity, Reach};
use casework::case::Role;
use casework::mission::Missions;
use casework::ports::{Accounts, KeepAccount};
use clap::{ArgGroup, Args, Subcommand};
use desk::NewPassword;
use local::Store;

/// What is done about accounts.
#[derive(Debug, Subcommand)]
pub enum AccountCommand {
    /// Add a person, and print their password, once, unless they sign in at an OpenID provider
    #[command(group = ArgGroup::new("reach").required(true))]
    Add {
        /// What they log in with, like aida
        #[arg(value_parser = name)]
        name: AccountName,
        /// clerk, officer, supervisor or auditor
        #[arg(long, value_parser = role)]
        role: Role,
        /// A mission whose cases they see, like DEU-BER; may be given several times
        #[arg(long, group = "reach")]
        mission: Vec<String>,
        /// They see the cases of every mission
        #[arg(long, group = "reach")]
        everywhere: bool,
        #[command(flatten)]
        way: WayIn,
    },
    /// Print everyone, with role, missions and way in
    List,
    /// Give a person another way in, in place of the one they have, and end their sessions: a new
    /// password, printed once, or an OpenID provider
    Reset {
        /// Who
        #[arg(value_parser = name)]
        name: AccountName,
        #[command(flatten)]
        way: WayIn,
    },
}

/// How a person proves who they are: with a password, unless a subject is named.
#[derive(Debug, Args)]
pub struct WayIn {
    /// They sign in at the OpenID provider, as this subject of it: the identifier that the desk shows to who has signed in there and has no account
    #[arg(long, value_name = "SUBJECT", requires = "oidc_issuer")]
    oidc_subject: Option<String>,
    /// The provider, as `tirkeu serve` is told of it
    #[arg(long, value_name = "URL", env = "TIRKEU_OIDC_ISSUER")]
    oidc_issuer: Option<String>,
}

impl WayIn {
    /// What the account keeps, and what is said of it, once.
    fn open(&self, name: &AccountName) -> Result<(Credential, String), Error> {
        if let (Some(subject), Some(issuer)) = (&self.oidc_subject, &self.oidc_issuer) {
            let identity = Identity::new(issuer, subject.trim())?;
            let said = format!("{name} signs in at {issuer}");
            return Ok((Credential::Oidc(identity), said));
        }
        let password = NewPassword::new()?;
        let said = shown_once(name, password.shown.reveal());
        Ok((Credential::Password(password.hash), said))
    }
}

type Error = Box<dyn std::error::Error>;

fn name(text: &str) -> Result<AccountName, String> {
    AccountName::try_from(text.to_owned()).map_err(|e| e.to_string())
}

fn role(text: &str) -> Result<Role, String> {
    Role::staff_from_code(text)
        .ok_or_else(|| "use clerk, officer, supervisor or auditor".to_owned())
}

/// Does it and prints what came of it.
#[expect(clippy::print_stdout, reason = "the command's answer")]
pub async fn run(store: &Store, what: AccountCommand) -> Result<(), Error> {
    match what {
        AccountCommand::Add {
            name,
            role,
            mission,
            everywhere,
            way,
        } => {
            let reach = if everywhere {
                Reach::Everywhere
            } else {
                Reach::At(Missions::embedded().known(mission)?)
            };
            println!("{}", add(store, name, role, reach, &way).await?);
        }
        AccountCommand::List => {
            for account in store.accounts().await? {
                println!("{}", line(&account));
            }
        }
        AccountCommand::Reset { name, way } => println!("{}", reset(store, &name, &way).await?),
    }
    Ok(())
}

/// Makes the first account where there is none, and says how to log in with it.
pub async fn first(store: &Store) -> Result<Option<String>, Error> {
    let password = NewPassword::new()?;
    let name = AccountName::try_from("supervisor".to_owned())?;
    let account = Account {
        name: name.clone(),
        role: Role::Supervisor,
        reach: Reach::Everywhere,
        credential: Credential::Password(password.hash),
    };
    let kept = store.keep_account(&account, KeepAccount::First).await?;
    Ok(kept.then(|| {
        let mut text = shown_once(&name, password.shown.reveal());
        let _ = write!(
            text,
            "\na supervisor oversees; someone who decides: tirkeu account add NAME --role officer --everywhere"
        );
        text
    }))
}

async fn add(
    store: &Store,
    name: AccountName,
    role: Role,
    reach: Reach,
    way: &WayIn,
) -> Result<String, Error> {
    let (credential, said) = way.open(&name)?;
    let account = Account {
        name,
        role,
        reach,
        credential,
    };
    nobody_else(store, &account).await?;
    if !store.keep_account(&account, KeepAccount::New).await? {
        return Err(format!("there is an account {} already", account.name).into());
    }
    Ok(said)
}

async fn reset(store: &Store, name: &AccountName, way: &WayIn) -> Result<String, Error> {
    let unknown = || format!("there is no account {name}; `tirkeu account list` prints them all");
    let (credential, said) = way.open(name)?;
    let account = Account {
        credential,
        ..store.account(name).await?.ok_or_else(unknown)?
    };
    nobody_else(store, &account).await?;
    if !store.keep_account(&account, KeepAccount::Known).await? {
        return Err(unknown().into());
    }
    Ok(said)
}

/// A person of the provider has one account: two would be one person in two roles.
async fn nobody_else(store: &Store, account: &Account) -> Result<(), Error> {
    let Some(identity) = account.credential.identity() else {
        return Ok(());
    };
    let other = store.account_of(identity).await?;
    match other.filter(|other| other.name != account.name) {
        Some(other) => Err(format!("this subject is the account {}", other.name).into()),
        None => Ok(()),
    }
}

fn shown_once(name: &AccountName, password: &str) -> String {
    format!("log in as {name} with the password {password} – it is shown only now")
}

fn line(account: &Account) -> String {
    let reach = match &account.reach {
        Reach::Everywhere => "everywhere".to_owned(),
        Reach::At(missions) => {
            let codes: Vec<_> = missions.iter().map(|code| code.0.as_str()).collect();
            codes.join(" ")
        }
    };
    let (name, role) = (account.name.as_str(), account.role.as_str());
    let way = match account.credential {
        Credential::Password(_) => "password",
        Credential::Oidc(_) => "oidc",
    };
    format!("{name:<20} {role:<10} {way:<8} {reach}")
}
