import { useEffect, useState } from 'react'
import { dayAndTime } from '../format/instants.ts'
import { ask } from '../graphql/client.ts'
import { useSession } from '../session/use-session.ts'
import { CommandLine } from '../ui/command-line.tsx'
import { emitCommand } from './emit-command.ts'
import { typeExamples } from './trail-documents.ts'

/** The empty record teaches its first step; that of a day in the past says that it was empty then. */
export function FirstStep() {
  const { asOf } = useSession()
  return asOf === null ? <HowToRecord /> : <NothingThen asOf={asOf} />
}

function NothingThen({ asOf }: { readonly asOf: string }) {
  return (
    <div className="mx-auto w-full max-w-2xl px-4 py-12 sm:px-6">
      <h2 className="text-lg font-semibold tracking-tight">Nothing was recorded by then</h2>
      <p className="mt-1 text-ink-2">On {dayAndTime(asOf)} the record knew of none of this. What was recorded later is shown now.</p>
    </div>
  )
}

/** A key, and a command that records an event. */
function HowToRecord() {
  const { client, viewer } = useSession()
  const [example, setExample] = useState<unknown>(null)
  const workspace = viewer.workspace.id

  useEffect(() => {
    let here = true
    void ask(client, typeExamples, {}).then((answer) => {
      if (here && answer.status === 'answered')
        setExample(answer.data.eventTypes.find(({ name }) => name === 'SystemRegistered')?.example ?? null)
    })
    return () => {
      here = false
    }
  }, [client])

  return (
    <div className="mx-auto w-full max-w-2xl px-4 py-12 sm:px-6">
      <h2 className="text-lg font-semibold tracking-tight">Record your first event</h2>
      <p className="mt-1 text-ink-2">
        Nothing about your AI systems is recorded yet. Services record events with an API key; the first one shows up here as soon as it is
        durable.
      </p>
      <ol className="mt-6 grid gap-6">
        <li className="grid gap-2">
          <h3 className="text-sm font-medium">1. Issue a key, in the folder of the server. It is shown once.</h3>
          <CommandLine text={`npm run annal -- key issue --workspace ${workspace} --role service`} />
        </li>
        {example !== null && (
          <li className="grid gap-2">
            <h3 className="text-sm font-medium">2. Record that a system enters your inventory, with the key in ANNAL_KEY.</h3>
            <CommandLine
              text={emitCommand({ origin: location.origin, id: crypto.randomUUID(), occurredAt: new Date().toISOString(), example })}
            />
          </li>
        )}
      </ol>
    </div>
  )
}
