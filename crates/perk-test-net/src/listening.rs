//! Listening until it is dropped, with a thread for each connection.

use std::collections::BTreeMap;
use std::io;
use std::net::{Shutdown, SocketAddr, TcpListener, TcpStream};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, mpsc};
use std::thread::{self, JoinHandle};
use std::time::Duration;

use rustix::event::{PollFd, PollFlags, Timespec, poll};

use crate::Place;

/// How long it may take until a listener that is dropped has ended.
const PATIENCE: Duration = Duration::from_millis(20);

/// How long a client may go on sending when it has its answer.
const LINGER: Duration = Duration::from_millis(500);

/// Somebody who listens.
#[derive(Debug)]
pub(crate) struct Listening {
    address: SocketAddr,
    open: Arc<Open>,
    thread: Option<JoinHandle<()>>,
}

/// The connections that may still be open.
#[derive(Debug, Default)]
struct Open {
    is_over: AtomicBool,
    streams: Mutex<BTreeMap<u64, TcpStream>>,
}

impl Open {
    fn streams(&self) -> MutexGuard<'_, BTreeMap<u64, TcpStream>> {
        self.streams.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Listening {
    /// Listens at a place, and has each connection served by a thread of its own.
    pub(crate) fn start(
        place: &Place,
        serve: impl Fn(TcpStream) + Send + Sync + 'static,
    ) -> io::Result<Self> {
        let open = Arc::new(Open::default());
        let (sender, receiver) = mpsc::channel();
        let (place, shared) = (place.clone(), Arc::clone(&open));
        let thread = thread::Builder::new().spawn(move || {
            let bound = place.listen().and_then(|listener| {
                listener.set_nonblocking(true)?;
                Ok((listener.local_addr()?, listener))
            });
            match bound {
                Ok((address, listener)) => {
                    let _ = sender.send(Ok(address));
                    accept_all(&listener, &shared, &Arc::new(serve));
                }
                Err(error) => drop(sender.send(Err(error))),
            }
        })?;
        let address = receiver.recv().map_err(io::Error::other)??;
        Ok(Self {
            address,
            open,
            thread: Some(thread),
        })
    }

    pub(crate) fn address(&self) -> SocketAddr {
        self.address
    }

    /// Returns whether no connection is open.
    pub(crate) fn is_idle(&self) -> bool {
        self.open.streams().is_empty()
    }
}

impl Drop for Listening {
    fn drop(&mut self) {
        self.open.is_over.store(true, Ordering::SeqCst);
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
        for stream in self.open.streams().values() {
            let _ = stream.shutdown(Shutdown::Both);
        }
    }
}

fn accept_all<S: Fn(TcpStream) + Send + Sync + 'static>(
    listener: &TcpListener,
    open: &Arc<Open>,
    serve: &Arc<S>,
) {
    let mut number = 0;
    while !open.is_over.load(Ordering::SeqCst) {
        let mut waiting = [PollFd::new(listener, PollFlags::IN)];
        let timeout = Timespec::try_from(PATIENCE).ok();
        if !matches!(poll(&mut waiting, timeout.as_ref()), Ok(1..)) {
            continue;
        }
        let Ok((stream, _)) = listener.accept() else {
            continue;
        };
        let Ok(kept) = stream
            .set_nonblocking(false)
            .and_then(|()| stream.try_clone())
        else {
            continue;
        };
        number += 1;
        open.streams().insert(number, kept);
        let (serve, open) = (Arc::clone(serve), Arc::clone(open));
        thread::spawn(move || {
            serve(stream);
            let kept = open.streams().get(&number).map(TcpStream::try_clone);
            if let Some(Ok(kept)) = kept {
                // The other end may be gone.
                let _ = close(kept);
            }
            open.streams().remove(&number);
        });
    }
}

/// Closes a connection so that what was written arrives, also if not all was read.
fn close(mut stream: TcpStream) -> io::Result<u64> {
    stream.shutdown(Shutdown::Write)?;
    stream.set_read_timeout(Some(LINGER))?;
    io::copy(&mut stream, &mut io::sink())
}
