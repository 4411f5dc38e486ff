import { useQuery } from '@tanstack/react-query'
import { ChevronDown, FolderOpen, FolderPlus, Search, Sparkles } from 'lucide-react'
import { api } from '../api/client.ts'
import { useIsOwner } from '../api/use-is-owner.ts'
import { keysOf } from '../commands/key-bindings.ts'
import { useRun } from '../commands/CommandProvider.tsx'
import { Button } from '../components/Button.tsx'
import { Menu, MenuItem, MenuLabel, MenuSeparator } from '../components/Menu.tsx'
import { formatCounted } from '../components/quantities.ts'
import { Skeleton } from '../components/Skeleton.tsx'
import { SlotTarget } from '../components/Slots.tsx'
import { RunningJob } from './RunningJob.tsx'
import './Header.css'

interface HeaderProps {
  /** Shows the running job here, for screens without the status bar. */
  readonly isJobShown: boolean
}

/** The open project with its menu, the screen's own controls, and the way to the palette. */
export function Header({ isJobShown }: HeaderProps) {
  const run = useRun()
  return (
    <header className="header">
      <ProjectMenu isCounted={!isJobShown} />
      <SlotTarget name="header-start" className="header-slot header-slot-start" />
      <span className="grow" />
      {isJobShown && <RunningJob isCompact />}
      <SlotTarget name="header-end" className="header-slot" />
      <Button
        className="header-find"
        icon={Search}
        keys={keysOf('app.palette')[0]}
        onClick={() => run('app.palette')}
      >
        Find or run
      </Button>
    </header>
  )
}

/** `isCounted` shows the number of images, where the screen does not show a place among them. */
function ProjectMenu({ isCounted }: { readonly isCounted: boolean }) {
  const run = useRun()
  const current = useQuery(api.projects.current.queryOptions())
  const isOwner = useIsOwner()
  const recent = useQuery(api.projects.recent.queryOptions({ enabled: isOwner === true }))
  const others = (recent.data ?? []).filter((project) => project.folder !== current.data?.folder)
  if (current.isPending) return <Skeleton width="180px" height="18px" />
  if (isOwner === false) {
    return (
      <>
        <strong className="project-name" dir="auto">
          {current.data?.name ?? 'No project'}
        </strong>
        {isCounted && current.data != null && <ProjectCount />}
      </>
    )
  }
  return (
    <>
      <Menu
        trigger={
          <button type="button" className="project-button">
            <strong dir="auto">{current.data?.name ?? 'No project'}</strong>
            <ChevronDown className="icon" aria-hidden />
          </button>
        }
      >
        {others.length > 0 && <MenuLabel>Recent projects</MenuLabel>}
        {others.slice(0, 8).map((project) => (
          <MenuItem
            key={project.folder}
            icon={FolderOpen}
            hint={project.folder}
            onSelect={() => run('app.openProject', { folder: project.folder })}
          >
            {project.name}
          </MenuItem>
        ))}
        {others.length > 0 && <MenuSeparator />}
        <MenuItem
          icon={FolderPlus}
          keys={keysOf('app.goToProjects')[0]}
          onSelect={() => run('app.goToProjects')}
        >
          Open or create a project…
        </MenuItem>
        <MenuItem
          icon={Sparkles}
          isDisabled={current.data?.isSample}
          onSelect={() => run('app.openSample')}
        >
          Open the sample project
        </MenuItem>
      </Menu>
      {isCounted && current.data != null && <ProjectCount />}
    </>
  )
}

function ProjectCount() {
  const stats = useQuery(api.projects.stats.queryOptions())
  if (stats.data === undefined) return <Skeleton width="90px" height="14px" />
  return <span className="numeric header-count">{formatCounted(stats.data.images, 'image')}</span>
}
