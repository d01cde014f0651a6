/** The frame's outline while the workspace opens: nothing moves when it is there. */
export function FrameSkeleton() {
  return (
    <div className="flex h-dvh max-sm:flex-col" aria-busy="true">
      <div className="border-line max-sm:order-last max-sm:h-13 max-sm:border-t sm:w-13 sm:border-r lg:w-52" />
      <div className="flex flex-1 flex-col">
        <div className="h-12 border-b border-line" />
        <p role="status" className="heard">
          Loading…
        </p>
      </div>
    </div>
  )
}
