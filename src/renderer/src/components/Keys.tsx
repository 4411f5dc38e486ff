import { IS_MAC, keyCaps } from './key-names.ts'
import './Keys.css'

/** Key caps of a binding such as `Mod+Enter`, named as the platform names them. */
export function Keys({ keys }: { readonly keys: string }) {
  return (
    <span className="keys" aria-hidden>
      {keyCaps(keys, IS_MAC).map((cap) => (
        <kbd key={cap}>{cap}</kbd>
      ))}
    </span>
  )
}
