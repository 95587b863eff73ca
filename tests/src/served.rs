//! The desk as people start it: the real binary, over real HTTP.

use std::io::{BufRead as _, BufReader};
use std::process::{Child, Stdio};

use crate::machine::Machine;

/// A desk that is being served; it ends with this value.
pub(crate) struct Served {
    child: Child,
    /// `http://127.0.0.1:PORT`
    pub(crate) address: String,
    /// What it said after its address, if the store was new.
    first: Vec<String>,
}

impl Drop for Served {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

impl Served {
    pub(crate) fn start(machine: &Machine, new: bool) -> Self {
        let mut child = machine
            .command(["serve", "--port", "0", "--portal-port", "0"])
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
        let said = lines.next().unwrap().unwrap();
        let (_, rest) = said.split_once("http://").unwrap();
        let address = format!("http://{}", rest.split_once("/ ").unwrap().0);
        let first = lines.take(if new { 2 } else { 0 }).map(Result::unwrap);
        Self {
            first: first.collect(),
            child,
            address,
        }
    }
}

/// A browser without scripts: keeps cookies, follows nothing.
pub(crate) struct Browser {
    agent: ureq::Agent,
    address: String,
    cookies: Vec<(String, String)>,
    /// The token of the last page's forms.
    token: String,
}

pub(crate) struct Page {
    pub(crate) status: u16,
    pub(crate) location: String,
    pub(crate) body: String,
}

impl Browser {
    pub(crate) fn new(address: &str) -> Self {
        let config = ureq::Agent::config_builder()
            .http_status_as_error(false)
            .max_redirects(0)
            .build();
        Self {
            agent: config.into(),
            address: address.to_owned(),
            cookies: Vec::new(),
            token: String::new(),
        }
    }

    pub(crate) fn get(&mut self, path: &str) -> Page {
        let request = self.agent.get(self.at(path));
        let answer = request.header("cookie", self.cookie()).call();
        self.page(answer.unwrap())
    }

    /// Posts a form with the token of the page before it.
    pub(crate) fn post(&mut self, path: &str, form: &[(&str, &str)]) -> Page {
        let token = [("token", self.token.as_str())];
        let form = token.iter().chain(form).copied();
        let request = self.agent.post(self.at(path));
        let answer = request.header("cookie", self.cookie()).send_form(form);
        self.page(answer.unwrap())
    }

    pub(crate) fn log_in(&mut self, name: &str, password: &str) -> Page {
        self.get("/login");
        self.post("/login", &[("name", name), ("password", password)])
    }

    fn at(&self, path: &str) -> String {
        format!("{}{path}", self.address)
    }

    fn cookie(&self) -> String {
        let pairs = self
            .cookies
            .iter()
            .map(|(name, value)| format!("{name}={value}"));
        pairs.collect::<Vec<_>>().join("; ")
    }

    fn page(&mut self, mut answer: ureq::http::Response<ureq::Body>) -> Page {
        let text = |value: &ureq::http::HeaderValue| value.to_str().unwrap().to_owned();
        for set in answer.headers().get_all("set-cookie").iter().map(text) {
            let (name, value) = set.split(';').next().unwrap().split_once('=').unwrap();
            self.cookies.retain(|(known, _)| known != name);
            self.cookies.push((name.to_owned(), value.to_owned()));
        }
        let location = answer.headers().get("location").map(text);
        let page = Page {
            status: answer.status().as_u16(),
            location: location.unwrap_or_default(),
            body: answer.body_mut().read_to_string().unwrap(),
        };
        if let Some((_, rest)) = page.body.split_once(r#"name="token" value=""#) {
            rest.split_once('"').unwrap().0.clone_into(&mut self.token);
        }
        page
    }
}

/// The password in what the command line said once.
pub(crate) fn password_in(said: &str) -> &str {
    let (_, rest) = said.split_once("with the password ").unwrap();
    rest.split_once(' ').unwrap().0
}

#[test]
fn the_first_start_makes_one_supervisor_and_tells_the_password_once() {
    let machine = Machine::new();
    let served = Served::start(&machine, true);
    let word = password_in(&served.first[0]).to_owned();
    let mut browser = Browser::new(&served.address);
    let stranger = browser.get("/");
    assert_eq!(
        (stranger.status, &*stranger.location),
        (303, "/login?next=%2F")
    );
    assert_eq!(browser.log_in("supervisor", &word).status, 303);
    assert_eq!(browser.get("/").status, 200);
    drop(served);

    // Not again, and the session goes on over a restart.
    let served = Served::start(&machine, false);
    browser.address.clone_from(&served.address);
    assert_eq!(browser.get("/").status, 200);
    assert_eq!(
        machine.say(["account", "list"]),
        "supervisor           supervisor password everywhere\n"
    );
}

#[test]
fn people_are_added_listed_and_reset_from_the_command_line() {
    let machine = Machine::new();
    let add = |rest: &[&str]| machine.run(["account", "add"].iter().chain(rest));
    for (rest, added) in [
        (
            &[
                "aida",
                "--role",
                "officer",
                "--mission",
                "DEU-BER",
                "--mission",
                "TUR-ANK",
            ][..],
            true,
        ),
        (&["aida", "--role", "clerk", "--everywhere"], false),
        (&["berik", "--role", "applicant", "--everywhere"], false),
        (&["berik", "--role", "clerk", "--mission", "XXX-YYY"], false),
        (&["berik", "--role", "clerk"], false),
        (&["Айда", "--role", "clerk", "--everywhere"], false),
        (&["berik", "--role", "auditor", "--everywhere"], true),
    ] {
        let output = add(rest);
        let said = String::from_utf8(output.stdout).unwrap();
        assert_eq!(output.status.success(), added, "{rest:?}");
        assert_eq!(said.contains("with the password"), added, "{rest:?}");
    }
    let list = machine.say(["account", "list"]);
    let expected = "aida                 officer    password DEU-BER TUR-ANK\nberik                auditor    password everywhere\n";
    assert_eq!(list, expected);

    let served = Served::start(&machine, false);
    let words = [(); 2].map(|()| machine.say(["account", "reset", "aida"]));
    for (said, status) in words.iter().zip([403, 303]) {
        let mut browser = Browser::new(&served.address);
        let answer = browser.log_in("aida", password_in(said));
        assert_eq!(answer.status, status, "only the last password opens");
    }
    assert!(!machine.run(["account", "reset", "nobody"]).status.success());
}
