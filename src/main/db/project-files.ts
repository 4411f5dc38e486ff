import { join } from 'node:path'

/** The names of everything that Realign keeps in a project folder. */
export function projectFiles(folder: string) {
  const cache = join(folder, 'cache')
  return {
    folder,
    database: join(folder, 'project.realign'),
    /** Held while a program has the project open; the system drops the hold when the program dies. */
    lock: join(folder, 'project.realign-lock'),
    cache,
    backup: join(cache, 'backup', 'project.realign'),
  } as const
}

export type ProjectFiles = ReturnType<typeof projectFiles>
