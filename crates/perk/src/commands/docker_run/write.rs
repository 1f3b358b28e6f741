//! The command in the format that was asked for.

use perk_docker::render::{
    Rendered, Shell, build_arguments, compose, declared_proxy_arguments, kubernetes,
};
use perk_term::Terminal;

use super::arguments::{DockerRunArgs, RunFormat};
use super::machine::Machine;
use super::secrets;
use super::shown::Shown;
use crate::command_error::CommandError;
use crate::render::docker_run as render;

/// Writes the command, and the files that it names.
pub(super) fn write(
    arguments: &DockerRunArgs,
    shown: &Shown,
    machine: &Machine<'_>,
    terminal: &mut Terminal,
) -> Result<(), CommandError> {
    let shell = arguments.shell.unwrap_or_else(|| shell(machine));
    let Shown {
        command, compiled, ..
    } = shown;
    shown.write_files()?;
    match arguments.format {
        RunFormat::Text | RunFormat::Json => {
            if let Some(file) = &compiled.secret_file {
                secrets::write(file)?;
            }
            if arguments.format == RunFormat::Json {
                let document = render::CommandDocument::new(shown, arguments.show_secrets)?;
                terminal.json(&document)?;
                return Ok(());
            }
            render::command_text(&compiled.argv, shell, terminal)?;
        }
        RunFormat::Compose => file(&compose(command, compiled)?, terminal)?,
        RunFormat::Kubernetes => file(&kubernetes(command, compiled)?, terminal)?,
        RunFormat::BuildArgs => {
            let build = build_arguments(command, compiled)?;
            render::command_text(&build.words, shell, terminal)?;
            render::left_to_declare(&build.left_out, terminal);
            leaks(machine, terminal);
        }
    }
    render::remarks(shown, terminal);
    Ok(())
}

fn file(rendered: &Rendered, terminal: &mut Terminal) -> Result<(), CommandError> {
    render::file_text(rendered, terminal)?;
    Ok(())
}

/// Warns of the Dockerfile of the working folder, if what it declares ends up in the image.
fn leaks(machine: &Machine<'_>, terminal: &mut Terminal) {
    let folder = machine.surroundings().working_folder().ok();
    let path = folder.map(|folder| folder.join("Dockerfile"));
    let Some(file) = path.and_then(|path| machine.read(path)) else {
        return;
    };
    for declared in declared_proxy_arguments(&file.text) {
        render::leak(&file.path, &declared, terminal);
    }
}

fn shell(machine: &Machine<'_>) -> Shell {
    let program = machine.environment().get("SHELL");
    let known = program.and_then(|program| Shell::of_program(program));
    known.unwrap_or(Shell::Sh)
}
