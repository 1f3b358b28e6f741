//! Watching a program until it ends, or until it has to be ended.

use std::io;
use std::process::{Child, ExitStatus};
use std::sync::mpsc::{Receiver, RecvTimeoutError};
use std::thread;
use std::time::{Duration, Instant};

use rustix::process::{
    Pid, Signal as SystemSignal, kill_process, kill_process_group, test_kill_process_group,
};

use crate::signals::{Noting, Signal};

/// The longest time between two looks at the program.
const LONGEST_PAUSE: Duration = Duration::from_millis(20);
/// How long a program that was asked to end is given before it is killed.
const GRACE: Duration = Duration::from_secs(3);

/// How long what it has left behind is given.
const GRACE_OF_REST: Duration = Duration::from_millis(500);

/// A program that runs, with what is needed to end it.
pub(crate) struct Supervised {
    pub(crate) child: Child,
    /// Notes signals since before the program was started.
    pub(crate) noting: Noting,
    /// Whether it has a process group of its own, with all that it starts.
    pub(crate) has_own_group: bool,
    /// Whether signals do not matter any more.
    pub(crate) is_last_act: bool,
    /// When it has to be done.
    pub(crate) deadline: Option<Instant>,
    /// Is disconnected when the program has closed its output.
    pub(crate) output_ended: Option<Receiver<()>>,
}

/// How it went.
pub(crate) enum Ending<R> {
    /// The program ended by itself.
    Exited(ExitStatus),
    /// Its time was up.
    TimedOut,
    /// The guard had a reason to end it.
    Stopped(R),
    /// Perk was told to end, and somebody has something to do before that.
    Interrupted,
}

impl Supervised {
    /// Waits for the end; the guard is asked again and again whether there is a reason to stop.
    pub(crate) fn wait<R>(mut self, guard: impl Fn() -> Option<R>) -> io::Result<Ending<R>> {
        let mut pause = Duration::from_micros(500);
        loop {
            if let Some(status) = self.child.try_wait()? {
                return match self.received() {
                    Some(signal) => self.noting.act(signal).map(|()| Ending::Interrupted),
                    None => Ok(Ending::Exited(status)),
                };
            }
            if let Some(signal) = self.received() {
                self.hand_on(signal)?;
                return self.noting.act(signal).map(|()| Ending::Interrupted);
            }
            if let Some(reason) = guard() {
                self.end(SystemSignal::TERM)?;
                return Ok(Ending::Stopped(reason));
            }
            if self
                .deadline
                .is_some_and(|deadline| Instant::now() >= deadline)
            {
                self.end(SystemSignal::TERM)?;
                return Ok(Ending::TimedOut);
            }
            self.pause(pause);
            pause = (pause * 2).min(LONGEST_PAUSE);
        }
    }

    fn received(&self) -> Option<Signal> {
        self.noting.received().filter(|_| !self.is_last_act)
    }

    /// Sleeps, but not longer than the program keeps its output open.
    fn pause(&mut self, pause: Duration) {
        match &self.output_ended {
            None => thread::sleep(pause),
            Some(output_ended) => {
                let ended = output_ended.recv_timeout(pause);
                if ended == Err(RecvTimeoutError::Disconnected) {
                    self.output_ended = None;
                }
            }
        }
    }

    /// Ends the program because perk is to end.
    fn hand_on(&mut self, signal: Signal) -> io::Result<()> {
        // In perk's own group, Ctrl-C has reached the program already, and a second one often
        // means "at once".
        if signal.is_interrupt() && !self.has_own_group {
            return self.wait_or_kill();
        }
        self.end(signal.as_system())
    }

    fn end(&mut self, signal: SystemSignal) -> io::Result<()> {
        self.send(signal);
        self.wait_or_kill()?;
        if self.has_own_group {
            self.end_rest();
        }
        Ok(())
    }

    /// Ends what the program has started and left behind. A shell, for one, lets what it runs in the
    /// background ignore an interrupt.
    fn end_rest(&self) {
        self.send(SystemSignal::TERM);
        let deadline = Instant::now() + GRACE_OF_REST;
        while self
            .number()
            .is_some_and(|group| test_kill_process_group(group).is_ok())
        {
            if Instant::now() >= deadline {
                return self.send(SystemSignal::KILL);
            }
            thread::sleep(LONGEST_PAUSE);
        }
    }

    fn wait_or_kill(&mut self) -> io::Result<()> {
        let deadline = Instant::now() + GRACE;
        while Instant::now() < deadline {
            if self.child.try_wait()?.is_some() {
                return Ok(());
            }
            thread::sleep(LONGEST_PAUSE);
        }
        self.send(SystemSignal::KILL);
        self.child.wait().map(drop)
    }

    /// Sends a signal; a program that is gone meanwhile is as good.
    fn send(&self, signal: SystemSignal) {
        if let Some(pid) = self.number() {
            let _ = if self.has_own_group {
                kill_process_group(pid, signal)
            } else {
                kill_process(pid, signal)
            };
        }
    }

    /// Returns the number of the program, which is that of its group if it has its own.
    fn number(&self) -> Option<Pid> {
        let number = i32::try_from(self.child.id()).ok()?;
        Pid::from_raw(number)
    }
}
