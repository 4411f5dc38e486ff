import type {
  DetectorPack,
  DualEncoderPack,
  PackRef,
  PackTask,
} from '../../../shared/domain/pack.ts'
import { AppError } from '../../../shared/errors.ts'
import type { InstalledPack, PackListing, PackStore } from '../../models/store.ts'
import type { ModelSettings } from './model-settings.ts'

export interface InstalledEncoder extends InstalledPack {
  readonly manifest: DualEncoderPack
}

export interface InstalledDetector extends InstalledPack {
  readonly manifest: DetectorPack
  readonly labels: readonly string[]
}

/**
 * The pack for a task where none is named: the chosen one, else one for any images; in the sample project one for the
 * sample world first, which on other images would only mislead. Null where none fits.
 */
export function findChosenPack(
  listing: PackListing,
  how: { readonly task: PackTask; readonly chosenId: string | null; readonly isSample: boolean },
): InstalledPack | null {
  const packs = listing.packs.filter(({ manifest }) => manifest.task === how.task)
  const chosen = packs.findLast(({ manifest }) => manifest.id === how.chosenId)
  if (chosen !== undefined) return chosen
  const forAny = packs.findLast(({ manifest }) => manifest.scope.images === 'any') ?? null
  if (!how.isSample) return forAny
  return packs.findLast(({ manifest }) => manifest.scope.images === 'sample-world') ?? forAny
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
      'Searching by what images show needs an image-text encoder for such images, and none is installed: the one that comes with Realign knows the sample project only. Install one on the Models screen: from the catalogue, or from a folder that you fetched elsewhere.',
    )
  }
  return requireEncoder(pack)
}

/** Throws PACK_INVALID when the pack is for something else. */
export function requireEncoder(pack: InstalledPack): InstalledEncoder {
  if (isEncoder(pack)) return pack
  throw new AppError(
    'PACK_INVALID',
    `An image-text encoder is needed for this, but "${pack.manifest.name}" is a ${pack.manifest.task}. Choose another pack.`,
  )
}

/** The very pack that a job began with. Throws PACK_CHANGED when it was removed or replaced meanwhile. */
export async function requireUnchanged(
  store: PackStore,
  { id, revision }: PackRef,
  task: PackTask,
): Promise<InstalledPack> {
  try {
    const pack = await store.get({ id, revision })
    if (pack.manifest.task === task) return pack
  } catch (error) {
    if (!(error instanceof AppError)) throw error
  }
  throw new AppError(
    'PACK_CHANGED',
    `The model pack "${id}" was removed or replaced meanwhile. Start again to use the one of now; what the old one found is kept apart.`,
  )
}

function isEncoder(pack: InstalledPack): pack is InstalledEncoder {
  return pack.manifest.task === 'dual-encoder'
}
