import { siblingSides } from '@annal/proof'
import { shortenMiddle } from '../format/shorten.ts'

const STEP = 26
const MIDDLE = 48
const REACH = 26
const RADIUS = 5

interface PathDrawingProps {
  readonly index: number
  readonly size: number
  readonly leaf: string
  readonly path: readonly string[]
  readonly root: string
}

/** The way from the leaf up to the root: filled what is computed, hollow what the proof brings, on the side on which it is hashed. */
export function PathDrawing({ index, size, leaf, path, root }: PathDrawingProps) {
  const sides = siblingSides(index, size)
  const height = (path.length + 1) * STEP
  const levelOf = (step: number) => height - STEP / 2 - step * STEP
  return (
    <svg width="100%" height={height} role="img" aria-label={`Inclusion path of leaf ${index}: ${path.length} hashes up to the root`}>
      {path.map((hash, step) => {
        const side = sides[step] === 'left' ? -REACH : REACH
        return (
          <g key={`${step}-${hash}`}>
            <line x1={MIDDLE} y1={levelOf(step)} x2={MIDDLE} y2={levelOf(step + 1)} className="stroke-accent" />
            <line x1={MIDDLE + side} y1={levelOf(step)} x2={MIDDLE} y2={levelOf(step + 1)} className="stroke-line-strong" />
            <circle cx={MIDDLE + side} cy={levelOf(step)} r={RADIUS - 1} className="fill-surface stroke-ink-3" />
            {step > 0 && (
              <text x={MIDDLE + REACH + 18} y={levelOf(step) + 4} className="fill-ink-2 font-mono text-2xs" data-tip={hash}>
                {sides[step] === 'left' ? 'left' : 'right'} {shortenMiddle(hash, 12, 8)}
              </text>
            )}
            <circle cx={MIDDLE} cy={levelOf(step)} r={RADIUS} className="fill-accent" />
          </g>
        )
      })}
      {path.length > 0 && (
        <text
          x={MIDDLE + REACH + 18}
          y={levelOf(0) + 4}
          className="fill-ink font-mono text-2xs"
          data-tip={`Leaf ${leaf}\nSibling ${path[0]}`}
        >
          leaf {shortenMiddle(leaf, 12, 8)}
        </text>
      )}
      <circle cx={MIDDLE} cy={levelOf(path.length)} r={RADIUS + 1} className="fill-accent" />
      <text x={MIDDLE + REACH + 18} y={levelOf(path.length) + 4} className="fill-ink font-mono text-2xs" data-tip={root}>
        root {shortenMiddle(root, 12, 8)}
      </text>
    </svg>
  )
}
