import { useLocation } from 'wouter'
import { SlotTarget } from '../components/Slots.tsx'
import { NoticeStack } from '../notices/NoticeStack.tsx'
import { ConnectionBanner } from './ConnectionBanner.tsx'
import { ErrorBoundary } from './ErrorBoundary.tsx'
import { Header } from './Header.tsx'
import { HelpDialog } from './HelpDialog.tsx'
import { NavRail } from './NavRail.tsx'
import { Palette } from './Palette.tsx'
import { Routes } from './Routes.tsx'
import { ProjectNotice } from './ProjectNotice.tsx'
import { RunningJob } from './RunningJob.tsx'
import { useAppCommands } from './use-app-commands.ts'
import { useLook } from '../features/people/use-look.ts'
import { useShownProject } from './use-shown-project.ts'
import { useKeyMap } from './use-key-map.ts'
import { useShell } from './use-shell.ts'
import { useTheme } from './use-theme.ts'
import './Frame.css'

/** What stays in place around every screen. Align brings its own bottom strip, so it has no status bar. */
export function Frame() {
  const [path] = useLocation()
  const isAlign = path.startsWith('/align')
  const overlay = useAppCommands()
  useTheme()
  useKeyMap()
  useShell()
  useShownProject()
  useLook(path)
  return (
    <div className={isAlign ? 'frame' : 'frame frame-with-status'}>
      <a className="skip-link" href="#main">
        Skip to the content
      </a>
      <NavRail />
      <Header isJobShown={isAlign} />
      <main id="main" className="frame-main" tabIndex={-1}>
        <ConnectionBanner />
        <ProjectNotice />
        <div className="frame-screen">
          <ErrorBoundary resetKey={path}>
            <Routes />
          </ErrorBoundary>
        </div>
      </main>
      {!isAlign && (
        <footer className="status-bar">
          <SlotTarget name="status-bar" className="status-bar-slot" />
          <RunningJob />
        </footer>
      )}
      <Palette isOpen={overlay.open === 'palette'} onClose={overlay.close} />
      <HelpDialog isOpen={overlay.open === 'help'} onClose={overlay.close} />
      <NoticeStack />
    </div>
  )
}
