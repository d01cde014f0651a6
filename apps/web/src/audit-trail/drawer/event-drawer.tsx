import { ChevronDown, ChevronUp, Link2, X } from 'lucide-react'
import { Dialog } from 'radix-ui'
import { type ReactNode, Suspense, useEffect, useRef, useState } from 'react'
import { DecisionHost, useDeciding } from '../../decisions/decision-host.tsx'
import { dayAndTime } from '../../format/instants.ts'
import { words } from '../../format/words.ts'
import { ProblemText } from '../../frame/problem-page.tsx'
import { useSession } from '../../session/use-session.ts'
import { Button, IconButton } from '../../ui/button.tsx'
import { CopyIcon } from '../../ui/copy.tsx'
import { lazily } from '../../ui/lazily.tsx'
import { Segmented } from '../../ui/segmented.tsx'
import { useCopied } from '../../ui/use-copied.ts'
import { useMedia } from '../../ui/use-media.ts'
import { useDoor } from '../event-door.ts'
import { PrintLine } from '../print-line.tsx'
import type { TrailEvent } from '../trail-documents.ts'
import { TypeIcon } from '../type-icon.tsx'
import { DrawerSkeleton } from './drawer-skeleton.tsx'
import { OpenEventContext } from './open-event.ts'
import { Readable } from './readable.tsx'
import { useWholeEvent, type WholeEventState } from './use-whole-event.ts'

const RawView = lazily(() => import('./raw-view.tsx').then((module) => module.RawView))
const ProofView = lazily(() => import('../../proof/proof-view.tsx').then((module) => module.ProofView))

type Side = 'readable' | 'raw' | 'proof'

/** The event that the URL names, beside the page. On a narrow screen it covers the page and keeps the focus; elsewhere the list stays in reach. */
export function EventDrawer() {
  const { openId } = useDoor()
  if (openId === null) return null
  return (
    <DecisionHost>
      <OpenDrawer id={openId} />
    </DecisionHost>
  )
}

function OpenDrawer({ id }: { readonly id: string }) {
  const { events, close } = useDoor()
  const modal = useModal()
  const { state, again } = useWholeEvent(id)
  const [side, setSide] = useState<Side>('readable')
  const content = useRef<HTMLDivElement>(null)
  const inList = events.find((event) => event.id === id)
  const event = state.status === 'loaded' ? state.event : inList

  useTitle(event)

  return (
    <Dialog.Root open modal={modal} onOpenChange={(open) => !open && close()}>
      <Dialog.Portal>
        <Dialog.Content
          ref={content}
          aria-describedby={undefined}
          aria-modal={modal}
          onInteractOutside={(interaction) => interaction.preventDefault()}
          onEscapeKeyDown={(key) => {
            // Escape in the filter belongs to the filter.
            if (key.target instanceof HTMLInputElement && !content.current?.contains(key.target)) key.preventDefault()
          }}
          onOpenAutoFocus={(focus) => {
            focus.preventDefault()
            content.current?.focus()
          }}
          onCloseAutoFocus={(focus) => {
            focus.preventDefault()
            rowOf(id)?.focus()
          }}
          data-print="alone"
          className="slide-in fixed inset-y-0 right-0 z-30 flex w-full flex-col bg-surface shadow-float outline-none md:top-[calc(3rem+var(--band,0px))] md:w-[34rem] md:border-l md:border-line 2xl:w-[40rem]"
        >
          <Bar id={id} side={side} onSide={setSide} />
          <AsKnown />
          <div className="min-h-0 flex-1 overflow-y-auto overscroll-contain" data-print="flow">
            <Head event={event} status={state.status} />
            <Body state={state} side={side} again={again} />
            <PrintLine />
          </div>
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
  )
}

/** On a narrow screen. A form that is open in front of the drawer keeps it as it is: another kind of drawer would be in front of the form. */
function useModal(): boolean {
  const narrow = useMedia('(max-width: 767px)')
  const { deciding } = useDeciding()
  const [modal, setModal] = useState(narrow)
  if (modal !== narrow && !deciding) setModal(narrow)
  return modal
}

/** Where the reader came from: the row, or what on the page leads to the event. */
function rowOf(id: string): HTMLElement | null {
  const name = CSS.escape(id)
  return document.querySelector<HTMLElement>(`[data-event="${name}"], a[data-door="${name}"]`)
}

function Bar({ id, side, onSide }: { readonly id: string; readonly side: Side; readonly onSide: (side: Side) => void }) {
  const { events, open, close } = useDoor()
  const link = useCopied()
  const at = events.findIndex((event) => event.id === id)
  const before = at > 0 ? events[at - 1] : undefined
  const behind = at >= 0 ? events[at + 1] : undefined
  return (
    <div className="flex h-12 shrink-0 items-center gap-1 border-b border-line pr-2 pl-4 sm:pl-6" data-print="no">
      <Segmented
        label="Side of the event"
        value={side}
        onChange={onSide}
        options={[
          { value: 'readable', title: 'Readable' },
          { value: 'raw', title: 'Raw' },
          { value: 'proof', title: 'Proof' },
        ]}
      />
      <span className="flex-1" />
      {events.length > 0 && (
        <>
          <IconButton label="Previous event" keys="k" disabled={!before} onClick={() => before && open(before.id)}>
            <ChevronUp aria-hidden />
          </IconButton>
          <IconButton label="Next event" keys="j" disabled={!behind} onClick={() => behind && open(behind.id)}>
            <ChevronDown aria-hidden />
          </IconButton>
        </>
      )}
      <IconButton
        label={link.state === 'failed' ? 'The browser refused' : 'Copy a link to this event'}
        onClick={() => link.copy(location.href, 'Link')}
      >
        {link.state === 'idle' ? <Link2 aria-hidden /> : <CopyIcon state={link.state} />}
      </IconButton>
      <IconButton label="Close" keys="Esc" onClick={close}>
        <X aria-hidden />
      </IconButton>
    </div>
  )
}

function Head({ event, status }: { readonly event: TrailEvent | undefined; readonly status: WholeEventState['status'] }) {
  const { catalogue } = useSession()
  if (!event) {
    return (
      <Dialog.Title className={status === 'loading' ? 'heard' : 'px-4 pt-5 text-lg font-semibold tracking-tight sm:px-6'}>
        {status === 'loading' ? 'Loading the event' : status === 'absent' ? 'There is no such event here' : 'The event could not be read'}
      </Dialog.Title>
    )
  }
  const type = catalogue.describe(event.type)
  return (
    <div className="border-b border-line px-4 pt-5 pb-4 sm:px-6">
      <p className="flex flex-wrap items-center gap-2 text-sm text-ink-2">
        <TypeIcon stream={event.stream} />
        <span data-tip={type?.description}>{words(event.type)}</span>
        {type?.decision && <Badge tip="Made by a person, guarded by the state of the record">Decision</Badge>}
        {type?.material && <Badge tip="Changes its subject materially: approvals of it lapse">Material</Badge>}
      </p>
      <Dialog.Title className="mt-1.5 text-lg font-semibold tracking-tight text-pretty break-words">{event.summary}</Dialog.Title>
    </div>
  )
}

function Badge({ tip, children }: { readonly tip: string; readonly children: string }) {
  return (
    <span data-tip={tip} className="rounded-full border border-line px-2 text-2xs font-medium text-ink-2">
      {children}
    </span>
  )
}

function Body({ state, side, again }: { readonly state: WholeEventState; readonly side: Side; readonly again: () => void }): ReactNode {
  switch (state.status) {
    case 'loading':
      return <DrawerSkeleton />
    case 'absent':
      return <Absent />
    case 'failed':
      return (
        <div role="alert" className="px-4 sm:px-6">
          <ProblemText problem={state.problem} />
          <Button look="primary" className="mt-4" onClick={again}>
            Try again
          </Button>
        </div>
      )
    case 'loaded':
      if (side === 'readable') {
        return (
          <OpenEventContext value={{ event: state.event, again }}>
            <Readable event={state.event} fields={state.fields} />
          </OpenEventContext>
        )
      }
      return (
        <Suspense fallback={<DrawerSkeleton />}>
          {side === 'raw' ? <RawView event={state.event} /> : <ProofView event={state.event} />}
        </Suspense>
      )
  }
}

/** Where the drawer covers the page, and what stands there of the time. */
function AsKnown() {
  const { asOf } = useSession()
  return asOf === null ? null : <p className="bg-warn-soft px-4 py-1 text-xs text-warn md:hidden">As known on {dayAndTime(asOf)}</p>
}

function Absent() {
  const { asOf } = useSession()
  return (
    <p className="px-4 pt-2 text-ink-2 sm:px-6">
      {asOf === null
        ? 'This workspace has no event with this id. The link may be mistyped, or from another workspace.'
        : `On ${dayAndTime(asOf)} this workspace had no event with this id. It may have been recorded later; or the link is mistyped, or from another workspace.`}
    </p>
  )
}

function useTitle(event: TrailEvent | undefined): void {
  useEffect(() => {
    if (!event) return
    const before = document.title
    document.title = `${event.summary} · Annal`
    return () => {
      document.title = before
    }
  }, [event])
}
