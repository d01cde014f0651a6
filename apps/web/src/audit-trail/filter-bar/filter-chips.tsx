import { words } from '../../format/words.ts'
import { Chip, EmptyChip } from '../../ui/chip.tsx'
import { onDemand } from '../../ui/on-demand.tsx'
import {
  type FilterTerm,
  isRangeTerm,
  type RangeKey,
  type RangeTerm,
  type TextKey,
  type TextTerm,
  withoutTerm,
  withTerm,
} from '../filter/filter-term.ts'
import { describeRange } from '../filter/range-presets.ts'
import { useTrail } from '../trail-context.ts'

const TypePopover = onDemand(() => import('./pickers.tsx').then((module) => module.TypePopover), 'dialog')
const ValuePopover = onDemand(() => import('./pickers.tsx').then((module) => module.ValuePopover), 'dialog')
const RangePopover = onDemand(() => import('./pickers.tsx').then((module) => module.RangePopover), 'dialog')

const LABELS: Readonly<Record<TextKey | RangeKey, string>> = {
  type: 'Type',
  about: 'About',
  actor: 'By',
  stream: 'History of',
  correlation: 'Correlation',
  word: 'Words',
  recorded: 'Recorded',
  occurred: 'Occurred',
}

/** The filter as chips: what is set, and what people set most, always in one place so that nothing moves when it is set. */
export function FilterChips() {
  const { terms, setTerms } = useTrail()
  return (
    <fieldset className="flex min-w-0 flex-wrap items-center gap-1.5" aria-label="Filters">
      <TypeChip />
      {textTerms(terms, 'about').map((term) => (
        <ValueChip key={term.value} term={term} />
      ))}
      <NewValueChip name="about" />
      {textTerms(terms, 'actor').length > 0 ? (
        textTerms(terms, 'actor').map((term) => <ValueChip key={term.value} term={term} />)
      ) : (
        <NewValueChip name="actor" />
      )}
      <RangeChip name="recorded" />
      <RangeChip name="occurred" />
      {[...textTerms(terms, 'stream'), ...textTerms(terms, 'correlation')].map((term) => (
        <ValueChip key={`${term.key}${term.value}`} term={term} />
      ))}
      {textTerms(terms, 'word').map((term) => (
        <Chip
          key={`word ${term.value}`}
          label="Word"
          value={`“${term.value}”`}
          removeLabel={`Remove the word ${term.value}`}
          onRemove={() => setTerms(withoutTerm(terms, term))}
          onClick={() => setTerms(withoutTerm(terms, term))}
        />
      ))}
    </fieldset>
  )
}

function TypeChip() {
  const { terms, setTerms } = useTrail()
  const types = textTerms(terms, 'type')
  const [first] = types
  const trigger = first ? (
    <Chip
      label={LABELS.type}
      value={types.length === 1 ? words(first.value) : `${types.length} types`}
      removeLabel="Remove the filter by type"
      onRemove={() => setTerms(terms.filter((term) => term.key !== 'type'))}
    />
  ) : (
    <EmptyChip label={LABELS.type} />
  )
  return <TypePopover trigger={trigger} />
}

function ValueChip({ term }: { readonly term: TextTerm }) {
  const { terms, setTerms } = useTrail()
  return (
    <ValuePopover
      label={LABELS[term.key]}
      name={term.key}
      value={term.value}
      onPick={(value) => setTerms(withTerm(withoutTerm(terms, term), { key: term.key, value }))}
      trigger={
        <Chip
          label={LABELS[term.key]}
          value={<span className="font-mono">{term.value}</span>}
          removeLabel={`Remove the filter ${LABELS[term.key]} ${term.value}`}
          onRemove={() => setTerms(withoutTerm(terms, term))}
        />
      }
    />
  )
}

function NewValueChip({ name }: { readonly name: 'about' | 'actor' }) {
  const { addTerm } = useTrail()
  return (
    <ValuePopover
      label={LABELS[name]}
      name={name}
      value=""
      onPick={(value) => addTerm({ key: name, value })}
      trigger={<EmptyChip label={LABELS[name]} />}
    />
  )
}

function RangeChip({ name }: { readonly name: RangeKey }) {
  const { terms, setTerms, addTerm } = useTrail()
  const term = terms.find((candidate): candidate is RangeTerm => isRangeTerm(candidate) && candidate.key === name)
  const trigger = term ? (
    <Chip
      label={LABELS[name]}
      value={<span className="tabular">{describeRange(term.range)}</span>}
      removeLabel={`Remove the filter ${LABELS[name]}`}
      onRemove={() => setTerms(withoutTerm(terms, term))}
    />
  ) : (
    // Where there is little room, only what is set and what people set most.
    <EmptyChip label={LABELS[name]} className={name === 'occurred' ? 'max-sm:hidden' : ''} />
  )
  return (
    <RangePopover
      label={LABELS[name]}
      range={term?.range ?? { from: null, to: null }}
      onPick={(range) => addTerm({ key: name, range })}
      trigger={trigger}
    />
  )
}

function textTerms(terms: readonly FilterTerm[], key: TextKey): readonly TextTerm[] {
  return terms.filter((term): term is TextTerm => !isRangeTerm(term) && term.key === key)
}
