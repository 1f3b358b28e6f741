//! What the user set by hand stays as it is, even where it is not what programs understand.

use perk_docker::Host;
use perk_docker::command_line::RunCommand;
use perk_docker::compile::PROXY_VARIABLES;
use perk_network::ProxyUrl;

/// Returns what is worth saying about proxies that are set by `-e` and `--env-file`.
pub(super) fn warnings(command: &RunCommand, host: &Host) -> Vec<String> {
    let in_files = host.environment_files.iter().flatten().cloned();
    let given = in_files.chain(command.environment());
    let mut warnings = Vec::new();
    for variable in given {
        let of_host = || host.environment.get(&variable.name).cloned();
        let own = variable.value.as_ref();
        let value = own.map(|value| value.to_string_lossy().into_owned());
        let Some(value) = value.or_else(of_host).filter(|value| !value.is_empty()) else {
            continue;
        };
        let warning = is_proxy(&variable.name).then(|| warning(&variable.name, &value));
        warnings.extend(warning.flatten().filter(|text| !warnings.contains(text)));
    }
    warnings
}

fn is_proxy(name: &str) -> bool {
    let proxies = PROXY_VARIABLES
        .iter()
        .filter(|(lower, _)| *lower != "no_proxy");
    let mut names = proxies.flat_map(|(lower, upper)| [lower, upper]);
    names.any(|known| *known == name)
}

fn warning(name: &str, value: &str) -> Option<String> {
    match ProxyUrl::parse(value) {
        Ok((_, cleaned)) if cleaned.is_empty() => None,
        Ok((proxy, _)) => Some(format!(
            "`{name}` is passed as you set it, which not all programs understand: write {proxy}"
        )),
        Err(fault) => Some(format!("`{name}` is passed as you set it: {fault}")),
    }
}
