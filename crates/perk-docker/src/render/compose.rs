//! A command as a service of a Compose file.

use std::ffi::OsStr;
use std::fmt::Write as _;

use super::Rendered;
use super::merged::{MergedValue, image_name, merged_environment, text};
use super::yaml::{flow_list, quoted};
use crate::command_line::{
    ComposeKey, GivenMount, NetworkMode, OptionRow, RunCommand, comma_list, options,
};
use crate::compile::Compiled;
use crate::error::RenderFault;

/// The keys of `--mount` that have a place in the file.
const MOUNT_KEYS: &[&str] = &[
    "type",
    "source",
    "src",
    "target",
    "destination",
    "dst",
    "readonly",
    "ro",
];

/// Returns the command as a Compose file with one service.
///
/// Secrets are named only: Compose takes them from its environment.
pub fn compose(command: &RunCommand, compiled: &Compiled) -> Result<Rendered, RenderFault> {
    let mut service = Service {
        command,
        lines: Vec::new(),
        left_out: Vec::new(),
    };
    service.key("image", &quoted(&escaped(text(command.image())?)));
    service.write_program()?;
    service.write_options()?;
    service.write_environment(compiled)?;
    service.write_list("extra_hosts", hosts(command, compiled));
    service.write_mounts(compiled);
    service.write_network();
    let name = quoted(&service_name(command)?);
    let mut text = format!("services:\n  {name}:\n");
    for line in &service.lines {
        let _ = writeln!(text, "    {line}");
    }
    text.push_str(&top_level(command));
    Ok(Rendered {
        text,
        left_out: service.left_out,
    })
}

struct Service<'a> {
    command: &'a RunCommand,
    lines: Vec<String>,
    left_out: Vec<String>,
}

impl Service<'_> {
    fn key(&mut self, key: &str, value: &str) {
        self.lines.push(format!("{key}: {value}"));
    }

    fn write_list(&mut self, key: &str, items: Vec<String>) {
        if items.is_empty() {
            return;
        }
        self.lines.push(format!("{key}:"));
        let item = |item: String| format!("  - {}", quoted(&item));
        self.lines.extend(items.into_iter().map(item));
    }

    fn write_program(&mut self) -> Result<(), RenderFault> {
        match self.command.entrypoint() {
            None => {}
            Some(entrypoint) if entrypoint.is_empty() => self.key("entrypoint", "[]"),
            Some(entrypoint) => {
                let entrypoint = escaped(text(entrypoint)?);
                self.key("entrypoint", &flow_list([entrypoint]));
            }
        }
        let arguments = self.command.arguments().iter();
        let arguments: Result<Vec<_>, _> = arguments.map(|word| text(word).map(escaped)).collect();
        let arguments = arguments?;
        if !arguments.is_empty() {
            self.key("command", &flow_list(arguments));
        }
        Ok(())
    }

    fn write_options(&mut self) -> Result<(), RenderFault> {
        let mut written: Vec<&str> = Vec::new();
        for given in self.command.given() {
            let name = given.name.as_str();
            if written.contains(&name) {
                continue;
            }
            written.push(name);
            let row = options().iter().find(|row| row.name == name);
            match row.and_then(OptionRow::compose) {
                Some(key) => self.write_option(name, key)?,
                None => self.left_out.push(format!("--{name}")),
            }
        }
        Ok(())
    }

    fn write_option(&mut self, name: &str, key: ComposeKey) -> Result<(), RenderFault> {
        match key {
            ComposeKey::Own | ComposeKey::Nothing => {}
            ComposeKey::List(key) => {
                let values = self.command.values(name);
                let items: Result<_, _> = values.map(|value| text(value).map(escaped)).collect();
                self.write_list(key, items?);
            }
            ComposeKey::Text(key) => {
                let value = text(self.command.value(name).unwrap_or_default())?;
                self.key(key, &quoted(&escaped(value)));
            }
            ComposeKey::Number(key) => {
                let value = text(self.command.value(name).unwrap_or_default())?;
                match value.parse::<i64>() {
                    Ok(number) => self.key(key, &number.to_string()),
                    Err(_) => self.key(key, &quoted(&escaped(value))),
                }
            }
            ComposeKey::Flag(key) => {
                let is_set = self.command.flag(name).unwrap_or(true);
                self.key(key, &is_set.to_string());
            }
        }
        Ok(())
    }

    fn write_environment(&mut self, compiled: &Compiled) -> Result<(), RenderFault> {
        let item = |(name, value)| match value {
            MergedValue::Text(value) => format!("{name}={}", escaped(&value)),
            MergedValue::Elsewhere => name,
        };
        let environment = merged_environment(self.command, compiled)?;
        self.write_list("environment", environment.into_iter().map(item).collect());
        Ok(())
    }

    fn write_mounts(&mut self, compiled: &Compiled) {
        let mut lines = Vec::new();
        let lossy = |value: &OsStr| escaped(&value.to_string_lossy());
        for value in self.command.values("volume") {
            lines.push(format!("  - {}", quoted(&lossy(value))));
        }
        let is_temporary = |mount: &GivenMount| mount.kind == "tmpfs";
        for value in self.command.values("mount") {
            if !has_known_keys(&value.to_string_lossy()) {
                self.left_out
                    .push(format!("--mount {}", value.to_string_lossy()));
            }
        }
        let volumes = self.command.values("volume").count();
        let temporary = self.command.values("tmpfs").count();
        let mounts = self.command.mounts();
        let given = &mounts[volumes..mounts.len() - temporary];
        for mount in given {
            let source = mount.source.as_deref().filter(|_| !is_temporary(mount));
            lines.extend(mount_lines(
                &mount.kind,
                source,
                &mount.target,
                mount.is_read_only,
            ));
        }
        for mount in &compiled.mounts {
            let source = Some(mount.source.as_str());
            lines.extend(mount_lines(
                "bind",
                source,
                &mount.target,
                mount.is_read_only,
            ));
        }
        if !lines.is_empty() {
            self.lines.push("volumes:".to_owned());
            self.lines.append(&mut lines);
        }
    }

    fn write_network(&mut self) {
        match self.command.network() {
            NetworkMode::Host => self.key("network_mode", "\"host\""),
            NetworkMode::None => self.key("network_mode", "\"none\""),
            NetworkMode::Container(name) => {
                let mode = quoted(&escaped(&format!("container:{name}")));
                self.key("network_mode", &mode);
            }
            NetworkMode::Named(names) => {
                self.write_list("networks", names.iter().map(|name| escaped(name)).collect());
            }
            NetworkMode::Pod | NetworkMode::Default => {}
        }
    }
}

fn hosts(command: &RunCommand, compiled: &Compiled) -> Vec<String> {
    let given = command.added_hosts();
    let all = given.iter().chain(&compiled.add_hosts);
    all.map(|host| escaped(&format!("{}:{}", host.name, host.address)))
        .collect()
}

fn mount_lines(kind: &str, source: Option<&str>, target: &str, is_read_only: bool) -> Vec<String> {
    let mut lines = vec![format!("  - type: {}", quoted(kind))];
    if let Some(source) = source {
        lines.push(format!("    source: {}", quoted(&escaped(source))));
    }
    lines.push(format!("    target: {}", quoted(&escaped(target))));
    if is_read_only {
        lines.push("    read_only: true".to_owned());
    }
    lines
}

fn has_known_keys(mount: &str) -> bool {
    let items = comma_list(mount);
    let is_known = |item: &String| {
        let key = item.split('=').next().unwrap_or_default();
        MOUNT_KEYS.contains(&key.to_ascii_lowercase().as_str())
    };
    items.iter().all(is_known)
}

/// Networks and volumes that the command expects to be there, or makes by their very name.
fn top_level(command: &RunCommand) -> String {
    let mut text = String::new();
    if let NetworkMode::Named(names) = command.network() {
        text.push_str("networks:\n");
        for name in names {
            let _ = writeln!(text, "  {}:\n    external: true", quoted(&name));
        }
    }
    let mounts = command.mounts();
    let mut volumes: Vec<_> = mounts
        .iter()
        .filter(|mount| mount.kind == "volume")
        .filter_map(|mount| mount.source.as_deref())
        .collect();
    volumes.sort_unstable();
    volumes.dedup();
    if !volumes.is_empty() {
        text.push_str("volumes:\n");
    }
    for name in volumes {
        let name = quoted(name);
        let _ = writeln!(text, "  {name}:\n    name: {name}");
    }
    text
}

/// Keeps Compose from putting variables in the place of `$`.
fn escaped(text: &str) -> String {
    text.replace('$', "$$")
}

fn service_name(command: &RunCommand) -> Result<String, RenderFault> {
    Ok(match command.name() {
        Some(name) => text(name)?.to_owned(),
        None => image_name(text(command.image())?),
    })
}
