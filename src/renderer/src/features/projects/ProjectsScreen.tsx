import { useQuery } from '@tanstack/react-query'
import { ChevronRight, FolderOpen, FolderPlus, Sparkles } from 'lucide-react'
import { useState } from 'react'
import { api } from '../../api/client.ts'
import { hasNothingToShow } from '../../api/query-client.ts'
import { useRun } from '../../commands/CommandProvider.tsx'
import { Button } from '../../components/Button.tsx'
import { Page, Panel } from '../../components/Page.tsx'
import { formatAgo } from '../../components/quantities.ts'
import { Skeleton } from '../../components/Skeleton.tsx'
import { PathField } from '../../path-picker/PathField.tsx'
import './ProjectsScreen.css'

/** Opens a project that exists, or makes a new one. */
export function ProjectsScreen() {
  const run = useRun()
  const [folder, setFolder] = useState('')
  const path = folder.trim()
  const current = useQuery(api.projects.current.queryOptions()).data
  return (
    <Page
      title="Projects"
      lead="A project is one folder that holds your texts and their history. Pictures stay where they are and are only read."
    >
      <div className="projects-columns">
        <Panel title="Recent">
          <RecentProjects currentFolder={current?.folder} />
        </Panel>
        <div className="projects-side">
          <Panel title="From a folder">
            <PathField
              label="Project folder"
              kind="folder"
              value={folder}
              onChange={setFolder}
              hint="An existing project, or an empty folder for a new one."
            />
            <div className="projects-actions">
              <Button
                icon={FolderPlus}
                disabled={path === ''}
                onClick={() => run('app.createProject', { folder: path })}
              >
                Create
              </Button>
              <Button
                icon={FolderOpen}
                variant="primary"
                disabled={path === ''}
                onClick={() => run('app.openProject', { folder: path })}
              >
                Open
              </Button>
            </div>
          </Panel>
          <Panel title="Just looking?">
            <p className="projects-text">
              The sample holds drawn scenes with noisy alt-texts, and is yours to change.
            </p>
            <div>
              <Button icon={Sparkles} onClick={() => run('app.openSample')}>
                Open the sample project
              </Button>
            </div>
          </Panel>
        </div>
      </div>
    </Page>
  )
}

function RecentProjects({ currentFolder }: { readonly currentFolder: string | undefined }) {
  const run = useRun()
  const recent = useQuery({ ...api.projects.recent.queryOptions(), throwOnError: hasNothingToShow })
  const [now] = useState(() => Date.now())
  if (recent.data === undefined) return <Skeleton height="52px" />
  if (recent.data.length === 0) {
    return <p className="projects-text">Projects that you open appear here.</p>
  }
  return (
    <ul className="recent-list">
      {recent.data.map((project) => (
        <li key={project.folder}>
          <button
            type="button"
            className="recent-project"
            onClick={() => run('app.openProject', { folder: project.folder })}
          >
            <span className="recent-letter" aria-hidden>
              {Array.from(project.name)[0]?.toUpperCase()}
            </span>
            <span className="recent-words">
              <strong dir="auto">{project.name}</strong>
              <small dir="ltr">{project.folder}</small>
            </span>
            <span className="numeric">
              {project.folder === currentFolder ? 'open' : formatAgo(project.openedAt, now)}
            </span>
            <ChevronRight className="icon" aria-hidden />
          </button>
        </li>
      ))}
    </ul>
  )
}
