import type { TextSpan } from '../../../shared/domain/text-unit.ts'

/** The characters that Windows-1252 puts on bytes 0x80 to 0x9f, by offset; a dot where it has none. */
const WINDOWS_1252 = '€.‚ƒ„…†‡ˆ‰Š‹Œ.Ž..‘’“”•–—˜™š›œ.žŸ'

const BYTE_OF = new Map<string, number>(
  Array.from(WINDOWS_1252, (character, index) => [character, 0x80 + index] as const).filter(
    ([character]) => character !== '.',
  ),
)
const HIGH_RUN = /[\u0080-\u00ff€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ]{2,}/gu
/** As a second byte these may as well be honest punctuation after a letter with an accent. */
const PUNCTUATION = /[«»‘’“”„‚‹›–—…™®©°·\u00a0]/u

interface Sequence extends TextSpan {
  readonly character: string
  readonly lead: number
}

export interface Repair extends TextSpan {
  readonly repaired: string
}

function byteOf(character: string): number {
  return BYTE_OF.get(character) ?? character.charCodeAt(0)
}

function sequenceLength(lead: number): number {
  if (lead >= 0xc2 && lead <= 0xdf) return 2
  if (lead >= 0xe0 && lead <= 0xef) return 3
  return lead >= 0xf0 && lead <= 0xf4 ? 4 : 0
}

const decoder = new TextDecoder('utf-8', { fatal: true })

/** One character that was UTF-8 and was read as Windows-1252, or null. */
function readSequence(run: string, at: number): Sequence | null {
  const lead = byteOf(run[at] ?? '\0')
  const length = sequenceLength(lead)
  if (length === 0 || at + length > run.length) return null
  const bytes = Uint8Array.from(run.slice(at, at + length), byteOf)
  if (bytes.some((byte, index) => index > 0 && (byte & 0xc0) !== 0x80)) return null
  try {
    return { start: at, end: at + length, character: decoder.decode(bytes), lead }
  } catch {
    return null
  }
}

/** "É»" and "ß”" are honest text as well; a sequence is taken when little else could have made it. */
function isPlausible(
  sequence: Sequence,
  run: string,
  about: { alone: boolean; next: string },
): boolean {
  const { lead, end } = sequence
  if (lead >= 0xe0) return !/[\p{Cn}\p{Co}\p{Cc}]/u.test(sequence.character)
  if (lead <= 0xc3) return true
  if (!about.alone) return true
  if (lead >= 0xc6) return false
  return !PUNCTUATION.test(run[end - 1] ?? '') || /\p{L}/u.test(about.next)
}

function repairRun(run: string, next: string): Repair[] {
  const repairs: Repair[] = []
  const sequences: Sequence[] = []
  for (let at = 0; at < run.length;) {
    const sequence = readSequence(run, at)
    if (sequence !== null) sequences.push(sequence)
    at = sequence?.end ?? at + 1
  }
  for (const [index, sequence] of sequences.entries()) {
    const alone =
      sequences[index - 1]?.end !== sequence.start && sequences[index + 1]?.start !== sequence.end
    const following = run[sequence.end] ?? next
    if (!isPlausible(sequence, run, { alone, next: following })) continue
    const last = repairs.at(-1)
    const { start, end, character } = sequence
    if (last?.end === start) {
      repairs[repairs.length - 1] = { start: last.start, end, repaired: last.repaired + character }
    } else repairs.push({ start, end, repaired: character })
  }
  return repairs
}

function repairOnce(text: string): Repair[] {
  return Array.from(text.matchAll(HIGH_RUN)).flatMap((match) =>
    repairRun(match[0], text[match.index + match[0].length] ?? '').map((repair) => ({
      start: match.index + repair.start,
      end: match.index + repair.end,
      repaired: repair.repaired,
    })),
  )
}

function apply(text: string, repairs: readonly Repair[]): string {
  let from = 0
  const parts: string[] = []
  for (const { start, end, repaired } of repairs) {
    parts.push(text.slice(from, start), repaired)
    from = end
  }
  return parts.join('') + text.slice(from)
}

/** Stretches that were UTF-8 and were read as Windows-1252, up to three times over, with what they were. */
export function repairMojibake(text: string): Repair[] {
  return repairOnce(text).map((repair) => {
    let { repaired } = repair
    for (let round = 0; round < 2; round += 1) repaired = apply(repaired, repairOnce(repaired))
    return { ...repair, repaired: repaired.replaceAll('\u00a0', ' ') }
  })
}
