// Splits a migration file into its statements, as PostgreSQL's own reader would: not at a semicolon inside a string, a
// quoted name, a dollar-quoted body or a comment. Not understood: nested comments and SQL-standard function bodies.

const PIECE = /--[^\n]*|\/\*[\s\S]*?\*\/|\b[eE]'(?:[^'\\]|\\[\s\S])*'|'[^']*'|"[^"]*"|(\$(?:[A-Za-z_]\w*)?\$)[\s\S]*?\1|[^;]/g;
const COMMENT = /--[^\n]*|\/\*[\s\S]*?\*\//g;

export function splitStatements(script: string): string[] {
  const statements: string[] = [];
  let start = 0;
  PIECE.lastIndex = 0;
  for (let end = 0; end <= script.length; end = skipPiece(script, end)) {
    if (end < script.length && script[end] !== ";") continue;
    const statement = script.slice(start, end).trim();
    if (statement.replace(COMMENT, "").trim() !== "") statements.push(statement);
    start = end + 1;
  }
  return statements;
}

function skipPiece(script: string, from: number): number {
  PIECE.lastIndex = from;
  const found = PIECE.exec(script);
  return found?.index === from ? PIECE.lastIndex : from + 1;
}
