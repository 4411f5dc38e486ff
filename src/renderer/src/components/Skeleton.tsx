import './Skeleton.css'

interface SkeletonProps {
  readonly width?: string
  readonly height?: string
}

/** A grey place holder of the size of what is coming, so that nothing jumps. */
export function Skeleton({ width = '100%', height = '1em' }: SkeletonProps) {
  return <span className="skeleton" style={{ width, height }} aria-hidden />
}
