import { useQuery } from '@tanstack/react-query'
import { Compass } from 'lucide-react'
import type { ReactNode } from 'react'
import { Redirect, Route, Switch } from 'wouter'
import { api } from '../api/client.ts'
import { hasNothingToShow } from '../api/query-client.ts'
import { EmptyState } from '../components/EmptyState.tsx'
import { AlignRoute } from './AlignRoute.tsx'
import { NeedsOwner } from './NeedsOwner.tsx'
import { ChecksScreen } from '../features/checks/ChecksScreen.tsx'
import { DuplicatesScreen } from '../features/duplicates/DuplicatesScreen.tsx'
import { ExportScreen } from '../features/export/ExportScreen.tsx'
import { ImportScreen } from '../features/import/ImportScreen.tsx'
import { InsightsScreen } from '../features/insights/InsightsScreen.tsx'
import { QualityScreen } from '../features/insights/QualityScreen.tsx'
import { JobsScreen } from '../features/jobs/JobsScreen.tsx'
import { LibraryScreen } from '../features/library/LibraryScreen.tsx'
import { ModelsScreen } from '../features/models/ModelsScreen.tsx'
import { ProjectsScreen } from '../features/projects/ProjectsScreen.tsx'
import { ReviewScreen } from '../features/review/ReviewScreen.tsx'
import { RoundsScreen } from '../features/rounds/RoundsScreen.tsx'
import { SettingsScreen } from '../features/settings/SettingsScreen.tsx'

/** One screen an address. What a screen shows is in the URL, so that a reload or a link brings it back. */
export function Routes() {
  return (
    <Switch>
      <Route path="/">
        <Redirect to="/library" replace />
      </Route>
      <Route path="/projects">
        <NeedsOwner does="opens projects">
          <ProjectsScreen />
        </NeedsOwner>
      </Route>
      <Route path="/settings">
        <SettingsScreen />
      </Route>
      <Route path="/library">
        <NeedsProject>
          <LibraryScreen />
        </NeedsProject>
      </Route>
      <Route path="/align/:imageId?">
        {(params) => (
          <NeedsProject>
            <AlignRoute imageIdText={params.imageId} />
          </NeedsProject>
        )}
      </Route>
      <Route path="/review">
        <NeedsProject>
          <ReviewScreen />
        </NeedsProject>
      </Route>
      <Route path="/rounds">
        <NeedsProject>
          <RoundsScreen />
        </NeedsProject>
      </Route>
      <Route path="/duplicates">
        <NeedsProject>
          <DuplicatesScreen />
        </NeedsProject>
      </Route>
      <Route path="/checks">
        <NeedsProject>
          <ChecksScreen />
        </NeedsProject>
      </Route>
      <Route path="/insights">
        <NeedsProject>
          <InsightsScreen />
        </NeedsProject>
      </Route>
      <Route path="/insights/quality">
        <NeedsProject>
          <QualityScreen />
        </NeedsProject>
      </Route>
      <Route path="/import">
        <NeedsProject>
          <NeedsOwner does="imports">
            <ImportScreen />
          </NeedsOwner>
        </NeedsProject>
      </Route>
      <Route path="/export">
        <NeedsProject>
          <NeedsOwner does="exports">
            <ExportScreen />
          </NeedsOwner>
        </NeedsProject>
      </Route>
      <Route path="/jobs">
        <NeedsProject>
          <JobsScreen />
        </NeedsProject>
      </Route>
      <Route path="/models">
        <NeedsProject>
          <NeedsOwner does="sets up models">
            <ModelsScreen />
          </NeedsOwner>
        </NeedsProject>
      </Route>
      <Route>
        <EmptyState icon={Compass} title="There is no such screen">
          Choose one at the left.
        </EmptyState>
      </Route>
    </Switch>
  )
}

/** Leads to the projects where none is open. Errors go to the boundary. */
function NeedsProject({ children }: { readonly children: ReactNode }) {
  const current = useQuery({
    ...api.projects.current.queryOptions(),
    throwOnError: hasNothingToShow,
  })
  if (current.isPending) return null
  if (current.data == null) return <Redirect to="/projects" replace />
  return children
}
