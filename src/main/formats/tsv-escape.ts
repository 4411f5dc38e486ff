const ESCAPES: Readonly<Record<string, string>> = {
  '\\': '\\\\',
  '\t': '\\t',
  '\n': '\\n',
  '\r': '\\r',
}
const LETTERS: Readonly<Record<string, string>> = { '\\': '\\', t: '\t', n: '\n', r: '\r' }

/** Writes what a tab separated cell cannot hold (tab, line ends, and so the backslash) as backslash sequences. */
export function escapeTsv(text: string): string {
  return text.replace(/[\\\t\n\r]/g, (character) => ESCAPES[character] ?? character)
}

/** Undoes `escapeTsv`; a backslash before any other letter stays as it is. */
export function unescapeTsv(text: string): string {
  if (!text.includes('\\')) return text
  return text.replace(/\\([\\tnr])/g, (_, letter: string) => LETTERS[letter] ?? letter)
}
