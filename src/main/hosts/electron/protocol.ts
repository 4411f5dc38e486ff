import { protocol } from 'electron'
import type { Core } from '../../core.ts'
import { SCHEME } from './origin.ts'

/** Must be called before the app is ready. */
export function declareScheme(): void {
  protocol.registerSchemesAsPrivileged([
    {
      scheme: SCHEME,
      privileges: { standard: true, secure: true, supportFetchAPI: true, stream: true },
    },
  ])
}

export function serveScheme(core: Core): void {
  protocol.handle(SCHEME, (request) => core.handle(request))
}
