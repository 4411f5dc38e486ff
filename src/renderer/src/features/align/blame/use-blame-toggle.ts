import { useCommandHandlers } from '../../../commands/CommandProvider.tsx'
import type { Announcer } from '../announcer.ts'
import { parseBoolean, useRemembered } from '../use-remembered.ts'

/** Whether the words are tinted by their source; this browser remembers it. */
export function useBlameToggle(announcer: Announcer): boolean {
  const [isShown, setShown] = useRemembered('align.blame', false, parseBoolean)
  useCommandHandlers({
    'align.toggleBlame': {
      run: () => {
        setShown(!isShown)
        announcer.say(isShown ? 'Sources hidden' : 'Each word shows who wrote it')
      },
    },
  })
  return isShown
}
