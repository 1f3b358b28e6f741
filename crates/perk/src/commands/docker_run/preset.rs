//! `--preset NAME`: words of `perk.toml` that stand before those of the user.

use std::ffi::OsString;

use camino::{Utf8Path, Utf8PathBuf};
use perk_config::{DockerRunSettings, Origin, Preset, PresetUser, Setting};
use perk_diag::{Class, Explain, Hint, nearest};
use perk_docker::command_line::{ExtraOption, RunCommand, Split, parse, split};
use perk_docker::compile::mount_words;
use perk_docker::engine::Engine;
use perk_docker::{CommandFault, Mount};

use super::kept;
use super::machine::Machine;
use crate::render::quoted;

/// A preset that cannot be used.
#[derive(Debug, thiserror::Error)]
pub(super) enum PresetError {
    #[error("there is no preset `{name}`")]
    Unknown {
        name: String,
        nearest: Option<String>,
        known: Vec<String>,
    },
    #[error("the options of the preset `{name}` cannot be used ({origin})")]
    Options {
        name: String,
        origin: Origin,
        #[source]
        fault: CommandFault,
    },
    #[error("`{word}` in the options of the preset `{name}` is no option ({origin})")]
    NotAnOption {
        name: String,
        word: String,
        origin: Origin,
    },
    #[error("`{path}` is not an absolute path of the container ({origin})")]
    Path { path: String, origin: Origin },
    #[error("`{variable}` is not the name of a variable ({origin})")]
    Variable { variable: String, origin: Origin },
}

impl Explain for PresetError {
    fn class(&self) -> Class {
        match self {
            Self::Unknown { .. } => Class::User,
            _ => Class::Config,
        }
    }

    fn hints(&self) -> Vec<Hint> {
        match self {
            Self::Unknown {
                nearest: Some(nearest),
                ..
            } => vec![Hint::new(format!("did you mean `{nearest}`?"))],
            Self::Unknown { known, name, .. } if known.is_empty() => vec![Hint::new(format!(
                "write one in perk.toml: `[docker-run.presets.{name}]`"
            ))],
            Self::Unknown { known, .. } => {
                vec![Hint::new(format!("the presets are {}", quoted(known)))]
            }
            Self::Options { fault, .. } => fault.hints(),
            Self::NotAnOption { .. } => vec![Hint::new(
                "write each word by itself, as in `options = [\"--name\", \"web\"]`; the image and \
                 the command have keys of their own",
            )],
            _ => Vec::new(),
        }
    }
}

/// What a preset did to the words of the user.
#[derive(Debug)]
pub(crate) struct UsedPreset {
    /// Its name.
    pub(crate) name: String,
    /// Where it is written.
    pub(crate) place: String,
    /// The words that are its own, in their order.
    pub(crate) words: Vec<OsString>,
    folders: Vec<Utf8PathBuf>,
}

impl UsedPreset {
    /// Makes the folders that the words speak of.
    pub(super) fn make_folders(&self) -> Result<(), super::error::DockerRunError> {
        self.folders
            .iter()
            .try_for_each(|folder| kept::make(folder))
    }
}

/// What has to be known to use a preset.
#[derive(Debug, Clone, Copy)]
pub(super) struct Using<'a> {
    pub(super) engine: Engine,
    pub(super) extra: &'a [ExtraOption],
    /// Whether docker's daemon runs as an ordinary user.
    pub(super) is_rootless: bool,
    pub(super) machine: &'a Machine<'a>,
}

/// Puts the words of a preset before those of the user.
pub(super) fn with_preset(
    name: &str,
    settings: &DockerRunSettings,
    words: &[OsString],
    using: &Using<'_>,
) -> Result<(Vec<OsString>, UsedPreset), crate::command_error::CommandError> {
    let Some(preset) = settings.presets.get(name) else {
        return Err(unknown(name, settings).into());
    };
    let Split { options, rest } = split(words, using.engine, using.extra)?;
    let mut used = UsedPreset {
        name: name.to_owned(),
        place: preset.origin().map(ToString::to_string).unwrap_or_default(),
        words: own_options(name, preset, using)?,
        folders: Vec::new(),
    };
    let mut all = used.words.clone();
    all.extend(options.iter().cloned());
    for mount in mounts(name, preset, using)? {
        if !is_mounted(&all, &mount.target, using) {
            used.folders.extend(mount.folder);
            used.words.extend(mount.words.iter().cloned());
        }
    }
    let mut all = used.words.clone();
    all.extend(options);
    let image = preset.image.iter().map(|image| image.value.as_str().into());
    let image: Vec<OsString> = image.collect();
    all.extend(image.iter().cloned());
    let has_command = rest.len() > 1 - image.len();
    all.extend(rest);
    used.words.extend(image);
    if let Some(command) = preset.command.as_ref().filter(|_| !has_command) {
        let command = command.value.iter().map(OsString::from);
        all.extend(command.clone());
        used.words.extend(command);
    }
    Ok((all, used))
}

fn unknown(name: &str, settings: &DockerRunSettings) -> PresetError {
    let known: Vec<String> = settings.presets.keys().cloned().collect();
    PresetError::Unknown {
        name: name.to_owned(),
        nearest: nearest(name, known.iter()).cloned(),
        known,
    }
}

/// Returns the words that are no mounts.
fn own_options(
    name: &str,
    preset: &Preset,
    using: &Using<'_>,
) -> Result<Vec<OsString>, PresetError> {
    let mut words = match &preset.options {
        Some(options) => checked_options(name, options, using)?,
        None => Vec::new(),
    };
    for (variable, value) in &preset.environment {
        if variable.is_empty() || variable.contains('=') {
            return Err(PresetError::Variable {
                variable: variable.clone(),
                origin: value.origin.clone(),
            });
        }
        words.extend(["-e".into(), format!("{variable}={}", value.value).into()]);
    }
    if preset.user.as_ref().is_some_and(is_host) {
        words.extend(user_words(using).map(OsString::from));
    }
    if let Some(folder) = &preset.workdir {
        words.extend(["-w".into(), absolute(&folder.value, &folder.origin)?.into()]);
    }
    Ok(words)
}

fn checked_options(
    name: &str,
    options: &Setting<Vec<String>>,
    using: &Using<'_>,
) -> Result<Vec<OsString>, PresetError> {
    let name = || name.to_owned();
    let origin = || options.origin.clone();
    let words: Vec<OsString> = options.value.iter().map(OsString::from).collect();
    let split = split(&words, using.engine, using.extra);
    let Split { options, rest } = split.map_err(|fault| PresetError::Options {
        name: name(),
        origin: origin(),
        fault,
    })?;
    let word = rest.first().or_else(|| words.get(options.len()));
    match word {
        None => Ok(words),
        Some(word) => Err(PresetError::NotAnOption {
            name: name(),
            word: word.to_string_lossy().into_owned(),
            origin: origin(),
        }),
    }
}

fn is_host(user: &Setting<PresetUser>) -> bool {
    user.value == PresetUser::Host
}

/// Returns how the engine is told that programs are whoever types the command. An engine without
/// root makes root in the container of whoever runs it.
fn user_words(using: &Using<'_>) -> impl Iterator<Item = String> + use<> {
    let user = rustix::process::geteuid();
    let is_root = user.is_root();
    let words = match using.engine {
        Engine::Podman if !is_root => vec!["--userns=keep-id".to_owned()],
        Engine::Nerdctl if !is_root => vec!["--user".to_owned(), "0:0".to_owned()],
        Engine::Docker if using.is_rootless => vec!["--user".to_owned(), "0:0".to_owned()],
        _ => {
            let group = rustix::process::getegid();
            let pair = format!("{}:{}", user.as_raw(), group.as_raw());
            vec!["--user".to_owned(), pair]
        }
    };
    words.into_iter()
}

/// Something that is mounted, as words.
struct Mounting {
    target: String,
    words: [OsString; 2],
    /// A folder that has to be there.
    folder: Option<Utf8PathBuf>,
}

fn mounts(
    name: &str,
    preset: &Preset,
    using: &Using<'_>,
) -> Result<Vec<Mounting>, crate::command_error::CommandError> {
    let mut mounts = Vec::new();
    if let Some(workdir) = &preset.workdir {
        let source = using.machine.surroundings().project_folder()?;
        mounts.push(folder_mount(&source, &workdir.value, None, using));
    }
    let Some(caches) = &preset.caches else {
        return Ok(mounts);
    };
    let is_host = preset.user.as_ref().is_some_and(is_host);
    for target in &caches.value {
        let target = absolute(target, &caches.origin)?;
        let id = cache_name(name, target, &caches.origin);
        if is_host {
            let folder = kept::folder(using.machine.surroundings());
            let folder = folder.ok_or(super::error::DockerRunError::NoFolder)?;
            let folder = folder.join("caches").join(id);
            let made = Some(folder.clone());
            mounts.push(folder_mount(&folder, target, made, using));
        } else {
            let value = format!("type=volume,source=perk-{id},target={target}");
            mounts.push(Mounting {
                target: target.to_owned(),
                words: ["--mount".into(), value.into()],
                folder: None,
            });
        }
    }
    Ok(mounts)
}

fn folder_mount(
    source: &Utf8Path,
    target: &str,
    folder: Option<Utf8PathBuf>,
    using: &Using<'_>,
) -> Mounting {
    let mount = Mount {
        source: source.to_string(),
        target: target.to_owned(),
        is_read_only: false,
        is_relabeled: using.machine.has_selinux(),
    };
    Mounting {
        target: target.to_owned(),
        words: mount_words(using.engine, &mount).map(OsString::from),
        folder,
    }
}

/// Returns a name that each path of a preset in a file has for itself, with letters that are
/// allowed in the names of volumes.
fn cache_name(preset: &str, target: &str, origin: &Origin) -> String {
    let file = match origin {
        Origin::File { place, .. } => place.path.as_str(),
        _ => "",
    };
    let hash = kept::name_of([file, "\n", preset, "\n", target].map(str::as_bytes));
    let text = format!("{preset}{target}");
    let plain = text.chars().map(|letter| match letter {
        letter if letter.is_ascii_alphanumeric() => letter,
        _ => '-',
    });
    format!("{}-{}", plain.collect::<String>(), &hash[..8])
}

fn absolute<'p>(path: &'p str, origin: &Origin) -> Result<&'p str, PresetError> {
    if path.starts_with('/') && !path.contains(['\0', ',', '"', '\n']) {
        return Ok(path);
    }
    Err(PresetError::Path {
        path: path.to_owned(),
        origin: origin.clone(),
    })
}

/// Tells whether options already mount something at a place.
fn is_mounted(options: &[OsString], target: &str, using: &Using<'_>) -> bool {
    let image = OsString::from("image");
    let words: Vec<_> = options.iter().cloned().chain([image]).collect();
    let command = parse(&words, using.engine, using.extra);
    let mounts = command.as_ref().map(RunCommand::mounts).unwrap_or_default();
    let plain = |path: &str| path.trim_end_matches('/').to_owned();
    let mut mounts = mounts.iter();
    mounts.any(|mount| plain(&mount.target) == plain(target))
}
