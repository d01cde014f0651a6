import { CopyButton } from './copy.tsx'

/** A command to run elsewhere, copied by a click. Long ones wrap. */
export function CommandLine({ text, what = 'command' }: { readonly text: string; readonly what?: string }) {
  return (
    <div className="relative rounded-lg border border-line bg-sunken">
      <pre className="overflow-x-auto whitespace-pre-wrap break-words p-3 pr-10 font-mono text-xs text-ink">{text}</pre>
      <CopyButton text={text} what={what} className="absolute top-2 right-2" />
    </div>
  )
}
