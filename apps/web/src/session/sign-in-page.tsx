import { getRouteApi, Link, useRouter } from '@tanstack/react-router'
import { type ReactNode, useEffect, useRef, useState } from 'react'
import { Button } from '../ui/button.tsx'
import { CommandLine } from '../ui/command-line.tsx'
import { Mark } from '../ui/mark.tsx'
import { Notice } from '../ui/notice.tsx'
import { type SignIn, safeNext, signIn, tokenIn } from './sign-in.ts'

type State = { readonly status: 'signing-in' } | SignIn

const route = getRouteApi('/sign-in')

export function SignInPage() {
  const { next } = route.useSearch()
  const router = useRouter()
  const [state, setState] = useState<State>({ status: 'signing-in' })
  const token = useRef<string | null>(null)
  const started = useRef(false)

  async function handIn(): Promise<void> {
    setState({ status: 'signing-in' })
    const outcome: SignIn = token.current === null ? { status: 'no-token' } : await signIn(token.current)
    if (outcome.status !== 'signed-in') return setState(outcome)
    const own = outcome.workspace === null ? '/' : `/w/${encodeURIComponent(outcome.workspace)}`
    router.history.replace(safeNext(next) ?? own)
  }

  useEffect(() => {
    if (started.current) return
    started.current = true
    token.current = tokenIn(location.hash)
    // The token must not stay in the address bar or in the history.
    if (location.hash !== '') history.replaceState(history.state, '', location.pathname + location.search)
    void handIn()
  })

  // A link that is opened where this page stands already changes the fragment only.
  useEffect(() => {
    const begin = () => tokenIn(location.hash) !== null && location.reload()
    addEventListener('hashchange', begin)
    return () => removeEventListener('hashchange', begin)
  }, [])

  return (
    <main className="flex min-h-dvh items-start justify-center px-4 pt-[16vh] pb-12">
      <div className="w-full max-w-md">
        <div className="flex items-center gap-2.5">
          <Mark className="size-7" />
          <h1 className="text-xl font-semibold tracking-tight">Sign in to Annal</h1>
        </div>
        <div className="mt-6 grid gap-4">{describe(state, safeNext(next) ?? '/', () => void handIn())}</div>
        <p className="mt-8 border-t border-line pt-4 text-sm text-ink-3">
          Were you handed an evidence pack?{' '}
          <Link to="/verify" className="text-ink underline decoration-line underline-offset-4 hover:decoration-accent">
            Verify it
          </Link>{' '}
          without signing in.
        </p>
      </div>
    </main>
  )
}

function describe(state: State, next: string, again: () => void): ReactNode {
  switch (state.status) {
    case 'signing-in':
    case 'signed-in':
      return (
        <p role="status" className="text-ink-2">
          Signing in…
        </p>
      )
    case 'no-token':
      return (
        <>
          <p className="text-ink-2">
            You sign in with a link that is good once. The server prints one when it starts; whoever runs it can print another:
          </p>
          <NewLink />
        </>
      )
    case 'token-refused':
      return (
        <>
          <Notice tone="bad" title="This link was used before or has expired.">
            Nobody was signed in. A link is good once and for a short time; whoever runs the server can print a new one:
          </Notice>
          <NewLink />
          <p className="text-sm text-ink-3">
            Did it sign you in before, in this browser?{' '}
            <a href={next} className="text-ink underline decoration-line underline-offset-4 hover:decoration-accent">
              Open the dashboard
            </a>
            .
          </p>
        </>
      )
    case 'store-unavailable':
      return (
        <Failed again={again} title="The server can’t reach its event store." correlationId={state.correlationId}>
          A sign-in is recorded before it counts, so nobody was signed in. The link is still good: try again when the store answers.
        </Failed>
      )
    case 'unreachable':
      return (
        <Failed again={again} title="The server doesn’t answer." correlationId={null}>
          Whether the link was taken isn’t known. Check that the server runs, then try again; if the link is refused then, print a new one.
        </Failed>
      )
    case 'broken':
      return (
        <Failed again={again} title={state.message} correlationId={state.correlationId}>
          You are not signed in. Try again; if it stays so, give the correlation id to whoever runs the server.
        </Failed>
      )
  }
}

function NewLink() {
  return (
    <>
      <CommandLine text="npm run annal -- sign-in-link" />
      <p className="text-sm text-ink-3">
        Run it in the folder of the server, with its settings, then open the link that it prints in this browser. For the sample put{' '}
        <code className="font-mono text-xs">ANNAL_DATA=sample-data</code> in front.
      </p>
    </>
  )
}

interface FailedProps {
  readonly title: string
  readonly correlationId: string | null
  readonly again: () => void
  readonly children: ReactNode
}

function Failed({ title, correlationId, again, children }: FailedProps) {
  return (
    <>
      <Notice tone="bad" title={title}>
        {children}
        {correlationId !== null && <p className="mt-2 font-mono text-xs">Correlation id {correlationId}</p>}
      </Notice>
      <div>
        <Button look="primary" onClick={again}>
          Try again
        </Button>
      </div>
    </>
  )
}
