import { useState } from 'react'

/** State of the view that this browser remembers; the default where it cannot, or where it is unusable. */
export function useRemembered<Value>(
  key: string,
  initial: Value,
  parse: (stored: unknown) => Value | undefined,
): readonly [Value, (value: Value) => void] {
  const [value, setValue] = useState(() => read(key, parse) ?? initial)
  return [
    value,
    (next) => {
      setValue(next)
      write(key, next)
    },
  ]
}

export function parseBoolean(stored: unknown): boolean | undefined {
  return typeof stored === 'boolean' ? stored : undefined
}

function read<Value>(
  key: string,
  parse: (stored: unknown) => Value | undefined,
): Value | undefined {
  try {
    const text = window.localStorage.getItem(key)
    return text === null ? undefined : parse(JSON.parse(text))
  } catch {
    return undefined
  }
}

function write(key: string, value: unknown): void {
  try {
    window.localStorage.setItem(key, JSON.stringify(value))
  } catch {
    // A browser without storage forgets with the window, which is all that is lost.
  }
}
