import { useQuery } from '@tanstack/react-query'
import { Monitor, Moon, Sun } from 'lucide-react'
import { useState } from 'react'
import type { Settings } from '../../../../shared/contract/settings.ts'
import { api } from '../../api/client.ts'
import { hasNothingToShow } from '../../api/query-client.ts'
import { useSaveSettings } from '../../api/use-save-settings.ts'
import type { KeyMap } from '../../commands/key-map.ts'
import { useRun } from '../../commands/CommandProvider.tsx'
import { Page, Panel } from '../../components/Page.tsx'
import { Segmented } from '../../components/Segmented.tsx'
import { TextField } from '../../components/TextField.tsx'
import { reportError } from '../../notices/report-error.ts'
import { PeoplePanel } from '../people/PeoplePanel.tsx'
import { KeyMapEditor } from './KeyMapEditor.tsx'
import './SettingsScreen.css'

const THEMES = [
  { value: 'system', label: 'As the system', icon: Monitor },
  { value: 'light', label: 'Light', icon: Sun },
  { value: 'dark', label: 'Dark', icon: Moon },
] as const

/** What the user chose for this machine, and what the keys are. */
export function SettingsScreen() {
  const settings = useQuery({ ...api.settings.get.queryOptions(), throwOnError: hasNothingToShow })
  const run = useRun()
  const saveSettings = useSaveSettings()
  if (settings.data === undefined) return null
  return (
    <Page title="Settings" lead="They hold for this machine and are saved at once.">
      <Panel title="Looks">
        <div className="setting-row">
          <span>Theme</span>
          <Segmented
            label="Theme"
            value={settings.data.theme}
            options={THEMES}
            onChange={(theme) => run('app.setTheme', { theme })}
          />
        </div>
      </Panel>
      <Panel title="You">
        <NameField settings={settings.data} />
      </Panel>
      <PeoplePanel />
      <Panel title="Keys">
        <KeyMapEditor
          map={settings.data.keys}
          onChange={(keys) => {
            saveSettings({ keys: mutableKeys(keys) }).catch(reportError)
          }}
        />
      </Panel>
      <About />
    </Page>
  )
}

function mutableKeys(keys: KeyMap): Settings['keys'] {
  return Object.fromEntries(Object.entries(keys).map(([name, list]) => [name, [...list]]))
}

function NameField({ settings }: { readonly settings: Settings }) {
  const saveSettings = useSaveSettings()
  const [name, setName] = useState(settings.personName)
  const trimmed = name.trim()
  return (
    <TextField
      label="Your name"
      value={name}
      maxLength={100}
      onChange={setName}
      error={trimmed === '' ? 'A name is needed: it stands beside what you write.' : undefined}
      hint="Stands beside every revision that you write."
      onBlur={() => {
        if (trimmed !== '' && trimmed !== settings.personName) {
          saveSettings({ personName: trimmed }).catch(reportError)
        }
      }}
    />
  )
}

function About() {
  const project = useQuery(api.projects.current.queryOptions()).data
  const host = useQuery(api.host.capabilities.queryOptions()).data
  return (
    <Panel title="About">
      <p className="about">
        Realign {project?.appVersion ?? ''}
        {host !== undefined &&
          (host.kind === 'electron' ? ' · desktop app' : ` · served from ${host.platform}`)}
        . Works offline; nothing leaves this machine unless you export it.
      </p>
      {project != null && (
        <p className="about">
          Open project: <code dir="ltr">{project.folder}</code>
        </p>
      )}
    </Panel>
  )
}
