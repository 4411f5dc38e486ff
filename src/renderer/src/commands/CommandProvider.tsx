import { createContext, use, useLayoutEffect, useMemo, useRef, type ReactNode } from 'react'
import { currentRows } from './key-bindings.ts'
import {
  createCommandRegistry,
  type CommandHandlers,
  type CommandRegistry,
  type RunCommand,
} from './command-registry.ts'
import { dispatchKey } from './dispatch-keys.ts'
import { IS_MAC } from '../components/key-names.ts'

const RegistryContext = createContext<CommandRegistry | null>(null)

interface CommandProviderProps {
  readonly onError: (error: unknown) => void
  readonly children: ReactNode
}

/** Holds the command registry of the window and listens for keys. */
export function CommandProvider({ onError, children }: CommandProviderProps) {
  const registry = useMemo(() => createCommandRegistry(onError), [onError])
  // Keys work from the first frame that is seen, so these are layout effects.
  useLayoutEffect(() => {
    const listen = (event: KeyboardEvent) => {
      dispatchKey(event, { rows: currentRows(), registry, isMac: IS_MAC })
    }
    window.addEventListener('keydown', listen)
    return () => {
      window.removeEventListener('keydown', listen)
    }
  }, [registry])
  return <RegistryContext value={registry}>{children}</RegistryContext>
}

export function useCommandRegistry(): CommandRegistry {
  const registry = use(RegistryContext)
  if (registry === null) throw new Error('useCommandRegistry needs a CommandProvider above it')
  return registry
}

/** How components change things: `run('library.setStatus', { status })`. */
export function useRun(): RunCommand {
  return useCommandRegistry().run
}

/**
 * Answers commands while the component is mounted. The set of commands is fixed by the first render;
 * what they do is always the newest render's.
 */
export function useCommandHandlers(handlers: CommandHandlers): void {
  const registry = useCommandRegistry()
  const latest = useRef(handlers)
  useLayoutEffect(() => {
    latest.current = handlers
  })
  useLayoutEffect(() => {
    const ids = Object.keys(latest.current)
    return registry.register(forwardHandlers(ids, () => latest.current))
  }, [registry])
}

function forwardHandlers(ids: readonly string[], read: () => CommandHandlers): CommandHandlers {
  const find = (id: string) => Object.entries(read()).find(([key]) => key === id)?.[1]
  return Object.fromEntries(
    ids.map((id) => [
      id,
      {
        isEnabled: () => find(id)?.isEnabled?.() ?? true,
        run: (args: never) => find(id)?.run(args),
      },
    ]),
  )
}
