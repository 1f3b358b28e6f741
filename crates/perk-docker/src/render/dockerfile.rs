//! Declarations in a Dockerfile that make a proxy's password a part of the image.

use super::build_arguments::is_predefined;

/// A declaration of a proxy variable.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DeclaredArgument {
    /// The number of the line that its instruction begins in, from 1.
    pub line: usize,
    /// The instruction, in capitals: `ARG` or `ENV`.
    pub instruction: String,
    /// The variable.
    pub name: String,
}

/// Returns the proxy variables that a Dockerfile declares itself.
///
/// A build has them without that, and keeps them out of the image's history; once they are declared
/// by `ARG`, the history has their values, and by `ENV` the image itself.
pub fn declared_proxy_arguments(dockerfile: &str) -> Vec<DeclaredArgument> {
    instructions(dockerfile)
        .into_iter()
        .flat_map(|(line, text)| declared(line, &text))
        .collect()
}

fn declared(line: usize, text: &str) -> Vec<DeclaredArgument> {
    let mut words = text.split_whitespace();
    let instruction = words.next().unwrap_or_default().to_ascii_uppercase();
    let names: Vec<_> = match instruction.as_str() {
        "ARG" => words.collect(),
        // The old form, `ENV NAME VALUE`, has one name.
        "ENV" => {
            let words: Vec<_> = words.collect();
            let is_old = words.first().is_some_and(|word| !word.contains('='));
            words
                .into_iter()
                .take(if is_old { 1 } else { usize::MAX })
                .collect()
        }
        _ => Vec::new(),
    };
    let name_of = |word: &&str| word.split('=').next().unwrap_or_default().to_owned();
    names
        .iter()
        .map(name_of)
        .filter(|name| is_predefined(name))
        .map(|name| DeclaredArgument {
            line,
            instruction: instruction.clone(),
            name,
        })
        .collect()
}

/// Returns the instructions, each on one line with the number of its first one, without comments
/// and without the texts that are written between marks.
fn instructions(dockerfile: &str) -> Vec<(usize, String)> {
    let escape = escape_character(dockerfile);
    let mut instructions = Vec::new();
    let mut open: Option<(usize, String)> = None;
    let mut marks: Vec<String> = Vec::new();
    for (index, line) in dockerfile.lines().enumerate() {
        if let Some(mark) = marks.first() {
            if line.trim_start_matches('\t') == mark {
                marks.remove(0);
            }
            continue;
        }
        let text = line.trim();
        if text.starts_with('#') || text.is_empty() {
            continue;
        }
        let (start, mut whole) = open.take().unwrap_or((index + 1, String::new()));
        if let Some(text) = text.strip_suffix(escape) {
            whole.push_str(text);
            whole.push(' ');
            open = Some((start, whole));
            continue;
        }
        whole.push_str(text);
        marks = marks_of(&whole);
        instructions.push((start, whole));
    }
    instructions.extend(open);
    instructions
}

/// Reads the directive `# escape=` at the beginning of a file.
fn escape_character(dockerfile: &str) -> char {
    let comments = dockerfile
        .lines()
        .map(str::trim)
        .take_while(|line| line.starts_with('#'));
    for comment in comments {
        let text: String = comment[1..].split_whitespace().collect();
        if text.to_ascii_lowercase().starts_with("escape=") {
            return text.chars().last().unwrap_or('\\');
        }
    }
    '\\'
}

/// Returns the marks that end the texts which begin behind an instruction, as in `RUN <<END`.
fn marks_of(instruction: &str) -> Vec<String> {
    let takes_text = ["RUN", "COPY", "ADD"];
    let name = instruction.split_whitespace().next().unwrap_or_default();
    if !takes_text.contains(&name.to_ascii_uppercase().as_str()) {
        return Vec::new();
    }
    let mark = |word: &str| {
        let mark = word.strip_prefix("<<")?.trim_start_matches('-');
        let mark = mark.trim_matches(['"', '\'']);
        let fits = |letter: char| letter.is_ascii_alphanumeric() || letter == '_';
        (!mark.is_empty() && mark.chars().all(fits)).then(|| mark.to_owned())
    };
    instruction.split_whitespace().filter_map(mark).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(dockerfile: &str) -> Vec<String> {
        let show = |found: DeclaredArgument| {
            format!("{} {} {}", found.line, found.instruction, found.name)
        };
        declared_proxy_arguments(dockerfile)
            .into_iter()
            .map(show)
            .collect()
    }

    #[test]
    fn finds_declarations_in_every_form() {
        let dockerfile = "FROM a\nARG HTTP_PROXY\narg https_proxy=http://a no_proxy\n\
                          ENV http_proxy http://x https_proxy\nENV a=b NO_PROXY=c\n\
                          ARG \\\n  # a comment\n  ALL_PROXY=\\\nx\nARG HTTP_PROXY_HOST\n";
        assert_eq!(
            found(dockerfile),
            [
                "2 ARG HTTP_PROXY",
                "3 ARG https_proxy",
                "3 ARG no_proxy",
                "4 ENV http_proxy",
                "5 ENV NO_PROXY",
                "6 ARG ALL_PROXY",
            ]
        );
    }

    #[test]
    fn texts_and_comments_declare_nothing() {
        let dockerfile = "# ARG HTTP_PROXY\nRUN <<END cat <<-'TWO'\nARG HTTP_PROXY\nEND\n\
                          ARG HTTPS_PROXY\n\tTWO\nRUN echo ARG HTTP_PROXY\nARG no_proxy\n";
        assert_eq!(found(dockerfile), ["8 ARG no_proxy"]);
    }

    #[test]
    fn the_escape_character_may_be_another() {
        assert_eq!(
            found("# escape=`\nARG `\n http_proxy\n"),
            ["2 ARG http_proxy"]
        );
        assert_eq!(found("FROM a\nARG b\\"), Vec::<String>::new());
    }
}
