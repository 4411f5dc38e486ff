import { useEffect, useState } from 'react'

/** The value as it was at the last pause of this many milliseconds. */
export function useSettled<Value>(value: Value, pauseMs: number): Value {
  const [settled, setSettled] = useState(value)
  useEffect(() => {
    const timer = setTimeout(() => {
      setSettled(value)
    }, pauseMs)
    return () => {
      clearTimeout(timer)
    }
  }, [value, pauseMs])
  return settled
}
