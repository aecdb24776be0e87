//! Reads CSV (RFC 4180), as far as a receipt needs it.

/// The rows of `text`, a byte order mark left out; nothing if a quote is never closed.
pub(crate) fn rows(text: &str) -> Option<Vec<Vec<String>>> {
    let mut rows = Vec::new();
    let (mut row, mut cell, mut quoted) = (Vec::new(), String::new(), false);
    let mut chars = text.trim_start_matches('\u{feff}').chars().peekable();
    while let Some(c) = chars.next() {
        match c {
            '"' if quoted && chars.peek() == Some(&'"') => {
                chars.next();
                cell.push('"');
            }
            '"' => quoted = !quoted,
            ',' if !quoted => row.push(std::mem::take(&mut cell)),
            '\r' if !quoted && chars.peek() == Some(&'\n') => {}
            '\n' if !quoted => {
                row.push(std::mem::take(&mut cell));
                rows.push(std::mem::take(&mut row));
            }
            other => cell.push(other),
        }
    }
    if !cell.is_empty() || !row.is_empty() {
        row.push(cell);
        rows.push(row);
    }
    (!quoted).then_some(rows)
}

/// Whether a spreadsheet would take the cell for a formula.
pub(crate) fn is_formula(cell: &str) -> bool {
    cell.starts_with(['=', '+', '-', '@', '\t', '\r'])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quotes_commas_and_line_ends_inside_cells_are_read() {
        let read = rows("\u{feff}id,name\r\n1,\"a, \"\"b\"\"\nc\"\r\n").unwrap();
        assert_eq!(read, [vec!["id", "name"], vec!["1", "a, \"b\"\nc"]]);
        assert_eq!(rows("a,\"b"), None);
        assert!(is_formula("=1+1") && !is_formula("'=1+1"));
    }
}
