import { CircleAlert, CircleCheck, Info, X } from 'lucide-react'
import { useSyncExternalStore } from 'react'
import { Button } from '../components/Button.tsx'
import { IconButton } from '../components/IconButton.tsx'
import { dismissNotice, noticeStore, type Notice } from './notice-store.ts'
import './NoticeStack.css'

const ICONS = { info: Info, success: CircleCheck, error: CircleAlert } as const

/** The corner where notices appear; read out politely, errors at once. */
export function NoticeStack() {
  const notices = useSyncExternalStore(noticeStore.subscribe, noticeStore.get)
  return (
    <section className="notice-stack" aria-label="Notices" aria-live="polite">
      {notices.map((notice) => (
        <NoticeCard key={notice.id} notice={notice} />
      ))}
    </section>
  )
}

function NoticeCard({ notice }: { readonly notice: Notice }) {
  const Icon = ICONS[notice.tone]
  const { action } = notice
  return (
    <div
      className={`notice notice-${notice.tone}`}
      role={notice.tone === 'error' ? 'alert' : undefined}
    >
      <Icon className="icon" aria-hidden />
      <div className="notice-body">
        <strong>{notice.title}</strong>
        {notice.text !== '' && <p dir="auto">{notice.text}</p>}
        {action !== undefined && (
          <Button
            size="small"
            onClick={() => {
              action.run()
              dismissNotice(notice.id)
            }}
          >
            {action.label}
          </Button>
        )}
      </div>
      <IconButton
        icon={X}
        label="Dismiss"
        onClick={() => {
          dismissNotice(notice.id)
        }}
      />
    </div>
  )
}
