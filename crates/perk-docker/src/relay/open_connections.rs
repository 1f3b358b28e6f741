//! The connections that are open, so that they can be closed from outside.

use std::collections::HashMap;
use std::net::{Shutdown, TcpStream};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// More connections than one container should need.
const MOST: usize = 512;

/// The connections of a relay.
#[derive(Debug, Default)]
pub(super) struct OpenConnections {
    state: Mutex<State>,
}

#[derive(Debug, Default)]
struct State {
    is_closed: bool,
    next: u64,
    streams: HashMap<u64, Vec<Arc<TcpStream>>>,
}

impl OpenConnections {
    /// Takes in a connection and returns its number, unless there are too many or no more at all.
    pub(super) fn begin(&self, client: &Arc<TcpStream>) -> Option<u64> {
        let mut state = self.lock();
        if state.is_closed || state.streams.len() >= MOST {
            return None;
        }
        state.next += 1;
        let number = state.next;
        state.streams.insert(number, vec![Arc::clone(client)]);
        Some(number)
    }

    /// Adds the other half of a connection.
    pub(super) fn join(&self, number: u64, proxy: &Arc<TcpStream>) {
        let mut state = self.lock();
        if state.is_closed {
            let _ = proxy.shutdown(Shutdown::Both);
        }
        if let Some(streams) = state.streams.get_mut(&number) {
            streams.push(Arc::clone(proxy));
        }
    }

    /// Forgets a connection.
    pub(super) fn end(&self, number: u64) {
        self.lock().streams.remove(&number);
    }

    /// Closes every connection and takes in no other one.
    pub(super) fn close(&self) {
        let mut state = self.lock();
        state.is_closed = true;
        for stream in state.streams.values().flatten() {
            let _ = stream.shutdown(Shutdown::Both);
        }
    }

    pub(super) fn is_closed(&self) -> bool {
        self.lock().is_closed
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
