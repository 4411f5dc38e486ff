import { formatCount } from '../../components/quantities.ts'

interface Point {
  readonly x: number
  readonly y: number
}

interface LinePlotProps {
  /** What the line says, in a sentence: the numbers stand in the table. */
  readonly label: string
  readonly points: readonly Point[]
  readonly xName: string
  readonly yName: string
  /** Both axes by powers of ten, where all numbers are above 0. */
  readonly isLogarithmic?: boolean
}

const WIDTH = 440
const HEIGHT = 150
const LEFT = 52
const BOTTOM = 30
const TOP = 8
const RIGHT = 8

/** One line over two axes that begin at 0, or at 1 where they are logarithmic. */
export function LinePlot({ label, points, xName, yName, isLogarithmic = false }: LinePlotProps) {
  const scale = (value: number): number => (isLogarithmic ? Math.log10(Math.max(1, value)) : value)
  const most = (pick: (point: Point) => number): number => Math.max(1, ...points.map(pick))
  const [mostX, mostY] = [most(({ x }) => x), most(({ y }) => y)]
  const share = (value: number, top: number): number => scale(value) / (scale(top) || 1)
  const left = (value: number): number => LEFT + share(value, mostX) * (WIDTH - LEFT - RIGHT)
  const top = (value: number): number => TOP + (1 - share(value, mostY)) * (HEIGHT - TOP - BOTTOM)
  const isFalling = (points[0]?.y ?? 0) > (points.at(-1)?.y ?? 0)
  return (
    <svg className="line-plot" viewBox={`0 0 ${WIDTH} ${HEIGHT}`} role="img" aria-label={label}>
      <path className="line-plot-axes" d={`M${LEFT} ${TOP}V${HEIGHT - BOTTOM}H${WIDTH - RIGHT}`} />
      <polyline
        className="line-plot-line"
        points={points.map(({ x, y }) => `${left(x)},${top(y)}`).join(' ')}
      />
      {ticksUpTo(mostY, isLogarithmic).map((tick) => (
        <text key={tick} x={LEFT - 6} y={top(tick) + 4} textAnchor="end">
          {formatCount(tick)}
        </text>
      ))}
      {ticksUpTo(mostX, isLogarithmic).map((tick) => (
        <text key={tick} x={left(tick)} y={HEIGHT - BOTTOM + 13} textAnchor="middle">
          {formatCount(tick)}
        </text>
      ))}
      <text x={WIDTH - RIGHT} y={HEIGHT - 3} textAnchor="end">
        {xName}
      </text>
      {/* A line that falls leaves the right free, one that grows the left. */}
      <text
        x={isFalling ? WIDTH - RIGHT : LEFT + 6}
        y={TOP + 8}
        textAnchor={isFalling ? 'end' : 'start'}
      >
        {yName}
      </text>
    </svg>
  )
}

/** A few round numbers: powers of ten, or multiples of 1, 2 or 5 of one. */
function ticksUpTo(most: number, isLogarithmic: boolean): readonly number[] {
  if (isLogarithmic) {
    return Array.from({ length: Math.floor(Math.log10(most)) + 1 }, (_, power) => 10 ** power)
  }
  const rough = most / 4
  const power = 10 ** Math.floor(Math.log10(Math.max(1, rough)))
  const step = [1, 2, 5, 10].map((factor) => factor * power).find((each) => each >= rough) ?? power
  return Array.from({ length: Math.floor(most / step) + 1 }, (_, index) => index * step)
}
