import { serveCalls } from '../base/channel-calls.ts'
import type { Channel } from '../base/channel.ts'
import { preparePicture, readPixels } from './pictures.ts'

/** A picture thread's side of the line. */
export function servePictures(channel: Channel): void {
  serveCalls(channel, { prepare: preparePicture, pixels: readPixels })
}
