//! `perk docker-run`: a command for an engine with what its network needs.

mod arguments;
mod by_hand;
mod certificates;
mod doctor;
mod engine;
mod error;
mod host;
mod kept;
mod listeners;
mod loopback;
mod machine;
mod plan;
mod preset;
mod relay;
mod secrets;
mod source;
mod words;

use std::ffi::OsString;

use clap::Args as _;
use perk_config::{Config, DockerRunSettings};
use perk_diag::ExitCode;
use perk_docker::command_line::{RunCommand, parse};
use perk_docker::compile::Compiled;
use perk_docker::render::{
    Rendered, Shell, build_arguments, compose, declared_proxy_arguments, kubernetes,
};
use perk_docker::{CommandFault, Host, NetworkPlan};
use perk_network::SourceFault;
use perk_network::program::{Forecast, forecast, programs};
use perk_process::SearchPath;
use perk_term::Terminal;

pub(crate) use arguments::DockerRunArgs;
pub(crate) use doctor::{Examination, is_probe, probe};
pub(crate) use plan::Origins;
pub(crate) use preset::UsedPreset;
pub(crate) use relay::{Relayed, is_relay, relay};
pub(crate) use source::{Looked, NotAsked};
pub(crate) use words::with_words_apart;

use self::arguments::RunFormat;
use self::certificates::{CertificateFiles, Wanted};
use self::engine::{Known, Need};
use self::error::DockerRunError;
use self::machine::Machine;
use self::relay::{Circumstances, Relays};
use self::source::{Asked, DockerClient, docker_client, look};
use crate::command_error::CommandError;
use crate::render::docker_run as render;
use crate::settings::Surroundings;

/// A command with all that is known about it.
#[derive(Debug)]
pub(crate) struct Shown {
    /// The words of the user, behind those of a preset.
    pub(crate) command: RunCommand,
    /// The preset, if there is one.
    pub(crate) preset: Option<UsedPreset>,
    /// What became of them.
    pub(crate) compiled: Compiled,
    /// Where the settings are from.
    pub(crate) looked: Looked,
    /// Where the value of each variable is from.
    pub(crate) origins: Origins,
    /// What the engine said when it was asked.
    pub(crate) known: Known,
    /// What the user should know.
    pub(crate) warnings: Vec<String>,
    /// What the user may want to know.
    pub(crate) details: Vec<String>,
    /// Where it is run, with what the engine said.
    host: Host,
    relays: Relays,
    plan: NetworkPlan,
    certificates: Option<CertificateFiles>,
}

impl Shown {
    /// Writes what the words speak of.
    fn write_files(&self) -> Result<(), DockerRunError> {
        if let Some(files) = &self.certificates {
            files.write()?;
        }
        self.preset.iter().try_for_each(UsedPreset::make_folders)
    }
}

pub(crate) fn docker_run(
    arguments: &DockerRunArgs,
    surroundings: &Surroundings,
    config: Result<Config, CommandError>,
    terminal: &mut Terminal,
) -> Result<ExitCode, CommandError> {
    let settings = config?.docker_run;
    check(arguments)?;
    let machine = Machine::new(surroundings);
    let docker = docker_client(&machine);
    let (command, preset) = command(arguments, &settings, &docker, &machine)?;
    let host = host::host(&command, &docker, &machine)?;
    let mut shown = shown(arguments, &settings, command, host, &docker, &machine)?;
    shown.preset = preset;
    if arguments.doctor {
        let case = doctor::Case {
            arguments,
            settings: &settings,
            shown: &shown,
            machine: &machine,
        };
        return doctor::doctor(&case, terminal);
    }
    if arguments.explain {
        explain(arguments, &shown, terminal)?;
    } else if arguments.exec {
        return Err(exec(shown, terminal));
    } else {
        write(arguments, &shown, surroundings, terminal)?;
    }
    Ok(ExitCode::Success)
}

/// Finds what clap cannot: flags that do not go together.
fn check(arguments: &DockerRunArgs) -> Result<(), DockerRunError> {
    let is_said = matches!(arguments.format, RunFormat::Text | RunFormat::Json);
    match (arguments.explain, arguments.doctor) {
        (true, _) if !is_said => Err(DockerRunError::ExplainFormat("--explain")),
        (_, true) if !is_said => Err(DockerRunError::ExplainFormat("--doctor")),
        (false, false) if arguments.program.is_some() => Err(DockerRunError::ProgramAlone),
        _ => Ok(()),
    }
}

/// Becomes the engine's client, which then has the terminal, the signals and the exit code. The
/// values with passwords are in its environment. Returns only if it cannot be run.
fn exec(shown: Shown, terminal: &mut Terminal) -> CommandError {
    let purpose = "run the container";
    let engine = shown.command.engine().name();
    let program = match SearchPath::of_process().find(engine, purpose) {
        Ok(program) => program,
        Err(error) => return error.into(),
    };
    if let Err(error) = shown.write_files() {
        return error.into();
    }
    render::remarks(&shown, terminal);
    render::relays(&shown.command, &shown.relays.running, terminal);
    let words = shown.compiled.argv.iter().skip(1);
    let mut invocation = program
        .invocation(purpose)
        .arguments(words.map(|word| word.text.clone()));
    for (name, value) in shown.compiled.client_environment() {
        invocation = invocation.variable(name, value);
    }
    if let Some(lifeline) = shown.relays.lifeline {
        invocation = invocation.keeping_alive(lifeline);
    }
    invocation.replace().into()
}

/// Reads the words of the user, with those of a preset before them. An explanation of the network
/// alone needs no image.
fn command(
    arguments: &DockerRunArgs,
    settings: &DockerRunSettings,
    docker: &DockerClient,
    machine: &Machine<'_>,
) -> Result<(RunCommand, Option<UsedPreset>), CommandError> {
    let configured = settings.engine.as_ref().map(|engine| engine.value);
    let engine = host::engine(arguments.engine.or(configured));
    let no_image = [OsString::from("IMAGE")];
    let preset = arguments.preset.as_ref();
    let preset = preset.and_then(|name| settings.presets.get(name));
    let has_image = preset.is_some_and(|preset| preset.image.is_some());
    let words = match &arguments.words[..] {
        [] if (arguments.explain || arguments.doctor) && !has_image => &no_image,
        words => words,
    };
    let extra = &arguments.allow_unknown;
    let Some(name) = &arguments.preset else {
        let command = parse(words, engine, extra).map_err(command_error)?;
        return Ok((command, None));
    };
    let using = preset::Using {
        engine,
        extra,
        is_rootless: docker.is_rootless,
        machine,
    };
    let (words, used) = preset::with_preset(name, settings, words, &using)?;
    let command = parse(&words, engine, extra).map_err(command_error)?;
    Ok((command, Some(used)))
}

fn command_error(fault: CommandFault) -> CommandError {
    match fault {
        CommandFault::UnknownOption { engine, option, .. } if is_own_option(&option) => {
            DockerRunError::OptionOfPerk { option, engine }.into()
        }
        fault => fault.into(),
    }
}

/// Tells whether perk itself has an option, given with its dashes.
fn is_own_option(option: &str) -> bool {
    let own = DockerRunArgs::augment_args(clap::Command::new("docker-run"));
    let name = option.trim_start_matches('-');
    own.get_arguments().any(|own| own.get_long() == Some(name))
}

fn shown(
    arguments: &DockerRunArgs,
    settings: &DockerRunSettings,
    command: RunCommand,
    host: Host,
    docker: &DockerClient,
    machine: &Machine<'_>,
) -> Result<Shown, CommandError> {
    let surroundings = machine.surroundings();
    let looked = look(machine, &Asked::new(arguments, settings), docker)?;
    if let Some((source_kind, fault)) = looked.choice.fault_before_winner() {
        return Err(match fault.clone() {
            // It names the variable or the line itself.
            fault @ SourceFault::Url { .. } => fault.into(),
            fault => DockerRunError::Source { source_kind, fault }.into(),
        });
    }
    let ask = |need: Need| engine::ask(&command, need, docker, machine);
    let mut known = ask(need(arguments, &looked));
    let host = known.applied_to(host);
    let relays = match &looked.choice.winner {
        None => Relays::default(),
        Some((_, found)) => {
            let configured = settings.relay.as_ref().map(|relay| relay.value);
            let circumstances = Circumstances {
                when: arguments.relay.or(configured).unwrap_or_default(),
                is_run: arguments.exec,
                command: &command,
                host: &host,
                known: &known,
                docker,
                machine,
            };
            relay::prepare(&found.settings, circumstances)?
        }
    };
    let mut planned = plan::network(&looked, &command, &host, &known, &relays, machine);
    let certificates = match Wanted::new(arguments, settings) {
        Some(wanted) => certificates::add(&wanted, machine, &mut planned)?,
        None => None,
    };
    if looked.choice.winner.is_none() && certificates.is_some() {
        known = ask(Need {
            image: has_image(arguments),
            ..Need::default()
        });
    }
    let host = known.applied_to(host);
    let compiled = secrets::compiled(arguments, &command, &planned.plan, &host, surroundings)?;
    let mut warnings: Vec<String> = compiled.warnings.iter().map(ToString::to_string).collect();
    warnings.extend(by_hand::warnings(&command, &host));
    warnings.extend(docker.fault().map(ToString::to_string));
    warnings.extend(looked.script_fault.clone());
    let missing = if arguments.writes_command() {
        secrets::missing(&compiled, &host)
    } else {
        secrets::only_named(&compiled)
    };
    if !missing.is_empty() && !arguments.exec {
        warnings.push(render::missing_variables(&missing));
    }
    Ok(Shown {
        command,
        preset: None,
        compiled,
        looked,
        origins: planned.origins,
        known,
        warnings,
        details: planned.details,
        host,
        relays,
        plan: planned.plan,
        certificates,
    })
}

/// Returns what the engine has to be asked because of proxies.
fn need(arguments: &DockerRunArgs, looked: &Looked) -> Need {
    let Some((_, found)) = &looked.choice.winner else {
        return Need::default();
    };
    let is_run = matches!(arguments.format, RunFormat::Text | RunFormat::Json);
    let uses_proxies = is_run && !found.settings.no_proxy.is_everything();
    let mut proxies = found.settings.proxies();
    Need {
        image: has_image(arguments),
        networks: uses_proxies,
        version: uses_proxies && proxies.any(|(_, proxy)| proxy.host.is_loopback()),
    }
}

/// Tells whether an image is run, and not built or only thought of.
fn has_image(arguments: &DockerRunArgs) -> bool {
    arguments.format != RunFormat::BuildArgs && !arguments.words.is_empty()
}

fn explain(
    arguments: &DockerRunArgs,
    shown: &Shown,
    terminal: &mut Terminal,
) -> Result<(), CommandError> {
    let forecasts = match &arguments.program {
        Some(name) => forecasts(name, shown)?,
        None => Vec::new(),
    };
    match arguments.format {
        RunFormat::Json => terminal.json(&render::ExplainDocument::new(shown, &forecasts))?,
        _ => render::explain_text(shown, &forecasts, terminal)?,
    }
    Ok(())
}

fn forecasts(name: &str, shown: &Shown) -> Result<Vec<Forecast>, DockerRunError> {
    let found = programs(name).map_err(DockerRunError::Program)?;
    let variable = |name: &str| variable(name, shown);
    Ok(found
        .into_iter()
        .map(|program| forecast(program, &variable))
        .collect())
}

/// Returns the value of a variable in the container, as far as the command says.
fn variable(name: &str, shown: &Shown) -> Option<String> {
    let mut added = shown.compiled.environment.iter();
    if let Some(setting) = added.find(|setting| setting.name == name) {
        return Some(setting.value.clone());
    }
    let by_hand = shown.command.environment();
    let own = by_hand.iter().rfind(|variable| variable.name == name)?;
    Some(own.value.as_ref()?.to_string_lossy().into_owned())
}

fn write(
    arguments: &DockerRunArgs,
    shown: &Shown,
    surroundings: &Surroundings,
    terminal: &mut Terminal,
) -> Result<(), CommandError> {
    let shell = arguments.shell.unwrap_or_else(|| shell(surroundings));
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
            leaks(surroundings, terminal);
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
fn leaks(surroundings: &Surroundings, terminal: &mut Terminal) {
    let folder = surroundings.working_folder().ok();
    let path = folder.map(|folder| folder.join("Dockerfile"));
    let Some(file) = path.and_then(|path| Machine::new(surroundings).read(path)) else {
        return;
    };
    for declared in declared_proxy_arguments(&file.text) {
        render::leak(&file.path, &declared, terminal);
    }
}

fn shell(surroundings: &Surroundings) -> Shell {
    let program = surroundings.environment().get("SHELL");
    let known = program.and_then(|program| Shell::of_program(program));
    known.unwrap_or(Shell::Sh)
}
