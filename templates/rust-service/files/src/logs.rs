//! The log: one JSON object a line, on stdout.

use tracing_subscriber::filter::ParseError;
use tracing_subscriber::layer::SubscriberExt;
use tracing_subscriber::util::{SubscriberInitExt, TryInitError};
use tracing_subscriber::{EnvFilter, Layer, Registry, fmt};

/// The log cannot be written.
#[derive(Debug, thiserror::Error)]
pub enum LogError {
    /// The filter is not one.
    #[error("cannot use the log filter")]
    Filter(#[from] ParseError),
    /// Something else already takes the logs of this process.
    #[error("cannot take over the log")]
    Install(#[from] TryInitError),
}

/// Starts the log; what passes the filter goes to `also` too.
pub fn start<L>(filter: &str, also: L) -> Result<(), LogError>
where
    L: Layer<Registry> + Send + Sync,
{
    let json = fmt::layer()
        .json()
        .flatten_event(true)
        .with_span_list(false);
    tracing_subscriber::registry()
        .with(also)
        .with(EnvFilter::try_new(filter)?)
        .with(json)
        .try_init()?;
    Ok(())
}
