//! Measures one program, in a world of its own.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use anyhow::{Context as _, Result};
use perk_network::program::{Program, known};

use crate::adapter::{Adapter, Words, adapters, write_clients};
use crate::cases::{Case, Trial, cases};
use crate::measurement::{Compared, Measured};
use crate::outcome::{Outcome, foretold, observed};
use crate::run;
use crate::tools::Tools;
use crate::world::World;

/// What every program reaches, and no list of the cases exempts alone.
const CONTROL: &str = "http://notcorp.test/";

/// Measures a program. This process has to be in namespaces of its own.
pub(crate) fn measure(name: &str, tools: &Tools) -> Result<Measured> {
    let adapter = adapters()?
        .into_iter()
        .find(|adapter| adapter.program == name);
    let adapter = adapter.with_context(|| format!("there is no adapter for `{name}`"))?;
    let program = known().iter().find(|program| program.name == name);
    let program = program.with_context(|| format!("`{name}` is not in the table"))?;
    let folder = tempfile::tempdir()?;
    let bench = Bench {
        adapter: &adapter,
        program,
        tools,
        folder: folder.path(),
    };
    match bench.prepare() {
        Ok(version) => bench.measure(version),
        Err(error) => Ok(Measured::Skipped(format!("{error:#}"))),
    }
}

struct Bench<'b> {
    adapter: &'b Adapter,
    program: &'static Program,
    tools: &'b Tools,
    folder: &'b Path,
}

impl Bench<'_> {
    /// Compiles the client, if there is one, and returns the version of the program.
    fn prepare(&self) -> Result<String> {
        let clients = self.folder.join("clients");
        fs::create_dir(&clients)?;
        write_clients(&clients)?;
        let set = &self.adapter.set;
        let version = run::capture(&self.filled(&self.adapter.version, "")?, set, self.folder)?;
        if !self.adapter.prepare.is_empty() {
            run::capture(&self.filled(&self.adapter.prepare, "")?, set, self.folder)?;
        }
        let first = version.lines().next().unwrap_or_default();
        Ok(first.to_owned())
    }

    fn filled(&self, command: &[String], url: &str) -> Result<Vec<String>> {
        let words = Words {
            tools: self.tools,
            clients: &self.folder.join("clients"),
            folder: &self.folder.join("run"),
            url,
        };
        words.fill(command).map_err(anyhow::Error::msg)
    }

    fn measure(&self, version: String) -> Result<Measured> {
        let world = World::make(&self.folder.join("world"))?;
        let mut compared = Vec::new();
        for case in cases(self.program, world.trusted())? {
            compared.extend(self.compare(&world, &case)?);
        }
        Ok(Measured::Done {
            version,
            cases: compared,
        })
    }

    fn compare(&self, world: &World, case: &Case) -> Result<Option<Compared>> {
        let mut set = self.adapter.set.clone();
        set.extend(case.set.clone());
        let Some(foretold) = foretold(case, self.program, &set) else {
            return Ok(None);
        };
        let observed = match self.observe(world, case, &set, &case.url)? {
            // It may not reach such an address at all, which says nothing about the list.
            Outcome::Fails if matches!(case.trial, Trial::Exemption(_)) => {
                self.observe(world, case, &set, CONTROL)?
            }
            observed => observed,
        };
        Ok(Some(Compared {
            case: case.name.clone(),
            foretold: foretold.to_string(),
            observed: observed.to_string(),
        }))
    }

    /// Runs the program once.
    fn observe(
        &self,
        world: &World,
        case: &Case,
        set: &BTreeMap<String, String>,
        url: &str,
    ) -> Result<Outcome> {
        let folder = self.folder.join("run");
        fs::create_dir(&folder)?;
        let words = self.filled(&self.adapter.command, url)?;
        run::run(&words, set, &folder, &self.adapter.input)?;
        fs::remove_dir_all(&folder)?;
        Ok(observed(case, &world.evidence()))
    }
}
