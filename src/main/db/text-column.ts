/** A text as its two columns hold it: `utf16` only when UTF-8 cannot hold the text exactly. */
export interface TextColumns {
  readonly text: string
  readonly utf16: Buffer | null
}

/** Keeps lone surrogates, which UTF-8 has no place for, in a second column, byte for byte. */
export function toTextColumns(text: string): TextColumns {
  if (text.isWellFormed()) return { text, utf16: null }
  return { text: text.toWellFormed(), utf16: Buffer.from(text, 'utf16le') }
}

export function fromTextColumns(text: string, utf16: Buffer | Uint8Array | null): string {
  return utf16 === null ? text : Buffer.from(utf16).toString('utf16le')
}
