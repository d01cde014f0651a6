import { Button } from './button.tsx'

interface MorePagesProps {
  readonly pages: { readonly next: 'end' | 'idle' | 'loading' | 'failed'; readonly more: () => void }
}

/** Below a list that is read by pages: what reads on. */
export function MorePages({ pages: { next, more } }: MorePagesProps) {
  if (next === 'end') return null
  return (
    <Button className="justify-self-start" onClick={more} {...(next === 'loading' && { unavailable: 'More is being read.' })}>
      {next === 'loading' ? 'Loading…' : next === 'failed' ? 'Try again' : 'Show more'}
    </Button>
  )
}
