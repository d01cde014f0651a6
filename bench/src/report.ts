/** One figure of a run. `ratio` is value over yardstick, for rates and for times alike. */
export interface Figure {
  readonly name: string
  readonly value: number
  readonly unit: 'per second' | 'ms' | 's' | 'MiB' | 'KiB' | 'bytes'
  readonly yardstick?: string
  readonly yardstickValue?: number
  /** Null: reported only, because its yardstick isn't there. */
  readonly bound: Bound | null
  /** What kept the figure from being measured under the load that it claims; it holds nothing then. */
  readonly shortfall?: string
  /** For readers of the text, not of the JSON. */
  readonly details?: readonly string[]
}

/** What the figure must reach: at most a value, or at least or at most a ratio to its yardstick. */
type Bound = { readonly kind: 'at most' | 'ratio at least' | 'ratio at most'; readonly value: number }

function ratioOf({ value, yardstickValue }: Figure): number | null {
  return yardstickValue === undefined ? null : value / yardstickValue
}

export function holds(figure: Figure): boolean {
  if (figure.shortfall !== undefined) return false
  if (figure.bound === null) return true
  switch (figure.bound.kind) {
    case 'at most':
      return figure.value <= figure.bound.value
    case 'ratio at least': {
      const ratio = ratioOf(figure)
      return ratio !== null && ratio >= figure.bound.value
    }
    case 'ratio at most': {
      const ratio = ratioOf(figure)
      return ratio !== null && ratio <= figure.bound.value
    }
  }
}

export function printFigure(figure: Figure, json: boolean): void {
  console.log(json ? asJson(figure) : asText(figure))
  if (json && figure.shortfall !== undefined) console.error(`${figure.name}: ${figure.shortfall}`)
}

function asJson(figure: Figure): string {
  const ratio = ratioOf(figure)
  return JSON.stringify({
    name: figure.name,
    value: rounded(figure.value),
    unit: figure.unit,
    yardstick: figure.yardstick ?? null,
    yardstickValue: figure.yardstickValue === undefined ? null : rounded(figure.yardstickValue),
    ratio: ratio === null ? null : rounded(ratio),
  })
}

function asText(figure: Figure): string {
  const ratio = ratioOf(figure)
  const value = `${inWords(figure.value)} ${figure.unit}`.padEnd(20)
  const beside = ratio === null ? '' : `${ratio.toFixed(2)} × ${inWords(figure.yardstickValue ?? 0)} (${figure.yardstick}) `
  const lines = [`${mark(figure)} ${figure.name.padEnd(21)} ${value} ${beside}${boundInWords(figure)}`]
  if (figure.shortfall !== undefined) lines.push(`    ${figure.shortfall}`)
  for (const detail of figure.details ?? []) lines.push(`    ${detail}`)
  return lines.join('\n')
}

function mark(figure: Figure): string {
  if (!holds(figure)) return '✗'
  return figure.bound === null ? '·' : '✓'
}

function boundInWords({ bound, unit }: Figure): string {
  if (bound === null) return 'reported without its yardstick'
  switch (bound.kind) {
    case 'at most':
      return `at most ${bound.value} ${unit}`
    case 'ratio at least':
      return `at least ${bound.value} ×`
    case 'ratio at most':
      return `at most ${bound.value} ×`
  }
}

function inWords(value: number): string {
  return rounded(value).toLocaleString('en')
}

function rounded(value: number): number {
  return value >= 100 ? Math.round(value) : Number(value.toPrecision(3))
}
