import { Mark } from '../ui/mark.tsx'

export function NotFoundPage() {
  return (
    <main className="flex min-h-dvh items-start justify-center px-4 pt-[16vh]">
      <div className="w-full max-w-md">
        <Mark className="size-7" />
        <h1 className="mt-4 text-xl font-semibold tracking-tight">There is no page here</h1>
        <p className="mt-2 text-ink-2">The address may be mistyped, or the page may have moved.</p>
        <p className="mt-6">
          <a href="/" className="font-medium text-accent-ink underline underline-offset-4">
            Go to your workspace
          </a>
        </p>
      </div>
    </main>
  )
}
