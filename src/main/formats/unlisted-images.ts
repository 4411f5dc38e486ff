import { IMAGE_NAME } from './column-sniff.ts'
import { walkFolders } from './folder-walk.ts'

/** How many image files of a folder tree are not among the `listed` locators (relative, with forward slashes). */
export async function countUnlisted(
  root: string,
  listed: ReadonlySet<string>,
  signal: AbortSignal,
): Promise<number> {
  let unlisted = 0
  for await (const event of walkFolders(root, signal)) {
    if (event.kind !== 'folder') continue
    const prefix = event.locator === '' ? '' : `${event.locator}/`
    for (const name of event.files) {
      if (IMAGE_NAME.test(name) && !listed.has(prefix + name)) unlisted += 1
    }
  }
  return unlisted
}
