import type { PackVerification } from '@annal/proof'
import { type ReactNode, useRef, useState } from 'react'
import { useTitle } from '../frame/use-title.ts'
import { Button } from '../ui/button.tsx'
import { Mark } from '../ui/mark.tsx'
import { Notice } from '../ui/notice.tsx'
import { Status } from '../ui/status.tsx'
import { AnchorFields } from './anchor-fields.tsx'
import { checkPack, type PackCheckOutcome } from './check-pack.ts'
import { PackDrop } from './pack-drop.tsx'
import { type AnchorTexts, anchorProblems, NO_TEXTS } from './parse-anchors.ts'
import { PackFactsCard, VerdictList } from './verdict-list.tsx'

type State = { readonly status: 'waiting' } | { readonly status: 'checking'; readonly percent: number } | PackCheckOutcome

/** Checks an evidence pack for somebody who trusts neither its sender nor this server. */
export function VerifyPage() {
  useTitle('Verify an evidence pack')
  const [file, setFile] = useState<File | null>(null)
  const [texts, setTexts] = useState<AnchorTexts>(NO_TEXTS)
  const [state, setState] = useState<State>({ status: 'waiting' })
  const run = useRef(0)
  const problems = anchorProblems(texts)
  const ready = Object.values(problems).every((problem) => problem === null)

  async function check(pack: File): Promise<void> {
    const own = ++run.current
    const show = (next: State) => run.current === own && setState(next)
    let shown = 0
    show({ status: 'checking', percent: 0 })
    const outcome = await checkPack(pack, texts, ({ done, total }) => {
      const percent = Math.floor((100 * done) / Math.max(total, 1))
      if (percent !== shown) show({ status: 'checking', percent })
      shown = percent
    })
    show(outcome)
  }

  return (
    <main className="mx-auto grid w-full max-w-4xl grid-cols-[minmax(0,1fr)] gap-6 px-4 pt-8 pb-16 sm:px-6">
      <header className="grid gap-2">
        <div className="flex items-center gap-2.5">
          <Mark className="size-7" />
          <h1 className="text-xl font-semibold tracking-tight">Verify an evidence pack</h1>
        </div>
        <p className="max-w-2xl text-sm text-ink-2">
          Nothing leaves this machine. This page came from a server, though: if you don’t trust whoever runs it, check with{' '}
          <code className="font-mono text-xs">verify.mjs</code> from a place of your own.
        </p>
      </header>
      <PackDrop
        name={file?.name ?? null}
        onFile={(chosen) => {
          setFile(chosen)
          if (ready) void check(chosen)
        }}
      />
      <AnchorFields
        texts={texts}
        problems={problems}
        onChange={(next) => {
          // A verdict stands for what it was asked with only.
          run.current++
          setTexts(next)
          setState({ status: 'waiting' })
        }}
      />
      <div className="flex flex-wrap items-center gap-3">
        <Button look="primary" disabled={file === null || !ready || state.status === 'checking'} onClick={() => file && void check(file)}>
          {state.status === 'checking' ? 'Checking…' : 'Check the pack'}
        </Button>
        {state.status === 'checking' && <Progress percent={state.percent} />}
      </div>
      <Outcome state={state} />
    </main>
  )
}

function Progress({ percent }: { readonly percent: number }) {
  return (
    <span className="flex items-center gap-2 text-xs text-ink-2 tabular">
      <progress aria-label="Checked so far" max={100} value={percent} className="h-1.5 w-40 accent-accent" />
      {percent} %
    </span>
  )
}

function Outcome({ state }: { readonly state: State }): ReactNode {
  switch (state.status) {
    case 'waiting':
    case 'checking':
      return null
    case 'unreadable':
      return (
        <Notice tone="bad" title="The pack could not be checked">
          {state.reason} Nothing is said of it.
        </Notice>
      )
    case 'checked':
      return (
        <>
          <Summary verification={state.verification} />
          <VerdictList verdicts={state.verification.verdicts} />
          {state.verification.facts !== null && <PackFactsCard facts={state.verification.facts} />}
        </>
      )
  }
}

function Summary({ verification: { outcome, verdicts } }: { readonly verification: PackVerification }) {
  switch (outcome) {
    case 'holds':
      return (
        <div role="status" className="flex flex-wrap items-center gap-3 rounded-lg bg-ok-soft px-3 py-2.5 text-sm">
          <Status tone="met" word="Holds" quiet />
          All that the pack claims holds, under what you gave from outside it.
        </div>
      )
    case 'consistent':
      return (
        <Notice tone="warn" title="Consistent in itself, and not more than that yet">
          {verdicts.signature.verdict === 'partial' ? (
            <>
              Nothing is wrong, but the key came with the pack: whoever made it could have made the key too. Compare the key below by
              another way, then give it here.
            </>
          ) : (
            <>
              Nothing is wrong, but not all of it could be checked against something from outside the pack. The verdicts say what is open.
            </>
          )}
        </Notice>
      )
    case 'fails':
      return (
        <Notice tone="bad" title="Something is wrong: do not rely on this pack">
          The verdicts below name what failed and where.
        </Notice>
      )
  }
}
