import type { CommandId } from '../commands/command.ts'
import { currentRows, keysOf } from '../commands/key-bindings.ts'
import { useRun } from '../commands/CommandProvider.tsx'
import { useIsOwner } from '../api/use-is-owner.ts'
import { Tooltip } from '../components/Tooltip.tsx'
import { useLocation } from 'wouter'
import './NavRail.css'

const PLACES = [
  { id: 'app.goToLibrary', path: '/library', isForOwner: false },
  { id: 'app.goToAlign', path: '/align', isForOwner: false },
  { id: 'app.goToReview', path: '/review', isForOwner: false },
  { id: 'app.goToRounds', path: '/rounds', isForOwner: false },
  { id: 'app.goToDuplicates', path: '/duplicates', isForOwner: false },
  { id: 'app.goToChecks', path: '/checks', isForOwner: false },
  { id: 'app.goToInsights', path: '/insights', isForOwner: false },
  { id: 'app.goToImport', path: '/import', isForOwner: true },
  { id: 'app.goToExport', path: '/export', isForOwner: true },
  { id: 'app.goToJobs', path: '/jobs', isForOwner: false },
  { id: 'app.goToModels', path: '/models', isForOwner: true },
] as const

/** The way between screens. Invited people see those that they may use. */
export function NavRail() {
  const isGuest = useIsOwner() === false
  return (
    <nav className="nav-rail" aria-label="Screens">
      {isGuest ? (
        <span className="nav-brand nav-brand-still">
          <BrandMark />
        </span>
      ) : (
        <NavButton id="app.goToProjects" path="/projects" isBrand />
      )}
      {PLACES.filter((place) => !(isGuest && place.isForOwner)).map(({ id, path }) => (
        <NavButton key={id} id={id} path={path} />
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
