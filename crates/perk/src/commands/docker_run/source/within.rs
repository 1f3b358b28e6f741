//! Work that may take longer than anybody wants to wait, such as asking for a name.

use std::sync::mpsc;
use std::thread;
use std::time::Duration;

/// Does something on a thread of its own; none if it takes too long, or no thread can be had.
/// What is not waited for ends with the process.
pub(super) fn within<T: Send + 'static>(
    limit: Duration,
    work: impl FnOnce() -> T + Send + 'static,
) -> Option<T> {
    let (sender, receiver) = mpsc::channel();
    let thread = thread::Builder::new().spawn(move || sender.send(work()));
    thread.ok()?;
    receiver.recv_timeout(limit).ok()
}
