import { findPackFile, type PackManifest } from '../../../shared/domain/pack.ts'
import type { TokenTargetId } from '../../../shared/domain/token-budget.ts'
import { packFilePath } from '../../models/pack-file-path.ts'
import type { InstalledPack, PackStore } from '../../models/store.ts'
import type { TokenizerFiles } from '../../text/requests.ts'

/** The targets whose tokens are counted with the tokenizer of an encoder, by the encoder's window. */
const TARGETS: Readonly<Partial<Record<number, TokenTargetId>>> = {
  64: 'siglip-64',
  77: 'clip-77',
  248: 'clip-248',
}

export interface InstalledTokenizers {
  /** At most one for a target. */
  find(): Promise<readonly TokenizerFiles[]>
}

/** The tokenizers of the usable packs. Their list is kept until the disk says that a pack came, went or was mended. */
export function createInstalledTokenizers(options: {
  readonly store: Pick<PackStore, 'list' | 'mark'>
  /** Id of the encoder that the person chose; null where none. */
  readonly chosenEncoder: () => Promise<string | null>
}): InstalledTokenizers {
  const { store, chosenEncoder } = options
  let kept: { readonly mark: string; readonly packs: readonly InstalledPack[] } | null = null

  async function listPacks(): Promise<readonly InstalledPack[]> {
    const mark = await store.mark()
    if (kept?.mark !== mark) kept = { mark, packs: (await store.list()).packs }
    return kept.packs
  }

  return {
    async find() {
      const [packs, chosenId] = await Promise.all([listPacks(), chosenEncoder()])
      const found = new Map<TokenTargetId, TokenizerFiles>()
      // The last of a target wins, as in searches: the chosen pack, else the one that is listed last.
      const chosenLast = [
        ...packs.filter(({ manifest }) => manifest.id !== chosenId),
        ...packs.filter(({ manifest }) => manifest.id === chosenId),
      ]
      for (const pack of chosenLast) {
        const files = filesOf(pack)
        if (files !== null) found.set(files.target, files)
      }
      return [...found.values()]
    },
  }
}

function filesOf({ manifest, folder }: InstalledPack): TokenizerFiles | null {
  const target = targetOf(manifest)
  const tokenizer = findPackFile(manifest, 'tokenizer')
  const config = findPackFile(manifest, 'tokenizer-config')
  if (target === undefined || tokenizer === undefined) return null
  return {
    target,
    tokenizer: packFilePath(folder, tokenizer),
    config: config === undefined ? null : packFilePath(folder, config),
  }
}

/**
 * A manifest does not name its vocabulary, but its scope tells: a `sample-world` pack, such as the starter, has a small
 * vocabulary of its own, which cuts most words of other texts into far more tokens than any trainer's does. The window
 * then tells the family.
 */
function targetOf(manifest: PackManifest): TokenTargetId | undefined {
  if (manifest.task !== 'dual-encoder' || manifest.scope.images !== 'any') return undefined
  return TARGETS[manifest.text.window]
}
