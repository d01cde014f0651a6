import { Component, type ComponentType, lazy, type ReactNode, useState } from 'react'
import { Button } from './button.tsx'
import { Notice } from './notice.tsx'

/** Code could not be fetched: there is no connection, or a newer build is served. */
export class Unfetched extends Error {
  constructor(cause: unknown) {
    super('Code of the page could not be fetched.', { cause })
  }
}

/**
 * A part whose code is fetched when it is first shown. Where it can't be, it says so in its place and the page stays as it is; it is fetched again
 * when somebody asks for it, and whenever it is shown anew. `meanwhile`: what stands there then, beside the notice.
 */
export function lazily<Props extends object>(
  load: () => Promise<ComponentType<Props>>,
  meanwhile: (props: Props) => ReactNode = () => null,
): ComponentType<Props> {
  const attempt = () =>
    lazy(() =>
      load().then(
        (Part) => ({ default: Part }),
        (error: unknown) => {
          throw new Unfetched(error)
        },
      ),
    )
  // `lazy` remembers a failure for good, and is to do so while it is being shown: React asks it again and again.
  let current = attempt()

  return function Lazily(props: Props) {
    const [{ Part }, setPart] = useState({ Part: current })
    return (
      <CodeBoundary
        beside={meanwhile(props)}
        forget={() => {
          current = attempt()
          setPart({ Part: current })
        }}
      >
        <Part {...props} />
      </CodeBoundary>
    )
  }
}

interface BoundaryProps {
  readonly beside: ReactNode
  /** Forgets the failure: the next attempt fetches again. */
  readonly forget: () => void
  readonly children: ReactNode
}

class CodeBoundary extends Component<BoundaryProps, { readonly error: unknown }> {
  override state = { error: null }

  static getDerivedStateFromError(error: unknown) {
    return { error }
  }

  override componentWillUnmount() {
    if (this.state.error !== null) this.props.forget()
  }

  override render() {
    const error: unknown = this.state.error
    if (error === null) return this.props.children
    if (!(error instanceof Unfetched)) throw error
    return (
      <>
        {this.props.beside}
        <UnfetchedNotice
          again={() => {
            this.props.forget()
            this.setState({ error: null })
          }}
        />
      </>
    )
  }
}

function UnfetchedNotice({ again }: { readonly again: () => void }) {
  return (
    <div className="fixed inset-x-4 bottom-4 z-50 mx-auto max-w-lg rounded-lg bg-surface shadow-float" data-print="no">
      <Notice tone="bad" title="A part of this page could not be fetched">
        The server can’t be reached, or it serves a newer version. Nothing was recorded or lost.
        <span className="mt-2 flex flex-wrap gap-2">
          <Button onClick={again}>Try again</Button>
          <Button look="quiet" onClick={() => location.reload()}>
            Load the page anew
          </Button>
        </span>
      </Notice>
    </div>
  )
}
