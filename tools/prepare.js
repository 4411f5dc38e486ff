// Plain JavaScript, because npm runs this with whatever Node the machine has when the development
// packages, and with them our own Node, are left out.
import { existsSync } from 'node:fs'

const root = new URL('../', import.meta.url)
const hasBuilder = existsSync(new URL('node_modules/electron-vite/package.json', root))
const hasSources = existsSync(new URL('src/', root))

if (hasBuilder && hasSources && process.features.typescript) {
  const { ensureBuild } = await import('./build.ts')
  await ensureBuild()
} else {
  process.stderr.write('realign: the development packages are missing, so nothing was built.\n')
}
