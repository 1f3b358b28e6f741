//! Trying, step by step, all questions at once.

use std::net::IpAddr;
use std::panic::resume_unwind;
use std::thread;
use std::time::{Duration, Instant};

use perk_network::{Host, ProxyUrl, Scheme};

use crate::connection::{Connection, Opened};
use crate::tls::{Layered, Roots, speak};
use crate::{
    Answer, Limits, Outcome, Question, Route, Silence, Step, StepKind, Taken, Target, TargetScheme,
    head, names, socks,
};

/// Tries everything that is asked, each on a thread of its own, and returns the answers in order.
pub fn ask(questions: &[Question], limits: &Limits) -> Vec<Answer> {
    let roots = Roots::new(&limits.trusted);
    thread::scope(|scope| {
        let threads: Vec<_> = questions
            .iter()
            .map(|question| scope.spawn(|| answer(question, limits.step, &roots)))
            .collect();
        let answers = threads.into_iter().zip(questions);
        let answer =
            |(thread, question): (thread::ScopedJoinHandle<'_, Vec<Step>>, &Question)| Answer {
                target: question.target.clone(),
                route: match &question.route {
                    Route::Direct => Taken::Direct,
                    Route::Proxy(proxy) => Taken::proxy(proxy),
                },
                is_comparison: question.is_comparison,
                steps: thread.join().unwrap_or_else(|panic| resume_unwind(panic)),
            };
        answers.map(answer).collect()
    })
}

fn answer(question: &Question, limit: Duration, roots: &Roots) -> Vec<Step> {
    let mut attempt = Attempt {
        steps: Vec::new(),
        limit,
        roots,
    };
    // What failed is in the steps.
    let _ = match &question.route {
        Route::Direct => attempt.directly(&question.target),
        Route::Proxy(proxy) => attempt.through(proxy, &question.target),
    };
    attempt.steps
}

/// A way that is gone as far as it leads.
struct Attempt<'a> {
    steps: Vec<Step>,
    limit: Duration,
    roots: &'a Roots,
}

impl Attempt<'_> {
    fn directly(&mut self, target: &Target) -> Option<()> {
        let addresses = self.resolve(StepKind::Name, &target.host)?;
        let connection = self.connect(StepKind::Connection, &addresses, target.port)?;
        self.destination(connection, target)
    }

    fn through(&mut self, proxy: &ProxyUrl, target: &Target) -> Option<()> {
        let addresses = self.resolve(StepKind::ProxyName, &proxy.host)?;
        let mut connection = self.connect(StepKind::ProxyConnection, &addresses, proxy.port)?;
        if proxy.scheme == Scheme::Https {
            connection = self.tls(StepKind::ProxyTls, connection, &proxy.host)?;
        }
        connection.begin_step(self.limit);
        let is_http = matches!(proxy.scheme, Scheme::Http | Scheme::Https);
        if is_http && target.scheme == TargetScheme::Http {
            return self.step(StepKind::Forward, || {
                head::request(&mut connection, target, Some(proxy))
            });
        }
        let tunneled = self.step(StepKind::Tunnel, || {
            if is_http {
                head::tunnel(&mut connection, target, proxy)
            } else {
                socks::tunnel(&mut connection, target, proxy)
            }
        });
        if tunneled.is_none() && proxy.scheme == Scheme::Http {
            self.look_for_tls(&proxy.host, &addresses, proxy.port);
        }
        tunneled?;
        self.destination(connection, target)
    }

    /// Speaks to the destination at the other end of a connection.
    fn destination(&mut self, mut connection: Connection, target: &Target) -> Option<()> {
        if target.scheme == TargetScheme::Https {
            self.tls(StepKind::Tls, connection, &target.host);
            return Some(());
        }
        connection.begin_step(self.limit);
        self.step(StepKind::Request, || {
            head::request(&mut connection, target, None)
        })
    }

    /// A proxy that closes the connection without a word, or sends garbage, may be one that has to
    /// be spoken to with TLS.
    fn look_for_tls(&mut self, host: &Host, addresses: &[IpAddr], port: u16) {
        let Some(Step {
            outcome: Outcome::Silent { reason },
            ..
        }) = self.steps.last_mut()
        else {
            return;
        };
        if !matches!(reason, Silence::Closed | Silence::TimedOut) {
            return;
        }
        if let Opened::Yes(connection, _) = Connection::open(addresses, port, self.limit) {
            let Layered { outcome, .. } = speak(connection, host, self.roots);
            if matches!(outcome, Outcome::Tls(_)) {
                *reason = Silence::SpeaksTls;
            }
        }
    }

    fn resolve(&mut self, kind: StepKind, host: &Host) -> Option<Vec<IpAddr>> {
        let limit = self.limit;
        self.step(kind, || names::resolve(host, limit))?;
        match &self.steps.last()?.outcome {
            Outcome::Resolved { addresses } => Some(addresses.clone()),
            _ => None,
        }
    }

    fn connect(&mut self, kind: StepKind, addresses: &[IpAddr], port: u16) -> Option<Connection> {
        let begun = Instant::now();
        let opened = Connection::open(addresses, port, self.limit);
        self.note(kind, begun, opened.outcome());
        match opened {
            Opened::Yes(connection, _) => Some(connection),
            Opened::No(_) => None,
        }
    }

    fn tls(&mut self, kind: StepKind, connection: Connection, host: &Host) -> Option<Connection> {
        let begun = Instant::now();
        connection.begin_step(self.limit);
        let Layered {
            outcome,
            connection,
        } = speak(connection, host, self.roots);
        self.note(kind, begun, outcome);
        connection
    }

    /// Takes a step; none if the next one cannot follow.
    fn step(&mut self, kind: StepKind, act: impl FnOnce() -> Outcome) -> Option<()> {
        let begun = Instant::now();
        let outcome = act();
        self.note(kind, begun, outcome);
        self.steps.last()?.is_fine().then_some(())
    }

    fn note(&mut self, kind: StepKind, begun: Instant, outcome: Outcome) {
        let milliseconds = u64::try_from(begun.elapsed().as_millis()).unwrap_or(u64::MAX);
        self.steps.push(Step {
            kind,
            milliseconds,
            outcome,
        });
    }
}
