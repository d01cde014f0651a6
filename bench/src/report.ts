/** One figure of a run. `ratio` is value over yardstick, for rates and for times alike. */
export interface Figure {
  readonly name: string
  readonly value: number
  readonly unit: 'per second' | 'ms' | 's' | 'MiB' | '×'
  readonly yardstick?: string
  readonly yardstickValue?: number
  readonly bound: Bound
}

/** What the figure must reach: at most or at least a value, or a ratio to its yardstick. */
export type Bound =
  | { readonly kind: 'at most'; readonly value: number }
  | { readonly kind: 'ratio at least'; readonly value: number }

export function ratioOf({ value, yardstickValue }: Figure): number | null {
  return yardstickValue === undefined ? null : value / yardstickValue
}

export function holds(figure: Figure): boolean {
  const ratio = ratioOf(figure)
  return figure.bound.kind === 'at most' ? figure.value <= figure.bound.value : ratio !== null && ratio >= figure.bound.value
}

export function printFigure(figure: Figure, json: boolean): void {
  console.log(json ? asJson(figure) : asText(figure))
}

function asJson(figure: Figure): string {
  return JSON.stringify({
    name: figure.name,
    value: round(figure.value),
    unit: figure.unit,
    yardstick: figure.yardstick ?? null,
    yardstickValue: figure.yardstickValue === undefined ? null : round(figure.yardstickValue),
    ratio: ratioOf(figure) === null ? null : round(ratioOf(figure) ?? 0),
  })
}

function asText(figure: Figure): string {
  const ratio = ratioOf(figure)
  const beside = ratio === null ? '' : `  beside ${figure.yardstick}: ${round(figure.yardstickValue ?? 0)} → ${ratio.toFixed(2)} ×`
  const bound = figure.bound.kind === 'at most' ? `≤ ${figure.bound.value} ${figure.unit}` : `≥ ${figure.bound.value} ×`
  return `${holds(figure) ? '✓' : '✗'} ${figure.name.padEnd(22)} ${round(figure.value)} ${figure.unit}${beside}  (${bound})`
}

function round(value: number): number {
  return value >= 100 ? Math.round(value) : Number(value.toPrecision(3))
}
