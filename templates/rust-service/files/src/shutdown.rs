//! The request to stop, as the operating system makes it.

use std::io;

use tokio::signal::unix::{SignalKind, signal};

/// Returns a future that ends with the first SIGTERM or SIGINT.
pub fn requested() -> io::Result<impl Future<Output = ()>> {
    let mut terminate = signal(SignalKind::terminate())?;
    let mut interrupt = signal(SignalKind::interrupt())?;
    Ok(async move {
        tokio::select! {
            _ = terminate.recv() => {}
            _ = interrupt.recv() => {}
        }
    })
}
