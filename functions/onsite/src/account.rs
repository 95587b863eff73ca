//! `tirkeu account`: who may log in at the desk. Passwords are made here and shown once.

use std::fmt::Write as _;

use casework::account::{Account, AccountName, Reach};
use casework::case::Role;
use casework::mission::Missions;
use casework::ports::{Accounts, KeepAccount};
use clap::{ArgGroup, Subcommand};
use desk::NewPassword;
use local::Store;

/// What is done about accounts.
#[derive(Debug, Subcommand)]
pub enum AccountCommand {
    /// Add a person and print their password, once
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
    },
    /// Print everyone, with role and missions
    List,
    /// Give a person a new password, print it once, and end their sessions
    Reset {
        /// Who
        #[arg(value_parser = name)]
        name: AccountName,
    },
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
        } => {
            let reach = if everywhere {
                Reach::Everywhere
            } else {
                Reach::At(Missions::embedded().known(mission)?)
            };
            println!("{}", add(store, name, role, reach).await?);
        }
        AccountCommand::List => {
            for account in store.accounts().await? {
                println!("{}", line(&account));
            }
        }
        AccountCommand::Reset { name } => println!("{}", reset(store, &name).await?),
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
        password: password.hash,
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

async fn add(store: &Store, name: AccountName, role: Role, reach: Reach) -> Result<String, Error> {
    let password = NewPassword::new()?;
    let account = Account {
        name,
        role,
        reach,
        password: password.hash,
    };
    if !store.keep_account(&account, KeepAccount::New).await? {
        return Err(format!("there is an account {} already", account.name).into());
    }
    Ok(shown_once(&account.name, password.shown.reveal()))
}

async fn reset(store: &Store, name: &AccountName) -> Result<String, Error> {
    let unknown = || format!("there is no account {name}; `tirkeu account list` prints them all");
    let password = NewPassword::new()?;
    let account = Account {
        password: password.hash,
        ..store.account(name).await?.ok_or_else(unknown)?
    };
    if !store.keep_account(&account, KeepAccount::Known).await? {
        return Err(unknown().into());
    }
    Ok(shown_once(name, password.shown.reveal()))
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
    format!("{name:<20} {role:<10} {reach}")
}
