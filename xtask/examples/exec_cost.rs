//! Runs a container by docker's client alone and by `perk docker-run --exec`, in turns, on an engine
//! that is thrown away: what `--exec` adds.
//!
//! Its arguments are perk, the folder of engines, and how often; it writes the medians as JSON.
#![cfg_attr(
    target_os = "linux",
    expect(
        clippy::print_stdout,
        reason = "a program of the bench says what it measured"
    )
)]

use std::error::Error;

#[cfg(target_os = "linux")]
fn main() -> Result<(), Box<dyn Error>> {
    linux::measure(std::env::args().skip(1))
}

#[cfg(not(target_os = "linux"))]
fn main() -> Result<(), Box<dyn Error>> {
    Err("engines that are thrown away need Linux".into())
}

#[cfg(target_os = "linux")]
mod linux {
    use std::error::Error;
    use std::time::{Duration, Instant};

    use perk_test::{ClosureImage, EngineKind, EnginePrograms, ThrowAwayEngine};

    const IMAGE: &str = "closure";
    const PROXY: &str = "http://proxy.example:3128";

    pub(super) fn measure(
        mut arguments: impl Iterator<Item = String>,
    ) -> Result<(), Box<dyn Error>> {
        let mut argument = || arguments.next().ok_or("an argument is missing");
        let (perk, folder) = (argument()?, argument()?);
        let runs: usize = argument()?.parse()?;
        let programs = EnginePrograms::of_folder(folder);
        let image = ClosureImage::new(&programs, "").ok_or("busybox is not installed")?;
        let engine = ThrowAwayEngine::start(EngineKind::Docker, &programs);
        engine.import(IMAGE, &image);
        let plain = ["docker", "run", "--rm", IMAGE, "true"];
        let by_perk = [&perk, "docker-run", "--exec", "--rm", IMAGE, "true"];
        let (mut alone, mut with_perk) = (Vec::new(), Vec::new());
        for _ in 0..runs {
            alone.push(time(&engine, &plain)?);
            with_perk.push(time(&engine, &by_perk)?);
        }
        println!(
            r#"{{"alone": {}, "with_perk": {}}}"#,
            median(alone).as_micros(),
            median(with_perk).as_micros()
        );
        Ok(())
    }

    fn time(engine: &ThrowAwayEngine, words: &[&str]) -> Result<Duration, Box<dyn Error>> {
        let mut command = engine.command(words);
        command
            .env("http_proxy", PROXY)
            .env("https_proxy", PROXY)
            .env("PERK_ROOT", "/nowhere");
        let start = Instant::now();
        let output = command.output()?;
        let time = start.elapsed();
        if !output.status.success() {
            return Err(String::from_utf8_lossy(&output.stderr).into());
        }
        Ok(time)
    }

    fn median(mut times: Vec<Duration>) -> Duration {
        times.sort_unstable();
        times[times.len() / 2]
    }
}
