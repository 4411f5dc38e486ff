import Markdown, { type Components } from 'react-markdown'
import gfm from 'remark-gfm'
import './GuidelineText.css'

const COMPONENTS: Components = {
  a: ({ children }) => <u>{children}</u>,
  // Wider than the side panel, it scrolls in itself; the keyboard has to get there too.
  table: ({ children }) => (
    <div className="guideline-table" role="region" aria-label="Table" tabIndex={0}>
      <table>{children}</table>
    </div>
  ),
}

/** Markdown with tables and task lists (GFM) as text. Raw HTML stays text, and pictures from elsewhere are not fetched. */
export function GuidelineText({ markdown }: { readonly markdown: string }) {
  if (markdown.trim() === '') return <p className="side-hint">Nothing written yet.</p>
  return (
    <div className="guideline-text" dir="auto">
      <Markdown remarkPlugins={[gfm]} disallowedElements={['img']} components={COMPONENTS}>
        {markdown}
      </Markdown>
    </div>
  )
}
