//! The page of the codes of `perk docker-run --doctor`.

use std::fmt::Write as _;

use perk_probe::diagnosis::Code;

const INTRODUCTION: &str = "\
# Findings of the doctor

`perk docker-run --doctor` gives each finding a code, which scripts may rely on. Every finding says
its cause and what to do about it; this page says what the codes mean. A finding of type `note` does
not change the exit code.

What fails in the same way on this machine and in the container is told once, as of this machine,
since it has to be put right there. A failure of this machine is a note if the container does not
share it.

| code | type | what it means |
| --- | --- | --- |
";

/// Returns the page.
pub(super) fn page() -> String {
    let mut page = INTRODUCTION.to_owned();
    for code in Code::ALL {
        let severity = code.severity().name();
        writeln!(page, "| `{code}` | {severity} | {} |", code.about()).unwrap();
    }
    page
}
