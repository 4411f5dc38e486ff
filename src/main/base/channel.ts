/** A two-way line to a worker thread or child process. What crosses must be structured-cloneable. */
export interface Channel {
  post(message: unknown): void
  onMessage(listener: (message: unknown) => void): () => void
  /** Called once, when the other side is gone, whoever ended it. */
  onExit(listener: (reason: string) => void): () => void
  kill(): void
}

export type WorkerName = 'database' | 'media' | 'text' | 'inference' | 'pictures' | 'subset'

/** Given by the host: Electron starts utility processes, Node child processes, tests run in the same thread. */
export type Spawn = (name: WorkerName, data: Readonly<Record<string, string>>) => Channel
