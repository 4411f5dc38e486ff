import { existsSync, mkdirSync, statSync } from 'node:fs'
import { dirname } from 'node:path'

/**
 * Makes a folder with those above it, as Node's own recursive `mkdir` does, which however never ends where a folder is
 * there and no other can be made in it for no reason that it knows, as in `/proc`. Throws Node's error.
 */
export function makeFolder(path: string): void {
  // What is there and no folder, Node has the right error for.
  if (existsSync(path) && !statSync(path).isDirectory()) mkdirSync(path)
  const missing: string[] = []
  for (let at = path; !existsSync(at) && dirname(at) !== at; at = dirname(at)) missing.push(at)
  for (const folder of missing.reverse()) {
    try {
      mkdirSync(folder)
    } catch (error) {
      // Somebody else may have made it meanwhile.
      if (!existsSync(folder)) throw error
    }
  }
}
