import type { CommandArguments } from './command-arguments.ts'
import type { CommandId, CommandRow } from './command.ts'

type AnyArguments = CommandArguments[CommandId]

export interface CommandHandler<Arguments> {
  /** Read at the moment of use; a disabled command is greyed out in the palette and its keys pass on. */
  isEnabled?(): boolean
  // A method, not a property: methods compare loosely, so handlers of all commands fit one list.
  run(args: Arguments): unknown
}

export type CommandHandlers = {
  readonly [Id in CommandId]?: CommandHandler<CommandArguments[Id]>
}

/** Commands that can be run without being told anything. */
type PlainCommandId = {
  [Id in CommandId]: undefined extends CommandArguments[Id] ? Id : never
}[CommandId]

export interface RunCommand {
  (id: PlainCommandId): boolean
  <Id extends CommandId>(id: Id, args: CommandArguments[Id]): boolean
}

export interface CommandRegistry {
  /** Lets a mounted screen answer commands; the screen mounted last wins. Returns the way to stop. */
  readonly register: (handlers: CommandHandlers) => () => void
  /** Runs a command; false when no screen answers it now. Failures go to `onError`. */
  readonly run: RunCommand
  readonly runRow: (row: CommandRow) => boolean
  readonly canRun: (id: CommandId) => boolean
}

export function createCommandRegistry(onError: (error: unknown) => void): CommandRegistry {
  const stacks = new Map<string, CommandHandler<AnyArguments>[]>()

  function push(id: string, handler: CommandHandler<AnyArguments>): () => void {
    const stack = stacks.get(id) ?? []
    stacks.set(id, stack)
    stack.push(handler)
    return () => stack.splice(stack.indexOf(handler), 1)
  }

  function find(id: CommandId): CommandHandler<AnyArguments> | undefined {
    const handler = stacks.get(id)?.at(-1)
    return handler?.isEnabled?.() === false ? undefined : handler
  }

  async function start(handler: CommandHandler<AnyArguments>, args: AnyArguments): Promise<void> {
    try {
      await handler.run(args)
    } catch (error) {
      onError(error)
    }
  }

  function run(id: CommandId, args?: AnyArguments): boolean {
    const handler = find(id)
    if (handler === undefined) return false
    void start(handler, args)
    return true
  }

  return {
    register(handlers) {
      const stops = Object.entries(handlers).map(([id, handler]) => push(id, handler))
      return () => {
        for (const stop of stops) stop()
      }
    },
    run,
    runRow: (row) => run(row.id, row.args),
    canRun: (id) => find(id) !== undefined,
  }
}
