import { resolve } from 'node:path'
import react from '@vitejs/plugin-react'
import { defineConfig } from 'electron-vite'
import type { Plugin } from 'vite'

const root = import.meta.dirname

// Chunks lie beside the entries, so that code can find its neighbours whatever chunk it ends up in. Their names stay the
// same from build to build, because the compile cache is kept by name, and would grow with every build.
const flat = { entryFileNames: '[name].js', chunkFileNames: 'chunk-[name].js' }

/** Libraries of plain JavaScript: linking their hundreds of files one by one was half of the time of a start. */
const bundled = [
  '@orpc/client',
  '@orpc/contract',
  '@orpc/server',
  'chardet',
  'csv-parse',
  'csv-stringify',
  'diff',
  'env-paths',
  'hyparquet',
  'hyparquet-compressors',
  'hyparquet-writer',
  'iconv-lite',
  'smol-toml',
  'uuid',
  'zod',
]

/**
 * electron-vite sets a relative base for file: pages. Ours have an origin, and screens have addresses of
 * several segments, from which a relative script would not be found.
 */
const absoluteBase: Plugin = { name: 'realign:absolute-base', config: () => ({ base: '/' }) }

export default defineConfig({
  main: {
    build: {
      outDir: 'out/main',
      target: 'node22',
      sourcemap: true,
      minify: false,
      reportCompressedSize: false,
      externalizeDeps: { exclude: bundled },
      rolldownOptions: {
        input: {
          electron: resolve(root, 'src/main/hosts/electron/main.ts'),
          cli: resolve(root, 'src/main/hosts/cli/main.ts'),
          database: resolve(root, 'src/main/workers/database.ts'),
          media: resolve(root, 'src/main/workers/media.ts'),
          files: resolve(root, 'src/main/workers/files.ts'),
          tables: resolve(root, 'src/main/workers/tables.ts'),
          text: resolve(root, 'src/main/workers/text.ts'),
          inference: resolve(root, 'src/main/workers/inference.ts'),
          pictures: resolve(root, 'src/main/workers/pictures.ts'),
          subset: resolve(root, 'src/main/workers/subset.ts'),
          export: resolve(root, 'src/main/workers/export.ts'),
        },
        output: { ...flat, format: 'es' },
      },
    },
  },
  preload: {
    build: {
      outDir: 'out/preload',
      reportCompressedSize: false,
      // A sandboxed preload can only require electron, and only as CommonJS.
      externalizeDeps: false,
      rolldownOptions: {
        input: resolve(root, 'src/preload/index.ts'),
        output: { format: 'cjs', entryFileNames: 'index.cjs' },
      },
    },
  },
  renderer: {
    root: resolve(root, 'src/renderer'),
    plugins: [react(), absoluteBase],
    build: {
      outDir: resolve(root, 'out/renderer'),
      target: 'es2022',
      emptyOutDir: true,
      minify: true,
      reportCompressedSize: false,
      // The content security policy has no data: for fonts, and files are cached for ever anyway.
      assetsInlineLimit: 0,
      rolldownOptions: { input: resolve(root, 'src/renderer/index.html') },
    },
  },
})
