//! How long and how deep an expression may be: jaq's lexer, parser and compiler go as deep as their text does, and a
//! stack that overflows ends the process.

use jaq_core::load::lex::{StrPart, Tok, Token};

/// Brackets inside of brackets at most.
const DEPTH: usize = 60;

/// Operators, keywords and brackets in one expression or definition at most: each may be one level of its tree.
const PARTS: usize = 400;

/// Words that begin a level of their own.
const WORDS: [&str; 10] = ["if", "elif", "try", "def", "reduce", "foreach", "label", "as", "and", "or"];

/// The byte at which brackets are nested too deeply. Those inside of texts count too, which only a strange text notices.
pub(super) fn too_deep(code: &str) -> Option<usize> {
    let mut depth = 0_usize;
    code.char_indices().find_map(|(at, character)| {
        match character {
            '(' | '[' | '{' => depth += 1,
            ')' | ']' | '}' => depth = depth.saturating_sub(1),
            _ => {}
        }
        (depth > DEPTH).then_some(at)
    })
}

/// The token at which an expression, or one of several definitions, has too many parts.
pub(super) fn too_long<'s>(tokens: &[Token<&'s str>]) -> Option<&'s str> {
    let mut left = PARTS;
    tokens.iter().find_map(|token| {
        if matches!(token.1, Tok::Sym) && token.0 == ";" {
            left = PARTS;
        }
        used_up(token, &mut left)
    })
}

fn used_up<'s>(Token(text, token): &Token<&'s str>, left: &mut usize) -> Option<&'s str> {
    let counts = match token {
        Tok::Word => WORDS.contains(text),
        Tok::Sym => !text.starts_with('.') && ![":", ";", ")", "]", "}"].contains(text),
        Tok::Block(_) => true,
        Tok::Var | Tok::Fmt | Tok::Num | Tok::Str(_) => false,
    };
    *left = left.saturating_sub(usize::from(counts));
    if *left == 0 {
        return Some(*text);
    }
    match token {
        Tok::Block(inner) => inner.iter().find_map(|token| used_up(token, left)),
        Tok::Str(parts) => parts.iter().find_map(|part| match part {
            StrPart::Term(token) => used_up(token, left),
            StrPart::Str(_) | StrPart::Char(_) => None,
        }),
        _ => None,
    }
}
