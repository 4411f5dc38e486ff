import './ProgressBar.css'

interface ProgressBarProps {
  readonly label: string
  readonly done: number
  /** Null while the amount of work is not known. */
  readonly total: number | null
  readonly tone?: 'accent' | 'supported' | 'faint'
}

/** How far work has come; runs back and forth while the total is unknown. */
export function ProgressBar({ label, done, total, tone = 'accent' }: ProgressBarProps) {
  const share = total === null || total === 0 ? null : Math.min(1, done / total)
  return (
    <div
      className={`progress progress-${tone}`}
      role="progressbar"
      aria-label={label}
      aria-valuemin={0}
      aria-valuemax={100}
      {...(share === null ? {} : { 'aria-valuenow': Math.round(share * 100) })}
    >
      <div
        className={share === null ? 'progress-fill progress-unknown' : 'progress-fill'}
        style={share === null ? undefined : { transform: `scaleX(${share})` }}
      />
    </div>
  )
}
