import type { CommandId } from '../commands/command.ts'
import { currentRows, keysOf } from '../commands/key-bindings.ts'
import { useRun } from '../commands/CommandProvider.tsx'
import { Tooltip } from '../components/Tooltip.tsx'
import { useLocation } from 'wouter'
import './NavRail.css'

const PLACES = [
  { id: 'app.goToLibrary', path: '/library' },
  { id: 'app.goToAlign', path: '/align' },
  { id: 'app.goToReview', path: '/review' },
  { id: 'app.goToRounds', path: '/rounds' },
  { id: 'app.goToImport', path: '/import' },
  { id: 'app.goToExport', path: '/export' },
  { id: 'app.goToJobs', path: '/jobs' },
  { id: 'app.goToModels', path: '/models' },
] as const

/** The way between screens. */
export function NavRail() {
  return (
    <nav className="nav-rail" aria-label="Screens">
      <NavButton id="app.goToProjects" path="/projects" isBrand />
      {PLACES.map((place) => (
        <NavButton key={place.id} {...place} />
      ))}
      <span className="grow" />
      <NavButton id="app.goToSettings" path="/settings" />
    </nav>
  )
}

interface NavButtonProps {
  readonly id: CommandId & `app.goTo${string}`
  readonly path: string
  readonly isBrand?: boolean
}

function NavButton({ id, path, isBrand = false }: NavButtonProps) {
  const [location] = useLocation()
  const run = useRun()
  const row = currentRows().find((candidate) => candidate.id === id)
  const Icon = row?.icon
  const label = row?.label ?? ''
  const isHere = location.startsWith(path)
  return (
    <Tooltip text={label} keys={keysOf(id)[0]} side="right">
      <button
        type="button"
        className={isBrand ? 'nav-brand' : 'nav-button'}
        aria-label={label}
        aria-current={isHere ? 'page' : undefined}
        onClick={() => run(id)}
      >
        {isBrand ? <BrandMark /> : Icon !== undefined && <Icon className="icon" aria-hidden />}
      </button>
    </Tooltip>
  )
}

/** Three lines of text that come into line: what Realign does. */
function BrandMark() {
  return (
    <svg viewBox="0 0 24 24" aria-hidden>
      <path d="M5 7h9M10 12h9M5 17h14" />
    </svg>
  )
}
