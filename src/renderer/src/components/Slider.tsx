import './Slider.css'

interface SliderProps {
  readonly label: string
  readonly value: number
  readonly min: number
  readonly max: number
  readonly step: number
  readonly onChange: (value: number) => void
}

/** A small horizontal slider, with the arrow keys of the platform. */
export function Slider({ label, value, min, max, step, onChange }: SliderProps) {
  return (
    <input
      type="range"
      className="slider"
      aria-label={label}
      title={label}
      min={min}
      max={max}
      step={step}
      value={value}
      onChange={(event) => {
        onChange(event.target.valueAsNumber)
      }}
    />
  )
}
