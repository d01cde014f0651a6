import { ThingLink } from './thing-link.tsx'

interface NamedThingProps {
  readonly reference: string
  readonly name: string | null
}

/** A thing by what people call it, and by its reference. */
export function NamedThing({ reference, name }: NamedThingProps) {
  if (name === null) return <ThingLink reference={reference} />
  return (
    <ThingLink reference={reference}>
      <ThingName reference={reference} name={name} />
    </ThingLink>
  )
}

/** The same without a link of its own. */
export function ThingName({ reference, name }: NamedThingProps) {
  if (name === null) return reference
  return (
    <>
      {name} <span className="font-mono text-xs font-normal text-ink-3">{reference}</span>
    </>
  )
}
