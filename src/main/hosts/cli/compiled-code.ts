import module from 'node:module'
import { codeCacheFolder } from '../../base/app-paths.ts'

/**
 * Keeps what the engine compiled for the next start, of this process and of its threads and child processes. It is
 * written at the end of each; where it cannot be written, code is compiled anew. NODE_COMPILE_CACHE names another
 * folder, NODE_DISABLE_COMPILE_CACHE turns it off.
 */
export function keepCompiledCode(): void {
  const { directory } = module.enableCompileCache(codeCacheFolder())
  if (directory !== undefined) process.env['NODE_COMPILE_CACHE'] ??= directory
}
