import { useEffect } from 'react'
import type { TextSpan } from '../../../../../shared/domain/text-unit.ts'
import type { TokenTargetId } from '../../../../../shared/domain/token-budget.ts'
import type { OpenCaption } from '../open-caption.ts'
import { markEvidence } from './evidence.ts'
import { drawMarks, type MarkedSpan } from './mark-layer.ts'
import type { Findings } from './use-findings.ts'

interface DrawnMarksOptions {
  readonly caption: OpenCaption
  readonly findings: Findings | null
  /** Whose window greys what falls off it; null greys nothing. */
  readonly target: TokenTargetId | null
  /** Where the caption says what the pointer is on in the anchor. */
  readonly pointed: TextSpan | null
}

/** Draws what was found on the caption, as long as it is the caption that it was found in. */
export function useDrawnMarks({ caption, findings, target, pointed }: DrawnMarksOptions): void {
  useEffect(() => {
    const draw = () => {
      const editor = caption.editor()
      if (editor === null || editor.imageId !== caption.get()?.imageId) return
      // Marks of a text that was typed past meanwhile stay where the editor moved them.
      if (findings !== null && findings.caption !== caption.get()?.text) return
      drawMarks(editor.view, findings === null ? [] : listSpans(findings, target, pointed))
    }
    draw()
    // Words that were taken out and typed again have lost their marks, and nothing new is found in the same text.
    return caption.subscribeToPauses(draw)
  }, [caption, findings, target, pointed])
}

function listSpans(
  { caption, marks, analysis }: Findings,
  target: TokenTargetId | null,
  pointed: TextSpan | null,
): readonly MarkedSpan[] {
  const budget = analysis.caption.budgets.find((candidate) => candidate.target === target)
  const cutAt = budget?.cutAt ?? null
  return [
    ...marks.map((mark) => {
      const { start, end, look, message } = mark
      // What was looked for at a place says so there.
      return { start, end, look, title: markEvidence(mark) === null ? message : undefined }
    }),
    ...(cutAt === null ? [] : [{ start: cutAt, end: caption.length, look: 'beyond' as const }]),
    ...(pointed === null ? [] : [{ ...pointed, look: 'counterpart' as const }]),
  ]
}
