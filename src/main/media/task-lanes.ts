/** `interactive` is what somebody waits for with eyes on the screen; it always goes first. */
export type Lane = 'interactive' | 'background'

export interface TaskLanes<Task> {
  add(task: Task, lane: Lane): void
  take(): Task | undefined
  /** Moves a waiting task to the interactive lane. */
  promote(task: Task): void
  /** False when the task is not waiting here. */
  remove(task: Task): boolean
  isEmpty(): boolean
}

/**
 * Waiting tasks in two lanes. The interactive one serves the newest first, because after a quick scroll the
 * newest are those still on screen; the background one keeps its order.
 */
export function createTaskLanes<Task>(): TaskLanes<Task> {
  const interactive: Task[] = []
  // A set keeps its order and finds a task among a hundred thousand without a search.
  const background = new Set<Task>()
  return {
    add(task, lane) {
      if (lane === 'interactive') interactive.push(task)
      else background.add(task)
    },
    take() {
      const newest = interactive.pop()
      if (newest !== undefined) return newest
      for (const oldest of background) {
        background.delete(oldest)
        return oldest
      }
      return undefined
    },
    promote(task) {
      if (background.delete(task)) interactive.push(task)
    },
    remove(task) {
      if (background.delete(task)) return true
      const index = interactive.indexOf(task)
      if (index === -1) return false
      interactive.splice(index, 1)
      return true
    },
    isEmpty: () => interactive.length + background.size === 0,
  }
}
