#!/usr/bin/env node
import { startDatabaseThreadsEarly } from '../node/early-threads.ts'
import { keepCompiledCode } from './compiled-code.ts'
import { EXIT } from './command.ts'

const LEAST_NODE_MAJOR = 22

const major = Number(process.versions.node.split('.')[0])
if (major < LEAST_NODE_MAJOR) {
  // better-sqlite3 ends older Nodes without a word; nothing of ours may be loaded before this line.
  process.stderr.write(
    `realign: Node ${LEAST_NODE_MAJOR} or newer is needed, this is ${process.versions.node}. ` +
      'In the folder of Realign, "npm run -s realign -- ..." uses the right one by itself.\n',
  )
  process.exitCode = EXIT.failed
} else {
  keepCompiledCode()
  // What follows takes longer to load than anything that the server does before its first answer.
  if (process.argv[2] === 'serve') startDatabaseThreadsEarly()
  const { startProcess } = await import('./process.ts')
  startProcess()
}
