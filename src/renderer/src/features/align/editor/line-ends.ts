export type LineEnd = '\n' | '\r\n' | '\r'

/**
 * A text as lines plus the mark that ends them, so that the lines joined by the mark are the text
 * again, unit by unit. CodeMirror keeps lines only, and would turn every mark into its own.
 */
export interface EditorLines {
  readonly lines: readonly string[]
  readonly lineEnd: LineEnd
}

/**
 * Splits a text by the one line end it uses. A text that mixes line ends is split at `\n` alone, so
 * that stray carriage returns stay visible characters of their lines instead of being evened out.
 */
export function splitLines(text: string): EditorLines {
  const lineEnd = findLineEnd(text)
  return { lines: text.split(lineEnd), lineEnd }
}

export function joinLines({ lines, lineEnd }: EditorLines): string {
  return lines.join(lineEnd)
}

function findLineEnd(text: string): LineEnd {
  if (!text.includes('\r')) return '\n'
  const ends = new Set(text.match(/\r\n|\r|\n/g))
  if (ends.size !== 1) return '\n'
  return ends.has('\r\n') ? '\r\n' : '\r'
}
