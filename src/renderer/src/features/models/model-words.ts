import type { InstalledPackInfo } from '../../../../shared/contract/models.ts'

export const TASK_WORDS: Readonly<Record<InstalledPackInfo['task'], string>> = {
  'dual-encoder': 'Image-text encoder',
  detector: 'Object detector',
  ocr: 'Text reader',
  captioner: 'Captioner',
}

export const TASK_USES: Readonly<Record<InstalledPackInfo['task'], string>> = {
  'dual-encoder': 'search by meaning, evidence for phrases',
  detector: 'boxes around things',
  ocr: 'words written in pictures',
  captioner: 'proposals for captions',
}

const DEVICE_WORDS: ReadonlyMap<string, string> = new Map([
  ['auto', 'Choose by itself'],
  ['cpu', 'Processor'],
  ['cuda', 'NVIDIA graphics (CUDA)'],
  ['dml', 'Graphics (DirectML)'],
  ['coreml', 'Apple graphics (Core ML)'],
  ['webgpu', 'Graphics (WebGPU)'],
])

export function describeDevice(device: string): string {
  return DEVICE_WORDS.get(device) ?? device
}

/** A licence by its SPDX identifier, in words where that says nothing. */
export function describeLicence(id: string): string {
  if (id === 'NOASSERTION') return 'not stated: look at its source'
  return id.replace(/^LicenseRef-/u, '')
}
