import type { DualEncoderPack, PackTask } from '../../../shared/domain/pack.ts'
import { AppError } from '../../../shared/errors.ts'
import type { InstalledPack, PackListing, PackStore } from '../../models/store.ts'
import type { ModelSettings } from './model-settings.ts'

export interface InstalledEncoder extends InstalledPack {
  readonly manifest: DualEncoderPack
}

/**
 * The pack for a task where none is named: the chosen one, else one for any images before one for the sample world
 * (the other way round in the sample project), the newest revision last installed.
 */
export function findChosenPack(
  listing: PackListing,
  how: { readonly task: PackTask; readonly chosenId: string | null; readonly isSample: boolean },
): InstalledPack | null {
  const packs = listing.packs.filter(({ manifest }) => manifest.task === how.task)
  const chosen = packs.findLast(({ manifest }) => manifest.id === how.chosenId)
  if (chosen !== undefined) return chosen
  const wanted = how.isSample ? 'sample-world' : 'any'
  return packs.findLast(({ manifest }) => manifest.scope.images === wanted) ?? packs.at(-1) ?? null
}

/** The encoder of that id, or the one to use where none is named. Throws PACK_NOT_FOUND with what to do. */
export async function resolveEncoder(
  store: PackStore,
  settings: ModelSettings,
  how: { readonly id: string | undefined; readonly isSample: boolean },
): Promise<InstalledEncoder> {
  const pack =
    how.id === undefined
      ? findChosenPack(await store.list(), {
          task: 'dual-encoder',
          chosenId: settings.chosen('dual-encoder'),
          isSample: how.isSample,
        })
      : await store.get({ id: how.id })
  if (pack === null) {
    throw new AppError(
      'PACK_NOT_FOUND',
      'Searching by what images show needs an image-text encoder, and none is installed. Install one on the Models screen: from the catalogue, or from a folder that you fetched elsewhere.',
    )
  }
  if (isEncoder(pack)) return pack
  throw new AppError(
    'PACK_INVALID',
    `An image-text encoder is needed for this, but "${pack.manifest.name}" is a ${pack.manifest.task}. Choose another pack.`,
  )
}

function isEncoder(pack: InstalledPack): pack is InstalledEncoder {
  return pack.manifest.task === 'dual-encoder'
}
