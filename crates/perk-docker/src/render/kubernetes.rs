//! What a command gives its container, as a pod of Kubernetes.

use std::ffi::OsStr;
use std::fmt::Write as _;
use std::net::IpAddr;

use super::merged::{MergedValue, image_name, merged_environment, text};
use super::yaml::{flow_list, quoted};
use super::{Rendered, Shell, shell_text};
use crate::command_line::{AddedHost, RunCommand};
use crate::compile::Compiled;
use crate::error::RenderFault;
use crate::network_plan::Mount;

/// The secret that variables are taken from.
const SECRET: &str = "perk-proxy";

/// The map that files are taken from.
const FILES: &str = "perk-files";

/// The options that a pod says, or that say nothing about it.
const SAID: &[&str] = &[
    "add-host",
    "attach",
    "detach",
    "detach-keys",
    "entrypoint",
    "env",
    "http-proxy",
    "interactive",
    "name",
    "quiet",
    "rm",
    "sig-proxy",
    "tty",
    "workdir",
];

/// Returns the program, the environment, the files and the names of hosts as a pod.
///
/// Secrets come from a secret of the cluster and files from a config map, which comments at the
/// beginning say how to make.
pub fn kubernetes(command: &RunCommand, compiled: &Compiled) -> Result<Rendered, RenderFault> {
    let name = match command.name() {
        Some(name) => image_name(text(name)?),
        None => image_name(text(command.image())?),
    };
    let environment = merged_environment(command, compiled)?;
    let (aliases, not_addresses) = host_aliases(command, compiled);
    let mut file = instructions(&environment, &compiled.mounts)?;
    let _ = write!(
        file,
        "apiVersion: v1\nkind: Pod\nmetadata:\n  name: {}\nspec:\n",
        quoted(&name)
    );
    file.push_str(&aliases);
    let _ = writeln!(file, "  containers:\n    - name: {}", quoted(&name));
    for line in container(command)? {
        let _ = writeln!(file, "      {line}");
    }
    file.push_str(&environment_list(&environment));
    file.push_str(&mounts(&compiled.mounts));
    Ok(Rendered {
        text: file,
        left_out: left_out(command, not_addresses),
    })
}

fn container(command: &RunCommand) -> Result<Vec<String>, RenderFault> {
    let mut lines = vec![format!("image: {}", quoted(text(command.image())?))];
    if let Some(entrypoint) = command.entrypoint().filter(|word| !word.is_empty()) {
        lines.push(format!(
            "command: {}",
            flow_list([escaped(text(entrypoint)?)])
        ));
    }
    let arguments = command.arguments().iter();
    let arguments: Result<Vec<_>, _> = arguments.map(|word| text(word).map(escaped)).collect();
    let arguments = arguments?;
    if !arguments.is_empty() {
        lines.push(format!("args: {}", flow_list(arguments)));
    }
    if let Some(folder) = command.value("workdir") {
        lines.push(format!("workingDir: {}", quoted(text(folder)?)));
    }
    if command.is_interactive() {
        lines.push("stdin: true".to_owned());
    }
    if command.has_terminal() {
        lines.push("tty: true".to_owned());
    }
    Ok(lines)
}

fn environment_list(environment: &[(String, MergedValue)]) -> String {
    let mut list = String::new();
    if !environment.is_empty() {
        list.push_str("      env:\n");
    }
    for (name, value) in environment {
        let _ = writeln!(list, "        - name: {}", quoted(name));
        let _ = match value {
            MergedValue::Text(value) => {
                writeln!(list, "          value: {}", quoted(&escaped(value)))
            }
            MergedValue::Elsewhere => writeln!(
                list,
                "          valueFrom:\n            secretKeyRef:\n              name: {SECRET}\n              \
                 key: {}",
                quoted(name)
            ),
        };
    }
    list
}

fn mounts(mounts: &[Mount]) -> String {
    let mut list = String::new();
    if mounts.is_empty() {
        return list;
    }
    list.push_str("      volumeMounts:\n");
    for mount in mounts {
        let _ = writeln!(
            list,
            "        - name: {FILES}\n          mountPath: {}\n          subPath: {}\n          \
             readOnly: true",
            quoted(&mount.target),
            quoted(&key_of(mount))
        );
    }
    let _ = writeln!(
        list,
        "  volumes:\n    - name: {FILES}\n      configMap:\n        name: {FILES}"
    );
    list
}

/// Returns the key of a file in the map, which may have letters, digits, dots and dashes.
fn key_of(mount: &Mount) -> String {
    let fit = |letter: char| match letter {
        letter if letter.is_ascii_alphanumeric() || "._-".contains(letter) => letter,
        _ => '-',
    };
    mount
        .target
        .trim_start_matches('/')
        .chars()
        .map(fit)
        .collect()
}

/// Returns comments that say what has to be there first.
fn instructions(
    environment: &[(String, MergedValue)],
    mounts: &[Mount],
) -> Result<String, RenderFault> {
    let mut comments = String::new();
    let is_secret = |(_, value): &&(String, MergedValue)| *value == MergedValue::Elsewhere;
    let secrets: Vec<_> = environment.iter().filter(is_secret).collect();
    if !secrets.is_empty() {
        let names: Vec<_> = secrets.iter().map(|(name, _)| name.as_str()).collect();
        let _ = writeln!(
            comments,
            "# First: kubectl create secret generic {SECRET} --from-env-file=FILE\n# FILE has a line \
             NAME=VALUE for each of {}",
            names.join(", ").escape_debug()
        );
    }
    if !mounts.is_empty() {
        let file = |mount: &Mount| format!("--from-file={}={}", key_of(mount), mount.source);
        let files: Vec<_> = mounts.iter().map(file).collect();
        // Quoted as for bash, a line break does not end the comment.
        let files = shell_text(Shell::Bash, files.iter().map(OsStr::new))?;
        let _ = writeln!(
            comments,
            "# First: kubectl create configmap {FILES} {files}"
        );
    }
    Ok(comments)
}

/// Returns the names of hosts that have an address, and the others.
fn host_aliases(command: &RunCommand, compiled: &Compiled) -> (String, Vec<AddedHost>) {
    let given = command.added_hosts();
    let all = given.iter().chain(&compiled.add_hosts).cloned();
    let address = |host: &AddedHost| {
        let text = host.address.trim_matches(['[', ']']);
        text.parse::<IpAddr>().ok()
    };
    let (known, others): (Vec<_>, Vec<_>) = all.partition(|host| address(host).is_some());
    let mut list = String::new();
    if !known.is_empty() {
        list.push_str("  hostAliases:\n");
    }
    for host in known {
        let names = flow_list([&host.name]);
        let address = quoted(host.address.trim_matches(['[', ']']));
        let _ = writeln!(list, "    - ip: {address}\n      hostnames: {names}");
    }
    (list, others)
}

fn left_out(command: &RunCommand, hosts: Vec<AddedHost>) -> Vec<String> {
    let given = command.given().iter().map(|given| given.name.as_str());
    let mut options: Vec<_> = given
        .filter(|name| !SAID.contains(name))
        .map(|name| format!("--{name}"))
        .collect();
    options.sort();
    options.dedup();
    let host = |host: AddedHost| format!("--add-host {}:{}", host.name, host.address);
    options.extend(hosts.into_iter().map(host));
    options
}

/// Keeps Kubernetes from putting variables in the place of `$(NAME)`.
fn escaped(text: &str) -> String {
    // Two of them are one to Kubernetes, and one before anything but `(` is itself.
    if text.contains("$(") || text.contains("$$") {
        text.replace('$', "$$")
    } else {
        text.to_owned()
    }
}
