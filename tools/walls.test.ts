import { spawnSync } from 'node:child_process'
import { copyFileSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { ROOT } from './package-root.ts'

/** File to plant, its content, and the rule that must catch it; null for what must pass. */
const PLANTED: readonly (readonly [file: string, content: string, rule: string | null])[] = [
  ['src/shared/domain/plain.ts', 'export const plain = 1', null],
  ['src/shared/domain/up.ts', "import '../contract/base.ts'", 'domain-imports-domain'],
  ['src/shared/domain/zod.ts', "import 'zod'", 'domain-needs-no-package'],
  ['src/shared/contract/base.ts', "import 'zod'", null],
  ['src/shared/contract/main.ts', "import '../../main/base/log.ts'", 'shared-imports-nothing'],
  ['src/shared/contract/node.ts', "import 'node:fs'", 'shared-runs-anywhere'],
  ['src/main/base/log.ts', 'export const log = 1', null],
  ['src/main/base/low.ts', "import '../db/open.ts'", 'main-base'],
  ['src/main/db/open.ts', "import 'better-sqlite3'\nimport '../base/log.ts'", null],
  ['src/main/db/shell.ts', "import 'electron'", 'one-door-electron'],
  ['src/main/db/picture.ts', "import 'sharp'", 'one-door-sharp'],
  ['src/main/db/react.ts', "import 'react'", 'no-dev-package-at-run-time'],
  ['src/main/db/absent.ts', "import './nowhere.ts'", 'resolvable'],
  ['src/main/text/units.ts', 'export interface Unit {}', null],
  ['src/main/text/tokens/pack-tokenizer.ts', "import '@huggingface/tokenizers'", null],
  ['src/main/text/serve.ts', "import './tokens/pack-tokenizer.ts'", null],
  [
    'src/main/text/analysis.ts',
    "import './tokens/pack-tokenizer.ts'",
    'tokenizers-in-the-text-thread',
  ],
  ['src/main/text/other.ts', "import '@huggingface/tokenizers'", 'one-door-huggingface-tokenizers'],
  ['src/main/formats/csv.ts', "import type { Unit } from '../text/units.ts'", null],
  ['src/main/formats/text.ts', "import '../text/units.ts'", 'formats-take-types-of-text'],
  ['src/main/media/sql.ts', "import 'better-sqlite3'", 'one-door-better-sqlite3'],
  ['src/main/jobs/queue.ts', "import '../db/open.ts'", null],
  ['src/main/jobs/media.ts', "import '../media/sql.ts'", 'main-jobs'],
  ['src/main/features/align/service.ts', "import '../../db/open.ts'", null],
  ['src/main/features/align/other.ts', "import '../import/service.ts'", 'features-are-apart'],
  ['src/main/features/import/service.ts', 'export const service = 1', null],
  ['src/main/features/shared.ts', "import './import/service.ts'", 'beside-the-features'],
  ['src/main/features/import/http.ts', "import '../../http/guard.ts'", 'main-features'],
  ['src/main/features/import/rpc.ts', "import '@orpc/server'", 'one-door-orpc'],
  ['src/main/features/import/procedures.ts', "import '@orpc/server'", null],
  ['src/main/http/guard.ts', 'export const guard = 1', null],
  ['src/main/http/feature.ts', "import '../features/import/service.ts'", 'main-http'],
  ['src/main/workers/database.ts', "import '../media/sql.ts'", 'worker-database'],
  ['src/main/core.ts', "import './features/align/service.ts'", null],
  ['src/main/hosts/node/serve.ts', "import '../../core.ts'", null],
  ['src/main/hosts/node/db.ts', "import '../../db/open.ts'", 'host-node'],
  ['src/main/hosts/electron/main.ts', "import 'electron'", null],
  ['src/main/hosts/electron/node.ts', "import '../node/serve.ts'", 'host-electron'],
  ['src/main/hosts/cli/main.ts', "import '../node/serve.ts'", null],
  ['src/main/hosts/cli/shell.ts', "import '../electron/main.ts'", 'host-cli'],
  ['src/renderer/src/api/client.ts', "import '@orpc/client'", null],
  ['src/renderer/src/app/db.ts', "import '../../../main/db/open.ts'", 'renderer'],
  ['src/renderer/src/app/node.ts', "import 'node:fs'", 'renderer-has-no-node'],
  ['src/renderer/src/components/A.tsx', "import '../api/client.ts'", 'components-fetch-nothing'],
  ['src/renderer/src/api/up.ts', "import '../app/node.ts'", 'below-the-screens'],
  ['src/main/checks/one.ts', "import './two.ts'", 'no-cycles'],
  // A cycle is reported once, at the file that comes first.
  ['src/main/checks/two.ts', "import './one.ts'", null],
]

interface Violation {
  readonly from: string
  readonly rule: { readonly name: string }
}

let folder = ''
let violations: readonly Violation[] = []

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'realign-walls-'))
  for (const name of ['package.json', 'tsconfig.base.json', '.dependency-cruiser.cjs']) {
    copyFileSync(join(ROOT, name), join(folder, name))
  }
  symlinkSync(join(ROOT, 'node_modules'), join(folder, 'node_modules'), 'junction')
  for (const [file, content] of PLANTED) {
    mkdirSync(dirname(join(folder, file)), { recursive: true })
    writeFileSync(join(folder, file), `${content}\nexport {}\n`)
  }
  const bin = join(ROOT, 'node_modules/dependency-cruiser/bin/dependency-cruiser.mjs')
  const options = ['--config', '.dependency-cruiser.cjs', '--output-type', 'json', 'src']
  const { stdout } = spawnSync(process.execPath, [bin, ...options], {
    cwd: folder,
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024,
  })
  const report = JSON.parse(stdout) as { summary: { violations: readonly Violation[] } }
  violations = report.summary.violations
}, 60_000)

afterAll(() => rmSync(folder, { recursive: true, force: true }))

test.each(PLANTED)('%s (%s) is caught by %s', (file, _content, rule) => {
  const caught = violations
    .filter(({ from }) => from === file)
    .map((violation) => violation.rule.name)
  if (rule === null) expect(caught).toEqual([])
  else expect(caught).toContain(rule)
})
