//! The tests of the whole binary: one module per command, and what holds for all commands.

#![expect(clippy::unwrap_used, reason = "to panic is how a test fails")]

mod completions;
mod config;
mod contract;
mod docker_daemon;
mod docker_run;
mod docker_run_asked;
mod docker_run_cases;
mod docker_run_doctor;
#[cfg(target_os = "linux")]
mod docker_run_engine;
mod docker_run_files;
mod docker_run_pac;
mod docker_run_pac_https;
mod docker_run_preset;
mod docker_run_relay;
mod forgotten;
mod generated;
mod help;
mod iam_catalog;
mod iam_corpus;
mod iam_formats;
mod iam_validate;
mod iam_validate_inputs;
mod iam_validate_settings;
mod scaffold_check;
mod scaffold_check_run;
mod scaffold_diff;
mod scaffold_hooks;
mod scaffold_killed;
mod scaffold_list;
mod scaffold_new;
mod scaffold_new_answers;
mod scaffold_new_terminal;
mod scaffold_projects;
mod scaffold_repositories;
mod scaffold_signals;
mod scaffold_sources;
mod scaffold_sources_cache;
mod scaffold_sources_https;
mod scaffold_status;
mod scaffold_status_sources;

use perk_test::TestContext;

fn context() -> TestContext {
    TestContext::new(env!("CARGO_BIN_EXE_perk"))
}
