const LINES = ['w-2/5', 'w-3/5', 'w-1/2', 'w-1/3', 'w-3/5', 'w-2/5']

export function DrawerSkeleton() {
  return (
    <div aria-busy="true" className="late grid gap-4 px-4 py-6 sm:px-6">
      {LINES.map((width, index) => (
        <div key={index} className="flex gap-8">
          <span className="shimmer h-2.5 w-28 shrink-0 rounded bg-sunken" />
          <span className={`shimmer h-2.5 rounded bg-sunken ${width}`} />
        </div>
      ))}
    </div>
  )
}
