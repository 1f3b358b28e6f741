//! Running one program to its end, with all that it says in one text.

use std::io::{self, Read};
use std::process::{Command, ExitStatus, Stdio};

use camino::Utf8Path;

/// The most bytes of output that are kept: the last ones.
const KEPT: usize = 256 * 1024;

/// A program that has ended.
#[derive(Debug)]
pub(super) struct Finished {
    pub(super) status: ExitStatus,
    /// What it wrote to both of its streams, as it came.
    pub(super) output: String,
}

/// Runs a program in a folder, without input.
#[expect(
    clippy::disallowed_methods,
    reason = "the one place from which checks of templates are started"
)]
pub(super) fn run(words: &[String], folder: &Utf8Path) -> io::Result<Finished> {
    let (mut reader, writer) = io::pipe()?;
    let (program, arguments) = words
        .split_first()
        .ok_or_else(|| io::Error::from(io::ErrorKind::InvalidInput))?;
    let mut command = Command::new(program);
    command
        .args(arguments)
        .current_dir(folder)
        .env("PWD", folder)
        .stdin(Stdio::null())
        .stdout(writer.try_clone()?)
        .stderr(writer);
    let mut child = command.spawn()?;
    // The command holds the writing end, which has to be closed for the output to end.
    drop(command);
    let output = read_end(&mut reader)?;
    Ok(Finished {
        status: child.wait()?,
        output: String::from_utf8_lossy(&output).into_owned(),
    })
}

/// Reads to the end and returns the last part.
fn read_end(reader: &mut impl Read) -> io::Result<Vec<u8>> {
    let mut kept = Vec::new();
    let mut buffer = [0; 16 * 1024];
    loop {
        match reader.read(&mut buffer) {
            Ok(0) => break,
            Ok(count) => kept.extend_from_slice(&buffer[..count]),
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) => return Err(error),
        }
        if kept.len() > 2 * KEPT {
            kept.drain(..kept.len() - KEPT);
        }
    }
    kept.drain(..kept.len().saturating_sub(KEPT));
    Ok(kept)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shell(script: &str) -> Finished {
        let words = ["sh", "-c", script].map(str::to_owned);
        run(&words, Utf8Path::new("/")).unwrap()
    }

    #[test]
    fn both_streams_come_in_order() {
        let finished = shell("echo a; echo b >&2; pwd; cat; exit 3");
        assert_eq!(finished.output, "a\nb\n/\n");
        assert_eq!(finished.status.code(), Some(3));
    }

    #[test]
    fn of_long_output_the_end_is_kept() {
        let finished = shell("i=0; while [ $i -lt 60000 ]; do echo line $i; i=$((i+1)); done");
        assert!(finished.output.len() <= KEPT);
        assert!(finished.output.ends_with("line 59999\n"));
    }
}
