/** A line without its end; `text` is null where the line was longer than allowed and has been dropped. */
export interface TextLine {
  /** From 1. */
  readonly number: number
  readonly text: string | null
}

/**
 * Cuts streamed text at line feeds (CR LF too) and yields the lines of each piece together, because one
 * promise a line would cost more than the line. A last line without an end counts; a final line feed adds none.
 */
export async function* readLines(
  chunks: AsyncIterable<string>,
  maxLength: number,
): AsyncGenerator<readonly TextLine[]> {
  let number = 0
  let pending = ''
  let isTooLong = false
  const finish = (text: string): TextLine => {
    number += 1
    const isDropped = isTooLong || text.length > maxLength
    isTooLong = false
    return { number, text: isDropped ? null : text.endsWith('\r') ? text.slice(0, -1) : text }
  }
  for await (const chunk of chunks) {
    const lines: TextLine[] = []
    let start = 0
    for (let end = chunk.indexOf('\n'); end !== -1; end = chunk.indexOf('\n', start)) {
      lines.push(finish(pending + chunk.slice(start, end)))
      pending = ''
      start = end + 1
    }
    if (!isTooLong) pending += chunk.slice(start)
    if (pending.length > maxLength) {
      pending = ''
      isTooLong = true
    }
    if (lines.length > 0) yield lines
  }
  if (pending !== '' || isTooLong) yield [finish(pending)]
}
