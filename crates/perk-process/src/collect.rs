//! Reading what a program writes while it runs, within a limit.

use std::io::Read;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::Sender;
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;

/// What to do with more bytes than are allowed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Excess {
    /// Stop reading, and say so.
    Fail,
    /// Forget the oldest bytes.
    DropOldest,
}

/// The bytes read so far by a thread of their own.
pub(crate) struct Collection {
    bytes: Arc<Mutex<Vec<u8>>>,
    overflowed: Arc<AtomicBool>,
    complete: Arc<AtomicBool>,
}

impl Collection {
    /// Begins to read; the sender is dropped at the end of the stream, or when there is too much.
    pub(crate) fn start(
        mut stream: impl Read + Send + 'static,
        limit: usize,
        excess: Excess,
        ended: Sender<()>,
    ) -> Self {
        let collection = Self {
            bytes: Arc::default(),
            overflowed: Arc::default(),
            complete: Arc::default(),
        };
        let (bytes, overflowed) = (collection.bytes.clone(), collection.overflowed.clone());
        let complete = collection.complete.clone();
        thread::spawn(move || {
            let _ended = ended;
            let mut chunk = vec![0; 64 * 1024];
            while let Ok(count @ 1..) = stream.read(&mut chunk) {
                let mut bytes = bytes.lock().unwrap_or_else(PoisonError::into_inner);
                bytes.extend_from_slice(&chunk[..count]);
                if bytes.len() <= limit {
                    continue;
                }
                match excess {
                    Excess::Fail => {
                        overflowed.store(true, Ordering::SeqCst);
                        break;
                    }
                    Excess::DropOldest => {
                        let surplus = bytes.len() - limit;
                        bytes.drain(..surplus);
                    }
                }
            }
            complete.store(true, Ordering::SeqCst);
        });
        collection
    }

    /// Returns whether there was more than the limit.
    pub(crate) fn overflowed(&self) -> bool {
        self.overflowed.load(Ordering::SeqCst)
    }

    /// Returns whether nothing more will come.
    pub(crate) fn is_complete(&self) -> bool {
        self.complete.load(Ordering::SeqCst)
    }

    /// Returns what has been read.
    pub(crate) fn take(&self) -> Vec<u8> {
        std::mem::take(&mut self.bytes.lock().unwrap_or_else(PoisonError::into_inner))
    }
}
