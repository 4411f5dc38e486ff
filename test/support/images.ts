import sharp from 'sharp'

const WIDTH = 60
const HEIGHT = 40

/** A picture whose four corners tell every rotation and mirroring apart: red, lime, blue, white in reading order. */
export async function makeCornersPng(width = WIDTH, height = HEIGHT): Promise<Buffer> {
  const colours = ['#ff0000', '#00ff00', '#0000ff', '#ffffff']
  const half = { width: width / 2, height: height / 2 }
  const corners = await Promise.all(
    colours.map(async (background, index) => ({
      input: await sharp({ create: { ...half, channels: 3, background } })
        .png()
        .toBuffer(),
      left: index % 2 === 0 ? 0 : half.width,
      top: index < 2 ? 0 : half.height,
    })),
  )
  return sharp({ create: { width, height, channels: 3, background: '#000000' } })
    .composite(corners)
    .png()
    .toBuffer()
}

/** Uneven content, so that codecs have something to write and a cut file lacks some of it. */
export async function makePhotoPng(width = 320, height = 240): Promise<Buffer> {
  const drawing = `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}">
    <defs><linearGradient id="sky" x2="1" y2="1"><stop stop-color="#27496d"/><stop offset="1" stop-color="#f2a154"/></linearGradient></defs>
    <rect width="100%" height="100%" fill="url(#sky)"/>
    <circle cx="30%" cy="40%" r="20%" fill="#b83b5e"/><rect x="55%" y="50%" width="30%" height="35%" fill="#f9ed69"/>
  </svg>`
  return sharp(Buffer.from(drawing)).png().toBuffer()
}

/** An uncompressed 24-bit BMP, which sharp cannot write. */
export async function makeBmp(png: Buffer): Promise<Buffer> {
  const { data, info } = await sharp(png).removeAlpha().raw().toBuffer({ resolveWithObject: true })
  const rowBytes = Math.ceil((info.width * 3) / 4) * 4
  const bmp = Buffer.alloc(54 + rowBytes * info.height)
  bmp.write('BM')
  bmp.writeUInt32LE(bmp.length, 2)
  bmp.writeUInt32LE(54, 10)
  bmp.writeUInt32LE(40, 14)
  bmp.writeInt32LE(info.width, 18)
  bmp.writeInt32LE(info.height, 22)
  bmp.writeUInt16LE(1, 26)
  bmp.writeUInt16LE(24, 28)
  for (let y = 0; y < info.height; y++) {
    for (let x = 0; x < info.width; x++) {
      const from = (y * info.width + x) * 3
      const to = 54 + (info.height - 1 - y) * rowBytes + x * 3
      bmp[to] = data[from + 2] ?? 0
      bmp[to + 1] = data[from + 1] ?? 0
      bmp[to + 2] = data[from] ?? 0
    }
  }
  return bmp
}

/** Two frames, red and then blue. */
export async function makeAnimation(format: 'gif' | 'webp'): Promise<Buffer> {
  const frames = await Promise.all(
    ['#ff0000', '#0000ff'].map((background) =>
      sharp({ create: { width: WIDTH, height: HEIGHT, channels: 3, background } })
        .png()
        .toBuffer(),
    ),
  )
  return sharp(frames, { join: { animated: true } })
    .toFormat(format)
    .toBuffer()
}

export const SVG_NAMESPACE = 'xmlns="http://www.w3.org/2000/svg"'
