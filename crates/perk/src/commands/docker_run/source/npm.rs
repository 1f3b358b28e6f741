//! The settings of npm, in all places where npm looks for them.

use camino::{Utf8Path, Utf8PathBuf};
use perk_network::source::npm::{find, key_of_variable, value_of};
use perk_process::SearchPath;

use super::super::machine::{Machine, TextFile, pairs};
use super::Outcome;

pub(super) fn npm(machine: &Machine<'_>) -> Outcome {
    let own = |key: &str| of_variables(machine, key).map(Utf8PathBuf::from);
    let of_user = own("userconfig").or_else(|| machine.home(".npmrc"));
    let of_user = of_user.and_then(|path| machine.read(path));
    let prefix = own("prefix").or_else(|| prefix(of_user.as_ref()));
    let of_npm = prefix
        .as_ref()
        .map(|prefix| prefix.join("lib/node_modules/npm/npmrc"));
    let of_machine = own("globalconfig").or_else(|| Some(prefix?.join("etc/npmrc")));
    let of_project = project(machine).map(|folder| folder.join(".npmrc"));
    let read = |path: Option<Utf8PathBuf>| machine.read(path?);
    let files = [read(of_npm), read(of_machine), of_user, read(of_project)];
    let files: Vec<TextFile> = files.into_iter().flatten().collect();
    let variables = machine.environment().iter();
    let variables = variables.map(|(name, value)| (name.as_str(), value.as_str()));
    find(&pairs(&files), variables)
}

/// Returns what a variable such as `npm_config_prefix` says, in whatever spelling.
fn of_variables<'m>(machine: &Machine<'m>, key: &str) -> Option<&'m str> {
    let mut variables = machine.environment().iter();
    let (_, value) = variables.find(|(name, value)| {
        !value.is_empty() && key_of_variable(name).is_some_and(|known| known == key)
    })?;
    Some(value)
}

/// Returns the folder that npm installs into: as the user says, or the one that node is in.
fn prefix(of_user: Option<&TextFile>) -> Option<Utf8PathBuf> {
    if let Some(prefix) = of_user.and_then(|file| value_of(&file.text, "prefix")) {
        return Some(prefix.into());
    }
    let node = SearchPath::of_process()
        .find("node", "find npm's settings")
        .ok()?;
    let node = Utf8PathBuf::from_path_buf(node.path().canonicalize().ok()?).ok()?;
    Some(node.parent()?.parent()?.to_owned())
}

/// Returns the folder of the package that the working folder is in, or the working folder.
fn project<'m>(machine: &Machine<'m>) -> Option<&'m Utf8Path> {
    let folder = machine.surroundings().working_folder().ok()?;
    let marks = ["package.json", "node_modules"];
    let is_package = |folder: &&Utf8Path| marks.iter().any(|mark| folder.join(mark).exists());
    Some(folder.ancestors().find(is_package).unwrap_or(folder))
}
