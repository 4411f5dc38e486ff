import { once } from 'node:events'
import { createLog } from '../../../base/log.ts'
import { serve } from '../../node/serve.ts'
import { canOpenBrowser } from '../browser.ts'
import { EXIT, type ExitCode, type ServeCommand } from '../command.ts'
import { readLogLevel, type Answering, type CliContext } from '../context.ts'

/** Serves until the process is interrupted, then closes the project properly. */
export async function runServe(
  command: ServeCommand,
  context: CliContext,
  answering: Answering,
): Promise<ExitCode> {
  const log = createLog(readLogLevel(context.env, 'info'))
  const server = await serve({
    host: command.host,
    port: command.port,
    token: context.env['REALIGN_TOKEN'] ?? null,
    log,
    ...(command.project === null ? {} : { project: command.project }),
  })
  const { url, token, port } = server
  context.out(
    answering.isJson
      ? `${JSON.stringify({ url, token, port, pid: process.pid })}\n`
      : `Realign runs at ${url}\n`,
  )
  if (command.mayOpenBrowser && canOpenBrowser({ platform: process.platform, env: context.env })) {
    openBrowser(url).catch((error: unknown) => log.warn('No browser could be opened.', { error }))
  }
  if (!context.interrupted.aborted) await once(context.interrupted, 'abort')
  await server.close()
  return EXIT.done
}

/** Loaded when the server answers already. */
async function openBrowser(url: string): Promise<void> {
  const { default: open } = await import('open')
  await open(url)
}
