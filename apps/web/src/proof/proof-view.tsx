import { type ReactNode, useEffect, useState } from 'react'
import { Section } from '../audit-trail/drawer/readable.tsx'
import type { WholeEvent } from '../audit-trail/trail-documents.ts'
import { grouped } from '../format/numbers.ts'
import { ProblemText } from '../frame/problem-page.tsx'
import { ask } from '../graphql/client.ts'
import type { Problem } from '../graphql/problem.ts'
import { useSession } from '../session/use-session.ts'
import { Button } from '../ui/button.tsx'
import { CopyButton, MonoId } from '../ui/copy.tsx'
import { Instant } from '../ui/instant.tsx'
import { Notice } from '../ui/notice.tsx'
import { Row, Rows } from '../ui/rows.tsx'
import { Skeleton } from '../ui/skeleton.tsx'
import { Status } from '../ui/status.tsx'
import { checkProof, type ProofCheck } from './check-proof.ts'
import { PathDrawing } from './path-drawing.tsx'
import { type EventProof, inclusionProof, type ProofLog } from './proof-documents.ts'

type State =
  | { readonly status: 'loading' }
  | { readonly status: 'failed'; readonly problem: Problem }
  | { readonly status: 'unsealed' }
  | { readonly status: 'sealed'; readonly proof: EventProof; readonly log: ProofLog }

const WHILE_UNSEALED = 1_000

/** That the event is in the log: its leaf, the path to the root, and a check of it here. */
export function ProofView({ event }: { readonly event: WholeEvent }): ReactNode {
  const { client } = useSession()
  const [state, setState] = useState<State>({ status: 'loading' })
  const [attempt, setAttempt] = useState(0)
  useEffect(() => {
    let here = true
    let timer: ReturnType<typeof setTimeout> | undefined
    // Asked again while it isn't sealed: what stands there stays.
    setState((before) => (before.status === 'unsealed' ? before : { status: 'loading' }))
    void ask(client, inclusionProof, { event: event.id }).then((answer) => {
      if (!here) return
      if (answer.status === 'failed') return setState(answer)
      const { inclusionProof: proof, log } = answer.data
      setState(proof === null ? { status: 'unsealed' } : { status: 'sealed', proof, log })
      if (proof === null) timer = setTimeout(() => setAttempt((count) => count + 1), WHILE_UNSEALED)
    })
    return () => {
      here = false
      clearTimeout(timer)
    }
  }, [client, event.id, attempt])
  const again = (
    <Button className="mt-3" onClick={() => setAttempt((count) => count + 1)}>
      Try again
    </Button>
  )
  switch (state.status) {
    case 'loading':
      return (
        <div className="px-4 py-5 sm:px-6">
          <Skeleton lines={6} what="the proof" />
        </div>
      )
    case 'failed':
      return (
        <div role="alert" className="px-4 py-5 sm:px-6">
          <ProblemText problem={state.problem} />
          {again}
        </div>
      )
    case 'unsealed':
      return (
        <div className="px-4 py-5 text-sm sm:px-6">
          <p className="font-medium">Not sealed yet</p>
          <p className="text-ink-2">The event is recorded. A signed head over it follows within a second, if the log is open.</p>
        </div>
      )
    case 'sealed':
      return <Sealed key={event.id} event={event} proof={state.proof} log={state.log} />
  }
}

function Sealed({ event, proof, log }: { readonly event: WholeEvent; readonly proof: EventProof; readonly log: ProofLog }) {
  const { leafIndex, treeSize, leafHash, path, root, head } = proof
  return (
    <div className="grid grid-cols-[minmax(0,1fr)] gap-6 px-4 py-5 sm:px-6">
      <VerifyHere event={event} proof={proof} log={log} />
      <Section title="Place in the log">
        <Rows>
          <Row label="Leaf">
            {grouped(Number(leafIndex))} of {grouped(Number(treeSize))}, counted from 0
          </Row>
          <Row label="Leaf hash">
            <MonoId text={leafHash} what="leaf hash" />
          </Row>
          <Row label="Head signed">
            <Instant at={head.signedAt} exact />
          </Row>
          <Row label="Cosigned by">{head.witnessedBy.length === 0 ? 'no witness' : head.witnessedBy.join(', ')}</Row>
          <Row label="Timestamped">{head.timestampedAt === null ? 'no' : <Instant at={head.timestampedAt} exact />}</Row>
        </Rows>
      </Section>
      <Section title="Inclusion path">
        <PathDrawing index={Number(leafIndex)} size={Number(treeSize)} leaf={leafHash} path={path} root={root} />
      </Section>
      <Section title="Proof to keep (C2SP tlog-proof)">
        <Text text={proof.proof} what="the proof" />
      </Section>
      <Section title="Entry that the leaf holds">
        <Text text={proof.entry} what="the entry" />
      </Section>
    </div>
  )
}

function Text({ text, what }: { readonly text: string; readonly what: string }) {
  return (
    <div className="relative rounded-lg border border-line bg-sunken">
      <pre className="p-3 pr-10 font-mono text-xs leading-5 break-all whitespace-pre-wrap">{text}</pre>
      <CopyButton text={text} what={what} className="absolute top-2 right-2" />
    </div>
  )
}

type Checked = { readonly status: 'waiting' } | { readonly status: 'checking' } | ProofCheck

function VerifyHere(props: { readonly event: WholeEvent; readonly proof: EventProof; readonly log: ProofLog }) {
  const [checked, setChecked] = useState<Checked>({ status: 'waiting' })
  async function check(): Promise<void> {
    setChecked({ status: 'checking' })
    setChecked(await checkProof(props.proof, props.event, props.log))
  }
  return (
    <div className="grid gap-3">
      <Button look="primary" className="justify-self-start" disabled={checked.status === 'checking'} onClick={() => void check()}>
        {checked.status === 'checking' ? 'Verifying…' : 'Verify here'}
      </Button>
      <div role="status" className="grid gap-3 text-sm empty:hidden">
        {checked.status === 'holds' && (
          <>
            <Status tone="partly" word="The path holds, under the server’s own key" />
            <p className="text-ink-2">
              Computed in this browser: bytes, commitment, leaf, path and signature fit together. The key came from this server: compare it
              by another way, or export a pack and verify it elsewhere.
            </p>
          </>
        )}
      </div>
      {checked.status === 'fails' && (
        <Notice tone="bad" title="The proof does not hold">
          {checked.reason} Keep this page, and have the record checked.
        </Notice>
      )}
    </div>
  )
}
