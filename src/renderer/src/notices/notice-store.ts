export interface Notice {
  readonly id: number
  readonly tone: 'info' | 'success' | 'error'
  readonly title: string
  readonly text: string
  readonly action?: { readonly label: string; readonly run: () => void }
}

type NewNotice = Pick<Notice, 'title'> &
  Partial<Omit<Notice, 'id' | 'title'>> & {
    /** What is under way must not look done; who shows it dismisses it. */
    readonly staysUntilDismissed?: boolean
  }

const MAX_SHOWN = 4
const SHOWN_MS = 6_000
/** An action has to be reached too, be it by Tab or from behind a screen reader. */
const SHOWN_WITH_ACTION_MS = 20_000

let notices: readonly Notice[] = []
let lastId = 0
const listeners = new Set<() => void>()

function setNotices(next: readonly Notice[]): void {
  notices = next
  for (const listener of listeners) listener()
}

/** Shows a short message at the corner, and gives its id. Errors stay until they are dismissed; the rest goes by itself. */
export function showNotice({
  tone = 'info',
  text = '',
  staysUntilDismissed = tone === 'error',
  ...rest
}: NewNotice): number {
  lastId += 1
  const notice: Notice = { id: lastId, tone, text, ...rest }
  // The same message twice in a row is one message.
  const others = notices.filter((other) => other.title !== notice.title || other.text !== text)
  setNotices([...others, notice].slice(-MAX_SHOWN))
  if (!staysUntilDismissed) {
    setTimeout(
      () => {
        dismissNotice(notice.id)
      },
      notice.action === undefined ? SHOWN_MS : SHOWN_WITH_ACTION_MS,
    )
  }
  return notice.id
}

export function dismissNotice(id: number): void {
  setNotices(notices.filter((notice) => notice.id !== id))
}

export const noticeStore = {
  subscribe: (listener: () => void): (() => void) => {
    listeners.add(listener)
    return () => listeners.delete(listener)
  },
  get: (): readonly Notice[] => notices,
}
