//! The `perk` process: arguments in, exit code out.

use std::panic;
use std::process::ExitCode;

fn main() -> ExitCode {
    panic::set_hook(Box::new(perk::report_panic));
    panic::catch_unwind(|| perk::run(std::env::args_os()))
        .unwrap_or(perk_diag::ExitCode::Internal)
        .into()
}
