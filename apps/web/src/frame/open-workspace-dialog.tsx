import { useRouter } from '@tanstack/react-router'
import { useId, useState } from 'react'
import { optional } from '../decisions/decision.ts'
import { LineField } from '../forms/line-field.tsx'
import { SendingDialog } from '../forms/sending-dialog.tsx'
import { useSending } from '../forms/use-sending.ts'
import { useSession } from '../session/use-session.ts'
import { openWorkspace } from './workspaces-documents.ts'

const ZONES = Intl.supportedValuesOf('timeZone')

/** Opens a further workspace, with the reader as its administrator, and goes there. */
export function OpenWorkspaceDialog({ onClose }: { readonly onClose: () => void }) {
  const { viewer } = useSession()
  const router = useRouter()
  const { sending, send, refuse } = useSending()
  const zones = useId()
  const [name, setName] = useState('')
  const [region, setRegion] = useState('')
  const [zone, setZone] = useState('')

  async function open(): Promise<void> {
    const input = { name: name.trim(), ...optional('region', region), ...optional('legalTimeZone', zone) }
    const data = await send(openWorkspace, { input })
    if (data === null) return
    if (data.openWorkspace.__typename !== 'Workspace') return refuse(data.openWorkspace.message)
    onClose()
    router.history.push(`/w/${encodeURIComponent(data.openWorkspace.id)}`)
  }

  return (
    <SendingDialog
      title="Open a workspace"
      act="Open"
      acting="Opening…"
      ready={name.trim() !== ''}
      sending={sending}
      refused="No workspace was opened"
      onSend={() => void open()}
      onClose={onClose}
    >
      <p className="text-sm text-ink-2">
        A workspace is a world of its own: its events, people, keys and log are seen from no other. You become its administrator.
      </p>
      <LineField label="Name" hint="As people know it, such as Retail banking." value={name} onChange={setName} />
      <LineField
        label="Region"
        optional
        hint={`Where its data is kept. Left out: ${viewer.workspace.region}, as here.`}
        value={region}
        onChange={setRegion}
      />
      <LineField
        label="Legal time zone"
        optional
        hint="In which legal deadlines end, such as Europe/Berlin. Left out: as here."
        value={zone}
        onChange={setZone}
        list={zones}
      />
      <datalist id={zones}>
        {ZONES.map((one) => (
          <option key={one} value={one} />
        ))}
      </datalist>
    </SendingDialog>
  )
}
