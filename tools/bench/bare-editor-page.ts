import { readFile } from 'node:fs/promises'
import { extname, join } from 'node:path'
import type { Browser, Page } from '@playwright/test'
import { build } from 'vite'
import { ROOT } from '../package-root.ts'

const ORIGIN = 'http://bare-editor.invalid'
const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.woff2': 'font/woff2',
}

/** Opens a page with nothing but CodeMirror, in a box of the given size in pixels; `folder` takes its files. */
export async function openBareEditor(
  browser: Browser,
  { folder, width, height }: Readonly<Record<'width' | 'height', number>> & { folder: string },
): Promise<Page> {
  await build({
    configFile: false,
    logLevel: 'error',
    root: join(ROOT, 'tools', 'bench', 'bare-editor'),
    build: { outDir: folder, emptyOutDir: true, reportCompressedSize: false },
  })
  const page = await browser.newPage({ viewport: { width: 1440, height: 900 } })
  await page.route(`${ORIGIN}/**`, async (route) => {
    const { pathname } = new URL(route.request().url())
    const name = pathname === '/' ? 'index.html' : pathname.slice(1)
    const body = await readFile(join(folder, name))
    await route.fulfill({ body, contentType: TYPES[extname(name)] ?? 'application/octet-stream' })
  })
  await page.goto(`${ORIGIN}/`)
  await page.addStyleTag({
    content: `.caption-editor { --editor-height: ${height}px; width: ${width}px; margin: 20px; }`,
  })
  return page
}
