import { spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { loadConfigFromFile } from 'electron-vite'
import { build } from 'vite'
import { forgetBuild } from './build.ts'
import { ROOT } from './package-root.ts'

/**
 * Rebuilds the renderer and restarts the Node host from its sources on every change. The token stays the
 * same across restarts, so that the open page only needs a reload.
 */
async function dev(args: readonly string[]): Promise<void> {
  const loaded = await loadConfigFromFile({ command: 'build', mode: 'development' })
  const { renderer } = loaded.config
  // What is written to out/ from here on is for development only.
  await forgetBuild()
  await build({
    ...renderer,
    configFile: false,
    mode: 'development',
    build: { ...renderer?.build, minify: false, sourcemap: true, watch: {} },
  })
  const host = ['src/main/hosts/cli/main.ts', 'serve', ...args]
  const child = spawn(
    process.execPath,
    ['--watch-path=src/main', '--watch-path=src/shared', ...host],
    {
      cwd: ROOT,
      stdio: 'inherit',
      env: { REALIGN_TOKEN: randomBytes(24).toString('base64url'), ...process.env },
    },
  )
  child.on('close', (code) => process.exit(code ?? 0))
}

await dev(process.argv.slice(2))
