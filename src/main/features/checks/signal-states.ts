import type { CheckSignalState } from '../../../shared/contract/checks.ts'
import { CHECK_SIGNALS, type CheckSignal } from '../../../shared/domain/check-signal.ts'
import { findPackFile } from '../../../shared/domain/pack.ts'
import { UNIT_KINDS } from '../../../shared/domain/text-unit.ts'
import type { CheckGround } from './ground.ts'

/** Which signals are on, and in words why some say nothing at present. */
export function describeSignals(
  ground: CheckGround | null,
  of: {
    readonly off: ReadonlySet<string>
    readonly hasBoxes: boolean
    readonly hasLines: boolean
  },
): CheckSignalState[] {
  return CHECK_SIGNALS.map((name) => ({
    name,
    isOn: !of.off.has(name),
    missing: missingOf(name, ground, of),
  }))
}

const NOT_USED = 'Not computed: when measured, this made the verdicts of these models no better.'
const NOT_MEASURED = 'Nobody has measured how far this can be trusted with this encoder.'

function missingOf(
  name: CheckSignal,
  ground: CheckGround | null,
  of: { readonly hasBoxes: boolean; readonly hasLines: boolean },
): string | null {
  if (name === 'box') {
    return of.hasBoxes || ground?.detector != null
      ? null
      : 'No detector has looked at the images of this project yet.'
  }
  if (name === 'ocr') {
    return of.hasLines ? null : 'No text was read in the images of this project yet.'
  }
  if (ground?.encoder == null) return 'Needs an image-text encoder for these images.'
  const { manifest } = ground.encoder
  if (name === 'z' && findPackFile(manifest, 'moments') === undefined) {
    return 'The encoder pack has no moments to hold its cosines against.'
  }
  if (name === 'gate' && manifest.textTail === undefined) {
    return 'The encoder pack has no text tail, which this looks through.'
  }
  if (!UNIT_KINDS.some((kind) => ground.wanted(kind).has(name)) && !ground.off.has(name)) {
    return ground.tables.length === 0 ? NOT_MEASURED : NOT_USED
  }
  return null
}
