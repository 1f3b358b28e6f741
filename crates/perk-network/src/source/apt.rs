//! The configuration of apt: `/etc/apt/apt.conf.d/*` and `/etc/apt/apt.conf`, or what
//! `apt-config dump` prints.
//!
//! `apt.conf(5)` has the grammar, and `apt-transport-http(1)` the keys. Names are read without
//! regard to case; `DIRECT` is the word for no proxy.

use super::collector::Collector;
use super::shown::without_userinfo;
use super::{Found, SourceFault, SourceRemark};
use crate::{Field, Place};

/// Reads the proxies in files, each with its path, in the order in which apt reads them.
pub fn find(files: &[(&str, &str)]) -> Result<Option<Found>, SourceFault> {
    let mut collector = Collector::default();
    for (path, text) in files {
        for setting in settings(text) {
            take(&mut collector, &setting, &Place::line(path, setting.line))?;
        }
    }
    Ok(collector.finish())
}

fn take(collector: &mut Collector, setting: &Setting, place: &Place) -> Result<(), SourceFault> {
    let name = setting.name.to_ascii_lowercase();
    let Some((scheme, key)) = name
        .strip_prefix("acquire::")
        .and_then(|rest| rest.split_once("::"))
    else {
        return Ok(());
    };
    let field = match scheme {
        "http" => Field::Http,
        "https" => Field::Https,
        "ftp" => Field::Ftp,
        _ => return Ok(()),
    };
    let is_direct = matches!(setting.value.as_str(), "DIRECT" | "false");
    match (key, key.strip_prefix("proxy::")) {
        ("proxy", _) if is_direct => collector.proxy(field, "", place)?,
        ("proxy", _) => collector.proxy(field, &setting.value, place)?,
        ("proxy-auto-detect" | "proxyautodetect", _) => {
            collector.remark(place, SourceRemark::AutoDetect);
        }
        (_, Some(host)) if is_direct => collector.no_proxy(host, place),
        (_, Some(host)) => {
            let target = without_userinfo(host);
            collector.remark(place, SourceRemark::OneHostOnly { target });
        }
        _ => {}
    }
    Ok(())
}

/// A name with all names around it, its value and its line.
struct Setting {
    name: String,
    value: String,
    line: usize,
}

enum Token {
    Word(String),
    Open,
    Close,
    End,
}

fn settings(text: &str) -> Vec<Setting> {
    let mut settings = Vec::new();
    let mut outer: Vec<String> = Vec::new();
    let mut words: Vec<String> = Vec::new();
    for (line, token) in tokens(text) {
        match token {
            Token::Word(word) => words.push(word),
            Token::Open => {
                outer.push(words.first().cloned().unwrap_or_default());
                words.clear();
            }
            Token::Close => {
                outer.pop();
                words.clear();
            }
            Token::End => {
                if let [name, value] = &words[..] {
                    let names = outer.iter().chain([name]).map(String::as_str);
                    settings.push(Setting {
                        name: names.collect::<Vec<_>>().join("::"),
                        value: value.clone(),
                        line,
                    });
                }
                words.clear();
            }
        }
    }
    settings
}

/// Comments are `//` and `#` to the end of the line, and `/* */`, outside quotes.
fn tokens(text: &str) -> Vec<(usize, Token)> {
    let mut tokens = Vec::new();
    let mut rest = text;
    let (mut line, mut counted) = (1, text);
    while let Some(letter) = rest.chars().next() {
        let passed = &counted[..counted.len() - rest.len()];
        line += passed.matches('\n').count();
        counted = rest;
        let after = &rest[letter.len_utf8()..];
        rest = match letter {
            letter if letter.is_whitespace() => after,
            '#' => past(rest, "\n"),
            '/' if after.starts_with('/') => past(rest, "\n"),
            '/' if after.starts_with('*') => past(after, "*/"),
            '"' => {
                let (word, left) = after.split_once('"').unwrap_or((after, ""));
                tokens.push((line, Token::Word(word.to_owned())));
                left
            }
            '{' | '}' | ';' => {
                tokens.push((
                    line,
                    match letter {
                        '{' => Token::Open,
                        '}' => Token::Close,
                        _ => Token::End,
                    },
                ));
                after
            }
            _ => {
                let ends = |letter: char| letter.is_whitespace() || "\"{};".contains(letter);
                let end = rest.find(ends).unwrap_or(rest.len());
                tokens.push((line, Token::Word(rest[..end].to_owned())));
                &rest[end..]
            }
        };
    }
    tokens
}

fn past<'a>(text: &'a str, mark: &str) -> &'a str {
    text.split_once(mark).map_or("", |(_, rest)| rest)
}
