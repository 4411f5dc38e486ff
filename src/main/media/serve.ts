import { serveCalls } from '../base/channel-calls.ts'
import type { Channel } from '../base/channel.ts'
import { sharp } from './configured-sharp.ts'
import { measurePicture } from './measure.ts'
import { probeImage } from './probe.ts'
import { copyImage, extractImage, renderImage } from './render.ts'
import { measureSharpness } from './sharpness.ts'

/** The media process's side of the line. `hello` is answered only when the decoder library works here. */
export function serve(channel: Channel): void {
  serveCalls(channel, {
    hello: checkDecoder,
    probe: probeImage,
    render: renderImage,
    extract: extractImage,
    copy: copyImage,
    sharpness: measureSharpness,
    measure: measurePicture,
  })
}

/** So that a library that cannot run on this machine is not taken for one broken file after another. */
async function checkDecoder(): Promise<void> {
  const jpeg = await sharp({
    create: { width: 16, height: 16, channels: 3, background: '#808080' },
  })
    .jpeg()
    .toBuffer()
  await sharp(jpeg).resize(8, 8).webp().toBuffer()
}
