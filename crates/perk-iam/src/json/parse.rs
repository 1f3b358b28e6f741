//! The parser: text to values, stopping at the first fault.

use std::collections::HashSet;

use perk_diag::Span;

use super::arena::Room;
use super::{Arena, Kind, Member, Syntax, SyntaxError, Text, Value};

/// How deep values may be nested. A policy needs seven levels.
pub const MAX_DEPTH: usize = 128;

/// How many values one document may have. A list of ten thousand policies has fewer; without a
/// limit a file of brackets would take many times its own size in memory.
pub const MAX_VALUES: usize = 250_000;

/// Objects with more members than this are searched for duplicate keys with a hash set.
const FEW_MEMBERS: usize = 12;

/// How many members, and how many elements, there is room for at once: lists of this length take
/// less than a kibibyte, and the next list is asked for seldom enough.
const FIRST_OPEN: usize = 14;

/// The JSON values of a text, one after the other: one document, or several separated by white
/// space (one per line, say).
///
/// After an error the stream ends, since what follows cannot be told apart.
#[derive(Debug)]
pub struct Stream<'t> {
    text: &'t str,
    position: usize,
}

type Parsed<T> = Result<T, SyntaxError>;

impl<'t> Stream<'t> {
    /// Starts at the beginning of a text, after its byte order mark if it has one.
    pub fn new(text: &'t str) -> Self {
        let position = if text.starts_with('\u{feff}') {
            '\u{feff}'.len_utf8()
        } else {
            0
        };
        Self { text, position }
    }

    /// Reads the next value, whose parts are put into an arena.
    pub fn next_value<'a>(&mut self, arena: &'a mut Arena<'a>) -> Option<Parsed<Value<'a>>>
    where
        't: 'a,
    {
        let mut parser = Parser {
            text: self.text,
            position: self.position,
            values_left: MAX_VALUES,
            members: Vec::new(),
            elements: Vec::new(),
            room: arena.room(),
        };
        parser.skip_white_space();
        if parser.position >= self.text.len() {
            return None;
        }
        parser.members.reserve(FIRST_OPEN);
        parser.elements.reserve(FIRST_OPEN);
        let value = parser.value(0);
        self.position = match value {
            Ok(_) => parser.position,
            Err(_) => self.text.len(),
        };
        Some(value)
    }
}

/// The parser of one document.
#[derive(Debug)]
struct Parser<'t> {
    text: &'t str,
    position: usize,
    /// How many values the document may still have.
    values_left: usize,
    /// The members of the objects and the elements of the arrays that are open, so that each list
    /// is made at once in its size.
    members: Vec<Member<'t>>,
    elements: Vec<Value<'t>>,
    room: Room<'t>,
}

impl<'t> Parser<'t> {
    fn value(&mut self, depth: usize) -> Parsed<Value<'t>> {
        let start = self.position;
        let Some(values_left) = self.values_left.checked_sub(1) else {
            return Err(self.error(Syntax::TooManyValues, start, start + 1));
        };
        self.values_left = values_left;
        let kind = match self.peek() {
            Some(b'"') => Kind::String(self.string()?),
            Some(b'{') => self.object(depth)?,
            Some(b'[') => self.array(depth)?,
            Some(b't') => self.word("true", Kind::Bool(true))?,
            Some(b'f') => self.word("false", Kind::Bool(false))?,
            Some(b'n') => self.word("null", Kind::Null)?,
            Some(b'-' | b'0'..=b'9') => Kind::Number(self.number()?),
            _ => return Err(self.unexpected("a value")),
        };
        Ok(Value {
            span: self.since(start),
            kind,
        })
    }

    /// Reads a value if it is a string with neither an escape nor a fault in it, as most in arrays
    /// are.
    #[inline]
    fn plain_string_value(&mut self) -> Option<Value<'t>> {
        let values_left = self.values_left.checked_sub(1)?;
        let start = self.position;
        if self.peek() != Some(b'"') {
            return None;
        }
        let text = self.plain_string()?;
        self.values_left = values_left;
        Some(Value {
            span: self.since(start),
            kind: Kind::String(text),
        })
    }

    fn object(&mut self, depth: usize) -> Parsed<Kind<'t>> {
        self.descend(depth)?;
        let outer = self.members.len();
        if self.closes(b'}') {
            return Ok(Kind::Object(&[]));
        }
        loop {
            if self.peek() != Some(b'"') {
                return Err(self.unexpected("a key in double quotes"));
            }
            let start = self.position;
            let text = self.string()?;
            let span = self.since(start);
            let key = Text { span, text };
            self.skip_white_space();
            if self.peek() != Some(b':') {
                return Err(self.unexpected("`:` after the key"));
            }
            self.position += 1;
            self.skip_white_space();
            let value = self.value(depth + 1)?;
            self.members.push(Member { key, value });
            self.skip_white_space();
            if self.closes(b'}') {
                break;
            }
            self.comma("`,` or `}`", b'}')?;
        }
        let members = &self.members[outer..];
        if let Some(key) = duplicate_key(members) {
            return Err(SyntaxError {
                syntax: Syntax::DuplicateKey(key.text.to_owned()),
                span: key.span,
            });
        }
        let kept = self.room.members.keep(members);
        self.members.truncate(outer);
        self.kept(kept).map(Kind::Object)
    }

    fn array(&mut self, depth: usize) -> Parsed<Kind<'t>> {
        self.descend(depth)?;
        let outer = self.elements.len();
        if self.closes(b']') {
            return Ok(Kind::Array(&[]));
        }
        loop {
            let element = match self.plain_string_value() {
                Some(value) => value,
                None => self.value(depth + 1)?,
            };
            self.elements.push(element);
            self.skip_white_space();
            if self.closes(b']') {
                let kept = self.room.elements.keep(&self.elements[outer..]);
                self.elements.truncate(outer);
                return self.kept(kept).map(Kind::Array);
            }
            self.comma("`,` or `]`", b']')?;
        }
    }

    fn descend(&mut self, depth: usize) -> Parsed<()> {
        if depth >= MAX_DEPTH {
            return Err(self.error(Syntax::TooDeep, self.position, self.position + 1));
        }
        self.position += 1;
        self.skip_white_space();
        Ok(())
    }

    fn closes(&mut self, bracket: u8) -> bool {
        let closes = self.peek() == Some(bracket);
        if closes {
            self.position += 1;
        }
        closes
    }

    fn comma(&mut self, expected: &'static str, bracket: u8) -> Parsed<()> {
        if self.peek() != Some(b',') {
            return Err(self.unexpected(expected));
        }
        let comma = self.position;
        self.position += 1;
        self.skip_white_space();
        if self.peek() == Some(bracket) {
            return Err(self.error(Syntax::TrailingComma, comma, comma + 1));
        }
        Ok(())
    }

    #[inline]
    fn string(&mut self) -> Parsed<&'t str> {
        match self.plain_string() {
            Some(text) => Ok(text),
            None => self.special_string(),
        }
    }

    /// Reads a string if there is neither an escape nor a fault in it.
    fn plain_string(&mut self) -> Option<&'t str> {
        let start = self.position + 1;
        let bytes = self.text.as_bytes();
        let end = start + plain_length(&bytes[start..]);
        if bytes.get(end) != Some(&b'"') {
            return None;
        }
        self.position = end + 1;
        Some(&self.text[start..end])
    }

    /// Reads any string.
    #[cold]
    fn special_string(&mut self) -> Parsed<&'t str> {
        let start = self.position;
        let bytes = self.text.as_bytes();
        let mut text = String::new();
        self.position += 1;
        loop {
            let plain = self.position;
            self.position += plain_length(&bytes[self.position..]);
            text.push_str(&self.text[plain..self.position]);
            match bytes.get(self.position) {
                Some(b'"') => {
                    self.position += 1;
                    let kept = self.room.keep_text(&text);
                    return self.kept(kept);
                }
                Some(b'\\') => text.push(self.escape()?),
                Some(&byte) => {
                    let at = self.position;
                    return Err(self.error(Syntax::ControlCharacter(byte), at, at + 1));
                }
                None => {
                    let inside = "a string";
                    return Err(self.error(Syntax::UnexpectedEnd { inside }, start, start + 1));
                }
            }
        }
    }

    fn escape(&mut self) -> Parsed<char> {
        let start = self.position;
        let letter = self.text.as_bytes().get(start + 1).copied();
        self.position += 2;
        Ok(match letter {
            Some(b'"') => '"',
            Some(b'\\') => '\\',
            Some(b'/') => '/',
            Some(b'b') => '\u{8}',
            Some(b'f') => '\u{c}',
            Some(b'n') => '\n',
            Some(b'r') => '\r',
            Some(b't') => '\t',
            Some(b'u') => return self.unicode_escape(start),
            _ => return Err(self.error(Syntax::InvalidEscape, start, start + 1)),
        })
    }

    /// Reads `XXXX` after `\u`, and the second half if it is a surrogate.
    fn unicode_escape(&mut self, start: usize) -> Parsed<char> {
        let first = self.hex_digits(start)?;
        let code = if (0xD800..0xDC00).contains(&first) {
            if self.text.as_bytes().get(self.position..self.position + 2) != Some(b"\\u") {
                return Err(self.error(Syntax::InvalidEscape, start, self.position));
            }
            self.position += 2;
            let second = self.hex_digits(start)?;
            if !(0xDC00..0xE000).contains(&second) {
                return Err(self.error(Syntax::InvalidEscape, start, self.position));
            }
            0x10000 + ((first - 0xD800) << 10) + (second - 0xDC00)
        } else {
            first
        };
        char::from_u32(code).ok_or_else(|| self.error(Syntax::InvalidEscape, start, self.position))
    }

    fn hex_digits(&mut self, start: usize) -> Parsed<u32> {
        let digits = self
            .text
            .get(self.position..self.position + 4)
            .unwrap_or("");
        if digits.len() != 4 || !digits.bytes().all(|byte| byte.is_ascii_hexdigit()) {
            return Err(self.error(Syntax::InvalidEscape, start, start + 2));
        }
        self.position += 4;
        u32::from_str_radix(digits, 16)
            .map_err(|_| self.error(Syntax::InvalidEscape, start, start + 2))
    }

    fn number(&mut self) -> Parsed<&'t str> {
        let start = self.position;
        let bytes = self.text.as_bytes();
        let mut at = start + usize::from(bytes[start] == b'-');
        let integer = digits(bytes, at);
        let leading_zero = bytes.get(at) == Some(&b'0') && integer > 1;
        at += integer;
        let mut valid = integer > 0 && !leading_zero;
        if bytes.get(at) == Some(&b'.') {
            let fraction = digits(bytes, at + 1);
            valid &= fraction > 0;
            at += 1 + fraction;
        }
        if matches!(bytes.get(at), Some(b'e' | b'E')) {
            at += 1 + usize::from(matches!(bytes.get(at + 1), Some(b'+' | b'-')));
            let exponent = digits(bytes, at);
            valid &= exponent > 0;
            at += exponent;
        }
        self.position = at;
        if valid {
            Ok(&self.text[start..at])
        } else {
            Err(self.error(Syntax::InvalidNumber, start, at))
        }
    }

    fn word(&mut self, word: &'static str, kind: Kind<'t>) -> Parsed<Kind<'t>> {
        if !self.text.as_bytes()[self.position..].starts_with(word.as_bytes()) {
            return Err(self.unexpected("a value"));
        }
        self.position += word.len();
        Ok(kind)
    }

    fn peek(&self) -> Option<u8> {
        self.text.as_bytes().get(self.position).copied()
    }

    fn skip_white_space(&mut self) {
        while matches!(self.peek(), Some(b' ' | b'\n' | b'\t' | b'\r')) {
            self.position += 1;
            self.skip_indentation();
        }
    }

    /// Skips spaces, eight at a time.
    fn skip_indentation(&mut self) {
        const SPACES: u64 = u64::from_le_bytes([b' '; WORD]);
        let (words, _) = self.text.as_bytes()[self.position..].as_chunks::<WORD>();
        for word in words {
            let others = u64::from_le_bytes(*word) ^ SPACES;
            if others != 0 {
                self.position += others.trailing_zeros() as usize / 8;
                return;
            }
            self.position += WORD;
        }
    }

    /// Returns what there was room for, as there is for all that a document may have.
    fn kept<T>(&self, kept: Option<T>) -> Parsed<T> {
        kept.ok_or_else(|| self.error(Syntax::TooManyValues, self.position, self.position))
    }

    fn since(&self, start: usize) -> Span {
        span(start, self.position)
    }

    fn unexpected(&self, expected: &'static str) -> SyntaxError {
        let rest = &self.text[self.position..];
        let syntax = match rest.chars().next() {
            None => Syntax::UnexpectedEnd {
                inside: "the document",
            },
            Some('/' | '#') => Syntax::Comment,
            Some('\'' | '\u{2018}' | '\u{2019}' | '\u{201c}' | '\u{201d}') => Syntax::WrongQuote,
            Some(_) => Syntax::Expected { expected },
        };
        let width = rest.chars().next().map_or(0, char::len_utf8);
        self.error(syntax, self.position, self.position + width)
    }

    /// Widens the end to a character boundary, so that the span can be shown.
    fn error(&self, syntax: Syntax, start: usize, end: usize) -> SyntaxError {
        let mut end = end.min(self.text.len());
        while !self.text.is_char_boundary(end) {
            end += 1;
        }
        SyntaxError {
            syntax,
            span: span(start.min(end), end),
        }
    }
}

/// The number of bytes that are looked at at once.
const WORD: usize = 8;

/// Returns how many bytes stand before the first quote, backslash or control character.
fn plain_length(bytes: &[u8]) -> usize {
    let (words, rest) = bytes.as_chunks::<WORD>();
    for (index, word) in words.iter().enumerate() {
        let special = special_bytes(u64::from_le_bytes(*word));
        if special != 0 {
            return index * WORD + special.trailing_zeros() as usize / 8;
        }
    }
    let is_special = |byte: &u8| matches!(byte, b'"' | b'\\' | 0..0x20);
    let in_rest = rest.iter().position(is_special);
    words.len() * WORD + in_rest.unwrap_or(rest.len())
}

/// Marks the first byte of a word that is a quote, a backslash or a control character by its
/// highest bit; bytes after it may be marked wrongly.
///
/// A byte is less than `n` if taking `n` away borrows from its highest bit, which was not set. With
/// their second bit turned, control characters are still less than a space, and the quote, which
/// has changed places with the space, is the next one.
fn special_bytes(word: u64) -> u64 {
    const EACH: u64 = u64::from_le_bytes([1; WORD]);
    const HIGHEST: u64 = EACH << 7;
    let is_control_or_quote = (word ^ (EACH * 0x02)).wrapping_sub(EACH * 0x21);
    let is_backslash = (word ^ (EACH * u64::from(b'\\'))).wrapping_sub(EACH);
    (is_control_or_quote | is_backslash) & !word & HIGHEST
}

fn digits(bytes: &[u8], from: usize) -> usize {
    bytes
        .iter()
        .skip(from)
        .take_while(|byte| byte.is_ascii_digit())
        .count()
}

fn span(start: usize, end: usize) -> Span {
    let offset = |at: usize| u32::try_from(at).unwrap_or(u32::MAX);
    Span::new(offset(start), offset(end))
}

fn duplicate_key<'t>(members: &[Member<'t>]) -> Option<Text<'t>> {
    if members.len() <= FEW_MEMBERS {
        let repeats = |index: usize| {
            members[..index]
                .iter()
                .any(|earlier| earlier.key.text == members[index].key.text)
        };
        (1..members.len())
            .find(|&index| repeats(index))
            .map(|index| members[index].key)
    } else {
        let mut seen = HashSet::with_capacity(members.len());
        members
            .iter()
            .map(|member| member.key)
            .find(|key| !seen.insert(key.text))
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// Returns what a text is, value by value, up to the first fault.
    fn read<T>(text: &str, look: impl Fn(&Value<'_>) -> T) -> (Vec<T>, Option<SyntaxError>) {
        let mut stream = Stream::new(text);
        let mut values = Vec::new();
        loop {
            let mut arena = Arena::default();
            match stream.next_value(&mut arena) {
                None => return (values, None),
                Some(Ok(value)) => values.push(look(&value)),
                Some(Err(error)) => return (values, Some(error)),
            }
        }
    }

    fn fault(text: &str) -> String {
        match read(text, |_| ()).1 {
            Some(error) => format!("{}..{} {}", error.span.start, error.span.end, error.syntax),
            None => String::from("no fault"),
        }
    }

    proptest! {
        #[test]
        fn plain_text_ends_at_the_first_special_byte(bytes in prop::collection::vec(any::<u8>(), 0..40)) {
            let is_special = |byte: &u8| matches!(byte, b'"' | b'\\' | 0..0x20);
            let end = bytes.iter().position(is_special).unwrap_or(bytes.len());
            prop_assert_eq!(plain_length(&bytes), end);
        }
    }

    #[test]
    fn a_document_has_a_limit_and_a_stream_has_none() {
        let document = |values: usize| format!("[{}0]", "0,".repeat(values - 2));
        assert_eq!(fault(&document(MAX_VALUES).repeat(2)), "no fault");
        assert_eq!(
            fault(&document(MAX_VALUES + 1)),
            "499999..500000 the document has more than 250000 values"
        );
    }

    fn to_serde(value: &Value<'_>) -> serde_json::Value {
        match &value.kind {
            Kind::Null => serde_json::Value::Null,
            Kind::Bool(truth) => (*truth).into(),
            Kind::Number(digits) => serde_json::from_str(digits).unwrap(),
            Kind::String(text) => (*text).into(),
            Kind::Array(elements) => elements.iter().map(to_serde).collect(),
            Kind::Object(members) => members
                .iter()
                .map(|member| (member.key.text.to_owned(), to_serde(&member.value)))
                .collect::<serde_json::Map<_, _>>()
                .into(),
        }
    }

    #[test]
    fn says_what_is_wrong_and_where() {
        insta::assert_snapshot!(fault(r#"{"a": 1,}"#), @"7..8 JSON allows no comma before a closing bracket");
        insta::assert_snapshot!(fault("{a: 1}"), @"1..2 expected a key in double quotes");
        insta::assert_snapshot!(fault(r#"{"a" 1}"#), @"5..6 expected `:` after the key");
        insta::assert_snapshot!(fault(r#"{"a": 1 "b": 2}"#), @"8..9 expected `,` or `}`");
        insta::assert_snapshot!(fault(r"["), @"1..1 the text ends inside the document");
        insta::assert_snapshot!(fault(r#""abc"#), @"0..1 the text ends inside a string");
        insta::assert_snapshot!(fault("// hello"), @"0..1 JSON has no comments");
        insta::assert_snapshot!(fault("'a'"), @r#"0..1 strings are written in double quotes (")"#);
        insta::assert_snapshot!(fault("\"a\u{0}b\""), @"2..3 control character U+0000 in a string");
        insta::assert_snapshot!(fault(r#""\x""#), @"1..2 invalid escape sequence");
        insta::assert_snapshot!(fault(r#""\ud800 ""#), @"1..7 invalid escape sequence");
        insta::assert_snapshot!(fault("01"), @"0..2 invalid number");
        insta::assert_snapshot!(fault(r#"{"a": 1, "a": 2}"#), @"9..12 the key `a` stands twice in one object");
        insta::assert_snapshot!(fault(&"[".repeat(10_000)), @"128..129 values are nested more than 128 levels deep");
        insta::assert_snapshot!(fault("\u{e9}"), @"0..2 expected a value");
        insta::assert_snapshot!(fault("\u{feff} {} \n {}"), @"no fault");
    }

    #[test]
    fn finds_duplicates_in_large_objects() {
        let members: Vec<String> = (0..50).map(|n| format!("\"k{}\": 1", n % 49)).collect();
        assert!(fault(&format!("{{{}}}", members.join(","))).contains("`k0` stands twice"));
    }

    proptest! {
        #[test]
        fn agrees_with_serde_json(text in r#"[\[\]{}",:0-9a-z.\\ue+-]{0,40}"#) {
            let theirs = serde_json::from_str::<serde_json::Value>(&text);
            let ours = match read(&text, to_serde) {
                (mut values, None) if values.len() == 1 => values.pop(),
                _ => None,
            };
            match (ours, theirs) {
                (Some(ours), Ok(theirs)) => prop_assert_eq!(ours, theirs),
                (None, Err(_)) => {}
                (None, Ok(theirs)) => {
                    // serde_json keeps the last of two equal keys.
                    prop_assert!(fault(&text).contains("stands twice"), "{theirs}");
                }
                // serde_json converts numbers, and some are too large for it.
                (Some(ours), Err(error)) => {
                    prop_assert!(error.to_string().contains("out of range"), "{ours:?} but {error}");
                }
            }
        }

        #[test]
        fn takes_any_text(text in any::<String>()) {
            if let Some(error) = read(&text, |_| ()).1 {
                prop_assert!(text.get(error.span.range()).is_some());
            }
        }
    }
}
