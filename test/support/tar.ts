const BLOCK = 512

interface HeaderOptions {
  readonly type?: string
  /** Stands in place of the octal size. */
  readonly rawSize?: Buffer
}

/** One header block with a right checksum, whatever else is wrong with it. */
export function tarHeader(name: string, sizeBytes: number, options: HeaderOptions = {}): Buffer {
  const header = Buffer.alloc(BLOCK)
  header.write(name, 0, 100)
  header.write('0000644\0', 100)
  header.write(sizeBytes.toString(8).padStart(11, '0'), 124)
  options.rawSize?.copy(header, 124)
  header.write('        ', 148)
  header.write(options.type ?? '0', 156)
  header.write('ustar\x0000', 257, 'latin1')
  const sum = header.reduce((total, byte) => total + byte, 0)
  header.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148)
  return header
}

/** An archive of these files; an open one lacks the end, so that more can follow. */
export function makeTar(
  members: readonly (readonly [name: string, content: string | Buffer])[],
  options: HeaderOptions & { readonly isOpen?: boolean } = {},
): Buffer {
  const parts = members.flatMap(([name, content]) => {
    const bytes = Buffer.from(content)
    const padding = Buffer.alloc((BLOCK - (bytes.length % BLOCK)) % BLOCK)
    return [tarHeader(name, bytes.length, options), bytes, padding]
  })
  return Buffer.concat([...parts, Buffer.alloc(options.isOpen === true ? 0 : 2 * BLOCK)])
}
