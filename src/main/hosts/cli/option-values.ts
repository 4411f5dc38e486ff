import { UsageError } from './command.ts'

/** What a command line says of each option. */
export type Values = Readonly<
  Record<string, string | boolean | readonly (string | boolean)[] | undefined>
>

export function readNumber(
  values: Values,
  name: string,
  range: { readonly from: number; readonly to: number; readonly isWhole: boolean },
): number | null {
  const text = readText(values, name)
  if (text === null) return null
  const value = Number(text)
  const isRight = range.isWhole ? /^\d+$/.test(text) : /^\d*\.?\d+$/.test(text)
  if (isRight && value >= range.from && value <= range.to) return value
  throw new UsageError(
    `--${name} is a ${range.isWhole ? 'whole number' : 'number'} from ${range.from} to ${range.to}, not "${text}".`,
  )
}

export function readAll(values: Values, name: string): readonly string[] {
  const value = values[name]
  if (!Array.isArray(value)) return []
  const words = value.map(String)
  if (words.includes('')) throw new UsageError(`--${name} is empty: it needs a value.`)
  return words
}

export function readWhole(name: string, text: string, most: number): number {
  const value = Number(text)
  if (/^\d+$/.test(text) && value >= 1 && value <= most) return value
  throw new UsageError(`--${name} is a number from 1 to ${most}, not "${text}".`)
}

export function readText(values: Values, name: string): string | null {
  const value = values[name]
  if (typeof value !== 'string') return null
  if (value === '') throw new UsageError(`--${name} is empty: it needs a value.`)
  return value
}

export function readChoice<Choice extends string>(
  values: Values,
  name: string,
  choices: readonly Choice[],
): Choice | null {
  const value = readText(values, name)
  if (value === null) return null
  const choice = choices.find((candidate) => candidate === value)
  if (choice !== undefined) return choice
  throw new UsageError(`--${name} is one of ${choices.join(', ')}, not "${value}".`)
}
