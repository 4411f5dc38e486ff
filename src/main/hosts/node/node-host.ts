import type { HostPort } from '../../core.ts'

/** A server has no dialogs: the page lists folders of the server's machine instead. */
export const nodeHost: HostPort = { kind: 'node', canListFolders: true }
