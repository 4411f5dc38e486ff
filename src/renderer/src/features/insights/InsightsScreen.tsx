import { Page } from '../../components/Page.tsx'
import { InsightsTabs } from './InsightsTabs.tsx'
import { DuplicatesPlot, QualityPlot } from './PicturePlots.tsx'
import { ConceptsPlot, LengthPlots, VocabularyPlot } from './TextPlots.tsx'
import { EditsPlot, FatesPlot, ScorePlots, ThroughputPlot } from './WorkPlots.tsx'
import './InsightsScreen.css'

/** What the whole project comes to; each bar is a way to its images. */
export function InsightsScreen() {
  return (
    <Page
      title="Insights"
      lead="What the project comes to. Choose a bar to see its images in the library."
      actions={<InsightsTabs here="project" />}
    >
      <div className="insights-grid">
        <ThroughputPlot />
        <EditsPlot />
        <FatesPlot />
        <QualityPlot />
        <LengthPlots />
        <ConceptsPlot />
        <VocabularyPlot />
        <DuplicatesPlot />
        <ScorePlots />
      </div>
    </Page>
  )
}
