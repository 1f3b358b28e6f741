//! A company: an engine, a proxy that is the only way to the internet, and an intranet that the
//! proxy does not know.

use perk_test::{
    ClosureImage, EngineKind, EnginePrograms, Invocation, Outcome, TestContext, ThrowAwayEngine,
};
use perk_test_net::{
    Authority, Credentials, Interception, Names, Place, ProxyOptions, ServerOptions, TestProxy,
    TestServer,
};

use super::programs::{PROBE, Program, installed, probe};
use crate::context;

/// Where the engines are; `cargo xtask test` says so.
const ENGINES: &str = "PERK_ENGINES";

pub(super) const IMAGE: &str = "closure";
pub(super) const PASSWORD: &str = "p@ss:w/rd";
const PASSWORD_ENCODED: &str = "p%40ss%3Aw%2Frd";

const PROXY_ADDRESS: &str = "10.20.0.3";
const INTRANET_ADDRESS: &str = "10.20.0.10";
/// Whoever goes there directly is refused.
const INTERNET_ADDRESS: &str = "203.0.113.10";

#[derive(Debug)]
pub(super) struct World {
    pub(super) engine: ThrowAwayEngine,
    pub(super) programs: Vec<&'static Program>,
    pub(super) internet: TestServer,
    pub(super) intranet: TestServer,
    /// A proxy that wants a password and looks into TLS.
    pub(super) strict: TestProxy,
    /// A proxy that does neither.
    pub(super) open: TestProxy,
    /// Who signs for the whole world.
    public: Authority,
    names: Names,
    mounts: Vec<String>,
}

impl World {
    /// Starts everything, or says why that is not possible here.
    pub(super) fn start(kind: EngineKind) -> Result<Self, String> {
        let programs = engine_programs()?;
        if !kind.is_in(&programs) {
            return Err("it is not installed and could not be brought".to_owned());
        }
        let public = Authority::new("Public Test Authority").unwrap();
        let Some(mut image) = ClosureImage::new(&programs, public.pem()) else {
            return Err("busybox is not installed".to_owned());
        };
        let installed = installed(&mut image);
        image.file(PROBE.trim_start_matches('/'), &probe(&installed));
        let engine = ThrowAwayEngine::start(kind, &programs);
        engine.import(IMAGE, &image);
        let mounts = image.mounts();
        let mounts = mounts.map(|folder| format!("--volume={0}:{0}:ro", folder.display()));
        Ok(Self::of_engine(engine, public, installed, mounts.collect()))
    }

    fn of_engine(
        engine: ThrowAwayEngine,
        public: Authority,
        programs: Vec<&'static Program>,
        mounts: Vec<String>,
    ) -> Self {
        for address in [PROXY_ADDRESS, INTRANET_ADDRESS, INTERNET_ADDRESS] {
            engine.add_address(&format!("{address}/32"));
        }
        let server = |name: &str, http: Place, https: Place| {
            let options = ServerOptions {
                name: name.to_owned(),
                http,
                https,
                authority: Some(public.clone()),
                ..ServerOptions::default()
            };
            TestServer::start(options).unwrap()
        };
        let within = |place: Place| place.within(engine.network());
        let of_intranet = |port: u16| within(place(INTRANET_ADDRESS, port));
        let internet = server(
            "internet",
            within(Place::loopback()),
            within(Place::loopback()),
        );
        let intranet = server("intranet", of_intranet(80), of_intranet(443));
        let names = Names::default()
            .with("internet.test:80", internet.http())
            .with("internet.test:443", internet.https());
        let options = ProxyOptions {
            place: within(place(PROXY_ADDRESS, 0)),
            names: names.clone(),
            ..ProxyOptions::default()
        };
        let open = TestProxy::start(options.clone()).unwrap();
        let strict = TestProxy::start(ProxyOptions {
            credentials: Some(Credentials::new("jane", PASSWORD)),
            interception: Interception::All,
            ..options
        });
        Self {
            strict: strict.unwrap(),
            open,
            engine,
            programs,
            internet,
            intranet,
            public,
            names,
            mounts,
        }
    }

    /// Starts another proxy that knows the way to the internet.
    pub(super) fn proxy_at(&self, address: &str) -> TestProxy {
        TestProxy::start(ProxyOptions {
            place: place(address, 0).within(self.engine.network()),
            names: self.names.clone(),
            ..ProxyOptions::default()
        })
        .unwrap()
    }

    /// Returns the address of the strict proxy with what it wants.
    pub(super) fn strict_url(&self) -> String {
        format!("http://jane:{PASSWORD_ENCODED}@{}", self.strict.address())
    }

    /// Makes a machine that trusts what the whole world does, and has the company's certificate.
    pub(super) fn machine(&self) -> Machine<'_> {
        let context = context();
        let system = "root/etc/ssl/certs/ca-certificates.crt";
        context.write(system, self.public.pem());
        context.write("project/company.pem", self.strict.authority().pem());
        Machine {
            world: self,
            context,
            variables: Vec::new(),
        }
    }

    /// Returns the words of a user who runs a command in the image.
    pub(super) fn words(&self, command: &[&str]) -> Vec<String> {
        self.words_with(&[], command)
    }

    /// Returns the words of a user with options of the engine.
    pub(super) fn words_with(&self, options: &[&str], command: &[&str]) -> Vec<String> {
        let hosts = [
            format!("internet.test:{INTERNET_ADDRESS}"),
            format!("intranet.corp.test:{INTRANET_ADDRESS}"),
        ];
        let hosts = hosts.map(|host| format!("--add-host={host}"));
        let own = options.iter().map(|&option| option.to_owned());
        std::iter::once("--rm".to_owned())
            .chain(hosts)
            .chain(self.mounts.clone())
            .chain(own)
            .chain([IMAGE.to_owned()])
            .chain(command.iter().map(|&word| word.to_owned()))
            .collect()
    }
}

fn engine_programs() -> Result<EnginePrograms, String> {
    #[expect(clippy::disallowed_methods, reason = "this is for tests alone")]
    let folder = std::env::var_os(ENGINES);
    let folder = folder.ok_or("`cargo xtask test` brings the engines, if that is possible")?;
    Ok(EnginePrograms::of_folder(folder))
}

fn place(address: &str, port: u16) -> Place {
    Place::at((address.parse::<std::net::IpAddr>().unwrap(), port).into())
}

/// A machine of the company, with somebody who types.
#[derive(Debug)]
pub(super) struct Machine<'w> {
    world: &'w World,
    pub(super) context: TestContext,
    variables: Vec<(&'static str, String)>,
}

impl Machine<'_> {
    /// Sets the variables of a proxy, and exempts the intranet.
    pub(super) fn proxy(mut self, url: &str) -> Self {
        let names = ["http_proxy", "HTTP_PROXY", "https_proxy", "HTTPS_PROXY"];
        self.variables = names.map(|name| (name, url.to_owned())).into();
        self.variables.push(("NO_PROXY", "*.corp.test".to_owned()));
        self
    }

    /// Runs a line of a shell.
    pub(super) fn shell(&self, line: &str) -> Invocation<'_> {
        let bash = self.world.engine.invocation(&self.context, ["-c"]);
        self.with_variables(bash.program("/bin/bash").argument(line))
    }

    /// Runs `docker run` without perk.
    pub(super) fn without_perk(&self, words: &[String]) -> Outcome {
        let kind = self.world.engine.kind().name();
        let client = self.world.engine.invocation(&self.context, ["-c"]);
        let line = "engine=$1; shift; exec \"$engine\" run \"$@\"";
        let mut run = client
            .program("/bin/bash")
            .argument(line)
            .argument("bash")
            .argument(kind);
        for word in words {
            run = run.argument(word);
        }
        self.with_variables(run).run()
    }

    /// Returns the command that perk writes.
    pub(super) fn command(&self, own: &[&str], words: &[String]) -> String {
        let line = self.perk(own, words).run().data();
        line.replace("[TEMP]", self.context.root().as_str())
    }

    /// Prepares `perk docker-run`.
    pub(super) fn perk(&self, own: &[&str], words: &[String]) -> Invocation<'_> {
        let mut run = self.world.engine.invocation(&self.context, ["docker-run"]);
        for word in own {
            run = run.argument(word);
        }
        for word in words {
            run = run.argument(word);
        }
        self.with_variables(run)
    }

    /// Runs `perk docker-run --exec`.
    pub(super) fn exec(&self, own: &[&str], words: &[String]) -> Outcome {
        let own: Vec<_> = own.iter().copied().chain(["--exec"]).collect();
        self.perk(&own, words).run()
    }

    fn with_variables<'c>(&self, mut run: Invocation<'c>) -> Invocation<'c> {
        for (name, value) in &self.variables {
            run = run.variable(name, value);
        }
        run
    }
}
