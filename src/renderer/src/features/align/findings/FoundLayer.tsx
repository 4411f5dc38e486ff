import type { CSSProperties } from 'react'
import type { FoundThings } from './use-found-things.ts'
import './FoundLayer.css'

type Corner = FoundThings['lines'][number]['quad'][number]

/** Boxes of detectors and lines of OCR over the picture. Hidden from screen readers, which get the list. */
export function FoundLayer({ found }: { readonly found: FoundThings }) {
  if (!found.isShown || (found.boxes.length === 0 && found.lines.length === 0)) return null
  return (
    <div className="found-layer" aria-hidden>
      {found.boxes.map(({ label, score, region }, index) => (
        <div key={index} className="found-box" style={place(region)}>
          <span className="found-label" dir="auto">
            {label} <i className="numeric">{Math.round(score * 100)} %</i>
          </span>
        </div>
      ))}
      {found.lines.length > 0 && (
        <svg className="found-quads" viewBox="0 0 1 1" preserveAspectRatio="none">
          {found.lines.map(({ quad }, index) => (
            <polygon key={index} points={quad.map(({ x, y }) => `${x},${y}`).join(' ')} />
          ))}
        </svg>
      )}
      {found.lines.map(({ text, quad }, index) => (
        <span
          key={index}
          className="found-label found-text"
          dir="auto"
          style={{
            left: percent(edge(quad, 'x', Math.min)),
            top: percent(edge(quad, 'y', Math.max)),
          }}
        >
          {text}
        </span>
      ))}
    </div>
  )
}

function place(region: FoundThings['boxes'][number]['region']): CSSProperties {
  return {
    left: percent(region.x),
    top: percent(region.y),
    width: percent(region.width),
    height: percent(region.height),
  }
}

function edge(
  quad: readonly Corner[],
  axis: 'x' | 'y',
  pick: (...values: number[]) => number,
): number {
  return pick(...quad.map((corner) => corner[axis]))
}

function percent(share: number): string {
  return `${share * 100}%`
}
