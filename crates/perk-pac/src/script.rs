//! The `JavaScript` engine with a script in it.
//!
//! Everything here happens on the thread of the script. The engine looks at the watch while it runs
//! code, and not within its own long functions: that is why [`crate::Pac`] has a watch too.

use std::cell::Cell;
use std::io;
use std::rc::Rc;
use std::time::Instant;

use rquickjs::context::EvalOptions;
use rquickjs::{
    CatchResultExt, CaughtError, Context, Ctx, Error, Exception, Function, Runtime, Value,
};

use crate::functions::standard;
use crate::{Limits, PacFault, World};

/// Enough for any script, and far less than the thread has.
pub(crate) const STACK: usize = 512 << 10;

/// The names of the function that is asked, the usual one first.
const QUESTIONS: [&str; 2] = ["FindProxyForURL", "FindProxyForURLEx"];

/// What messages of the engine call the script.
const NAME: &str = "script";

/// A script that was read and can be asked.
pub(crate) struct Script {
    // The order matters: the context goes before the engine that it lives in.
    context: Context,
    _runtime: Runtime,
    watch: Rc<Watch>,
    limits: Limits,
}

/// When the engine has to stop.
#[derive(Default)]
struct Watch {
    deadline: Cell<Option<Instant>>,
    has_stopped: Cell<bool>,
}

impl Watch {
    fn is_over(&self) -> bool {
        let is_over = self
            .deadline
            .get()
            .is_some_and(|deadline| Instant::now() >= deadline);
        if is_over {
            self.has_stopped.set(true);
        }
        is_over
    }
}

impl Script {
    /// Reads a script and runs what is outside of its functions.
    pub(crate) fn load(text: &str, limits: Limits, world: World) -> Result<Self, PacFault> {
        let runtime = Runtime::new().map_err(|error| no_engine(&error))?;
        runtime.set_memory_limit(limits.memory);
        runtime.set_max_stack_size(STACK);
        let watch = Rc::new(Watch::default());
        let looked_at = Rc::clone(&watch);
        runtime.set_interrupt_handler(Some(Box::new(move || looked_at.is_over())));
        let context = Context::full(&runtime).map_err(|error| no_engine(&error))?;
        let script = Self {
            context,
            _runtime: runtime,
            watch,
            limits,
        };
        script.within_limits(|ctx| standard::install(ctx, world))?;
        script.within_limits(|ctx| {
            let mut options = EvalOptions::default();
            // Scripts set variables that they never declare.
            options.strict = false;
            options.filename = Some(NAME.to_owned());
            ctx.eval_with_options::<(), _>(text, options)
        })?;
        let has_question = script.within_limits(|ctx| Ok(question(ctx)?.is_some()))?;
        if has_question {
            Ok(script)
        } else {
            Err(PacFault::NoFunction)
        }
    }

    /// Asks which way to take.
    pub(crate) fn answer(&self, url: &str, host: &str) -> Result<String, PacFault> {
        let answer = self.within_limits(|ctx| {
            let Some(function) = question(ctx)? else {
                return Ok(None);
            };
            let answer: Value<'_> = function.call((url, host))?;
            if answer.is_null() || answer.is_undefined() {
                return Ok(Some(String::new()));
            }
            answer
                .into_string()
                .map(|text| text.to_string())
                .transpose()
        })?;
        answer.ok_or(PacFault::NotText)
    }

    fn within_limits<T>(
        &self,
        run: impl for<'js> FnOnce(&Ctx<'js>) -> rquickjs::Result<T>,
    ) -> Result<T, PacFault> {
        self.watch
            .deadline
            .set(Some(Instant::now() + self.limits.time));
        self.watch.has_stopped.set(false);
        let result = self
            .context
            .with(|ctx| run(&ctx).catch(&ctx).map_err(|fault| self.fault(&fault)));
        self.watch.deadline.set(None);
        result
    }

    fn fault(&self, caught: &CaughtError<'_>) -> PacFault {
        if self.watch.has_stopped.get() {
            return PacFault::TimedOut {
                limit: self.limits.time,
            };
        }
        let (message, line) = match caught {
            CaughtError::Exception(exception) => described(exception),
            CaughtError::Error(Error::Allocation) => ("out of memory".to_owned(), None),
            CaughtError::Error(error) => (error.to_string(), None),
            CaughtError::Value(value) => (thrown(value), None),
        };
        if message.contains("out of memory") {
            return PacFault::OutOfMemory {
                limit: self.limits.memory,
            };
        }
        PacFault::Script { line, message }
    }
}

fn question<'js>(ctx: &Ctx<'js>) -> rquickjs::Result<Option<Function<'js>>> {
    for name in QUESTIONS {
        let value: Value<'js> = ctx.globals().get(name)?;
        if let Some(function) = value.into_function() {
            return Ok(Some(function));
        }
    }
    Ok(None)
}

fn described(exception: &Exception<'_>) -> (String, Option<u32>) {
    let message = exception.message().unwrap_or_default();
    let line = exception.stack().and_then(|stack| line_in(&stack));
    (message, line)
}

/// Reads the first line number of the script in a stack such as `at f (script:3:5)`.
fn line_in(stack: &str) -> Option<u32> {
    let (_, rest) = stack.split_once(&format!("{NAME}:"))?;
    let digits = rest.split(|letter: char| !letter.is_ascii_digit()).next()?;
    digits.parse().ok()
}

fn thrown(value: &Value<'_>) -> String {
    let text = value.as_string().and_then(|text| text.to_string().ok());
    text.unwrap_or_else(|| "it throws something that is no error".to_owned())
}

fn no_engine(error: &Error) -> PacFault {
    PacFault::Engine {
        source: io::Error::other(error.to_string()),
    }
}
