import { getEnvironmentData, setEnvironmentData } from 'node:worker_threads'
import sharp from 'sharp'

/**
 * libvips keeps these settings for the whole process. While a second thread goes from "no decoder" to "these decoders",
 * the pictures of the first are refused ("operation is blocked"), so one thread sets them and those that it starts
 * are told.
 */
const IS_CONFIGURED = 'realign: sharp is configured'

if (getEnvironmentData(IS_CONFIGURED) !== true) {
  configure()
  setEnvironmentData(IS_CONFIGURED, true)
}

function configure(): void {
  // One picture a thread: many small jobs at once beat many threads on one job.
  sharp.concurrency(1)
  // Nothing is decoded twice, and an open file in a cache cannot be replaced on Windows.
  sharp.cache(false)
  // Only the decoders of the formats we name, and only from the places we use, whatever the bytes pretend to be.
  sharp.block({ operation: ['VipsForeignLoad'] })
  sharp.unblock({
    operation: [
      'VipsForeignLoadJpegBuffer',
      'VipsForeignLoadJpegFile',
      'VipsForeignLoadPngBuffer',
      'VipsForeignLoadPngFile',
      'VipsForeignLoadWebpBuffer',
      'VipsForeignLoadWebpFile',
      'VipsForeignLoadNsgifBuffer',
      'VipsForeignLoadNsgifFile',
      'VipsForeignLoadHeifBuffer',
      'VipsForeignLoadHeifFile',
      'VipsForeignLoadTiffBuffer',
      'VipsForeignLoadTiffFile',
      // From memory only: without a place of its own an SVG can name no file beside it.
      'VipsForeignLoadSvgBuffer',
    ],
  })
}

export { sharp }
