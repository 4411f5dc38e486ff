import { registerHooks } from 'node:module'

// Loaded with --import before the program (and, inherited, before its workers): whatever asks for Electron
// ends with an error, as on a machine that does not have it.
registerHooks({
  resolve(specifier, context, next) {
    if (specifier === 'electron' || specifier.startsWith('electron/')) {
      throw new Error(
        `The Node host asked for ${specifier} (from ${context.parentURL ?? 'start'}).`,
      )
    }
    return next(specifier, context)
  },
})
