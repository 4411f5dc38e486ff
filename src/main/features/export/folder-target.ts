import type { ExportTarget } from '../../formats/format.ts'

/** A folder of a target as a target of its own. */
export function inFolder(target: ExportTarget, folder: string): ExportTarget {
  const within = (name: string): string => `${folder}/${name}`
  return {
    openText: (name) => target.openText(within(name)),
    openBytes: (name) => target.openBytes(within(name)),
    rename: (from, to) => target.rename(within(from), within(to)),
    concatenate: (parts, name) =>
      target.concatenate(
        parts.map((part) => within(part)),
        within(name),
      ),
    readPicture: (from) => target.readPicture(from),
    ...(target.readPictures === undefined ? {} : { readPictures: target.readPictures }),
    placeFile: (options) => target.placeFile({ ...options, name: within(options.name) }),
  }
}
