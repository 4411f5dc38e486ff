export type PictureStatus = 'loading' | 'ready' | 'failed'

export interface CachedPicture {
  /** Decoded before it is `ready`, so that showing it never flashes. It can be in one place only. */
  readonly element: HTMLImageElement
  readonly status: () => PictureStatus
  readonly subscribe: (listener: () => void) => () => void
}

export interface PictureCache {
  /** Starts loading a picture unless it is here already. */
  readonly get: (url: string) => CachedPicture
}

const KEPT_PICTURES = 10

/** Keeps the last few pictures decoded: what was shown, what is next. */
function createPictureCache(load: (url: string) => CachedPicture = loadPicture): PictureCache {
  const pictures = new Map<string, CachedPicture>()
  return {
    get(url) {
      const known = pictures.get(url)
      // A picture that failed is tried again the next time it is asked for.
      const picture = known === undefined || known.status() === 'failed' ? load(url) : known
      pictures.delete(url)
      pictures.set(url, picture)
      const [oldest] = pictures.keys()
      if (pictures.size > KEPT_PICTURES && oldest !== undefined) pictures.delete(oldest)
      return picture
    },
  }
}

export const pictureCache = createPictureCache()

function loadPicture(url: string): CachedPicture {
  const listeners = new Set<() => void>()
  let status: PictureStatus = 'loading'
  const element = new Image()
  element.alt = ''
  element.decoding = 'async'
  element.draggable = false
  element.src = url
  const settle = (next: PictureStatus) => {
    status = next
    for (const listener of listeners) listener()
  }
  element.decode().then(
    () => {
      settle('ready')
    },
    () => {
      settle('failed')
    },
  )
  return {
    element,
    status: () => status,
    subscribe(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
  }
}
