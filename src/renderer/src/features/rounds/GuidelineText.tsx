import Markdown from 'react-markdown'
import './GuidelineText.css'

/** Markdown as text. Raw HTML stays text, and pictures from elsewhere are not fetched. */
export function GuidelineText({ markdown }: { readonly markdown: string }) {
  if (markdown.trim() === '') return <p className="side-hint">Nothing written yet.</p>
  return (
    <div className="guideline-text" dir="auto">
      <Markdown
        disallowedElements={['img']}
        components={{ a: ({ children }) => <u>{children}</u> }}
      >
        {markdown}
      </Markdown>
    </div>
  )
}
