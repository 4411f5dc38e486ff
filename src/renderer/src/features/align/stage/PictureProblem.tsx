import { ImageOff } from 'lucide-react'
import { describeCode } from '../../../api/describe-error.ts'

interface PictureProblemProps {
  readonly code: string
  readonly message: string
}

/** Why the picture cannot be shown. The text can still be worked on. */
export function PictureProblem({ code, message }: PictureProblemProps) {
  const { title, text, advice } = describeCode(code, message)
  return (
    <div className="stage-problem">
      <ImageOff aria-hidden strokeWidth={1.5} />
      <strong>{title}</strong>
      <p dir="auto">{text === '' ? advice : text}</p>
      <p>The text can still be worked on.</p>
    </div>
  )
}
