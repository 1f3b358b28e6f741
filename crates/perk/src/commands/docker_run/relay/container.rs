//! Waiting for a container that goes on when the engine's client has ended.

use std::net::SocketAddr;
use std::thread;
use std::time::Duration;

use perk_process::{Program, SearchPath};

use super::start::LABEL;

/// How long the engine may take to answer.
const TIME_LIMIT: Duration = Duration::from_secs(30);
/// How long a container that has ended may take to start again.
const GRACE: Duration = Duration::from_secs(3);
const PAUSE: Duration = Duration::from_millis(500);
const PURPOSE: &str = "wait for the end of the container";

/// Waits until the container of a relay has ended for good.
pub(super) fn wait(engine: &str, relay: SocketAddr) {
    let Ok(engine) = SearchPath::of_process().find(engine, PURPOSE) else {
        return;
    };
    let Some(id) = id(&engine, relay) else {
        return;
    };
    loop {
        let waiting = engine.invocation(PURPOSE).arguments(["wait", &id]);
        let Ok(waiting) = waiting.companion() else {
            return;
        };
        if waiting.wait().is_err() || !comes_back(&engine, &id) {
            return;
        }
    }
}

/// Returns the id of the container; none if it was never made, or is gone already.
fn id(engine: &Program, relay: SocketAddr) -> Option<String> {
    let filter = format!("label={LABEL}={relay}");
    let words = ["ps", "--all", "--quiet", "--no-trunc", "--filter", &filter];
    let ids = said(engine, &words)?;
    let id = ids.lines().next()?.trim();
    (!id.is_empty()).then(|| id.to_owned())
}

/// Tells whether a container is started again, by itself or by somebody.
fn comes_back(engine: &Program, id: &str) -> bool {
    let mut waited = Duration::ZERO;
    while waited < GRACE {
        thread::sleep(PAUSE);
        waited += PAUSE;
        let status = said(engine, &["inspect", "--format", "{{.State.Status}}", id]);
        let status = status.unwrap_or_default();
        if ["running", "restarting", "paused"].contains(&status.trim()) {
            return true;
        }
    }
    false
}

fn said(engine: &Program, words: &[&str]) -> Option<String> {
    let invocation = engine.invocation(PURPOSE).time_limit(TIME_LIMIT);
    let captured = invocation.arguments(words.iter().copied()).capture().ok()?;
    String::from_utf8(captured.success().ok()?).ok()
}
